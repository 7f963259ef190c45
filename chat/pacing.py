"""Keeps below a platform's published limits. Pure: `adapters.turns` does the waiting."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

_CHANNELS_MOST: Final = 10_000


class Limit(Struct, frozen=True):
    """At most `count` messages in any `seconds`, in each channel or on the whole platform."""

    scope: Literal["channel", "platform"]
    count: int
    seconds: float


class Pace:
    """Hands out turns, in the order in which they are asked for."""

    def __init__(self) -> None:
        self._turns: OrderedDict[tuple[str, Limit], deque[float]] = OrderedDict()

    def wait(self, channel: str, limits: Sequence[Limit], now: float) -> float:
        """Seconds until somebody who asked now would have their turn. Changes nothing."""
        at = now
        for limit in limits:
            taken = self._turns.get(_key(channel, limit))
            if taken and len(taken) >= limit.count:
                at = max(at, taken[-limit.count] + limit.seconds)
        return at - now

    def reserve(self, channel: str, limits: Sequence[Limit], now: float) -> float:
        """Take the next turn; seconds until it comes."""
        wait = self.wait(channel, limits, now)
        for limit in limits:
            key = _key(channel, limit)
            taken = self._turns.setdefault(key, deque(maxlen=limit.count))
            taken.append(now + wait)
            self._turns.move_to_end(key)
        while len(self._turns) > _CHANNELS_MOST:
            self._turns.popitem(last=False)
        return wait


def _key(channel: str, limit: Limit) -> tuple[str, Limit]:
    return (channel if limit.scope == "channel" else "", limit)
