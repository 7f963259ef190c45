"""What is measured."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Literal

from msgspec import Struct

Scenario = Literal["relay", "unheard", "answer", "bare", "ptb"]


class Run(Struct, frozen=True):
    """One measured stretch of work. Latencies are in seconds."""

    conversations: int
    messages: int
    seconds: float
    p50: float | None = None
    p99: float | None = None
    round_trips: int | None = None

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds


class Figure(Struct, frozen=True):
    """The medians of some runs of one scenario."""

    scenario: Scenario
    conversations: int
    rate: float
    slowest: float
    fastest: float
    p50: float | None
    p99: float | None
    round_trips: float | None


def run_of(
    conversations: int,
    seconds: float,
    latencies: Sequence[float],
    *,
    round_trips: int | None = None,
) -> Run:
    """A run of so many messages as there are latencies."""
    ordered = sorted(latencies)
    return Run(
        conversations=conversations,
        messages=len(ordered),
        seconds=seconds,
        p50=_percentile(ordered, 0.50),
        p99=_percentile(ordered, 0.99),
        round_trips=round_trips,
    )


def _percentile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def figure_of(scenario: Scenario, runs: Sequence[Run]) -> Figure:
    """The medians of runs."""
    rates = [run.rate for run in runs]
    return Figure(
        scenario=scenario,
        conversations=runs[0].conversations,
        rate=median(rates),
        slowest=min(rates),
        fastest=max(rates),
        p50=_median_of([run.p50 for run in runs]),
        p99=_median_of([run.p99 for run in runs]),
        round_trips=_median_of(
            [run.round_trips / run.messages for run in runs if run.round_trips is not None]
        ),
    )


def ratio_of(subject: Sequence[Run], reference: Sequence[Run]) -> float:
    """How many times as fast the subject is: the median over runs made one after the other."""
    return median(a.rate / b.rate for a, b in zip(subject, reference, strict=True))


def _median_of(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return median(known) if known else None
