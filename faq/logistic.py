"""Multinomial logistic regression over similarities between texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats

_STEPS: Final = 60


def softmax(scores: Floats) -> Floats:
    """Shares of each row, adding up to 1."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), dtype=np.float32)


def fit(
    alike: Floats,
    classes: NDArray[np.intp],
    count: int,
    tick: Callable[[], None] = lambda: None,
) -> Floats:
    """Weights by which similarities to the texts become scores of the classes.

    `alike` is (texts, texts), positive definite; the weights are (texts, count). Newton's method
    with Boehning's bound in place of the Hessian (Boehning, 1992), so that one matrix is inverted
    once, and Nesterov's momentum; the penalty is half the squared norm of the scores' functions.
    A step multiplies by the inverse alone: `alike @ bound` is twice what `bound` leaves of 1.
    `tick` is called at each step; what it raises ends it.
    """
    size = len(alike)
    wanted = np.zeros((size, count), dtype=np.float32)
    wanted[np.arange(size), classes] = 1
    bound = np.linalg.inv(alike / 2 + np.eye(size, dtype=np.float32)).astype(np.float32)
    weights = ahead = np.zeros((size, count), dtype=np.float32)
    scores = scores_ahead = np.zeros((size, count), dtype=np.float32)
    pace = 1.0
    for _ in range(_STEPS):
        tick()
        slope = softmax(scores_ahead) - wanted + ahead
        step = bound @ slope
        better, scored = ahead - step, scores_ahead - 2 * (slope - step)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        onward = np.float32((pace - 1) / faster)
        ahead = better + onward * (better - weights)
        scores_ahead = scored + onward * (scored - scores)
        weights, scores, pace = better, scored, faster
    return weights
