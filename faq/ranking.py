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
_MEANING: Final = np.float32(40)

_CHINESE_ROOT: Final = np.float32(0.5**0.5)
"""Squared, what meaning counts between Chinese texts: characters say more than letters do, and
encoders know Chinese less well. Chosen likewise."""

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
    """How alike a question is to each text, -1 to 1, by each kind, and how much its
    meaning is `telling`. Several questions have a row each."""

    exact: Floats
    loose: Floats
    meaning: Floats | None
    telling: Floats

    @property
    def worded(self) -> Floats:
        """Both kinds of likeness in wording, as they count."""
        return _EXACT * self.exact + _LOOSE * self.loose

    @property
    def meant(self) -> Floats | None:
        """Likeness in meaning, as it counts."""
        return None if self.meaning is None else _MEANING * self.telling * self.meaning

    @property
    def altogether(self) -> Floats:
        """All kinds in one."""
        meant = self.meant
        return self.worded if meant is None else self.worded + meant


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


class Scored(Struct, frozen=True):
    """What each entry, and last what is foreign, scores for a question in wording and in meaning,
    and how near its nearest text is by each kind, shape (entries, 3). Several questions have a row
    each."""

    worded: Floats
    meant: Floats
    near: Floats

    def __getitem__(self, row: int) -> Scored:
        """One of several questions."""
        return Scored(self.worded[row], self.meant[row], self.near[row])

    def ranking(self, known: float, without: int | None = None) -> Ranking:
        """The entries for a question of which this share is `known`, as if there were no entry
        `without`."""
        entries = kept(len(self.worded) - 1, without)
        return ranking(entries, self.worded, self.meant, self.near, known)


class Texts:
    """The texts that entries are asked by, ready to be compared with."""

    def __init__(
        self, parts: Sequence[Parts], meanings: Meanings | None, common: int | None = None
    ) -> None:
        """Parts that more than `common` texts have do not count."""
        self.exact = Postings([found.exact for found in parts], common)
        self.loose = Postings([found.loose for found in parts], common)
        self.meanings: Final = meanings
        self._telling = np.array([_telling(found) for found in parts], dtype=np.float32)
        self._encoder_telling = np.float32(1 if meanings is None else meanings.telling)

    def likeness(self, parts: Parts, vector: Floats | None) -> tuple[Likeness, float]:
        """How alike a question is to the texts, and the share of its exact parts, by weight, that
        some text has."""
        meaning = None
        if self.meanings is not None and vector is not None:
            meaning = self.meanings.rows @ self.meanings.turned(vector)
        exact, known = self.exact.compare(parts.exact)
        loose, _ = self.loose.compare(parts.loose)
        telling = self._encoder_telling * _telling(parts) * self._telling
        return Likeness(exact, loose, meaning, telling), known

    def among(self) -> Likeness:
        """How alike all texts are to one another."""
        rows = None if self.meanings is None else self.meanings.rows
        meaning = None if rows is None else rows @ rows.T
        telling = self._encoder_telling * np.outer(self._telling, self._telling)
        return Likeness(self.exact.among(), self.loose.among(), meaning, telling)


class Head:
    """Scores entries by their texts' likeness to a question: a linear model over all texts.

    Texts of the number `count`, one past the last entry's, are foreign to every entry.
    """

    def __init__(
        self,
        among: Likeness,
        owners: NDArray[np.intp],
        count: int,
        tick: Callable[[], None] = lambda: None,
    ) -> None:
        """`among` is how alike the texts are to one another, `owners` are the numbers of their
        entries, of which there are `count`. See `logistic.fit`."""
        self._order = np.argsort(owners, kind="stable")
        self._present, self._starts = np.unique(owners[self._order], return_index=True)
        self._count = count
        self._weights = logistic.fit(among.altogether, owners, count + 1, tick)

    def scored(self, likeness: Likeness) -> Scored:
        """What entries score for questions with this likeness to the texts."""
        worded = likeness.worded @ self._weights
        meant = likeness.meant
        return Scored(
            worded,
            np.zeros_like(worded) if meant is None else meant @ self._weights,
            self._nearest(likeness),
        )

    def _nearest(self, likeness: Likeness) -> Floats:
        """For each entry the likeness of its nearest text by each kind, shape (..., entries, 3)."""
        near = np.zeros((*likeness.exact.shape[:-1], self._count + 1, 3), dtype=np.float32)
        kinds = (likeness.exact, likeness.loose, likeness.meaning)
        for kind, alike in enumerate(kinds):
            if alike is not None:
                nearest = np.maximum.reduceat(alike[..., self._order], self._starts, axis=-1)
                near[..., self._present, kind] = np.maximum(nearest, 0)
        return near


class Asking:
    """A head, and the texts that a question has to be compared with first."""

    def __init__(self, texts: Texts, head: Head) -> None:
        self._texts = texts
        self._head = head

    def rank(self, parts: Parts, vector: Floats | None, without: int | None = None) -> Ranking:
        """The entries for a question, as if there were no entry `without`."""
        likeness, known = self._texts.likeness(parts, vector)
        return self._head.scored(likeness).ranking(known, without)


def _telling(parts: Parts) -> np.float32:
    """The part that a text has in how telling meaning is between it and another."""
    return _CHINESE_ROOT if parts.is_chinese else np.float32(1)


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
