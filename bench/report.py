"""Figures for people and for machines."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from bench.figures import Figure
from bench.goals import Result
from bench.program import Whole

_NAMES = {
    "relay": "Kefu: customer to agent",
    "unheard": " without hearing moods",
    "answer": "Kefu: the bot answers",
    "bare": "bare loop: read + commit",
    "ptb": "python-telegram-bot",
}


class Report(Struct, frozen=True):
    """All of one run. `python_mb` and `server_mb` are those of the measuring process and of its
    server at the end, with all conversations in them."""

    rounds: int
    seconds: float
    figures: list[Figure]
    goals: list[Result]
    python_mb: float | None
    server_mb: float | None
    whole: Whole | None


def as_json(report: Report) -> bytes:
    """The report for machines."""
    plain: dict[str, Any] = msgspec.to_builtins(report)
    for result, row in zip(report.goals, plain["goals"], strict=True):
        row["met"] = result.met
    return msgspec.json.format(msgspec.json.encode(plain), indent=2)


def as_text(report: Report) -> str:
    """The report for people."""
    lines = [
        f"Durable messages a second: medians of {report.rounds} runs of {report.seconds:g} s each, "
        "references between them",
        "",
        f"{'':<26}{'conv.':>6}{'msg/s':>9}{'lowest':>9}{'highest':>9}{'p50 ms':>9}{'p99 ms':>9}"
        f"{'trips/msg':>11}",
    ]
    lines += [_figure(figure) for figure in report.figures]
    lines += ["", f"{'Goal':<40}{'measured':>12}{'goal':>18}"]
    lines += [_result(result) for result in report.goals]
    lines += [
        "",
        "Memory, MB resident        Python  server",
        f"  after the measurements   {_number(report.python_mb, 0):>6}"
        f"{_number(report.server_mb, 0):>8}",
    ]
    if report.whole:
        lines += [
            f"  `kefu run` at rest       {_number(report.whole.python_mb, 0):>6}"
            f"{_number(report.whole.server_mb, 0):>8}",
            "",
            f"`kefu run` serves after {report.whole.serving:.2f} s, "
            f"has answered after {report.whole.first_answer:.2f} s",
        ]
    return "\n".join(lines)


def _figure(figure: Figure) -> str:
    p50 = None if figure.p50 is None else figure.p50 * 1000
    p99 = None if figure.p99 is None else figure.p99 * 1000
    return (
        f"{_NAMES[figure.scenario]:<26}{figure.conversations:>6}{figure.rate:>9,.0f}"
        f"{figure.slowest:>9,.0f}{figure.fastest:>9,.0f}{_number(p50, 2):>9}{_number(p99, 2):>9}"
        f"{_number(figure.round_trips, 3):>11}"
    )


def _result(result: Result) -> str:
    met = {True: "goal met", False: "not met", None: "not measured"}[result.met]
    unit = f" {result.unit}" if result.unit else ""
    goal = f"{'>=' if result.side == 'at least' else '<'} {result.goal:g}{unit}"
    return f"{result.what:<40}{_number(result.measured, 2) + unit:>12}{goal:>18}   {met}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"
