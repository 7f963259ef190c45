"""What goes wrong and when, all of it from the seed."""

from __future__ import annotations

import asyncio
from random import Random
from typing import Literal

from msgspec import Struct

StoreMishap = Literal["none", "crash", "disconnect"]
ChannelMishap = Literal["none", "busy", "lost_answer", "crash_before", "crash_after"]


class Rates(Struct, frozen=True):
    """How often each mishap happens, per request. `dawdle` is the share of slow requests."""

    store_crash: float = 0.0
    store_disconnect: float = 0.0
    channel_busy: float = 0.0
    channel_lost_answer: float = 0.0
    channel_crash: float = 0.0
    dawdle: float = 0.0
    redeliver: float = 0.0


def draw_rates(random: Random) -> Rates:
    """Rates for one run: some runs are calm, some are wild."""
    return Rates(
        store_crash=random.choice((0.0, 0.002, 0.01, 0.02)),
        store_disconnect=random.choice((0.0, 0.0, 0.01, 0.05)),
        channel_busy=random.choice((0.0, 0.05, 0.2)),
        channel_lost_answer=random.choice((0.0, 0.05, 0.15)),
        channel_crash=random.choice((0.0, 0.01, 0.04)),
        dawdle=random.choice((0.0, 0.1, 0.4)),
        redeliver=random.choice((0.0, 0.1, 0.4)),
    )


class Chance:
    """Draws mishaps. Once `calm`, there are none."""

    def __init__(self, seed: str, rates: Rates) -> None:
        self.random = Random(seed)
        self.rates = rates
        self.calm = False

    def happens(self, rate: float) -> bool:
        """Whether something of this rate happens now."""
        return not self.calm and self.random.random() < rate

    async def hesitate(self) -> None:
        """Let others go first: a few turns of the loop, or some time."""
        if self.happens(self.rates.dawdle):
            await asyncio.sleep(self.random.choice((0.01, 0.05, 0.3, 1.5)) * self.random.random())
        for _ in range(self.random.randrange(3)):
            await asyncio.sleep(0)

    def store_mishap(self) -> StoreMishap:
        """What happens to one request to the store."""
        if self.happens(self.rates.store_crash):
            return "crash"
        return "disconnect" if self.happens(self.rates.store_disconnect) else "none"

    def channel_mishap(self) -> ChannelMishap:
        """What happens to one request to a platform."""
        if self.happens(self.rates.channel_crash):
            return self.random.choice(("crash_before", "crash_after"))
        if self.happens(self.rates.channel_busy):
            return "busy"
        return "lost_answer" if self.happens(self.rates.channel_lost_answer) else "none"
