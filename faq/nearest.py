"""Ranks the entries of a large base, where a linear head would take too long to learn."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats, unit
from faq.parts import Parts
from faq.ranking import Ranking, Texts, kept, ranking

_SHORTLIST: Final = 60

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
        """`owners` are the numbers of the texts' entries; `count` is that of foreign texts."""
        self._texts = texts
        self._owners = owners
        self._count = count
        self._order = np.argsort(owners, kind="stable")
        self._starts = np.searchsorted(owners[self._order], np.arange(count + 2)).tolist()
        self._middles: Floats | None = None
        if texts.meanings is not None:
            sums = np.zeros((count + 1, texts.meanings.rows.shape[1]), dtype=np.float32)
            np.add.at(sums, owners, texts.meanings.rows)
            self._middles = unit(sums)

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
        turned = whole = None
        if self._texts.meanings is not None and self._middles is not None and vector is not None:
            turned = self._texts.meanings.turned(vector)
            whole = self._whole(self._middles, turned, unseen)
        numbers = self._shortlist(worded, whole)
        wordings = np.zeros(len(numbers), dtype=np.float32)
        meant = np.zeros(len(numbers), dtype=np.float32)
        near = np.zeros((len(numbers), 3), dtype=np.float32)
        for row, entry in enumerate(numbers.tolist()):
            texts = self._of(entry)
            if unseen is not None:
                texts = texts[texts != unseen]
            if not len(texts):
                continue
            wordings[row] = worded[texts].max()
            near[row, :2] = exact[texts].max(), loose[texts].max()
            if turned is not None and whole is not None and self._texts.meanings is not None:
                near[row, 2] = (self._texts.meanings.rows[texts] @ turned).max()
                meant[row] = _MEANING * near[row, 2] + _WHOLE * whole[entry]
        rows = np.flatnonzero(np.isin(numbers, kept(self._count, without)))
        found = ranking(rows, wordings, meant, near, known)
        return Ranking(numbers[found.order], found.shares, found.signs)

    def _of(self, entry: int) -> NDArray[np.intp]:
        """The texts of an entry."""
        return self._order[self._starts[entry] : self._starts[entry + 1]]

    def _whole(self, middles: Floats, turned: Floats, unseen: int | None) -> Floats:
        """How alike a question is to each entry as a whole."""
        whole = np.asarray(middles @ turned, dtype=np.float32)
        if unseen is not None and self._texts.meanings is not None:
            owner = int(self._owners[unseen])
            texts = self._of(owner)
            rest = self._texts.meanings.rows[texts[texts != unseen]]
            whole[owner] = float(unit(rest.sum(axis=0)) @ turned)
        return whole

    def _shortlist(self, worded: Floats, whole: Floats | None) -> NDArray[np.intp]:
        """The entries worth a close look, by number; what is foreign is always one."""
        most = min(4 * _SHORTLIST, len(worded))
        short = set(self._owners[np.argpartition(-worded, most - 1)[:most]].tolist())
        if whole is not None:
            most = min(_SHORTLIST, len(whole))
            short.update(np.argpartition(-whole, most - 1)[:most].tolist())
        return np.array(sorted(short | {self._count}), dtype=np.intp)
