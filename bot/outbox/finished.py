"""Deliveries that are done: forgotten in the store, and linked, a little later and all at once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Final, TypeAlias

from bot.store.commands import StoreUnavailable
from bot.store.store import Link, Store
from bot.tasks import end
from chat.address import Address
from chat.message import MessageRef

log = logging.getLogger(__name__)

_STOP_SECONDS: Final = 5.0

Source: TypeAlias = tuple[str, MessageRef, str, str]
"""A conversation, a message of it, and the platform and channel of its copy."""


class Finished:
    """What was delivered but may not be written down yet."""

    def __init__(self, store: Store, pause: Callable[[int], float]) -> None:
        self._store = store
        self._pause = pause
        self._waiting: dict[int, tuple[list[bytes], list[Link]]] = {}
        self._unwritten: dict[Source, str] = {}
        self._writing: asyncio.Task[None] | None = None

    def add(self, partition: int, ids: list[bytes], links: list[Link]) -> None:
        """Forget the entries and keep the links, together with whatever else just finished."""
        all_ids, all_links = self._waiting.setdefault(partition, ([], []))
        all_ids += ids
        all_links += links
        self._unwritten.update(_by_source(link) for link in links)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())

    async def counterpart(self, conversation: str, ref: MessageRef, at: Address) -> str | None:
        """See `Store.counterpart`; what was delivered a moment ago counts too."""
        fresh = self._unwritten.get((conversation, ref, at.platform, at.channel))
        return fresh or await self._store.counterpart(conversation, ref, at)

    async def close(self) -> None:
        """Write down what is left, if that goes soon; else it is delivered again next time."""
        if self._writing:
            await asyncio.wait({self._writing}, timeout=_STOP_SECONDS)
            await end([self._writing] if self._writing else [])

    async def _write(self) -> None:
        try:
            while self._waiting:
                waiting, self._waiting = self._waiting, {}
                await asyncio.gather(
                    *(self._write_partition(p, ids, links) for p, (ids, links) in waiting.items())
                )
        finally:
            self._writing = None

    async def _write_partition(self, partition: int, ids: list[bytes], links: list[Link]) -> None:
        attempt = 0
        while True:
            try:
                await self._store.outbox_done(partition, ids, links)
            except StoreUnavailable as error:
                attempt += 1
                log.warning("cannot mark deliveries as done (%s)", error)
                await asyncio.sleep(self._pause(attempt))
            else:
                for link in links:
                    self._unwritten.pop(_by_source(link)[0], None)
                return


def _by_source(link: Link) -> tuple[Source, str]:
    copy = link.copy
    return (link.conversation, link.source, copy.platform, copy.channel), copy.id
