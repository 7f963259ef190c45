"""Brings records from the store into the archive, each once, whatever dies when.

The stream is the position: what stands in it may not be archived yet, and is taken out only when
the archive has it. What is read again after a crash has the same id, and is not written again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Final, Protocol

from bot.archive.apart import Apart, ArchiveFails
from bot.archive.fact import Fact, Keeping, Limits, limits
from bot.store.commands import StoreUnavailable
from bot.store.store import Noted, Store

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 5.0
_LONGEST_PAUSE: Final = 300.0
_AT_ONCE: Final = 100
"""Records of a partition."""
_FIRST_FORGETTING, _FORGET_EVERY = 600.0, 3600.0


class Archive(Protocol):
    """Where facts are kept."""

    async def write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        """Return when they are there for good. Raises ArchiveFails."""

    async def rest(self) -> None:
        """Nothing is to be written for a while."""


class Writer:
    """Looks for records every few seconds: reports need not be up to the second."""

    def __init__(
        self,
        store: Store,
        archive: Archive,
        keeping: Keeping,
        *,
        clock: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._store = store
        self._archive = archive
        self._keeping = keeping
        self._clock = clock
        self._sleep = sleep
        self._forget_at = clock() + _FIRST_FORGETTING

    async def run(self) -> None:
        """Write until cancelled."""
        pause = LOOK_EVERY
        try:
            while True:
                await self._sleep(pause)
                try:
                    await self.write_all()
                    pause = LOOK_EVERY
                except StoreUnavailable as error:
                    log.warning("cannot look for records (%s)", error)
                except ArchiveFails as error:
                    pause = min(pause * 2, _LONGEST_PAUSE)
                    log.warning(
                        "the archive cannot be written (%s); facts wait, trying again in %.0f s",
                        error,
                        pause,
                    )
        finally:
            await self._archive.rest()

    async def write_all(self) -> None:
        """Write what there is. Raises StoreUnavailable or ArchiveFails."""
        wrote = False
        while await self.write_some():
            wrote = True
        if not wrote:
            await self._archive.rest()

    async def write_some(self) -> bool:
        """Write the oldest records, if there are any, and forget what is due. Raises as above."""
        found = await self._store.oldest_records(_AT_ONCE)
        due = self._clock() >= self._forget_at
        if not found and not due:
            return False
        now = self._clock()
        await self._archive.write(
            [_fact(noted) for noted in found], limits(self._keeping, now) if due else None
        )
        if due:
            self._forget_at = now + _FORGET_EVERY
        await self._store.forget_records(found)
        return bool(found)


def _fact(noted: Noted) -> Fact:
    record = noted.record
    return Fact(record.id, record.at, record.kind, noted.conversation, record.data)


def writer_of(store: Store, url: str, keeping: Keeping, clock: Callable[[], float]) -> Writer:
    """A writer into a database."""
    return Writer(store, Apart(url), keeping, clock=clock)
