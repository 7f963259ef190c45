"""What is promised of speed and size, and whether a run kept it. Nothing fails by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from bench.figures import Run, figure_of, ratio_of
from bench.program import Whole

FEW, SOME, MANY = 1, 50, 500


class Result(Struct, frozen=True):
    """A goal beside what was measured; None when it could not be measured."""

    what: str
    measured: float | None
    side: Literal["at least", "less than"]
    goal: float
    unit: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the goal was met; None when nothing was measured."""
        if self.measured is None:
            return None
        return self.measured >= self.goal if self.side == "at least" else self.measured < self.goal


def judge(
    relay: dict[int, list[Run]],
    bare: dict[int, list[Run]],
    telegram: Sequence[Run],
    whole: Whole | None,
) -> list[Result]:
    """All goals, each with its figure. Runs are by number of conversations."""
    trips = figure_of("relay", relay[MANY]).round_trips
    parts = [whole.python_mb, whole.server_mb] if whole else []
    known = [megabytes for megabytes in parts if megabytes is not None]
    return [
        Result("of the bare loop, 1 conversation", _ratio(relay, bare, FEW), "at least", 0.35, "x"),
        Result("of the bare loop, 500", _ratio(relay, bare, MANY), "at least", 1.0, "x"),
        Result(
            "of python-telegram-bot in memory, 500",
            ratio_of(relay[MANY], telegram),
            "at least",
            0.5,
            "x",
        ),
        Result("round trips a message, 500", trips, "less than", 0.2),
        Result(
            "memory at rest, both processes",
            sum(known) if parts and len(known) == len(parts) else None,
            "less than",
            150,
            "MB",
        ),
        Result(
            "from start to first answer",
            whole.first_answer if whole else None,
            "less than",
            2.0,
            "s",
        ),
    ]


def _ratio(subject: dict[int, list[Run]], reference: dict[int, list[Run]], size: int) -> float:
    return ratio_of(subject[size], reference[size])
