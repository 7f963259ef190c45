"""How much of the planted secrets is found, how many look-alikes are hurt, and what a look costs.

`python -m bench.redaction [--seeds N...]`: with seeds, the reporting wordings around other secrets.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Iterable
from pathlib import Path

from bot.redaction import Redaction
from chat.address import Address, Person
from chat.message import Message
from tests.redaction import alike, planted, reporting
from tests.redaction.planted import Planted

LINES = Path(__file__).parent / "mood" / "lines"
ROUNDS = 5


def _message(text: str, who: str, number: int) -> Message:
    return Message(
        str(number), 1000.0 + number, Person("web", who, "Li"), Address("web", who), text
    )


def _found(cases: list[Planted]) -> int:
    redaction = Redaction()
    found = 0
    for case_number, case in enumerate(cases):
        shown = [
            redaction.message(_message(text, str(case_number), number)).text
            for number, text in enumerate(case.messages)
        ]
        found += not any(needle in text for needle in case.needles for text in shown)
    return found


def _hurt(lines: Iterable[str]) -> list[str]:
    redaction = Redaction()
    return [
        line
        for number, line in enumerate(lines)
        if redaction.message(_message(line, str(number), 0)).text != line
    ]


def _seconds(lines: list[str]) -> list[float]:
    """The best of some rounds for each line, in microseconds."""
    best = [float("inf")] * len(lines)
    for _ in range(ROUNDS):
        redaction = Redaction()
        for number, line in enumerate(lines):
            message = _message(line, str(number), 0)
            began = time.perf_counter_ns()
            redaction.message(message)
            best[number] = min(best[number], (time.perf_counter_ns() - began) / 1000)
    return sorted(best)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Measure what is found and what is hurt.")
    parser.add_argument("--seeds", type=int, nargs="*", default=[], help="fresh reporting sets")
    for seed in parser.parse_args().seeds:
        cases, lines = reporting.planted(seed=seed), reporting.alike(seed=seed)
        hurt = _hurt(lines)
        print(
            f"fresh set {seed}: {_found(cases)} of {len(cases)} found whole, "
            f"{len(hurt)} of {len(lines)} hurt"
        )
    for name, cases in (
        (
            "development, ten seeds",
            [c for seed in range(1, 11) for c in planted.development(seed=seed)],
        ),
        ("reporting", reporting.planted()),
    ):
        found = _found(cases)
        print(f"secrets, {name}: {found} of {len(cases)} ({found / len(cases):.2%}) found whole")
    for name, lines in (
        (
            "development, ten seeds",
            [c for seed in range(1, 11) for c in alike.development(seed=seed)],
        ),
        ("reporting", reporting.alike()),
    ):
        print(f"look-alikes, {name}: {len(_hurt(lines))} of {len(lines)} hurt")
    for lang in ("zh", "en"):
        text = (LINES / f"{lang}.jsonl").read_text(encoding="utf-8")
        lines = [json.loads(line)["q"] for line in text.splitlines()]
        times = _seconds(lines)
        print(
            f"support messages, {lang}: {len(_hurt(lines))} of {len(lines)} hurt; "
            f"mean length {statistics.mean(map(len, lines)):.0f}, "
            f"p50 {times[len(times) // 2]:.1f} µs, p99 {times[len(times) * 99 // 100]:.1f} µs"
        )


if __name__ == "__main__":
    main()
