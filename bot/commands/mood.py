"""`kefu mood`: what a message carries besides its question, and how well that is heard."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from bot.commands import GROUPS
from bot.commands.group import Commands, config_path
from bot.config import Config, ConfigError, load
from bot.encoder import EncoderMissing, EncoderName, open_encoder
from bot.hearing import read_mood
from bot.knowledge import read_knowledge
from chat.phrases import LANGS, Lang
from faq.encoder import heard_of
from faq.knowledge_base import KnowledgeBaseError
from faq.language import detect
from handoff.concern import Assessor
from handoff.mood import Mood, Vector

Meaning: TypeAlias = Callable[[str], Vector | None]

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
    nothing to hear. A false alarm is a calm message that fires. Times are of hearing alone, without
    the encoder's, on the clock and on the processor."""

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
    p50_cpu_us: float
    p99_cpu_us: float


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu mood` and `kefu mood bench` on the command line."""
    what = GROUPS["mood"]
    mood = commands.add_parser("mood", help=what, description=what, parents=[common])
    mood.add_argument("--json", action="store_true", help="one JSON object a line")
    _add_encoder(mood)
    mood.set_defaults(group=sys.modules[__name__], subcommand=None)
    below = mood.add_subparsers(dest="subcommand", metavar="COMMAND")
    what = "measure on labelled messages, a JSON object a line"
    bench = below.add_parser("bench", help=what, description=what, parents=[common])
    bench.add_argument("file", type=Path, metavar="FILE.jsonl")
    bench.add_argument("--json", action="store_true", help="one JSON object")
    _add_encoder(bench)


def _add_encoder(parser: argparse.ArgumentParser) -> None:
    what = "hear with the sentence encoder's vector or without; default: as the settings say"
    parser.add_argument("--encoder", choices=("use", "none"), help=what, default=argparse.SUPPRESS)


def run(options: argparse.Namespace) -> int:
    """Run the command that was named."""
    model = read_mood()
    if model is None:
        return 1
    try:
        meaning = meaning_of(load(config_path(options)), getattr(options, "encoder", None))
    except (ConfigError, KnowledgeBaseError, EncoderMissing) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    if options.subcommand == "bench":
        return _bench(model, meaning, options.file, as_json=options.json)
    for line in sys.stdin:
        text = line.rstrip("\n")
        lang = detect(text, "zh")
        mood = model.assess(text, lang, meaning(text))
        print(_told(text, lang, mood, as_json=options.json), flush=True)  # noqa: T201
    return 0


def meaning_of(config: Config, encoder_name: EncoderName | None) -> Meaning:
    """The vectors by which the running bot would hear: of what it compares with its base."""
    encoder = open_encoder(encoder_name or config.faq.encoder, config.cache)
    base = read_knowledge(config, quick=True)

    def meaning(text: str) -> Vector | None:
        form = base.compared(text)
        return heard_of(encoder, encoder.encode([form])[0]) if form else None

    return meaning


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


def _bench(model: Assessor, meaning: Meaning, file: Path, *, as_json: bool) -> int:
    try:
        written = [line for line in file.read_bytes().splitlines() if line.strip()]
        lines = [msgspec.json.decode(line, type=Labelled) for line in written]
    except (OSError, msgspec.DecodeError) as error:
        print(f"{file}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    found = {
        lang: measure(model, meaning, [line for line in lines if line.lang == lang])
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


def measure(model: Assessor, meaning: Meaning, lines: Sequence[Labelled]) -> Measured:
    """Hear every line and compare. `lines` must not be empty. Times are of a model that is in use:
    what it makes when it is first needed, a few ms each, is made before."""
    moods, took, worked = [], [], []
    vectors = [meaning(line.q) for line in lines]
    for line, vector in zip(lines, vectors, strict=True):
        model.assess(line.q, line.lang, vector)
    for line, vector in zip(lines, vectors, strict=True):
        started, began = time.perf_counter(), time.thread_time()
        moods.append(model.assess(line.q, line.lang, vector))
        ended, stopped = time.thread_time(), time.perf_counter()
        if len(line.q) <= _LONGEST_TIMED:
            took.append((stopped - started) * 1e6)
            worked.append((ended - began) * 1e6)
    upset = np.array([line.emotional for line in lines])
    scores = np.array([mood.score for mood in moods])
    fires = np.array([mood.fires for mood in moods])
    danger = np.array([line.priority == "P0" for line in lines])
    alarmed = np.array([mood.priority == "P0" for mood in moods])
    hit = int((fires & upset).sum())
    both = upset.any() and not upset.all()
    return Measured(
        lines=len(lines),
        auc=auc(scores, upset) if both else None,
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
        p50_cpu_us=float(np.percentile(worked, 50)) if worked else 0.0,
        p99_cpu_us=float(np.percentile(worked, 99)) if worked else 0.0,
    )


def auc(scores: NDArray[np.float64], upset: NDArray[np.bool_]) -> float:
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
        ("  on the processor", f"{found.p50_cpu_us:.0f} / {found.p99_cpu_us:.0f} µs"),
    ]
