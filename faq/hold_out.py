"""Asks a base its own wordings as if it had never seen them, to learn how far it can be trusted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.calibration import Calibration, Trial, TrialKind, calibrate
from faq.encoder import Floats
from faq.match import Decision
from faq.matching import MOST, Matcher
from faq.nearest import Nearest
from faq.presumed import UNLEARNT
from faq.ranker import Asked
from faq.ranking import Head, Likeness, Ranking, Scored, Texts

_FOLDS: Final = 8
_FOLDS_OF_MANY: Final = 5
_MANY: Final = 1500
"""Texts from which on a fifth is left out at once, as each fold takes long to learn."""
_SAMPLE: Final = 1200
_RESERVE: Final = 0.9
_RESERVE_IN_WORDS: Final = 0.7
"""Of the wrong answers that a promise allows, the share to aim at, with a sentence encoder and
without; chosen on questions to the built-in base and on splits of training parts."""

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
    return calibrate(found, _aimed(matcher.asked, promised)) if found else UNLEARNT


def _aimed(asked: Asked, promised: float) -> float:
    """What to aim at, to keep a promise: more goes wrong than trials show, as customers use words
    that no phrasing has and strangers use the base's own. By words alone it is told apart worse."""
    allowed = _RESERVE_IN_WORDS if asked.in_words else _RESERVE
    return 1 - (1 - promised) * allowed


def held_out(matcher: Matcher, promised: float, tick: Tick) -> list[HeldOut]:
    """Every wording asked without itself, by the calibration that follows from all of them.

    `tick` is told how many of how many have been asked.
    """
    found = list(_trials(matcher.asked, tick))
    if not found:
        return []
    calibration = calibrate([each.trial for each in found], _aimed(matcher.asked, promised))
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
        if each.trial.kind in ("own", "hidden")
    ]


def _trials(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    """Every text asked without itself: with its entry there, with its entry hidden; and what is
    foreign. Of a large base a sample, evenly spread."""
    if asked.count < 2:
        return
    yield from _of_large(asked, tick) if asked.is_large else _of_small(asked, tick)


def _of_small(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    worded = _Worded(asked)
    folds = _folds(asked)
    done = 0
    for fold in range(int(folds.max()) + 1):
        there, out = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        scored = _scored(asked, worded, there, out)
        for row, text in enumerate(out.tolist()):
            yield from _asked(asked, text, partial(scored[row].ranking, float(worded.known[text])))
            done += 1
            tick(done, len(folds))


class _Worded:
    """How alike in wording all texts are to one another, and how much of each is known."""

    def __init__(self, asked: Asked) -> None:
        texts = Texts(asked.parts, None)
        self._among = texts.among()
        self.known: Final = texts.exact.known_elsewhere

    def likeness(
        self,
        rows: NDArray[np.intp],
        columns: NDArray[np.intp],
        meaning: Floats | None,
        telling: float,
    ) -> Likeness:
        """How alike the texts at `rows` are to those at `columns`."""
        block, among = np.ix_(rows, columns), self._among
        return Likeness(
            among.exact[block], among.loose[block], meaning, telling * among.telling[block]
        )


def _scored(
    asked: Asked, worded: _Worded, there: NDArray[np.intp], out: NDArray[np.intp]
) -> Scored:
    """What entries score for the texts that are `out`, by a head that knows only those `there`."""
    meanings = asked.meanings(there)
    own = theirs = None
    telling = 1.0
    if meanings is not None and asked.vectors is not None:
        own = meanings.rows @ meanings.rows.T
        theirs = meanings.turned(asked.vectors[out]) @ meanings.rows.T
        telling = meanings.telling
    head = Head(worded.likeness(there, there, own, telling), asked.owners[there], asked.count)
    return head.scored(worded.likeness(out, there, theirs, telling))


def _of_large(asked: Asked, tick: Tick) -> Iterator[_Trial]:
    nearest = asked.nearest()
    step = max(1, asked.own // _SAMPLE)
    sample = [*range(0, asked.own, step), *range(asked.own, len(asked.parts))]
    for done, text in enumerate(sample, start=1):
        yield from _asked(asked, text, partial(_of_sample, asked, nearest, text))
        tick(done, len(sample))


def _of_sample(asked: Asked, nearest: Nearest, text: int, without: int | None) -> Ranking:
    return nearest.rank_unseen(asked.parts[text], _vector(asked, text), without, text)


def _asked(asked: Asked, text: int, rank: Callable[[int | None], Ranking]) -> Iterator[_Trial]:
    """`rank` ranks the entries for the text, as if there were no entry of a number."""
    owner = int(asked.owners[text])
    own = rank(None)
    best = int(own.order[0])
    if owner == asked.count:
        kind: TrialKind = "near" if text >= asked.near else "foreign"
        yield _Trial(text, best, Trial(own.signs, kind, right=False, offered=False))
        return
    offered = owner in own.order[:MOST].tolist()
    yield _Trial(text, best, Trial(own.signs, "own", right=best == owner, offered=offered))
    hidden = rank(owner)
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
