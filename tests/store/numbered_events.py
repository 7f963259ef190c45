"""A process that takes numbered events in and prints each number once it is durable.

    python -m tests.store.numbered_events <data folder> <first number>

Meanwhile it brings what was recorded into the archive beside the store.

It is killed, or its server is, and started again with the first number that it did not print.
"""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path

from bot.archive.fact import Keeping
from bot.archive.writer import Writer
from bot.dialog.conversation import Settings
from bot.inbox import Inbox
from bot.store.commands import GroupedCommands, StoreUnavailable
from bot.store.connect import open_redis
from bot.store.store import Store
from chat.address import Address, Person
from chat.events import MessageReceived, ThreadOpened
from chat.message import Message
from tests.archive.direct import Direct, url_in
from tests.scenarios.simulation.knowledge import KNOWLEDGE

CONVERSATIONS = 8
SETTINGS = Settings(desk=Address("desk", "g"))


def customer(number: int) -> Address:
    """Whose message a number is."""
    return Address("web", f"v{number % CONVERSATIONS}")


def message(number: int, text: str) -> MessageReceived:
    """The event of a number."""
    place = customer(number)
    person = Person("web", place.channel, "Li")
    return MessageReceived(f"e{number}", 1.0, Message(f"m{number}", 1.0, person, place, text))


async def open_cases(inbox: Inbox) -> None:
    """Give every customer an open case, so that each message is relayed once."""
    for number in range(CONVERSATIONS):
        place = customer(number)
        asked = message(number, "转人工")
        await inbox.submit(MessageReceived(f"ask-{number}", 1.0, asked.message))
        current, _ = await inbox._store.load(place.key)
        ticket = current.ticket if current else None
        assert ticket is not None
        thread = SETTINGS.desk.in_thread(f"t{number}")
        await inbox.submit(
            ThreadOpened(f"opened-{number}", 1.0, place.key, ticket.id, thread, "card")
        )


async def archive_records(store: Store, folder: Path) -> None:
    """Write the archive until killed."""
    writer = Writer(store, Direct(url_in(folder)), Keeping(days=10**6), clock=lambda: 1.0)
    while True:
        with suppress(StoreUnavailable):
            await writer.write_all()
        await asyncio.sleep(0)


async def main(folder: Path, first: int) -> None:
    """Take events in until killed."""
    async with open_redis("embedded", folder) as redis:
        store = Store(GroupedCommands(redis))
        inbox = Inbox(store, SETTINGS, KNOWLEDGE)
        await open_cases(inbox)

        async def take_in(place: int) -> None:
            """One conversation's numbers, in their order."""
            start = first + (place - first) % CONVERSATIONS
            for number in count(start, CONVERSATIONS):
                await inbox.submit(message(number, f"message {number}"))
                print(number, flush=True)

        await asyncio.gather(
            archive_records(store, folder),
            *(take_in(place) for place in range(CONVERSATIONS)),
        )


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
