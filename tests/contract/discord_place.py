"""Discord: direct messages, and a thread of the desk's channel."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from adapters.discord.fidelity import FIDELITY
from adapters.discord.files import LARGEST, LARGEST_DOWNLOAD
from adapters.discord.reading import rich_of
from chat.address import Address
from tests.adapters.discord.conftest import Stage, staged
from tests.contract.place import Fault, Shown, Side, StagedPlace
from tests.doubles.discord.things import Message, MessageType
from tests.pairs.discord_side import DiscordCustomer


class DiscordPlace(StagedPlace):
    fidelity = FIDELITY
    nowhere = Address("discord", "123456789012345678")
    largest_upload = LARGEST
    largest_download = LARGEST_DOWNLOAD
    longest_wait = 45.0

    def __init__(self, stage: Stage, side: Side) -> None:
        super().__init__(stage, side)
        self.human = self.double.user("wang", global_name="Wang", guild=stage.guild)
        self.who, self.calls = f"discord:{self.human.id}", f"<@{self.human.id}>"

    async def settle(self) -> None:
        """Find the place to write in."""
        if self.side == "desk":
            await self.open(self.stage.desk_address)
            self.where = self.double.channel(int(self.opened.thread.thread or 0))
            self.at = self.opened.thread
        else:
            self.where = self.human.dm
            self.at = self.stage.at(self.where)
        self.person = DiscordCustomer(self.double, self.human, self.where)

    async def say_told_twice(self, text: str) -> None:
        self.double.faults.add_event("MESSAGE_CREATE", "duplicate")
        await self.person.say(text)

    async def send_vast(self) -> bool:
        self.human.say("", self.where, files={"a.bin": b"x"}, size=LARGEST_DOWNLOAD + 1)
        return True

    async def type(self) -> None:
        self.human.start_typing(self.where)

    async def typing_shown(self) -> int:
        return self.double.typing.count(self.where)

    async def shown(self) -> list[Shown]:
        ours = [m for m in self.double.messages(self.where) if m.author.is_bot]
        return [_shown(m) for m in ours if m.type in (MessageType.DEFAULT, MessageType.REPLY)]

    async def card_says(self, words: str) -> bool:
        card = self.double.world.find_message(int(self.opened.card_message or 0))
        return words in card.content

    def strike(self, fault: Fault) -> None:
        self.double.faults.add("create_message", fault, retry_after=self.longest_wait)

    async def end(self) -> None:
        if self.side == "customer":
            self.human.block_bot()
        else:
            self.double.owner.delete_channel(self.where)


def _shown(message: Message) -> Shown:
    everybody = ["@everyone"] if message.mention_everyone else []
    return Shown(
        str(message.id),
        rich_of(message.content).text,
        tuple(message.files.items()),
        tuple([user.username for user in message.mentions] + everybody),
    )


@asynccontextmanager
async def discord(side: Side, _redis: Redis, _folder: Path) -> AsyncIterator[DiscordPlace]:
    async with staged() as stage:
        place = DiscordPlace(stage, side)
        await place.settle()
        yield place
