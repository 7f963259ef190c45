"""Discord's REST API through discord.py, for a process that need not hold the gateway."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import discord
import yarl

from adapters.discord.errors import translated
from adapters.discord.limits import pacing_trace
from adapters.discord.settings import DiscordSettings
from adapters.turns import Turns
from chat.channel import Undeliverable

log = logging.getLogger(__name__)

T = TypeVar("T")

# The least that discord.py knows. It waits by itself when Discord asks for less; for more the
# outbox does, which has other things to say meanwhile.
_WAIT_MOST: Final = 30.0


def point_at(settings: DiscordSettings) -> None:
    """discord.py knows no setting for where Discord is: it keeps it in two class variables."""
    discord.http.Route.BASE = settings.api_base.rstrip("/")
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.gateway)


class Rest:
    """A logged-in client, and calls of it that raise only what a channel may raise."""

    def __init__(self, settings: DiscordSettings, turns: Turns) -> None:
        point_at(settings)
        self._settings = settings
        self._turns = turns
        self._client: discord.Client | None = None
        self._entering = asyncio.Lock()

    async def client(self) -> discord.Client:
        """The client, logged in the first time. Raises what discord.py raises."""
        async with self._entering:
            if self._client is None:
                client = discord.Client(
                    intents=discord.Intents.none(),
                    max_messages=None,
                    max_ratelimit_timeout=_WAIT_MOST,
                    allowed_mentions=discord.AllowedMentions.none(),
                    http_trace=pacing_trace(self._turns, self._settings.api_base),
                )
                try:
                    await client.login(self._settings.token)
                except BaseException:
                    await client.close()
                    raise
                self._client = client
            return self._client

    async def call(self, work: Callable[[discord.Client], Awaitable[T]]) -> T:
        """Do something with the client. Raises RetryLater or Undeliverable."""
        try:
            return await work(await self.client())
        except Exception as error:
            meant = translated(error)
            if meant is None:
                raise
            raise meant from error

    async def channel(self, channel_id: str) -> discord.PartialMessageable:
        """A place to write in, known by its id. Raises RetryLater or Undeliverable."""
        number = as_id(channel_id)

        async def partial(client: discord.Client) -> discord.PartialMessageable:
            return client.get_partial_messageable(number)

        return await self.call(partial)

    async def close(self) -> None:
        """Close the connections, once nothing is to be sent any more."""
        if self._client is not None:
            await self._client.close()


def as_id(text: str) -> int:
    """An id of Discord's. Raises Undeliverable for what is none."""
    if not (text.isascii() and text.isdigit()):
        raise Undeliverable("not_found", f"{text!r} is no id of Discord's")
    return int(text)
