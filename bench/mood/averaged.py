"""What words say together: their meanings added up, and a layer of units over the sum, learnt at
once (a deep averaging network: Iyyer et al. 2015)."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.adam import Adam

EPOCHS = 15
BATCH = 256
RATE = 0.003
DROPPED = 0.5
"""Of the words and of the units, at each step."""
FIRST = 0.1


class Averaged:
    """Learns from the same seed, so that the same lines give the same
    weights."""

    def __init__(
        self, seen: Any, labels: np.ndarray, weights: np.ndarray, dimensions: int, units: int
    ) -> None:
        """`seen`: sparse, how often each line has each n-gram."""
        random = np.random.default_rng(0)
        count, grams = seen.shape
        seen = seen.astype(np.float32)
        wanted, weights = labels.astype(np.float32), weights.astype(np.float32)
        meanings = random.normal(0, FIRST, (grams, dimensions))
        layer = random.normal(0, 1 / np.sqrt(dimensions), (dimensions, units))
        last = random.normal(0, 1 / np.sqrt(units), units)
        starts = (meanings, layer, np.zeros(units), last, np.zeros(1))
        learnt = [each.astype(np.float32) for each in starts]
        adam = Adam(learnt, RATE, EPOCHS * (count // BATCH))
        for _ in range(EPOCHS):
            order = random.permutation(count)
            for first in range(0, count - BATCH + 1, BATCH):
                rows = order[first : first + BATCH]
                fed = seen[rows]
                fed.data *= random.random(len(fed.data)) > DROPPED
                kept = (random.random((BATCH, units)) > DROPPED) / np.float32(1 - DROPPED)
                adam.step(self._slopes(learnt, fed, wanted[rows], weights[rows], kept))
        self.meanings, self.layer, self.biases, self.weights, bias = learnt
        self.bias = float(bias[0])

    @staticmethod
    def _slopes(
        learnt: list[np.ndarray],
        fed: Any,
        wanted: np.ndarray,
        weights: np.ndarray,
        kept: np.ndarray,
    ) -> list[np.ndarray]:
        """How the logistic loss changes with each of what is learnt; in its order."""
        meanings, layer, biases, last, bias = learnt
        sizes = scale_of(fed)
        summed = (fed @ meanings) * sizes
        along = summed @ layer + biases
        units = np.maximum(along, 0) * kept
        odds = units @ last + bias
        wrong = (1 / (1 + np.exp(-odds)) - wanted) * weights / np.float32(len(wanted))
        back = wrong[:, None] * last * kept * (along > 0)
        return [
            fed.T @ ((back @ layer.T) * sizes),
            summed.T @ back,
            back.sum(axis=0),
            units.T @ wrong,
            wrong.sum(keepdims=True),
        ]

    def of(self, seen: Any) -> np.ndarray:
        """The sums of lines."""
        summed = (seen @ self.meanings) * scale_of(seen)
        return np.maximum(summed @ self.layer + self.biases, 0) @ self.weights + self.bias


def scale_of(seen: Any) -> np.ndarray:
    """What each line's sum is multiplied by: longer lines have longer ones."""
    counts = np.asarray(seen.sum(axis=1), dtype=np.float32)
    return 1 / np.sqrt(np.maximum(counts, 1))
