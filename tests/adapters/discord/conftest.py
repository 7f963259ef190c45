"""A channel with the unmodified library, against the double of Discord."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
from msgspec import structs

from adapters.discord.channel import DiscordChannel, DiscordSettings
from chat.address import Address
from tests.adapters.fakes import DictMemory, RecordingSink, Shelf
from tests.doubles.discord.double import DiscordDouble
from tests.doubles.discord.things import Channel

COMMANDS = "bulk_set_application_commands"


class Stage:
    """One channel at the double, and everything around it."""

    def __init__(self, double: DiscordDouble, guild_id: int | None = None) -> None:
        self.double = double
        self.guild = double.guild("Tokenim", guild_id=guild_id)
        self.desk = double.text_channel(self.guild, "cases")
        self.entrance = double.text_channel(self.guild, "support")
        self.settings = DiscordSettings(
            token=double.token,
            api_base=double.api_base,
            gateway=double.gateway,
            desk_channel=str(self.desk.id),
            entrances=frozenset({str(self.entrance.id)}),
        )
        self.sink = RecordingSink()
        self.memory = DictMemory()
        self.shelf = Shelf()
        self.channel = self.new_channel()
        self.running: asyncio.Task[None] | None = None

    def new_channel(self) -> DiscordChannel:
        return DiscordChannel(
            self.settings, files=self.shelf, memory=self.memory, clock=self.double.world.clock
        )

    async def use_forum(self) -> Channel:
        """The same, but that the desk is a forum."""
        self.desk = self.double.forum_channel(self.guild, "forum-cases")
        self.settings = structs.replace(self.settings, desk_channel=str(self.desk.id))
        await self.channel.close()
        self.channel = self.new_channel()
        return self.desk

    async def start(self) -> None:
        """Let the channel listen, and wait until it does."""
        known = len(self.double.calls_of(COMMANDS))
        self.running = asyncio.create_task(self.channel.run(self.sink))
        await self.double.wait_for(lambda: len(self.double.calls_of(COMMANDS)) > known)

    async def stop(self) -> None:
        """End listening as when the process ends."""
        if self.running is not None:
            self.running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.running
            self.running = None

    async def restart(self) -> None:
        """A new process with the same memory."""
        await self.stop()
        await self.channel.close()
        self.channel = self.new_channel()
        await self.start()

    @property
    def desk_address(self) -> Address:
        return Address("discord", str(self.desk.id))

    def at(self, channel: Channel) -> Address:
        return Address("discord", str(channel.id))

    def in_thread(self, thread: Channel) -> Address:
        return self.desk_address.in_thread(str(thread.id))


@contextlib.asynccontextmanager
async def staged() -> AsyncIterator[Stage]:
    async with DiscordDouble() as double:
        made = Stage(double)
        try:
            yield made
        finally:
            await made.stop()
            await made.channel.close()
        assert double.violations == []
        assert double.unknown == []


@pytest.fixture
async def stage(turns_pass: None) -> AsyncIterator[Stage]:
    async with staged() as made:
        yield made
