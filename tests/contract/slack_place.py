"""Slack: direct messages, and a thread of the desk's channel."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

from msgspec import structs
from redis.asyncio import Redis

from adapters.slack.fidelity import FIDELITY
from adapters.slack.files import LARGEST
from chat.address import Address
from tests.adapters.slack.conftest import Stage, shown, staged
from tests.contract.place import Fault, Shown, Side, StagedPlace
from tests.doubles.slack.people import FileGiven
from tests.doubles.slack.records import Message
from tests.pairs.slack_side import SlackCustomer


class SlackPlace(StagedPlace):
    fidelity = FIDELITY
    nowhere = Address("slack", "C0NOWHERE1")
    largest_upload = LARGEST
    largest_download = LARGEST
    longest_wait = 7.0

    def __init__(self, stage: Stage, side: Side) -> None:
        super().__init__(stage, side)
        self.human = stage.ann if side == "customer" else stage.lin
        self.who, self.calls = f"slack:{self.human.id}", self.human.mention

    async def settle(self) -> None:
        """Find the place to write in."""
        self._root: Message | None = None
        self.at = self.stage.at(self.human.dm)
        if self.side == "desk":
            await self.open(self.stage.desk_address)
            self.at = self.opened.thread
            self._root = self.stage.desk.message(self.opened.card_message or "")
        self.person = SlackCustomer(self.double, self.human, self._root)

    async def say_told_twice(self, text: str) -> None:
        self.double.faults.add_event("duplicate", event_type="message")
        await self.person.say(text)

    async def send_vast(self) -> bool:
        vast = FileGiven("a.bin", b"x", size=LARGEST + 1)
        self.human.say(thread=self._root, files=[vast])
        return True

    async def type(self) -> None:
        raise AssertionError("Slack tells apps nothing of that")

    async def typing_shown(self) -> int:
        return 0

    def _messages(self) -> list[Message]:
        if self._root is not None:
            return self.stage.desk.replies(self._root.ts)
        return [m for m in self.human.dm.messages if not m.tombstone]

    async def shown(self) -> list[Shown]:
        return [
            Shown(
                message.ts,
                shown(message),
                tuple((file.name, file.content or b"") for file in message.files),
                tuple(_pings(message)),
            )
            for message in self._messages()
            if message.by_app
        ]

    async def card_says(self, words: str) -> bool:
        return self._root is not None and words in shown(self._root)

    def strike(self, fault: Fault) -> None:
        self.double.faults.add("chat.postMessage", fault, retry_after=int(self.longest_wait))

    async def end(self) -> None:
        if self._root is None:
            self.human.deactivate()
        else:
            self.stage.lin.delete(self._root)


def _pings(message: Message) -> Iterator[str]:
    """Mentions in blocks, and in the text that notifications show."""
    if "<" in message.text:
        yield message.text
    for block in message.blocks:
        for frame in block.get("elements", []):
            for element in frame.get("elements", []):
                if element["type"] in ("user", "usergroup", "broadcast", "channel"):
                    yield str(element)


@asynccontextmanager
async def slack_by_http(side: Side, redis: Redis, folder: Path) -> AsyncIterator[SlackPlace]:
    """The same, but that events come over HTTP."""
    async with slack(side, redis, folder) as place:
        place.stage.settings = structs.replace(place.stage.settings, mode="http")
        yield place


@asynccontextmanager
async def slack(side: Side, _redis: Redis, _folder: Path) -> AsyncIterator[SlackPlace]:
    async with staged() as stage:
        place = SlackPlace(stage, side)
        await place.settle()
        yield place
