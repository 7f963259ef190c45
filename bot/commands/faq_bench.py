"""`kefu faq bench`: how well a set of questions is matched."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from bot.commands.group import Commands
from bot.commands.progress import bar
from bot.encoder import EncoderMissing, open_encoder
from bot.learning import learnt
from faq.calibration import OUT_OF_SCOPE
from faq.language import detect
from faq.matching import Matcher

_TOP: Final = 3


class QuestionSet(msgspec.Struct, frozen=True):
    """Questions with the entry that each belongs to; `oos` belong to none."""

    train: list[tuple[str, str]]
    test: list[tuple[str, str]]
    oos: list[str] = []


class Measured(msgspec.Struct, frozen=True):
    """What became of the questions: shares are 0 to 1, of questions in scope if not said
    otherwise. `precision` is the share of right ones among answers where a fifth of the questions
    is out of scope; None where nothing was answered or nothing could be."""

    entries: int
    phrasings: int
    questions: int
    encoder: str
    top1: float
    top3: float
    promised: float
    precision: float | None
    answered: float
    suggested: float
    suggested_right: float
    oos_answered: float | None
    auroc: float | None
    build_seconds: float
    p50_ms: float
    p95_ms: float


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq bench` on the command line."""
    what = "measure the matcher on a file of questions"
    bench = commands.add_parser("bench", help=what, description=what, parents=[common])
    bench.add_argument(
        "file", type=Path, help='JSON: {"train": [[text, id]], "test": [[text, id]], "oos": [text]}'
    )
    bench.add_argument("--json", action="store_true", help="one JSON object")
    bench.add_argument("--encoder", choices=("use", "e5", "none"), default="use")
    bench.add_argument(
        "--promised", type=float, default=0.95, metavar="SHARE", help="default: 0.95"
    )
    bench.add_argument("--cache", type=Path, metavar="FOLDER", help="keep vectors there")
    bench.set_defaults(group=sys.modules[__name__])


def run(options: argparse.Namespace) -> int:
    """Measure and print."""
    try:
        questions = msgspec.json.decode(options.file.read_bytes(), type=QuestionSet)
        if not questions.train or not questions.test:
            raise msgspec.ValidationError("“train” and “test” must not be empty")
    except (OSError, msgspec.DecodeError) as error:
        print(f"{options.file}: {error}", file=sys.stderr)  # noqa: T201
        return 1
    try:
        if options.cache is not None:
            found = measure(questions, options.encoder, options.promised, options.cache)
        else:
            with tempfile.TemporaryDirectory() as folder:
                found = measure(questions, options.encoder, options.promised, Path(folder))
    except EncoderMissing as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(json.dumps(msgspec.to_builtins(found)) if options.json else _told(found))  # noqa: T201
    return 0


def measure(questions: QuestionSet, encoder_name: str, promised: float, cache: Path) -> Measured:
    """Build from the training part, ask the rest. Raises EncoderMissing."""
    started = time.perf_counter()
    encoder = open_encoder(encoder_name, cache)  # type: ignore[arg-type]
    wordings = [(label, text) for text, label in questions.train]
    tick = lambda done, total: bar("reading phrasings", done, total)  # noqa: E731
    matcher = learnt(wordings, encoder, promised, cache, tick)
    built = time.perf_counter() - started
    asked = [_ask(matcher, text) for text, _ in questions.test]
    strange = [_ask(matcher, text) for text in questions.oos]
    right = np.array([label for _, label in questions.test], dtype=object)
    first = np.array([each.first[0] if each.first else "" for each in asked], dtype=object)
    answered = np.array([each.decision == "answer" for each in asked])
    suggested = np.array([each.decision == "suggest" for each in asked])
    offered = np.array([label in each.first for each, label in zip(asked, right, strict=True)])
    good = float((answered & (first == right)).mean())
    strayed = float(np.mean([each.decision == "answer" for each in strange])) if strange else None
    given = (1 - OUT_OF_SCOPE) * float(answered.mean()) + OUT_OF_SCOPE * (strayed or 0.0)
    took = np.array([each.ms for each in (*asked, *strange)])
    return Measured(
        entries=len(matcher.ids),
        phrasings=len(wordings),
        questions=len(asked),
        encoder=encoder_name,
        top1=float((first == right).mean()),
        top3=float(offered.mean()),
        promised=promised,
        precision=(1 - OUT_OF_SCOPE) * good / given if given and strange else None,
        answered=float(answered.mean()),
        suggested=float(suggested.mean()),
        suggested_right=float((suggested & offered).sum() / max(1, suggested.sum())),
        oos_answered=strayed,
        auroc=_auroc([e.confidence for e in asked], [e.confidence for e in strange]),
        build_seconds=built,
        p50_ms=float(np.percentile(took, 50)),
        p95_ms=float(np.percentile(took, 95)),
    )


class _Asked(msgspec.Struct, frozen=True):
    decision: str
    confidence: float
    first: list[str]
    ms: float


def _ask(matcher: Matcher, text: str) -> _Asked:
    lang = detect(text, "en")
    started = time.perf_counter()
    match = matcher.match(text, lang)
    took = (time.perf_counter() - started) * 1000
    first = [each.id for each in match.candidates]
    if match.decision == "handover":
        first = matcher.closest(text, _TOP)
    return _Asked(match.decision, match.confidence, first, took)


def _auroc(inside: Sequence[float], outside: Sequence[float]) -> float | None:
    """The chance that a question in scope is trusted more than one out of scope (Mann and
    Whitney, 1947)."""
    if not inside or not outside:
        return None
    ours, theirs = np.array(inside), np.sort(np.array(outside))
    below = np.searchsorted(theirs, ours, side="left")
    equal = np.searchsorted(theirs, ours, side="right") - below
    return float((below + equal / 2).mean() / len(theirs))


def _told(found: Measured) -> str:
    def share(value: float | None) -> str:
        return "-" if value is None else f"{value * 100:.1f} %"

    rows = [
        (
            "entries, phrasings, questions",
            f"{found.entries:,}, {found.phrasings:,}, {found.questions:,}",
        ),
        ("encoder", found.encoder),
        ("right entry first (top-1)", share(found.top1)),
        ("right entry in the first three", share(found.top3)),
        ("promised precision", share(found.promised)),
        ("realised precision, 20 % out of scope", share(found.precision)),
        ("answered", share(found.answered)),
        ("asked back (did you mean)", share(found.suggested)),
        ("… with the right one among them", share(found.suggested_right)),
        ("out of scope, yet answered", share(found.oos_answered)),
        ("AUROC, in against out of scope", "-" if found.auroc is None else f"{found.auroc:.3f}"),
        ("build", f"{found.build_seconds:.1f} s"),
        ("a question, p50 / p95", f"{found.p50_ms:.2f} / {found.p95_ms:.2f} ms"),
    ]
    return "\n".join(f"{name:<38}{value:>20}" for name, value in rows)
