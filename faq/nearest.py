"""Ranks the entries of a large base, where a linear head would take too long to learn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats, unit
from faq.meanings import Meanings
from faq.parts import Parts
from faq.ranking import Ranking, Texts, ranking

_SHORTLIST: Final = 60
_NARROW: Final = 64

# What likeness in wording, to the nearest text and to the entry as a whole, counts in a score;
# chosen on held-out phrasings.
_EXACT: Final = 12.0
_LOOSE: Final = 12.0
_MEANING: Final = 14.0
_WHOLE: Final = 14.0


class Nearest:
    """Scores entries by their nearest text and by the middle of their texts' meanings.

    Entries are shortlisted by wording and by their middle, and only these are looked at closely.
    """

    def __init__(self, texts: Texts, owners: NDArray[np.intp], count: int) -> None:
        """`owners` are the numbers of the texts' entries, ascending, of which there are `count`,
        each with a text; `count` is that of foreign texts."""
        self._texts = texts
        self._owners = owners
        self._count = count
        self._starts = np.searchsorted(owners, np.arange(count + 1))
        self._lengths = np.diff(self._starts, append=len(owners))
        self._middles: _Middles | None = None
        if texts.meanings is not None:
            self._middles = _Middles(texts.meanings, self._starts)

    def rank(self, parts: Parts, vector: Floats | None, without: int | None = None) -> Ranking:
        """The entries for a question, as if there were no entry `without`; at most a shortlist."""
        return self.rank_unseen(parts, vector, without, None)

    def rank_unseen(
        self, parts: Parts, vector: Floats | None, without: int | None, unseen: int | None
    ) -> Ranking:
        """The same as if the text `unseen` were not there."""
        exact, known = self._texts.exact.compare(parts.exact)
        loose, _ = self._texts.loose.compare(parts.loose)
        if unseen is not None:
            exact[unseen] = loose[unseen] = 0
        worded = np.asarray(_EXACT * exact + _LOOSE * loose, dtype=np.float32)
        wordings = np.maximum.reduceat(worded, self._starts)
        numbers = np.union1d(_greatest(wordings, _SHORTLIST), [self._count])
        asked = None
        if self._middles is not None and vector is not None:
            asked = self._middles.asked(vector, self._rest(unseen))
            numbers = np.union1d(numbers, _greatest(asked.roughly(), _SHORTLIST))
        texts, starts = self._of(numbers)
        near = np.zeros((len(numbers), 3), dtype=np.float32)
        near[:, 0] = np.maximum.reduceat(exact[texts], starts)
        near[:, 1] = np.maximum.reduceat(loose[texts], starts)
        meant = np.zeros(len(numbers), dtype=np.float32)
        if asked is not None:
            alike = asked.alike(texts)
            alike[texts == unseen] = -1
            near[:, 2] = np.maximum.reduceat(alike, starts)
            meant = np.asarray(_MEANING * near[:, 2] + _WHOLE * asked.whole(numbers), np.float32)
        listed = np.flatnonzero((numbers != self._count) & (numbers != without))
        found = ranking(listed, wordings[numbers], meant, near, known)
        return Ranking(numbers[found.order], found.shares, found.signs)

    def _of(self, numbers: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The texts of entries, one entry's after another's, and where each entry's begin."""
        lengths = self._lengths[numbers]
        starts = np.cumsum(lengths) - lengths
        return np.arange(lengths.sum()) + np.repeat(self._starts[numbers] - starts, lengths), starts

    def _rest(self, unseen: int | None) -> tuple[int, NDArray[np.intp]] | None:
        """The entry of a text, and its other texts."""
        if unseen is None:
            return None
        texts, _ = self._of(self._owners[unseen : unseen + 1])
        return int(self._owners[unseen]), texts[texts != unseen]


class _Middles:
    """The middles of entries' meanings, and their shadows on the few axes along which they differ
    most: reading all of them whole would take longer than all else."""

    def __init__(self, meanings: Meanings, starts: NDArray[np.intp]) -> None:
        """`starts` is where each entry's texts begin."""
        self.meanings: Final = meanings
        self.rows: Final = unit(np.add.reduceat(meanings.rows, starts))
        _, axes = np.linalg.eigh(self.rows.T @ self.rows)
        self.axes: Final = np.ascontiguousarray(axes[:, -_NARROW:])
        self.narrow: Final = self.rows @ self.axes

    def asked(self, vector: Floats, rest: tuple[int, NDArray[np.intp]] | None) -> _Meant:
        """A question, compared; of one entry only the texts that are the `rest`."""
        turned = self.meanings.turned(vector)
        if rest is None:
            return _Meant(self, turned)
        owner, texts = rest
        middle = unit(self.meanings.rows[texts].sum(axis=0))
        return _Meant(self, turned, owner, float(middle @ turned))


class _Meant:
    """How alike in meaning a question is to entries and texts."""

    def __init__(
        self, middles: _Middles, turned: Floats, owner: int = -1, instead: float = 0.0
    ) -> None:
        """`instead` is how alike it is to the entry `owner` as a whole, if there is one."""
        self._middles = middles
        self._turned = turned
        self._owner = owner
        self._instead = instead

    def roughly(self) -> Floats:
        """To each entry as a whole, more or less."""
        found = self._middles.narrow @ (self._turned @ self._middles.axes)
        if self._owner >= 0:
            found[self._owner] = self._instead
        return np.asarray(found, dtype=np.float32)

    def whole(self, numbers: NDArray[np.intp]) -> Floats:
        """To some entries as a whole."""
        found = np.asarray(self._middles.rows[numbers] @ self._turned, dtype=np.float32)
        found[numbers == self._owner] = self._instead
        return found

    def alike(self, texts: NDArray[np.intp]) -> Floats:
        """To some texts."""
        return np.asarray(self._middles.meanings.rows[texts] @ self._turned, dtype=np.float32)


def _greatest(scores: Floats, most: int) -> NDArray[np.intp]:
    """Where the greatest scores are."""
    most = min(most, len(scores))
    return np.argpartition(-scores, most - 1)[:most]
