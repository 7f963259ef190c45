"""Learning by small steps (Adam: Kingma and Ba 2015), each smaller than the one before."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


class Adam:
    """Changes arrays in place. The rate falls from `rate` to nothing along half a cosine, after it
    has risen to it in the first `rising` steps; numbers are of the kind that the arrays have."""

    def __init__(
        self, learnt: Sequence[np.ndarray], rate: float, steps: int, rising: int = 1
    ) -> None:
        self._learnt, self._rising = learnt, rising
        self._rate, self._steps, self._step = rate, steps, 0
        self._means = [np.zeros_like(each) for each in learnt]
        self._squares = [np.zeros_like(each) for each in learnt]

    def step(self, slopes: Sequence[np.ndarray]) -> None:
        """Go down one step; `slopes` say how the loss changes with each array."""
        self._step += 1
        rate = self._rate * (1 + np.cos(np.pi * self._step / self._steps)) / 2
        rate *= min(1.0, self._step / self._rising)
        for at, slope in enumerate(slopes):
            each, mean, square = self._learnt[at], self._means[at], self._squares[at]
            kind = each.dtype.type
            mean += kind(0.1) * (slope - mean)
            square += kind(0.001) * (slope * slope - square)
            size = np.sqrt(square / kind(1 - 0.999**self._step)) + kind(1e-8)
            each -= kind(rate) * mean / kind(1 - 0.9**self._step) / size
