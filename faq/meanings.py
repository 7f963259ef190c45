"""Compares texts by their meanings, in which what all sentences share counts less."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats, unit

_EVEN: Final = 0.6
"""How far the spread is taken to be the same in all directions; chosen on held-out phrasings."""
_WRITTEN: Final = 0.7
"""What the reading as written counts beside the normalised one; chosen likewise."""


class Meanings:
    """The vectors of texts, shape (texts, readings, dimensions), turned to be compared.

    Texts are read as they are written and normalised (two readings), or normalised alone. Sentences
    share a direction that tells nothing (Mu and Viswanath, 2018), so the mean is taken off. Of the
    reading as written, the directions in which texts of one entry differ count less as well: it is
    whitened by their covariance, shrunk towards an even one (Ledoit and Wolf, 2004).
    """

    def __init__(
        self, vectors: Floats, owners: NDArray[np.intp], count: int, telling: float = 1.0
    ) -> None:
        """`owners` are the numbers of the texts' entries; `count` is that of foreign texts, which
        have nothing in common. See `faq.encoder.Telling`."""
        self.telling: Final = telling
        self._centre = np.asarray(vectors.mean(axis=0), dtype=np.float32)
        several = vectors.shape[1] > 1
        own = owners < count
        self._even = _evening(vectors[own, 0], owners[own]) if several and own.any() else None
        self.rows: Final = self.turned(vectors)

    def turned(self, vectors: Floats) -> Floats:
        """Vectors of any number of texts, or of one, as they are to be compared: of length 1, one
        of all readings."""
        found = vectors - self._centre
        if self._even is not None:
            found[..., 0, :] = found[..., 0, :] @ self._even
        if found.shape[-2] > 1:
            found = unit(found)
            found[..., 0, :] *= _WRITTEN
        return unit(found.reshape(*found.shape[:-2], -1))


def _evening(vectors: Floats, owners: NDArray[np.intp]) -> Floats:
    """What vectors are multiplied by, shape (dimensions, dimensions)."""
    count = int(owners.max()) + 1
    had = np.maximum(np.bincount(owners, minlength=count), 1)
    middles = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(middles, owners, vectors)
    apart = vectors - (middles / had[:, None])[owners]
    spread = apart.T @ apart / max(1, len(vectors) - len(np.unique(owners)))
    even = float(np.trace(spread)) / len(spread) or 1.0
    shrunk = (1 - _EVEN) * spread + _EVEN * even * np.eye(len(spread), dtype=np.float32)
    return np.asarray(np.linalg.inv(np.linalg.cholesky(shrunk)).T, dtype=np.float32)
