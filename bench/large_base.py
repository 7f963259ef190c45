"""`python -m bench.large_base`: a base of thousands of entries, made by a seed.

Every entry combines a word of each list in its own way (`freeze`, `credit card`, `abroad`), asked
in three ways. Questions are entries' words in a fourth way. What is measured is time and memory;
the entries are closer to each other than those of a real base, so hits say little.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

from bench.memory import resident_mb
from bot.encoder import open_encoder
from bot.memory import give_back
from faq.calibration import Calibration
from faq.hold_out import calibrated
from faq.matching import Matcher

_WHAT = (
    "open close freeze replace upgrade cancel renew verify link unlink export import limit rename "
    "share split merge report insure transfer refund pause resume activate block"
).split()
_OF = (
    "savings account|credit card|debit card|business wallet|joint account|student plan|price alert|"
    "gift voucher|monthly statement|tax form|loyalty bonus|recurring order|staking position|"
    "market order|mobile app|security key|backup code|payment link|shop terminal|travel policy"
).split("|")
_WHERE = (
    "abroad|in japan|on android|on a tablet|at the weekend|after midnight|for a minor|by phone|"
    "without an id|for a company|with two owners|in dollars|in euros|after moving house|"
    "on a second device|before the due date|without internet|for my parents|in a branch|by letter"
).split("|")
_WAYS = ("how do i {0} a {1} {2}", "{0} my {1} {2}", "i want to {0} the {1} {2}")
_ASKED = "can you tell me how to {0} {1} {2} please"
_SEED = 1
_QUESTIONS = 400


def combinations(count: int) -> list[tuple[str, str, str]]:
    every = [(what, of, where) for what in _WHAT for of in _OF for where in _WHERE]
    return random.Random(_SEED).sample(every, count)


def measure(count: int, encoder_name: str, cache: Path) -> dict[str, float | int | str | None]:
    encoder = open_encoder(encoder_name, cache)  # type: ignore[arg-type]
    made = combinations(count)
    wordings = [(f"t{at}", way.format(*of)) for at, of in enumerate(made) for way in _WAYS]
    started, worked = time.perf_counter(), time.process_time()
    matcher = Matcher(wordings, encoder)
    built, building = time.perf_counter() - started, time.process_time() - worked
    encoder.save()
    encoder.warm_up()
    started = time.process_time()
    calibration: Calibration = calibrated(matcher, 0.95)
    trying = time.process_time() - started
    matcher = matcher.with_calibration(calibration)
    give_back()
    took, worked_for = [], []
    for of in made[:_QUESTIONS]:
        begun, at_work = time.perf_counter(), time.process_time()
        matcher.match(_ASKED.format(*of), "en")
        worked_for.append(time.process_time() - at_work)
        took.append(time.perf_counter() - begun)
    return {
        "entries": count,
        "phrasings": len(wordings),
        "encoder": encoder_name,
        "build_seconds": built,
        "build_cpu_seconds": building,
        "calibration_cpu_seconds": trying,
        "p95_ms": sorted(took)[int(len(took) * 0.95)] * 1000,
        "p95_cpu_ms": sorted(worked_for)[int(len(worked_for) * 0.95)] * 1000,
        "memory_mb": resident_mb(os.getpid()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m bench.large_base",
        description="Build seconds with vectors cached, p95 of a question, and memory of the whole "
        f"process, for a made-up base of up to {len(_WHAT) * len(_OF) * len(_WHERE):,} entries.",
    )
    parser.add_argument("entries", type=int, nargs="?", default=10_000)
    parser.add_argument("--encoder", choices=("use", "e5", "none"), default="use")
    parser.add_argument("--cache", type=Path, default=Path("artifacts/large_base"))
    parser.add_argument("--again", action="store_true", help="measure now; vectors are cached")
    options = parser.parse_args()
    if not options.again:
        # Vectors are computed first by a process of its own, whose memory does not count.
        command = [sys.executable, "-m", "bench.large_base", str(options.entries), "--again"]
        command += ["--encoder", options.encoder, "--cache", str(options.cache)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(json.dumps(measure(options.entries, options.encoder, options.cache), indent=1))


if __name__ == "__main__":
    main()
