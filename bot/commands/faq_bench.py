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
from numpy.typing import NDArray

from bot.commands.group import Commands, config_path
from bot.commands.progress import bar
from bot.commands.slips import with_slips
from bot.config import ConfigError, load
from bot.encoder import EncoderMissing, EncoderName, open_encoder
from bot.knowledge import read_knowledge
from bot.learning import learnt
from faq.calibration import OUT_OF_SCOPE
from faq.knowledge_base import KnowledgeBaseError
from faq.language import detect
from faq.matching import Matcher

_TOP: Final = 3
_SEEDS: Final = (1, 2, 3)
"""Every question is asked with slips once for each of these: by another seed, other slips."""


class QuestionSet(msgspec.Struct, frozen=True):
    """A base of its own, and questions with the entry that each belongs to; `oos` belong to
    none."""

    train: list[tuple[str, str]]
    test: list[tuple[str, str]]
    oos: list[str] = []


class Line(msgspec.Struct, frozen=True):
    """A line of a set of questions to the desk's own base (JSONL); any of `ids` is right."""

    q: str
    ids: tuple[str, ...] = ()


class Questions(msgspec.Struct, frozen=True):
    """What is asked: questions with the ids that are right, what belongs to no entry, and words
    to be asked back about."""

    inside: list[tuple[str, tuple[str, ...]]]
    outside: list[str]
    unclear: list[str] = []


