"""An event loop whose time is virtual: when nothing is ready, it jumps to the next timer."""

from __future__ import annotations

import asyncio
import selectors

EPOCH = 1_700_000_000.0


class NeverRests(Exception):
    """Every task waits for something that cannot happen any more, or there is no end to them."""


MOST_TURNS = 100_000
"""Turns of the loop in one run; an ordinary one takes about a tenth at most."""


class _NeverBlocking(selectors.SelectSelector):
    """Instead of waiting it lets the time pass."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.turns = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.turns += 1
        if timeout is None or self.turns > MOST_TURNS:
            raise NeverRests
        if timeout > 0:
            self.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Waits for nothing real, so that a run depends on nothing but its seed."""

    def __init__(self) -> None:
        self._timeline = _NeverBlocking()
        super().__init__(self._timeline)
        # Sums of floats may stop short of a timer by their last bits.
        self._clock_resolution = 1e-9

    def time(self) -> float:
        """Virtual seconds since the start."""
        return self._timeline.now

    def rewind(self) -> None:
        """Count turns from here."""
        self._timeline.turns = 0

    @property
    def turns(self) -> int:
        """Turns taken so far."""
        return self._timeline.turns

    def wall(self) -> float:
        """Virtual seconds since the epoch, as events carry them."""
        return round(EPOCH + self._timeline.now, 6)
