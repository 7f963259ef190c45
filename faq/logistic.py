"""Multinomial logistic regression over similarities between texts."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats

_STEPS: Final = 60


def softmax(scores: Floats) -> Floats:
    """Shares of each row, adding up to 1."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def fit(alike: Floats, classes: NDArray[np.intp], count: int) -> Floats:
    """Weights by which similarities to the texts become scores of the classes.

    `alike` is (texts, texts), positive definite; the weights are (texts, count). Newton's method
    with Boehning's bound in place of the Hessian (Boehning, 1992), so that one matrix is inverted
    once, and Nesterov's momentum; the penalty is half the squared norm of the scores' functions.
    """
    size = len(alike)
    wanted = np.zeros((size, count), dtype=np.float32)
    wanted[np.arange(size), classes] = 1
    bound = np.linalg.inv(alike / 2 + np.eye(size, dtype=np.float32)).astype(np.float32)
    weights = ahead = np.zeros((size, count), dtype=np.float32)
    pace = 1.0
    for _ in range(_STEPS):
        slope = softmax(alike @ ahead) - wanted + ahead
        better = ahead - bound @ slope
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = better + np.float32((pace - 1) / faster) * (better - weights)
        weights, pace = better, faster
    return weights
