"""Puts far more into the outbox than a platform takes, and lets time pass until it is empty."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

from msgspec import Struct

from bot.dialog.conversation import Conversation, Decision
from bot.outbox import Outbox
from bot.store.commands import GroupedCommands
from bot.store.store import Store
from chat.actions import Delivery
from chat.address import Address, Person
from chat.channel import Channel
from chat.events import Event, MessageReceived
from chat.message import Message
from tests.pacing.store_link import StoreLink
from tests.scenarios.simulation.clock import VirtualLoop
from tests.scenarios.simulation.server import Connection

Make = Callable[[str, int], Delivery]
"""The delivery with this id and this number."""


class Flow(Struct, frozen=True):
    """Deliveries of one conversation: `rate` a second, put into the outbox every so often."""

    lane: str
    rate: float
    make: Make
    every: float = 1.0


class Outcome(Struct, frozen=True):
    """`asked`: deliveries of each flow. `seconds`: until the last one was delivered."""

    asked: dict[str, int]
    committed_at: dict[tuple[str, int], float]
    seconds: float
    failures: int


class _Refusals:
    """A sink that hears only what could not be delivered."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    async def submit(self, event: Event) -> None:
        """Note it."""
        self.events.append(event)

    async def hint(self, event: Event) -> None:
        """Nothing is hinted at by an outbox."""


def run_burst(
    socket: Path, channel_of: Callable[[VirtualLoop], Channel], flows: list[Flow], seconds: float
) -> Outcome:
    """The whole outbox on a real store, in virtual time."""
    loop = VirtualLoop()
    connection = Connection(socket)
    try:
        return loop.run_until_complete(_run(loop, connection, channel_of(loop), flows, seconds))
    finally:
        connection.close()
        loop.close()


async def _run(
    loop: VirtualLoop, connection: Connection, channel: Channel, flows: list[Flow], seconds: float
) -> Outcome:
    link = StoreLink(connection)
    store = Store(GroupedCommands(link, link))  # type: ignore[arg-type]
    sink = _Refusals()
    outbox = Outbox(store, sink, {channel.name: channel}, clock=loop.wall, random=Random(1))
    delivering = loop.create_task(outbox.run())
    committed_at: dict[tuple[str, int], float] = {}
    asked: Counter[str] = Counter()
    await asyncio.gather(*(_feed(loop, store, f, seconds, asked, committed_at) for f in flows))
    while link.undelivered():
        loop.rewind()
        assert not delivering.done()
        await asyncio.sleep(1.0)
    ended = loop.time()
    delivering.cancel()
    await asyncio.gather(delivering, return_exceptions=True)
    return Outcome(dict(asked), committed_at, ended, len(sink.events))


async def _feed(
    loop: VirtualLoop,
    store: Store,
    flow: Flow,
    seconds: float,
    asked: Counter[str],
    committed_at: dict[tuple[str, int], float],
) -> None:
    address = Address("web", flow.lane)
    person = Person("web", flow.lane, flow.lane)
    version, due = 0, 0.0
    while loop.time() < seconds:
        loop.rewind()
        due += flow.rate * flow.every
        event_id = f"{flow.lane}/{version}"
        said = Message("1", loop.wall(), person, address, "")
        first = asked[flow.lane]
        actions = tuple(flow.make(f"{event_id}/{n}", n) for n in range(first, int(due)))
        decision = Decision(Conversation(f"web:{flow.lane}", address), actions)
        outcome = await store.commit(MessageReceived(event_id, said.at, said), version, decision)
        assert outcome == "OK"
        for n in range(first, int(due)):
            committed_at[flow.lane, n] = loop.time()
        asked[flow.lane] += len(actions)
        version += 1
        await asyncio.sleep(flow.every)
