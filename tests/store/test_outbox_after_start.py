"""What stood in the outbox before the program started may have been said; what comes after was not,
however busy the start is."""

from __future__ import annotations

import asyncio
import random
import time

from bot.dialog.conversation import Settings
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.store.store import Store
from chat.actions import Send
from chat.address import Address
from chat.channel import Receipt, Sink
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.store.examples import CUSTOMER, decision, say, written

_NEW = 12


class Busy:
    """A platform on which every message is answered before it is delivered, so that the outbox is
    never found empty; keeps what it was asked to look for."""

    name, deduplicates = CUSTOMER.platform, False

    def __init__(self, store: Store) -> None:
        self._store = store
        self.said: list[str] = []
        self.looked_for: list[str] = []
        self.done = asyncio.Event()

    async def run(self, sink: Sink) -> None:
        await asyncio.Event().wait()

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        self.said.append(action.text)
        number = len(self.said)
        if number <= _NEW:
            event = written(f"new{number}")
            answer = decision(say(event.id, text=f"new {number}"))
            assert await self._store.commit(event, number + 1, answer) == "OK"
        else:
            self.done.set()
        return Receipt((f"shown-{number}",))

    async def find(self, action: Send, since: float) -> Receipt | None:
        self.looked_for.append(action.text)
        return None


async def test_only_what_stood_there_before_is_looked_for(store: Store) -> None:
    for number, text in enumerate(("old 1", "old 2")):
        event = written(f"old{number}")
        assert await store.commit(event, number, decision(say(event.id, text=text))) == "OK"
    platform = Busy(store)
    inbox = Inbox(store, Settings(desk=Address("desk", "g")), KNOWLEDGE)
    outbox = Outbox(
        store, inbox, {platform.name: platform}, clock=time.time, random=random.Random(1)
    )
    working = asyncio.create_task(outbox.run())
    async with asyncio.timeout(30):
        await platform.done.wait()
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert platform.looked_for == ["old 1", "old 2"]
    assert (
        platform.said
        == ["old 1", "old 2", *(f"new {n}" for n in range(1, _NEW + 1))][: len(platform.said)]
    )
