"""Ranks entries for a question by words, letters or sounds, and meaning, under one head."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq import logistic
from faq.encoder import Floats, unit
from faq.parts import Parts
from faq.postings import Postings

# How much each kind of likeness counts; chosen on held-out phrasings (see bench/faq).
_EXACT: Final = np.float32(10)
_LOOSE: Final = np.float32(10)
_MEANING: Final = np.float32(40)

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


class Meanings:
    """The texts' vectors, turned so that what sentences have in common is taken off.

    Sentences share a direction that tells nothing (Mu and Viswanath, 2018).
    """

    def __init__(self, vectors: Floats) -> None:
        self._centre = np.asarray(vectors.mean(axis=0), dtype=np.float32)
        self.rows: Final = self.turned(vectors)

    def turned(self, vectors: Floats) -> Floats:
        """Vectors as they are to be compared, of length 1."""
        return unit(vectors - self._centre)


class Texts:
    """The texts that entries are asked by, ready to be compared with."""

    def __init__(
        self, parts: Sequence[Parts], vectors: Floats | None, common: int | None = None
    ) -> None:
        """`vectors` are the texts' meanings, shape (texts, dimensions); parts that more than
        `common` texts have do not count."""
        self.exact = Postings([found.exact for found in parts], common)
        self.loose = Postings([found.loose for found in parts], common)
        self.meanings: Final = None if vectors is None else Meanings(vectors)

    def likeness(self, parts: Parts, vector: Floats | None) -> Likeness:
        """How alike a question is to the texts."""
        meaning = None
        if self.meanings is not None and vector is not None:
            meaning = self.meanings.rows @ self.meanings.turned(vector)
        exact, known = self.exact.compare(parts.exact)
        loose, _ = self.loose.compare(parts.loose)
        return Likeness(exact, loose, meaning, known)

    def among(self) -> Floats:
        """All kinds of likeness of all texts to one another in one, shape (texts, texts)."""
        found = _EXACT * self.exact.among() + _LOOSE * self.loose.among()
        if self.meanings is not None:
            found += _MEANING * (self.meanings.rows @ self.meanings.rows.T)
        return found


class Head:
    """Scores entries by their texts' likeness to a question: a linear model over all texts.

    Texts of the number `count`, one past the last entry's, are foreign to every entry.
    """

    def __init__(self, texts: Texts, owners: NDArray[np.intp], count: int) -> None:
        """`owners` are the numbers of the texts' entries, of which there are `count`."""
        self._texts = texts
        self._owners = owners
        self._count = count
        self._weights = logistic.fit(texts.among(), owners, count + 1)

    def rank(self, parts: Parts, vector: Floats | None, without: int | None = None) -> Ranking:
        """The entries for a question, as if there were no entry `without`."""
        likeness = self._texts.likeness(parts, vector)
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
                np.maximum.at(near[:, kind], self._owners, alike)
        return near


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
