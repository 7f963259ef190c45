"""A bot built on the unmodified client library, that keeps what it hears."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeVar

import discord
import pytest
import yarl

from tests.doubles.discord.changes import Changes
from tests.doubles.discord.client import DiscordDoubleClient
from tests.doubles.discord.double import DiscordDouble
from tests.doubles.discord.things import Channel

T = TypeVar("T")
SOON = 10.0


class ListeningBot(discord.Client):
    """Keeps every event, by its name without "on_"."""

    def __init__(self, intents: discord.Intents | None = None, **options: Any) -> None:
        # The wait for more guilds is a pause of the library's.
        super().__init__(
            intents=intents or discord.Intents.all(), guild_ready_timeout=0.01, **options
        )
        self.heard: list[tuple[str, Any]] = []
        self.changes = Changes()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """No pause before another IDENTIFY: there is no limit on loopback."""

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        self.heard.append((event, args[0] if len(args) == 1 else args))
        super().dispatch(event, *args, **kwargs)
        self.changes.ring()

    def all(self, event: str) -> list[Any]:
        """What all events of this name carried."""
        return [payload for name, payload in self.heard if name == event]

    @property
    def texts(self) -> list[str]:
        """The messages of others, as they came."""
        return [one.content for one in self.all("message") if one.author != self.user]

    async def until(self, predicate: Callable[[], T]) -> T:
        """Wait until something holds in what was heard."""
        async with asyncio.timeout(SOON):
            return await self.changes.until(predicate)

    async def next(self, event: str, count: int = 1) -> Any:
        """Wait for the `count`-th event of a name."""
        (payload,) = await self.until(lambda: (self.all(event)[count - 1],))
        return payload


def point_at(double: DiscordDouble | DiscordDoubleClient) -> None:
    """Let the library speak to the double."""
    discord.http.Route.BASE = double.api_base
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(double.gateway)


@contextlib.asynccontextmanager
async def bot_of(
    double: DiscordDouble | DiscordDoubleClient, bot: ListeningBot | None = None
) -> AsyncIterator[ListeningBot]:
    """A bot that is logged in, connected and ready."""
    point_at(double)
    bot = bot or ListeningBot()
    async with bot:
        await bot.login(double.token)
        connecting = asyncio.create_task(bot.connect())
        ready = asyncio.create_task(bot.wait_until_ready())
        await asyncio.wait([connecting, ready], return_when=asyncio.FIRST_COMPLETED)
        ready.cancel()
        if connecting.done():
            connecting.result()
        try:
            yield bot
        finally:
            await bot.close()
            await connecting


def place(bot: ListeningBot, channel: Channel) -> discord.PartialMessageable:
    """A channel to write in, without asking for it first."""
    return bot.get_partial_messageable(channel.id)


async def refused(call: Awaitable[Any], status: int, code: int) -> None:
    """Expect that Discord refuses a call, with this code of its own."""
    with pytest.raises(discord.HTTPException) as caught:
        await call
    assert (caught.value.status, caught.value.code) == (status, code)
