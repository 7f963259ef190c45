"""Ranks entries for a question by words, letters or sounds, and meaning, under one head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq import logistic
from faq.encoder import Floats
from faq.meanings import Meanings
from faq.parts import Parts
from faq.postings import Postings

# How much each kind of likeness counts; chosen on held-out phrasings (see bench/faq).
_EXACT: Final = np.float32(10)
_LOOSE: Final = np.float32(10)
_MEANING: Final = np.float32(30)

SIGNS: Final = (
    "over_foreign",
    "lead",
    "lead_in_wording",
    "lead_in_meaning",
    "log_share",
    "near_exact",
    "near_loose",
    "near_meaning",
    "nearer",
    "known",
)
"""What tells whether the best entry is right: its lead over what is foreign, over the next entry
in all, in wording and in meaning; the logarithm of its share; how near its nearest text is, by
each kind of likeness; by how much it is nearer than any other's; how much of the question is
known. More of any is better."""

_LEAD: Final = 10.0


class Likeness(Struct, frozen=True):
    """How alike a question is to each text, -1 to 1, by each kind; `known` is the share of its
    exact parts, by weight, that some text has."""

    exact: Floats
    loose: Floats
    meaning: Floats | None
    known: float

    @property
    def wording(self) -> Floats:
        """Both kinds of likeness in wording in one."""
        return _EXACT * self.exact + _LOOSE * self.loose


class Ranker(Protocol):
    """What ranks the entries of a base."""

    def rank(self, parts: Parts, vector: Floats | None, without: int | None = None) -> Ranking:
        """The entries for a question, as if there were no entry `without`."""
        ...


class Ranking(Struct, frozen=True):
    """The entries' numbers, best first, their shares of belief (0 to 1), and the signs."""

    order: NDArray[np.intp]
    shares: Floats
    signs: Floats


class Texts:
    """The texts that entries are asked by, ready to be compared with."""

    def __init__(
        self, parts: Sequence[Parts], meanings: Meanings | None, common: int | None = None
    ) -> None:
        """Parts that more than `common` texts have do not count."""
        self.exact = Postings([found.exact for found in parts], common)
        self.loose = Postings([found.loose for found in parts], common)
        self.meanings: Final = meanings

    def likeness(self, parts: Parts, vector: Floats | None) -> Likeness:
        """How alike a question is to the texts."""
        meaning = None
        if self.meanings is not None and vector is not None:
            meaning = self.meanings.rows @ self.meanings.turned(vector)
        exact, known = self.exact.compare(parts.exact)
        loose, _ = self.loose.compare(parts.loose)
        return Likeness(exact, loose, meaning, known)


class Head:
    """Scores entries by their texts' likeness to a question: a linear model over all texts.

    Texts of the number `count`, one past the last entry's, are foreign to every entry.
    """

    def __init__(
        self,
        alike: Floats,
        owners: NDArray[np.intp],
        count: int,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        """`alike` is how alike all texts are (`altogether`), shape (texts, texts); `owners` are
        the numbers of the texts' entries, of which there are `count`. See `logistic.fit`."""
        self._order = np.argsort(owners, kind="stable")
        self._present, self._starts = np.unique(owners[self._order], return_index=True)
        self._count = count
        self._weights = logistic.fit(alike, owners, count + 1, tick)

    def rank(self, likeness: Likeness, without: int | None = None) -> Ranking:
        """The entries for a question with this likeness to the texts, as if there were no entry
        `without`."""
        worded = likeness.wording @ self._weights
        meant = np.zeros_like(worded)
        if likeness.meaning is not None:
            meant = (_MEANING * likeness.meaning) @ self._weights
        return ranking(
            kept(self._count, without), worded, meant, self._nearest(likeness), likeness.known
        )

    def _nearest(self, likeness: Likeness) -> Floats:
        """For each entry the likeness of its nearest text by each kind, shape (entries, 3)."""
        near = np.zeros((self._count + 1, 3), dtype=np.float32)
        kinds = (likeness.exact, likeness.loose, likeness.meaning)
        for kind, alike in enumerate(kinds):
            if alike is not None:
                nearest = np.maximum.reduceat(alike[self._order], self._starts)
                near[self._present, kind] = np.maximum(nearest, 0)
        return near


class Asking:
    """A head, and the texts that a question has to be compared with first."""

    def __init__(self, texts: Texts, head: Head) -> None:
        self._texts = texts
        self._head = head

    def rank(self, parts: Parts, vector: Floats | None, without: int | None = None) -> Ranking:
        """The entries for a question, as if there were no entry `without`."""
        return self._head.rank(self._texts.likeness(parts, vector), without)


def altogether(exact: Floats, loose: Floats, meaning: Floats | None) -> Floats:
    """All kinds of likeness in one."""
    worded = _EXACT * exact + _LOOSE * loose
    return worded if meaning is None else worded + _MEANING * meaning


def kept(count: int, without: int | None) -> NDArray[np.intp]:
    """The numbers of all entries but one."""
    every = np.arange(count)
    return every if without is None else np.delete(every, without)


def ranking(
    entries: NDArray[np.intp], worded: Floats, meant: Floats, near: Floats, known: float
) -> Ranking:
    """Entries by their scores, which come of wording and of meaning; the last score is that of
    what is foreign. `near` has each entry's nearest likeness, shape (entries, 3)."""
    scores = worded + meant
    order = entries[np.argsort(-scores[entries], kind="stable")]
    best, others = order[0], order[1:]
    shares = logistic.softmax(scores)
    rivals = near[others].max(axis=0) if len(others) else np.zeros(3)
    signs = [
        _within(scores[best] - scores[-1]),
        *(_lead(part, best, others) for part in (scores, worded, meant)),
        float(np.log(shares[best] + 1e-6)),
        *near[best],
        float((near[best] - rivals).mean()),
        known,
    ]
    return Ranking(order, shares[order], np.array(signs, dtype=np.float32))


def _lead(scores: Floats, best: np.intp, others: NDArray[np.intp]) -> float:
    """By how much the best entry is ahead of any other."""
    return _within(scores[best] - scores[others].max()) if len(others) else _LEAD


def _within(lead: float) -> float:
    return min(max(float(lead), -_LEAD), _LEAD)
