"""The small sentence encoder, forwards and backwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.tuning import matrices

Floats = NDArray[np.float32]
Pieces = NDArray[np.int64]

LONGEST: Final = 80
"""Pieces of a text that are looked at."""
_ORDERS: Final = ((2, 0), (3, 1), (5, 2))
"""Pieces in a row that each branch sees, and how many of them stand before the one it is about."""
_WIDTH: Final = 256
_LEFT: Final = 2
"""Pieces before one that any branch sees."""


class Layers:
    """The package's model. `weights` are its matrices; what else it has does not change."""

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self._model, self._tokenizer = model, tokenizer
        self.weights: Final[dict[str, Floats]] = matrices(model)

    def pieces(self, texts: Sequence[str]) -> list[Pieces]:
        """The numbers of the pieces of texts."""
        cut = self._tokenizer.encode
        found = [cut(text, out_type=int, add_bos=True, add_eos=True) for text in texts]
        return [np.array(each[:LONGEST], dtype=np.int64) for each in found]

    def through(self, texts: Sequence[Pieces], weights: Mapping[str, Floats]) -> Passed:
        """Texts passed through the layers with these weights."""
        return Passed(self._model, texts, weights)


class _Evened(NamedTuple):
    """Rows evened out to a mean of 0 and a spread of 1, before gains and biases; and spreads."""

    rows: Floats
    spreads: Floats
    gains: Floats

    def back(self, slopes: Floats) -> Floats:
        """How what changes with the rows after gains and biases, by `slopes`, changes with them as
        they came."""
        wanted = slopes * self.gains
        wanted -= wanted.mean(axis=1, keepdims=True)
        wanted -= self.rows * (wanted * self.rows).mean(axis=1, keepdims=True)
        return np.asarray(wanted / self.spreads, dtype=np.float32)


def _evened(rows: Floats, gains: Floats, least: float) -> _Evened:
    centred = rows - rows.mean(axis=1, keepdims=True)
    spreads = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(least))
    return _Evened(centred / spreads, spreads, gains)


class _Branch:
    """What some pieces in a row say, twice: what comes in, and rectified units added to it."""

    def __init__(
        self, model: Any, number: int, weights: Mapping[str, Floats], seen: NDArray[np.int64]
    ) -> None:
        """`seen`: the pieces that stand around each, shape (pieces, pieces around it); one past
        the last where there is none."""
        length, before = _ORDERS[number]
        self._around = seen[:, _LEFT - before : _LEFT - before + length]
        self._names = (f"w1_{length}", f"w2_{length}")
        self._weights = [weights[name] for name in self._names]
        self._biases = (model.b1[number], model.b2[number])
        self._fed: list[Floats] = []
        self._along: list[Floats] = []

    def forth(self, rows: Floats) -> Floats:
        for weights, bias in zip(self._weights, self._biases, strict=True):
            padded = np.vstack((rows, np.zeros((1, _WIDTH), dtype=np.float32)))
            fed = padded[self._around].reshape(len(rows), -1)
            along = fed @ weights + bias
            self._fed.append(fed)
            self._along.append(along)
            rows = np.maximum(along, 0) + rows
        return rows

    def back(self, slopes: Floats, found: dict[str, Floats]) -> Floats:
        """Puts the slopes of the weights into `found`, and gives those of what came in."""
        for step in (1, 0):
            through = slopes * (self._along[step] > 0)
            found[self._names[step]] = self._fed[step].T @ through
            spread = (through @ self._weights[step].T).reshape(*self._around.shape, _WIDTH)
            slopes = slopes.copy()
            for place in range(self._around.shape[1]):
                at = self._around[:, place]
                there = at < len(slopes)
                slopes[at[there]] += spread[there, place]
        return slopes


class Passed:
    """What each layer made of texts, kept to go back."""

    def __init__(self, model: Any, texts: Sequence[Pieces], weights: Mapping[str, Floats]) -> None:
        w = self._weights = weights
        flat, sizes = np.concatenate(texts), np.array([len(each) for each in texts])
        starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
        chunk = flat % len(model.scale)
        self._known = model.table[flat].astype(np.float32)
        self._known *= model.scale[chunk, None]
        self._known += model.lo[chunk, None]
        self._projected = _evened(
            self._known @ w["proj_W"] + model.proj_b, model.ln_g_all, model.eps
        )
        heard = self._projected.rows * model.ln_g_all + model.ln_b_all
        seen = model._window_index(starts, sizes, len(flat))
        self._branches = [_Branch(model, number, w, seen) for number in range(len(_ORDERS))]
        said = [
            branch.forth(heard[:, at * _WIDTH : (at + 1) * _WIDTH])
            for at, branch in enumerate(self._branches)
        ]
        self._features = _evened(np.hstack((self._known, *said)), model.ln_g, model.eps)
        self._of = np.repeat(np.arange(len(texts)), sizes)
        rows = self._features.rows * model.ln_g + model.ln_b
        self._roots = np.sqrt(sizes.astype(np.float32))[:, None]
        self._sums = np.add.reduceat(rows, starts, axis=0) / self._roots
        self._mean = self._sums @ w["cnn_W"] + self._roots * model.cnn_b
        self._first = np.maximum(self._mean @ w["d0"], 0)
        self._second = np.maximum(self._mean @ w["p1"] + self._first @ w["d1"], 0)
        self._third = np.maximum(self._second @ w["d2"], 0)
        self._last = np.tanh(self._second @ w["p3"] + self._third @ w["d3"])
        self._length = np.linalg.norm(self._last, axis=1, keepdims=True)
        self.vectors: Final[Floats] = self._last / self._length

    def slopes(self, back: Floats) -> dict[str, Floats]:
        """How what changes with the vectors, by `back`, changes with each weight."""
        w, vectors = self._weights, self.vectors
        last = (back - vectors * np.einsum("ij,ij->i", back, vectors)[:, None]) / self._length
        last *= 1 - self._last * self._last
        third = (last @ w["d3"].T) * (self._third > 0)
        second = (last @ w["p3"].T + third @ w["d2"].T) * (self._second > 0)
        first = (second @ w["d1"].T) * (self._first > 0)
        mean = second @ w["p1"].T + first @ w["d0"].T
        found = {
            "cnn_W": self._sums.T @ mean,
            "d0": self._mean.T @ first,
            "d1": self._first.T @ second,
            "d2": self._second.T @ third,
            "d3": self._third.T @ last,
            "p1": self._mean.T @ second,
            "p3": self._second.T @ last,
        }
        rows = ((mean / self._roots) @ w["cnn_W"].T)[self._of]
        features = self._features.back(rows)[:, self._known.shape[1] :]
        heard = [
            branch.back(features[:, at * _WIDTH : (at + 1) * _WIDTH], found)
            for at, branch in enumerate(self._branches)
        ]
        found["proj_W"] = self._known.T @ self._projected.back(np.hstack(heard))
        return found
