"""The conversations that are measured, brought to where they shall be by the real flow."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence

from msgspec import Struct

from bench.null_channel import NullChannel
from bot.inbox import Inbox
from chat.address import Address, Person
from chat.events import MessageReceived
from chat.message import Message
from handoff.ticket import STORY_LINES

CUSTOMERS, DESK = "customers", Address("team", "desk")
_AGENT = Person("team", "agent", "林")
_WORDS = (
    "充值还没有到账,已经等了两个小时。",
    "交易哈希是 0x8f3a6b2cc41d09e7,链上显示成功。",
    "I sent it from my own wallet on the TRON network.",
    "好的,我再看看,谢谢。",
)


class Customer(Struct, frozen=True):
    """Who writes, where, what in turn, and where it is delivered."""

    person: Person
    address: Address
    texts: Iterator[str]
    delivered_at: Address
    channel: NullChannel


class Names:
    """Ids of events and messages, each given once."""

    def __init__(self) -> None:
        self._next = itertools.count(1)

    def message(self, sender: Person, address: Address, text: str) -> MessageReceived:
        """A new message, as a platform would report it."""
        number, now = next(self._next), time.time()
        return MessageReceived(
            f"{address.platform}:{number}", now, Message(str(number), now, sender, address, text)
        )


async def claimed_cases(
    count: int, inbox: Inbox, names: Names, desk: NullChannel
) -> list[Customer]:
    """Customers who talk to an agent. Their stories are as long as they can get, so that a
    message costs the same from the first to the last."""

    async def prepare(number: int) -> Customer:
        person, address = _somebody("case", number)
        thread = DESK.in_thread(address.key)
        told = desk.expect(thread)
        await inbox.submit(names.message(person, address, "/agent"))
        await told
        await inbox.submit(names.message(_AGENT, thread, "/claim"))
        customer = Customer(person, address, itertools.cycle(_WORDS), thread, desk)
        await _fill(customer, inbox, names)
        return customer

    return list(await asyncio.gather(*(prepare(number) for number in range(count))))


async def asking_customers(
    count: int, inbox: Inbox, names: Names, customers: NullChannel, questions: Sequence[str]
) -> list[Customer]:
    """Customers whom the bot answers; their stories are full too."""

    async def prepare(number: int) -> Customer:
        person, address = _somebody("asking", number)
        start = number % len(questions)
        texts = itertools.cycle((*questions[start:], *questions[:start]))
        customer = Customer(person, address, texts, address, customers)
        await _fill(customer, inbox, names)
        return customer

    return list(await asyncio.gather(*(prepare(number) for number in range(count))))


def _somebody(kind: str, number: int) -> tuple[Person, Address]:
    name = f"{kind}-{number}"
    return Person(CUSTOMERS, name, f"客户{number}"), Address(CUSTOMERS, name)


async def _fill(customer: Customer, inbox: Inbox, names: Names) -> None:
    for _ in range(STORY_LINES):
        await exchange(customer, inbox, names)


async def exchange(customer: Customer, inbox: Inbox, names: Names) -> float:
    """One message, until it is delivered; when that was."""
    came = customer.channel.expect(customer.delivered_at)
    event = names.message(customer.person, customer.address, next(customer.texts))
    await inbox.submit(event)
    return await came
