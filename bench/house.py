"""Kefu's own parts, put together as in the program, around null channels."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from time import perf_counter

from redis.asyncio import Redis

from bench.bare_loop import Commit, commit_of
from bench.customers import (
    CUSTOMERS,
    DESK,
    Customer,
    Names,
    asking_customers,
    claimed_cases,
    exchange,
)
from bench.figures import Run, run_of
from bench.null_channel import NullChannel
from bot.dialog.conversation import Settings
from bot.dialog.engine import decide
from bot.hearing import read_mood
from bot.inbox import Inbox
from bot.memory import grow, settle
from bot.outbox import Outbox
from bot.store.commands import GroupedCommands
from bot.store.keys import OUTBOXES
from bot.store.store import Store
from faq.knowledge_base import KnowledgeBase

_LOOK_EVERY = 0.002


class House:
    """Everything between a platform's event and its delivery."""

    def __init__(self, redis: Redis, knowledge: KnowledgeBase) -> None:
        self._redis = redis
        self._names = Names()
        self.commands = GroupedCommands(redis)
        self.customers, self.desk = NullChannel(CUSTOMERS), NullChannel(DESK.platform)
        self.store = Store(self.commands)
        self.inbox = Inbox(self.store, Settings(desk=DESK), knowledge, read_mood())
        grow()
        settle()

    @contextmanager
    def hearing_nothing(self) -> Iterator[None]:
        """As with `mood.enabled: false`."""
        mood, self.inbox.mood = self.inbox.mood, None
        try:
            yield
        finally:
            self.inbox.mood = mood

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """The outbox is at work; at the end nothing is left in it."""
        channels = {channel.name: channel for channel in (self.customers, self.desk)}
        outbox = Outbox(self.store, self.inbox, channels, clock=time.time, random=random.Random(1))
        working = asyncio.create_task(outbox.run())
        try:
            yield
            await self.drained()
        finally:
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)

    async def drained(self) -> None:
        """Return once every delivery is marked as done."""
        while any([await self._redis.xlen(stream) for stream in OUTBOXES]):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_EVERY)

    async def cases(self, count: int) -> list[Customer]:
        """Customers who talk to an agent."""
        with self.hearing_nothing():
            return await self._prepared(claimed_cases(count, self.inbox, self._names, self.desk))

    async def asking(self, count: int, questions: Sequence[str]) -> list[Customer]:
        """Customers whom the bot answers."""
        return await self._prepared(
            asking_customers(count, self.inbox, self._names, self.customers, questions)
        )

    async def commit_of(self, customer: Customer) -> Commit:
        """What Kefu would commit for a customer's next message."""
        event = self._names.message(customer.person, customer.address, next(customer.texts))
        conversation, _ = await self.store.load(customer.address.key)
        if conversation is None:
            raise LookupError(f"{customer.address.key} was not prepared")
        settings, knowledge = self.inbox.settings, self.inbox.knowledge
        return await commit_of(
            event,
            decide(
                conversation,
                event,
                settings=settings,
                knowledge=knowledge,
                mood=self.inbox.mood,
            ),
            conversation.story,
        )

    async def _prepared(self, preparing: Awaitable[list[Customer]]) -> list[Customer]:
        async with self.delivering():
            return await preparing

    async def measure(self, talking: Sequence[Customer], seconds: float) -> Run:
        """Let each customer write whenever their last message was delivered, for so long; the
        clock stops when everything that was delivered is marked as done."""
        latencies: list[float] = []

        async def talk(customer: Customer) -> None:
            while (sent := perf_counter()) < until:
                latencies.append(await exchange(customer, self.inbox, self._names) - sent)

        async with self.delivering():
            before = self.commands.round_trips
            began = perf_counter()
            until = began + seconds
            await asyncio.gather(*(talk(customer) for customer in talking))
            await self.drained()
            took = perf_counter() - began
            used = self.commands.round_trips - before
        return run_of(len(talking), took, latencies, round_trips=used)
