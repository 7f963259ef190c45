"""`python -m bench.pairs`: what Kefu adds to a message on its way, for each pair of platforms.

From the event's submission to the channel's send call, messages coming at a steady pace. The
platforms are null ones: nothing goes over a network, but each message is laid out by the real
adapter's renderer.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from msgspec import Struct

from adapters.discord import render as discord
from adapters.slack import render as slack
from adapters.telegram import render as telegram
from adapters.web.entries import Said, encode
from bench.customers import Customer, Names
from bench.figures import run_of
from bench.null_channel import NullChannel
from bot.dialog.conversation import Settings
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.store.commands import GroupedCommands
from bot.store.connect import open_redis
from bot.store.store import Store
from chat.actions import Send
from chat.address import Address, Person
from chat.channel import Receipt
from faq.knowledge_base import KnowledgeBase

GOAL = 0.025
_PATIENCE = 30.0
_WORDS = "充值还没有到账，交易哈希是 0x8f3a6b2cc41d09e7 *please check*"


def _as_web(action: Send) -> object:
    return encode(Said(0.0, action.speaker.role, action.speaker.name, action.text, action.spans))


def _as_slack(action: Send) -> object:
    parts = enumerate(slack.parts_of(action))
    return [slack.body_of(p, action.id, n) for n, p in parts if isinstance(p, slack.TextPart)]


RENDERERS: dict[str, Callable[[Send], object]] = {
    "web": _as_web,
    "telegram": telegram.parts_of,
    "discord": discord.parts_of,
    "slack": _as_slack,
}


class RenderingChannel(NullChannel):
    """Lays each message out as its platform would need it, and shows it to nobody."""

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        RENDERERS[self.name](action)
        return await super().send(action, reply_to)


class Latency(Struct, frozen=True):
    """Seconds of one pair."""

    customers: str
    desk: str
    messages: int
    p50: float
    p99: float


async def measure(source: str, target: str, pace: float, seconds: float) -> Latency:
    """One pair: claimed cases whose customers write in turn, `pace` messages a second in all."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_redis("embedded", Path(folder)) as redis:
            store = Store(GroupedCommands(redis))
            desk = Address(target, "desk")
            inbox = Inbox(store, Settings(desk=desk), KnowledgeBase({}))
            channels = {name: RenderingChannel(name) for name in {source, target}}
            outbox = Outbox(store, inbox, channels, clock=time.time, random=random.Random(1))
            working = asyncio.create_task(outbox.run())
            try:
                customers = [
                    await _claimed(n, source, desk, inbox, channels[target], names)
                    for names in [Names()]
                    for n in range(50)
                ]
                took = await _write_in_turn(customers, inbox, pace, seconds)
            finally:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)
    run = run_of(len(customers), seconds, took)
    return Latency(source, target, run.messages, run.p50 or 0.0, run.p99 or 0.0)


async def _claimed(
    number: int, platform: str, desk: Address, inbox: Inbox, shown: NullChannel, names: Names
) -> tuple[Customer, Names]:
    person, address = Person(platform, f"c{number}", "小王"), Address(platform, f"c{number}")
    thread = desk.in_thread(address.key)
    told = shown.expect(thread)
    await inbox.submit(names.message(person, address, "/agent"))
    await told
    told = shown.expect(thread)
    await inbox.submit(names.message(Person(desk.platform, "a", "林"), thread, "/claim"))
    await told
    return Customer(person, address, itertools.repeat(_WORDS), thread, shown), names


async def _write_in_turn(
    customers: list[tuple[Customer, Names]], inbox: Inbox, pace: float, seconds: float
) -> list[float]:
    took: list[float] = []

    async def write(customer: Customer, names: Names) -> None:
        came = customer.channel.expect(customer.delivered_at)
        event = names.message(customer.person, customer.address, next(customer.texts))
        began = perf_counter()
        await inbox.submit(event)
        took.append(await came - began)

    began = perf_counter()
    async with asyncio.timeout(seconds + _PATIENCE), asyncio.TaskGroup() as group:
        for n in range(int(pace * seconds)):
            await asyncio.sleep(max(0.0, began + n / pace - perf_counter()))
            group.create_task(write(*customers[n % len(customers)]))
    return took


async def _all(pace: float, seconds: float) -> list[Latency]:
    return [
        await measure(source, target, pace, seconds)
        for source, target in itertools.product(RENDERERS, repeat=2)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.pairs", description=__doc__)
    parser.add_argument("--pace", type=float, default=50, metavar="N", help="messages a second")
    parser.add_argument("--seconds", type=float, default=5, metavar="S", help="for each pair")
    parser.add_argument("--json", action="store_true", help="one object a line")
    options = parser.parse_args()
    found = asyncio.run(_all(options.pace, options.seconds))
    if options.json:
        for one in found:
            row: dict[str, Any] = {f: getattr(one, f) for f in one.__struct_fields__}
            print(json.dumps(row))
        return
    print(f"From event to send call at {options.pace:g} messages a second, null platforms\n")
    print(f"{'customers':<12}{'desk':<12}{'messages':>9}{'p50 ms':>9}{'p99 ms':>9}   goal < 25 ms")
    for one in found:
        met = "met" if one.p99 < GOAL else "not met"
        print(
            f"{one.customers:<12}{one.desk:<12}{one.messages:>9}"
            f"{one.p50 * 1000:>9.2f}{one.p99 * 1000:>9.2f}   {met}"
        )


if __name__ == "__main__":
    main()
