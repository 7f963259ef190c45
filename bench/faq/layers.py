"""The last layers of the small sentence encoder, forwards and backwards."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.tuning import LAYERS

Floats = NDArray[np.float32]

_BATCH: Final = 256


class _Seeing:
    """Stands in the encoder for the layer after the sum over words, and keeps what comes to it."""

    __array_ufunc__ = None

    def __init__(self, outputs: int) -> None:
        self.seen: list[Floats] = []
        self._outputs = outputs

    def __rmatmul__(self, fed: Floats) -> Floats:
        self.seen.append(fed.copy())
        return np.zeros((len(fed), self._outputs), dtype=np.float32)


class Layers:
    """The layers of the package's model from the sum over a sentence's words on."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.weights: Final[dict[str, Floats]] = {name: getattr(model, name) for name in LAYERS}
        self.constant: Final[Floats] = model.cnn_b

    def before(self, texts: list[str]) -> Floats:
        """What goes into the layers for texts, one a row: the sum over the words, and last what
        the first layer's constant is multiplied by."""
        model, width = self._model, len(self.weights["cnn_W"])
        wide, last = np.eye(width, width + 1, dtype=np.float32), np.zeros(width + 1, np.float32)
        last[-1] = 1
        seeing = _Seeing(self.weights["d0"].shape[1])
        model.cnn_W, model.cnn_b, model.d0 = wide, last, seeing
        model.p1 = np.zeros((width + 1, self.weights["p1"].shape[1]), dtype=np.float32)
        try:
            for start in range(0, len(texts), _BATCH):
                model.encode(texts[start : start + _BATCH])
        finally:
            model.cnn_b = self.constant
            for name, weights in self.weights.items():
                setattr(model, name, weights)
        return np.concatenate(seeing.seen)

    def through(self, fed: Floats, weights: dict[str, Floats]) -> Passed:
        """Texts passed through the layers with these weights."""
        return Passed(fed, weights, self.constant)


class Passed:
    """What each layer made of texts, kept to go back."""

    def __init__(self, fed: Floats, weights: dict[str, Floats], constant: Floats) -> None:
        w = self._weights = weights
        self._sums = fed[:, :-1]
        self._mean = self._sums @ w["cnn_W"] + fed[:, -1:] * constant
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
        return {
            "cnn_W": self._sums.T @ mean,
            "d0": self._mean.T @ first,
            "d1": self._first.T @ second,
            "d2": self._second.T @ third,
            "d3": self._third.T @ last,
            "p1": self._mean.T @ second,
            "p3": self._second.T @ last,
        }