class Measured(msgspec.Struct, frozen=True):
    """What became of the questions: shares are 0 to 1, of questions in scope if not said
    otherwise. `precision` is the share of right ones among answers where a fifth of the questions
    is out of scope; None where nothing was answered or nothing could be. `slips_cost` is what one
    or two slips a question take from `top1`; None where they were not tried."""

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
    unclear_answered: float | None
    auroc: float | None
    slips_cost: float | None
    build_seconds: float
    p50_ms: float
    p95_ms: float


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq bench` on the command line."""
    what = "measure the matcher on a file of questions"
    bench = commands.add_parser("bench", help=what, description=what, parents=[common])
    bench.add_argument(
        "file",
        type=Path,
        help='JSON: {"train": [[text, id]], "test": [[text, id]], "oos": [text]}; or JSONL, asked '
        'of your own base, a line each: {"q": text, "ids": [id]}',
    )
    bench.add_argument("--oos", type=Path, metavar="FILE", help="JSONL: lines out of scope")
    bench.add_argument("--unclear", type=Path, metavar="FILE", help="JSONL: unclear words")
    bench.add_argument("--slips", action="store_true", help="ask again with slips of the finger")
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
        wordings, questions = _read(options)
        with tempfile.TemporaryDirectory() as folder:
            cache = options.cache or Path(folder)
            found = measure(
                wordings,
                questions,
                options.encoder,
                options.promised,
                cache,
                slips=options.slips,
            )
    except (_Unreadable, ConfigError, KnowledgeBaseError, EncoderMissing) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    print(json.dumps(msgspec.to_builtins(found)) if options.json else _told(found))  # noqa: T201
    return 0


class _Unreadable(Exception):
    """A file of questions cannot be read; the message names it and says why."""


def _read(options: argparse.Namespace) -> tuple[list[tuple[str, str]], Questions]:
    """The wordings of the base that is asked, and the questions."""
    outside = [line.q for line in _lines(options.oos)]
    unclear = [line.q for line in _lines(options.unclear)]
    if options.file.suffix == ".jsonl":
        base = read_knowledge(load(config_path(options)), quick=True)
        inside = [(line.q, line.ids) for line in _lines(options.file)]
        return list(base.wordings()), Questions(inside, outside, unclear)
    try:
        found = msgspec.json.decode(options.file.read_bytes(), type=QuestionSet)
        if not found.train or not found.test:
            raise msgspec.ValidationError("“train” and “test” must not be empty")
    except (OSError, msgspec.DecodeError) as error:
        raise _Unreadable(f"{options.file}: {error}") from None
    wordings = [(label, text) for text, label in found.train]
    inside = [(text, (label,)) for text, label in found.test]
    return wordings, Questions(inside, [*found.oos, *outside], unclear)


def _lines(file: Path | None) -> list[Line]:
    if file is None:
        return []
    try:
        written = file.read_bytes().splitlines()
    except OSError as error:
        raise _Unreadable(f"{file}: {error.strerror}") from None
    found = [_line(file, at, text) for at, text in enumerate(written, start=1) if text.strip()]
    if not found:
        raise _Unreadable(f"{file}: there are no questions in it")
    return found


def _line(file: Path, number: int, written: bytes) -> Line:
    try:
        return msgspec.json.decode(written, type=Line)
    except msgspec.DecodeError as error:
        raise _Unreadable(f'{file}:{number}: {error}; write {{"q": "…", "ids": ["…"]}}') from None


def measure(
    wordings: list[tuple[str, str]],
    questions: Questions,
    encoder_name: EncoderName,
    promised: float,
    cache: Path,
    *,
    slips: bool = False,
) -> Measured:
    """Build from wordings, pairs of an id and a text, and ask. Raises EncoderMissing."""
    started = time.perf_counter()
    encoder = open_encoder(encoder_name, cache)
    tick = lambda done, total: bar("reading phrasings", done, total)  # noqa: E731
    matcher = learnt(wordings, encoder, promised, cache, tick)
    built = time.perf_counter() - started
    asked = [_ask(matcher, text) for text, _ in questions.inside]
    strange = [_ask(matcher, text) for text in questions.outside]
    right = [ids for _, ids in questions.inside]
    hit = _hits(asked, right)
    answered = np.array([each.decision == "answer" for each in asked])
    suggested = np.array([each.decision == "suggest" for each in asked])
    offered = np.array(
        [not set(each.first).isdisjoint(ids) for each, ids in zip(asked, right, strict=True)]
    )
    good = float((answered & hit).mean())
    strayed = _answered(strange)
    given = (1 - OUT_OF_SCOPE) * float(answered.mean()) + OUT_OF_SCOPE * (strayed or 0.0)
    took = np.array([each.ms for each in (*asked, *strange)])
    cost = None
    if slips:
        slipped = [
            _hits([_ask(matcher, with_slips(text, seed)) for text, _ in questions.inside], right)
            for seed in _SEEDS
        ]
        cost = float(hit.mean() - np.mean(slipped))
    return Measured(
        entries=len(matcher.ids),
        phrasings=len(wordings),
        questions=len(asked),
        encoder=encoder_name,
        top1=float(hit.mean()),
        top3=float(offered.mean()),
        promised=promised,
        precision=(1 - OUT_OF_SCOPE) * good / given if given and strange else None,
        answered=float(answered.mean()),
        suggested=float(suggested.mean()),
        suggested_right=float((suggested & offered).sum() / max(1, suggested.sum())),
        oos_answered=strayed,
        unclear_answered=_answered([_ask(matcher, text) for text in questions.unclear]),
        auroc=_auroc([e.confidence for e in asked], [e.confidence for e in strange]),
        slips_cost=cost,
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


def _hits(asked: Sequence[_Asked], right: Sequence[Sequence[str]]) -> NDArray[np.bool_]:
    """Whether a right entry came first."""
    pairs = zip(asked, right, strict=True)
    return np.array([bool(each.first) and each.first[0] in ids for each, ids in pairs])


def _answered(asked: Sequence[_Asked]) -> float | None:
    return float(np.mean([each.decision == "answer" for each in asked])) if asked else None


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
        ("unclear words, yet answered", share(found.unclear_answered)),
        ("AUROC, in against out of scope", "-" if found.auroc is None else f"{found.auroc:.3f}"),
        ("lost by one or two slips (top-1)", share(found.slips_cost)),
        ("build", f"{found.build_seconds:.1f} s"),
        ("a question, p50 / p95", f"{found.p50_ms:.2f} / {found.p95_ms:.2f} ms"),
    ]
    return "\n".join(f"{name:<38}{value:>20}" for name, value in rows)
