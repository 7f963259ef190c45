"""Asks a base its own wordings as if it had never seen them, to learn how far it can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.calibration import Calibration, Trial, calibrate
from faq.encoder import Floats
from faq.match import Decision
from faq.matching import MOST, Matcher
from faq.presumed import UNLEARNT
from faq.ranker import Asked
from faq.ranking import Head, Likeness, Ranking, Texts, altogether

_FOLDS: Final = 8
_FOLDS_OF_MANY: Final = 5
_MANY: Final = 1500
"""Texts from which on a fifth is left out at once, as each fold takes long to learn."""
_SAMPLE: Final = 1200

Tick = Callable[[int, int], None]


def _quiet(done: int, total: int) -> None:
    pass


class HeldOut(Struct, frozen=True):
    """A wording asked without itself, with its own entry there or `hidden`; what was found first,
    and what would have been done."""

    text: str
    entry: str
    hidden: bool
    found: str
    decision: Decision


class _Trial(Struct, frozen=True):
    text: int
    found: int
    trial: Trial


def calibrated(matcher: Matcher, promised: float, tick: Tick = _quiet) -> Calibration:
    """What a matcher may be trusted with, where `promised` of its answers shall be right."""
    found = [each.trial for each in _trials(matcher.asked, tick)]
    return calibrate(found, promised) if found else UNLEARNT


def held_out(matcher: Matcher, promised: float, tick: Tick) -> list[HeldOut]:
    """Every wording asked without itself, by the calibration that follows from all of them.

    `tick` is told how many of how many have been asked.
    """
    found = list(_trials(matcher.asked, tick))
    if not found:
        return []
    calibration = calibrate([each.trial for each in found], promised)
    asked = matcher.asked
    return [
        HeldOut(
            asked.texts[each.text],
            matcher.ids[int(asked.owners[each.text])],
            each.trial.kind == "hidden",
            matcher.ids[each.found],
            calibration.decide(each.trial.signs),
        )
        for each in found
        if each.trial.kind != "foreign"
    ]


def _trials(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    """Every text asked without itself: with its entry there, with its entry hidden; and what is
    foreign. Of a large base a sample, evenly spread."""
    if asked.count < 2:
        return
    yield from _of_large(asked, tick) if asked.is_large else _of_small(asked, tick)


def _of_small(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    texts = Texts(asked.parts, None)
    exact, loose, known = texts.exact.among(), texts.loose.among(), texts.exact.known_elsewhere
    folds = _folds(asked)
    done = 0
    for fold in range(int(folds.max()) + 1):
        there, out = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        meanings = asked.meanings(there)
        rows = None if meanings is None else meanings.rows
        square = np.ix_(there, there)
        alike = altogether(exact[square], loose[square], None if rows is None else rows @ rows.T)
        head = Head(alike, asked.owners[there], asked.count)
        for text in out.tolist():
            meaning = None
            if meanings is not None and asked.vectors is not None:
                meaning = meanings.rows @ meanings.turned(asked.vectors[text])
            likeness = Likeness(exact[text, there], loose[text, there], meaning, float(known[text]))
            yield from _asked(
                asked,
                text,
                lambda _, without: head.rank(likeness, without),  # noqa: B023
            )
            done += 1
            tick(done, len(folds))


def _of_large(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    nearest = asked.nearest()
    step = max(1, asked.own // _SAMPLE)
    sample = [*range(0, asked.own, step), *range(asked.own, len(asked.parts))]
    for done, text in enumerate(sample, start=1):
        yield from _asked(
            asked,
            text,
            lambda text, without: nearest.rank_unseen(
                asked.parts[text], _vector(asked, text), without, text
            ),
        )
        tick(done, len(sample))


def _asked(asked: Asked, text: int, rank: Callable[[int, int | None], Ranking]) -> Iterator[_Trial]:
    owner = int(asked.owners[text])
    own = rank(text, None)
    best = int(own.order[0])
    if owner == asked.count:
        yield _Trial(text, best, Trial(own.signs, "foreign", right=False, offered=False))
        return
    offered = owner in own.order[:MOST].tolist()
    yield _Trial(text, best, Trial(own.signs, "own", right=best == owner, offered=offered))
    hidden = rank(text, owner)
    trial = Trial(hidden.signs, "hidden", right=False, offered=False)
    yield _Trial(text, int(hidden.order[0]), trial)


def _vector(asked: Asked, text: int) -> Floats | None:
    return None if asked.vectors is None else asked.vectors[text]


def _folds(asked: Asked) -> NDArray[np.intp]:
    """Which fold each text is left out in: an entry's texts are spread over all."""
    seen: dict[int, int] = defaultdict(int)
    folds = np.zeros(len(asked.owners), dtype=np.intp)
    number = _FOLDS if len(asked.owners) < _MANY else _FOLDS_OF_MANY
    for text, owner in enumerate(asked.owners.tolist()):
        folds[text] = (seen[owner] + owner) % number
        seen[owner] += 1
    return folds
