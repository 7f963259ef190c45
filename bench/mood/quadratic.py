"""What a sentence's vector says of a message: a sum with squares, learnt and made small."""

from __future__ import annotations

import numpy as np
from sklearn.svm import SVC


class Quadratic:
    """A vector's sum: linear, and the squares along the few directions that tell most.

    What a support vector machine of the kernel (v·s + 1)² has found, of the lowest rank that does.
    """

    def __init__(
        self, vectors: np.ndarray, labels: np.ndarray, weights: np.ndarray | None, squares: int
    ) -> None:
        model = SVC(kernel="poly", degree=2, coef0=1.0, gamma=1.0, C=1.0, cache_size=1500)
        model.fit(vectors, labels, sample_weight=weights)
        support, duals = model.support_vectors_, model.dual_coef_[0]
        values, directions = np.linalg.eigh((support * duals[:, None]).T @ support)
        most = np.argsort(-np.abs(values), kind="stable")[:squares]
        self.rows = directions[:, most].T * np.sqrt(np.abs(values[most]))[:, None]
        self.signs = np.sign(values[most])
        self.straight = 2 * (duals @ support)
        self.bias = float(duals.sum() + model.intercept_[0])

    def of(self, vectors: np.ndarray) -> np.ndarray:
        """The sums of vectors."""
        return (vectors @ self.rows.T) ** 2 @ self.signs + vectors @ self.straight + self.bias


def quantised(weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights as int8 and what one step stands for."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.9999)) / 127
    return np.clip(np.round(weights / scale), -127, 127).astype(np.int8), scale
