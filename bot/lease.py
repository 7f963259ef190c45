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


async def run_while_held(
    store: Store, name: str, owner: str, work: Callable[[], Awaitable[None]]
) -> None:
    """Wait for the lease, work while it is held, start over when it is lost.

    Ends when `work` ends; an exception in `work` is passed on.
    """
    while True:
        if not await _try_hold(store, name, owner):
            await asyncio.sleep(LEASE_SECONDS / 4)
            continue
        log.info("holding the lease on %s", name)
        working = asyncio.ensure_future(work())
        keeping = asyncio.create_task(_keep(store, name, owner))
        try:
            await asyncio.wait({working, keeping}, return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                return working.result()
            log.warning("lost the lease on %s", name)
        finally:
            await end((working, keeping))
            with suppress(StoreUnavailable):
                await store.hold_lease(name, owner, 0)


async def _keep(store: Store, name: str, owner: str) -> None:
    """Renew until somebody else has it. While the store is away nobody can take it either."""
    while True:
        await asyncio.sleep(LEASE_SECONDS / 3)
        if await _try_hold(store, name, owner, unknown=True) is False:
            return


async def _try_hold(store: Store, name: str, owner: str, *, unknown: bool = False) -> bool:
    try:
        return await store.hold_lease(name, owner, LEASE_SECONDS)
    except StoreUnavailable as error:
        log.warning("cannot renew the lease on %s (%s)", name, error)
        return unknown
