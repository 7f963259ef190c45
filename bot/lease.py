"""Of several processes on one store, one does what only one may do."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from bot.store.commands import StoreUnavailable
from bot.store.store import Store
from bot.tasks import end

log = logging.getLogger(__name__)

LEASE_SECONDS: Final = 10.0
_AGAIN: Final = 0.5


class Lease:
    """What one process holds, or waits to hold."""

    def __init__(self, store: Store, name: str, owner: str) -> None:
        self._store, self._name, self._owner = store, name, owner
        self._until = 0.0
        self._renewed = asyncio.Event()

    def is_held(self) -> bool:
        """Whether it is held for certain. After a long pause of this process somebody else may have
        it, before this one has noticed."""
        return asyncio.get_running_loop().time() < self._until

    async def held(self) -> None:
        """Return once it is held for certain."""
        while not self.is_held():
            await self._renewed.wait()

    async def run(self, work: Callable[[], Awaitable[None]]) -> None:
        """Wait for the lease, work while it is held, start over when it is lost.

        Ends when `work` ends; an exception in `work` is passed on.
        """
        while True:
            if not await self._try_hold():
                await asyncio.sleep(LEASE_SECONDS / 4)
                continue
            log.info("holding the lease on %s", self._name)
            working = asyncio.ensure_future(work())
            keeping = asyncio.create_task(self._keep())
            try:
                await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
                if working.done():
                    return working.result()
                log.warning("lost the lease on %s", self._name)
            finally:
                await end((working, keeping))
                self._until = 0.0
                with suppress(StoreUnavailable):
                    await self._store.hold_lease(self._name, self._owner, 0)

    async def _keep(self) -> None:
        """Renew until somebody else has it. While the store is away nobody can take it either."""
        pause = LEASE_SECONDS / 3
        while True:
            await asyncio.sleep(pause)
            held = await self._try_hold()
            if held is False:
                return
            pause = LEASE_SECONDS / 3 if held else _AGAIN

    async def _try_hold(self) -> bool | None:
        """None: the store did not say."""
        asked = asyncio.get_running_loop().time()
        try:
            held = await self._store.hold_lease(self._name, self._owner, LEASE_SECONDS)
        except StoreUnavailable as error:
            log.warning("cannot renew the lease on %s (%s)", self._name, error)
            return None
        self._until = asked + LEASE_SECONDS if held else 0.0
        if held:
            self._renewed.set()
            self._renewed = asyncio.Event()
        return held


async def run_while_held(
    store: Store, name: str, owner: str, work: Callable[[], Awaitable[None]]
) -> None:
    """See `Lease.run`."""
    await Lease(store, name, owner).run(work)
