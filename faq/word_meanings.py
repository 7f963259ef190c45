"""What texts mean, as far as their words by themselves tell: a few numbers for each stem, for
letters and for sounds, learnt beforehand and added up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats
from faq.parts import parts

_EXACT: Final = 0
_LOOSE: Final = 1
"""What the checksum of a part begins with, so that a loose part has another one than an exact part
of the same letters."""


def key_of(part: str, *, loose: bool) -> int:
    """The key of a part (see `faq.parts.Parts`), 32 bits."""
    return crc32(part.encode(), _LOOSE if loose else _EXACT)


def keys_of(text: str) -> list[int]:
    """The keys of a text's parts, each as often as it occurs."""
    found = parts(text)
    keys = [crc32(each.encode(), _EXACT) for each in found.exact.elements()]
    return keys + [crc32(each.encode(), _LOOSE) for each in found.loose.elements()]


class WordMeanings:
    """Turns texts into vectors. A part that was not learnt says nothing.

    The sum of what is known is the longer, the more is known and the more that tells. From 1 on
    that is enough, and the vector is of length 1; below it is shorter, by the square.
    """

    def __init__(self, keys: NDArray[np.uint32], rows: NDArray[np.int8], scales: Floats) -> None:
        """`keys` of parts, ascending; for each a row, shape (keys, dimensions), times its scale."""
        self.keys: Final = keys
        self._rows = rows
        self._scales = scales

    def __call__(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, one a row, of length 0 to 1; zeros where nothing is known."""
        sums = np.stack([self._of(text) for text in texts])
        lengths = np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None]
        return np.asarray(sums * np.minimum(lengths, 1 / np.maximum(lengths, 1e-9)), np.float32)

    def _of(self, text: str) -> Floats:
        asked = np.array(keys_of(text), dtype=np.uint32)
        places = np.searchsorted(self.keys, asked)
        known = places[self.keys.take(places, mode="clip") == asked]
        rows = self._rows.take(known, axis=0).astype(np.float32)
        return np.asarray(self._scales.take(known) @ rows, dtype=np.float32)
