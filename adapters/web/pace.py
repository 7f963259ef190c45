"""How fast somebody may go on."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from typing import Final

_KNOWN_MOST: Final = 20_000


class Pace:
    """A token bucket: `rate` a second, bursts of `burst`."""

    def __init__(self, clock: Callable[[], float], rate: float, burst: float) -> None:
        self._clock = clock
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = clock()

    def take(self) -> bool:
        """Whether one more is within the pace."""
        now = self._clock()
        self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._rate)
        self._at = now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class Paces:
    """A pace for each of many; whoever was not seen for longest is forgotten first."""

    def __init__(self, clock: Callable[[], float], rate: float, burst: float) -> None:
        self._clock = clock
        self._rate = rate
        self._burst = burst
        self._known: OrderedDict[str, Pace] = OrderedDict()

    def take(self, who: str) -> bool:
        """Whether one more from them is within their pace."""
        pace = self._known.get(who)
        if pace is None:
            pace = self._known[who] = Pace(self._clock, self._rate, self._burst)
        self._known.move_to_end(who)
        if len(self._known) > _KNOWN_MOST:
            self._known.popitem(last=False)
        return pace.take()
