"""What the words of a message say together: their meanings added up, and a layer of units over the
sum (a deep averaging network: Iyyer et al. 2015)."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from handoff.mood.features import Grams, Hashes
from handoff.mood.totals import total_of

_max: Final = np.maximum


class Layer(Struct, frozen=True):
    """What is made of a sum of meanings, which count `scale` a step: of `rows`, one for each number
    of a meaning, and `biases` units; of these, where they are more than nothing, the sum."""

    scale: float
    rows: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    weights: tuple[float, ...]
    bias: float


class Together:
    """The meanings of words and pairs of words, and what is made of them."""

    def __init__(self, keys: NDArray[np.uint32], meanings: NDArray[np.int8], layer: Layer) -> None:
        """`keys` of hashes (see `keys_of`), ascending; `meanings` of shape (keys, numbers)."""
        self._keys = keys
        self._meanings = meanings.astype(np.float32)
        self._rows = np.array(layer.rows, dtype=np.float32) * np.float32(layer.scale)
        self._biases = np.array(layer.biases, dtype=np.float32)
        self._weights = np.array(layer.weights, dtype=np.float32)
        self._bias = layer.bias

    def said_in(self, grams: Grams) -> list[float]:
        """What each of some texts says; of one of which nothing is known, what nothing says."""
        keys = keys_of(grams.short_words())
        places = self._keys.searchsorted(keys)
        known = self._keys.take(places, mode="clip") == keys
        sizes = grams.short_words_of_each()
        if len(sizes) == 1:
            return [self._of(places[known])]
        starts = [0, *accumulate(sizes[:-1])]
        meant = self._meanings.take(places, axis=0, mode="clip")
        meant *= known[:, None]
        totals = np.add.reduceat(meant, starts, axis=0)
        counts = np.add.reduceat(known, starts, dtype=np.float32)
        units = totals @ self._rows
        units /= np.sqrt(_max(counts, 1))[:, None]
        units += self._biases
        _max(units, 0, out=units)
        return [each + self._bias for each in (units @ self._weights).tolist()]

    def _of(self, found: NDArray[np.intp]) -> float:
        """What is made of the meanings at these places."""
        total = total_of(self._meanings.take(found, axis=0))
        units = total @ self._rows
        units *= 1 / math.sqrt(len(found) or 1)
        units += self._biases
        _max(units, 0, out=units)
        return float(units @ self._weights) + self._bias


def keys_of(hashes: Hashes) -> NDArray[np.uint32]:
    """The keys by which hashes are known: their upper halves."""
    return hashes.view("<u4")[1::2]
