"""What a sentence's vector says of a message: a sum, and a layer of units, learnt together."""

from __future__ import annotations

import numpy as np

from bench.adam import Adam

EPOCHS = 20
BATCH = 128
RATE = 0.003
DECAY = 1e-4
DROPPED = 0.2
"""Of the units, at each step (Srivastava et al. 2014)."""
STRETCH = 10.0
"""Vectors are of length 1, too short for the rate."""


class Perceptron:
    """Rectified units beside a linear sum, by Adam (Kingma and Ba 2015). In double precision and
    from the same seed, so that the same lines give the same weights."""

    def __init__(
        self, vectors: np.ndarray, labels: np.ndarray, weights: np.ndarray, units: int
    ) -> None:
        random = np.random.default_rng(0)
        seen = STRETCH * vectors.astype(np.float64)
        wanted = labels.astype(np.float64)
        count, width = seen.shape
        layer = random.normal(0, 3 / np.sqrt(width), (width, units))
        last = random.normal(0, 1 / np.sqrt(units), units)
        learnt = [layer, np.zeros(units), last, np.zeros(1), np.zeros(width)]
        adam = Adam(learnt, RATE, EPOCHS * (count // BATCH))
        for _ in range(EPOCHS):
            order = random.permutation(count)
            for first in range(0, count - BATCH + 1, BATCH):
                rows = order[first : first + BATCH]
                kept = (random.random((BATCH, units)) > DROPPED) / (1 - DROPPED)
                adam.step(self._slopes(learnt, seen[rows], wanted[rows], weights[rows], kept))
        self.rows = STRETCH * learnt[0].T
        self.biases = learnt[1]
        self.weights = learnt[2]
        self.bias = float(learnt[3][0])
        self.straight = STRETCH * learnt[4]

    @staticmethod
    def _slopes(
        learnt: list[np.ndarray],
        seen: np.ndarray,
        wanted: np.ndarray,
        weights: np.ndarray,
        kept: np.ndarray,
    ) -> list[np.ndarray]:
        """How the logistic loss changes with each of what is learnt; in its order."""
        layer, biases, last, bias, straight = learnt
        along = seen @ layer + biases
        units = np.maximum(along, 0) * kept
        odds = units @ last + bias + seen @ straight
        wrong = (1 / (1 + np.exp(-odds)) - wanted) * weights / len(seen)
        back = wrong[:, None] * last * kept * (along > 0)
        return [
            seen.T @ back + DECAY * layer,
            back.sum(axis=0),
            units.T @ wrong + DECAY * last,
            wrong.sum(keepdims=True),
            seen.T @ wrong + DECAY * straight,
        ]

    def of(self, vectors: np.ndarray) -> np.ndarray:
        """The sums of vectors."""
        units = np.maximum(vectors @ self.rows.T + self.biases, 0)
        return units @ self.weights + vectors @ self.straight + self.bias
