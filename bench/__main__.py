"""`python -m bench`: measure, print, write JSON and a plot."""

from __future__ import annotations

import argparse
import asyncio
import logging
from pathlib import Path

from bench.measuring import Effort, measure
from bench.plot import draw
from bench.report import as_json, as_text

_FOLDER = Path("artifacts/bench")


def main() -> None:
    options = _parser().parse_args()
    logging.basicConfig(level=logging.WARNING)
    rounds, seconds = (2, 0.5) if options.quick else (5, 3.0)
    effort = Effort(
        rounds=options.rounds or rounds,
        seconds=options.seconds or seconds,
        program=not options.no_program,
    )
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    report = asyncio.run(measure(effort, folder))
    print(as_text(report))
    (folder / "bench.svg").write_text(draw(report.figures), encoding="utf-8")
    target: Path = options.json or folder / "bench.json"
    target.write_bytes(as_json(report))
    print(f"\nWritten: {folder / 'bench.svg'}, {target}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="How many durable messages a second Kefu carries, beside two references that "
        "are measured in the same run. Goals are judged, but nothing fails by them.",
    )
    parser.add_argument("--quick", action="store_true", help="a rough look, in half a minute")
    parser.add_argument("--rounds", type=int, metavar="N", help="runs of each figure (default: 5)")
    parser.add_argument("--seconds", type=float, metavar="S", help="of each run (default: 3)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="default: bench.json in --out")
    parser.add_argument(
        "--out", type=Path, default=_FOLDER, metavar="DIR", help=f"default: {_FOLDER}"
    )
    parser.add_argument("--no-program", action="store_true", help="leave `kefu run` out")
    return parser


if __name__ == "__main__":
    main()
