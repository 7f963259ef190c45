"""`kefu mood`: what a message carries besides its question, and how well that is heard."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from bot.commands import GROUPS
from bot.commands.group import Commands
from bot.hearing import read_mood
from chat.phrases import LANGS, Lang
from faq.language import detect
from handoff.concern import Assessor
from handoff.mood import Mood

_LONGEST_TIMED: Final = 200
"""Characters: longer messages do not count for the time."""


class Labelled(msgspec.Struct, frozen=True):
    """A message with what it carries."""

    q: str
    lang: Lang
    emotional: bool
    kind: str = msgspec.field(name="class")
    priority: str | None


class Measured(msgspec.Struct, frozen=True):
    """How well the messages of one language were heard; shares are 0 to 1, None where there was
    nothing to hear. A false alarm is a calm message that fires."""

    lines: int
    auc: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    recall: float | None
    precision: float | None
    f1: float | None
    false_alarms: float | None
    p0_recall: float | None
    p0_false_per_1000: float | None
    p50_us: float
    p99_us: float


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu mood` and `kefu mood bench` on the command line."""
    what = GROUPS["mood"]
    mood = commands.add_parser("mood", help=what, description=what, parents=[common])
    mood.add_argument("--json", action="store_true", help="one JSON object a line")
    mood.set_defaults(group=sys.modules[__name__], subcommand=None)
    below = mood.add_subparsers(dest="subcommand", metavar="COMMAND")
    what = "measure on labelled messages, a JSON object a line"
    bench = below.add_parser("bench", help=what, description=what, parents=[common])
    bench.add_argument("file", type=Path, metavar="FILE.jsonl")
    bench.add_argument("--json", action="store_true", help="one JSON object")


def run(options: argparse.Namespace) -> int:
    """Run the command that was named."""
    model = read_mood()
    if model is None:
        return 1
    if options.subcommand == "bench":
        return _bench(model, options.file, as_json=options.json)
    for line in sys.stdin:
        text = line.rstrip("\n")
        lang = detect(text, "zh")
        print(_told(text, lang, model.assess(text, lang), as_json=options.json), flush=True)  # noqa: T201
    return 0


def _told(text: str, lang: Lang, mood: Mood, *, as_json: bool) -> str:
    if not as_json:
        fires = f"{mood.priority} {mood.kind}" if mood.fires else "calm"
        said = f": {mood.evidence}" if mood.evidence else ""
        return f"{fires} ({mood.score:.2f}){said}"
    return json.dumps(
        {
            "q": text,
            "lang": lang,
            "score": mood.score,
            "fires": mood.fires,
            "class": mood.kind,
            "priority": mood.priority,
            "evidence": mood.evidence,
        },
        ensure_ascii=False,
    )


def _bench(model: Assessor, file: Path, *, as_json: bool) -> int:
    try:
        written = [line for line in file.read_bytes().splitlines() if line.strip()]
        lines = [msgspec.json.decode(line, type=Labelled) for line in written]
    except (OSError, msgspec.DecodeError) as error:
        print(f"{file}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    found = {
        lang: measure(model, [line for line in lines if line.lang == lang])
        for lang in LANGS
        if any(line.lang == lang for line in lines)
    }
    if as_json:
        print(json.dumps({lang: msgspec.to_builtins(each) for lang, each in found.items()}))  # noqa: T201
        return 0
    for lang, each in found.items():
        print(f"{lang}, {each.lines:,} lines")  # noqa: T201
        for name, value in _rows(each):
            print(f"  {name:<40}{value:>12}")  # noqa: T201
    return 0


def measure(model: Assessor, lines: Sequence[Labelled]) -> Measured:
    """Hear every line and compare. `lines` must not be empty."""
    moods, took = [], []
    for line in lines:
        started = time.perf_counter()
        moods.append(model.assess(line.q, line.lang))
        if len(line.q) <= _LONGEST_TIMED:
            took.append((time.perf_counter() - started) * 1e6)
    upset = np.array([line.emotional for line in lines])
    scores = np.array([mood.score for mood in moods])
    fires = np.array([mood.fires for mood in moods])
    danger = np.array([line.priority == "P0" for line in lines])
    alarmed = np.array([mood.priority == "P0" for mood in moods])
    hit = int((fires & upset).sum())
    both = upset.any() and not upset.all()
    return Measured(
        lines=len(lines),
        auc=_auc(scores, upset) if both else None,
        recall_at_1=_recall_at(scores, upset, 0.01) if both else None,
        recall_at_5=_recall_at(scores, upset, 0.05) if both else None,
        recall=hit / int(upset.sum()) if upset.any() else None,
        precision=hit / int(fires.sum()) if fires.any() else None,
        f1=2 * hit / int(fires.sum() + upset.sum()) if (fires | upset).any() else None,
        false_alarms=float(fires[~upset].mean()) if not upset.all() else None,
        p0_recall=float(alarmed[danger].mean()) if danger.any() else None,
        p0_false_per_1000=1000 * float(alarmed[~danger].mean()) if not danger.all() else None,
        p50_us=float(np.percentile(took, 50)) if took else 0.0,
        p99_us=float(np.percentile(took, 99)) if took else 0.0,
    )


def _auc(scores: NDArray[np.float64], upset: NDArray[np.bool_]) -> float:
    """The chance that an upset message scores above a calm one (Mann and Whitney, 1947)."""
    calm = np.sort(scores[~upset])
    below = np.searchsorted(calm, scores[upset], side="left")
    equal = np.searchsorted(calm, scores[upset], side="right") - below
    return float((below + equal / 2).mean() / len(calm))


def _recall_at(scores: NDArray[np.float64], upset: NDArray[np.bool_], share: float) -> float:
    """The recall where at most that share of calm messages scores higher."""
    calm = np.sort(scores[~upset])[::-1]
    bound = calm[int(share * len(calm))]
    return float((scores[upset] > bound).mean())


def _rows(found: Measured) -> list[tuple[str, str]]:
    def share(value: float | None) -> str:
        return "-" if value is None else f"{100 * value:.1f} %"

    return [
        ("AUC", "-" if found.auc is None else f"{found.auc:.3f}"),
        ("recall at 1 % false alarms", share(found.recall_at_1)),
        ("recall at 5 % false alarms", share(found.recall_at_5)),
        ("recall at the shipped threshold", share(found.recall)),
        ("false alarms at the shipped threshold", share(found.false_alarms)),
        ("F1 at the shipped threshold", "-" if found.f1 is None else f"{found.f1:.3f}"),
        ("P0 recall", share(found.p0_recall)),
        (
            "P0 false alarms per 1,000",
            "-" if found.p0_false_per_1000 is None else f"{found.p0_false_per_1000:.1f}",
        ),
        ("a message, p50 / p99", f"{found.p50_us:.0f} / {found.p99_us:.0f} µs"),
    ]
