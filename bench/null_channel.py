"""A platform that takes everything at once and shows it to nobody."""

from __future__ import annotations

import asyncio
import itertools
from time import perf_counter

from chat.actions import CloseThread, OpenThread, ReopenThread, Send, UpdateCard
from chat.address import Address
from chat.channel import OpenedThread, Receipt, Sink


class NullChannel:
    """Tells whoever expects something at an address when it came. A thread is named after its
    conversation."""

    deduplicates = True

    def __init__(self, name: str) -> None:
        self.name = name
        self._numbers = itertools.count(1)
        self._expected: dict[Address, asyncio.Future[float]] = {}

    def expect(self, address: Address) -> asyncio.Future[float]:
        """When the next message at an address is delivered, by `perf_counter`."""
        came: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._expected[address] = came
        return came

    async def run(self, sink: Sink) -> None:
        await asyncio.Event().wait()

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        came = self._expected.pop(action.to, None)
        if came is not None:
            came.set_result(perf_counter())
        return Receipt((str(next(self._numbers)),))

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        return OpenedThread(action.desk.in_thread(action.conversation), "card")

    async def update_card(self, action: UpdateCard) -> None: ...

    async def close_thread(self, action: CloseThread) -> None: ...

    async def reopen_thread(self, action: ReopenThread) -> None: ...
