"""What the mood model sees of texts, as matrices to train with."""

from __future__ import annotations

from typing import Final

import numpy as np
import scipy.sparse as sparse

from faq.courtesy import without_courtesy
from faq.normal import LONGEST, as_written, normalise
from faq.parts import says_nothing
from handoff.mood.features import folded, grams_of, shortened
from handoff.mood.model import buckets
from handoff.mood.rules import rulings

_SEEN_AT_LEAST: Final = 2
_COMMON: Final = 50
"""Lines with it, for a hash to weigh what it is learnt to; rarer ones weigh more."""


class Seen:
    """Of each text its hashes, each once, how often it has them, how many there are in all, and
    1.0 for each rule that it falls under."""

    RULES: Final = tuple(
        f"{kind}{doubt}" for kind in ("abuse", "legal", "theft", "anger") for doubt in ("", "?")
    )

    def __init__(self, texts: list[str]) -> None:
        self.hashes, self.counts, self.lengths, rules = [], [], [], []
        for text in map(shortened, texts):
            form = folded(text)
            hashes, counts = np.unique(grams_of([text], [form]).hashes, return_counts=True)
            self.hashes.append(hashes)
            self.counts.append(counts)
            self.lengths.append(int(counts.sum()))
            names = {ruling.name for ruling in rulings(text, form)}
            rules.append([float(name in names) for name in self.RULES])
        self.rules = np.array(rules)

    def hashed(self, bits: int, rows: np.ndarray, known: np.ndarray) -> sparse.csr_matrix:
        """Rows of the hashes that are known, in `1 << bits` columns."""
        columns, counts = [], []
        for i in rows:
            held = np.isin(self.hashes[i], known, assume_unique=True)
            columns.append(buckets(self.hashes[i][held], bits))
            counts.append(self.counts[i][held])
        return self._matrix(rows, columns, counts, 1 << bits)

    def known(self, rows: np.ndarray, hashes: np.ndarray) -> sparse.csr_matrix:
        """Rows of hashes, a column for each that is known."""
        columns, counts = [], []
        for i in rows:
            at = np.minimum(np.searchsorted(hashes, self.hashes[i]), len(hashes) - 1)
            held = hashes[at] == self.hashes[i]
            columns.append(at[held])
            counts.append(self.counts[i][held])
        return self._matrix(rows, columns, counts, len(hashes))

    def _matrix(self, rows, columns, counts, width: int) -> sparse.csr_matrix:
        sizes = [len(each) for each in columns]
        norms = np.repeat([1 / np.sqrt(self.lengths[i]) for i in rows], sizes)
        place = (np.repeat(np.arange(len(rows)), sizes), np.concatenate(columns))
        return sparse.csr_matrix((norms * np.concatenate(counts), place), (len(rows), width))


class Vocabulary:
    """The hashes that several training texts have; `rarity` is what their values are multiplied by
    (inverse document frequency, Spärck Jones 1972)."""

    def __init__(self, seen: Seen, train: np.ndarray, least: int = _SEEN_AT_LEAST) -> None:
        found, counts = np.unique(
            np.concatenate([seen.hashes[i] for i in train]), return_counts=True
        )
        often = counts >= least
        self.hashes = found[often]
        self.rarity = np.log(len(train) / counts[often]) / np.log(len(train) / _COMMON)

    def matrix(self, seen: Seen, rows: np.ndarray) -> sparse.csr_matrix:
        """Rows of texts, a column for each known hash."""
        return seen.known(rows, self.hashes) @ sparse.diags(self.rarity)


def compared(text: str) -> str:
    """What the bot compares of a text with its base, as written, before words are mended by that
    base; empty where nothing is compared."""
    normal = without_courtesy(normalise(text[:LONGEST]))
    return "" if says_nothing(normal) else as_written(text[:LONGEST])
