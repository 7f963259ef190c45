"""Fires timers that are due. They live in the store, so a restart forgets none."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final

from bot.store.commands import StoreUnavailable
from bot.store.keys import PARTITIONS
from bot.store.store import DueTimer, Store
from chat.channel import Sink
from chat.events import TimerFired

log = logging.getLogger(__name__)

_LOOK_EVERY: Final = 1.0


class Timers:
    """Looks for due timers once a second; a timer fires once, however often it is found."""

    def __init__(self, store: Store, sink: Sink, *, clock: Callable[[], float]) -> None:
        self._store = store
        self._sink = sink
        self._clock = clock

    async def run(self) -> None:
        """Fire until cancelled."""
        while True:
            try:
                await self.fire_due()
            except StoreUnavailable as error:
                log.warning("cannot look for timers (%s)", error)
            await asyncio.sleep(_LOOK_EVERY)

    async def fire_due(self) -> None:
        """Fire what is due now. Raises StoreUnavailable."""
        now = self._clock()
        found = await asyncio.gather(
            *(self._store.due_timers(partition, now) for partition in range(PARTITIONS))
        )
        due = [timer for timers in found for timer in timers]
        await asyncio.gather(*(self._sink.submit(self._event(timer, now)) for timer in due))

    @staticmethod
    def _event(timer: DueTimer, now: float) -> TimerFired:
        return TimerFired(
            id=f"timer:{timer.conversation}/{timer.name}/{timer.at!r}",
            at=now,
            conversation=timer.conversation,
            name=timer.name,
            due=timer.at,
        )
