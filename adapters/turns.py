"""Waiting for one's turn, so that no platform is asked more than it allows."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from typing import Final

from adapters.lines import Lines
from chat.pacing import Limit, Pace

# Sums of floats differ by less.
_CLOSE: Final = 1e-9
_HELD_SECONDS: Final = 0.1
_HELD_MOST: Final = 10_000


class Turns:
    """Turns in all channels of one bot, by the event loop's clock, which nobody sets.

    Whoever waits for a channel takes nothing of what the platform allows elsewhere meanwhile.
    """

    def __init__(self, limits_of: Callable[[str], Sequence[Limit]]) -> None:
        self._limits_of = limits_of
        self._pace = Pace()
        self._lines = Lines()
        self._platform = asyncio.Lock()
        self._held: OrderedDict[str, float] = OrderedDict()

    def free(self, channel: str) -> bool:
        """Whether somebody who asked now could speak at once."""
        waits = channel in self._lines or self._platform.locked()
        limits = self._limits_of(channel)
        return not waits and self._pace.wait(channel, limits, _now()) <= _CLOSE

    async def take(self, *places: str, posts: int = 1, holder: str = "") -> None:
        """Wait until so many messages may be posted in all of the places at once, the narrowest
        first. `holder` may hold a turn already."""
        held = self._held.pop(holder, None) if holder else None
        if held is not None and _now() - held <= _HELD_SECONDS:
            posts -= 1
        for _ in range(posts):
            await self._take_one(places)

    async def hold(self, channel: str, holder: str) -> None:
        """Wait for a turn that the holder takes next, at once: otherwise it is lost."""
        await self._take_one((channel,))
        self._held[holder] = _now()
        if len(self._held) > _HELD_MOST:
            self._held.popitem(last=False)

    async def _take_one(self, places: Sequence[str]) -> None:
        limits = [(place, self._limits_of(place)) for place in places]
        own = [(place, [one for one in of if one.scope == "channel"]) for place, of in limits]
        async with AsyncExitStack() as lines:
            for place, of in own:
                await lines.enter_async_context(self._lines.first_in(place))
                await self._pause([(place, of)])
            await lines.enter_async_context(self._platform)
            await self._pause(limits)
            for place, every in limits:
                self._pace.reserve(place, every, _now())

    async def _pause(self, limits: Sequence[tuple[str, Sequence[Limit]]]) -> None:
        # Others wait their turn behind the locks, so this sleeps once, unless timers come early.
        while (wait := self._wait(limits)) > _CLOSE:
            await _sleep(wait)

    def _wait(self, limits: Sequence[tuple[str, Sequence[Limit]]]) -> float:
        now = _now()
        return max((self._pace.wait(place, every, now) for place, every in limits), default=0.0)


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _sleep(seconds: float) -> None:
    await asyncio.sleep(seconds)
