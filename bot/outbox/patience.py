"""How retries are spaced."""

from __future__ import annotations

from msgspec import Struct


class Patience(Struct, frozen=True):
    """Seconds; `give_up` counts from the first try."""

    first: float = 0.5
    factor: float = 2.0
    most: float = 60.0
    give_up: float = 24 * 3600.0

    def pause(self, attempt: int, jitter: float) -> float:
        """The pause after a failed attempt (from 1), with full jitter in [0.5, 1) of the step.

        Source: AWS Architecture Blog, 'Exponential Backoff And Jitter' (2015).
        """
        step = min(self.most, self.first * self.factor ** min(attempt - 1, 30))
        return step * (0.5 + jitter / 2)
