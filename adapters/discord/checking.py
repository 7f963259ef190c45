"""Looks at Discord before it is used: token, intents, the desk's channel, the bot's permissions."""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
import discord

from adapters.discord.closing import REFUSED, UNREADABLE, why_closed
from adapters.discord.gateway import intents
from adapters.discord.rest import point_at
from adapters.discord.settings import DiscordSettings
from adapters.ending import end
from chat.checking import Finding

_TALK: Final = {
    "view_channel": "View Channels",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
    "attach_files": "Attach Files",
    "add_reactions": "Add Reactions",
}
_DESK: Final = {
    **_TALK,
    "send_messages_in_threads": "Send Messages in Threads",
    "create_public_threads": "Create Public Threads",
    "manage_threads": "Manage Threads",
}
_GATEWAY_SECONDS: Final = 23.0
"""Between the fifth call and the sixth: discord.py calls every five seconds, and now and then it
misses what a connection was closed for."""
_ENTRANCE: Final = {
    **_TALK,
    "send_messages_in_threads": "Send Messages in Threads",
    "create_private_threads": "Create Private Threads",
}


async def check(settings: DiscordSettings) -> list[Finding]:
    """What is wrong; empty when all is well."""
    point_at(settings)
    client = discord.Client(intents=discord.Intents.none())
    try:
        await client.login(settings.token)
        findings = _intents(client) or await _gateway(client, settings)
        if settings.desk_channel is not None:
            findings += await _channel(client, settings.desk_channel, "the desk's channel", _DESK)
        for entrance in sorted(settings.entrances):
            findings += await _channel(client, entrance, "the entrance", _ENTRANCE)
        return findings
    except discord.LoginFailure:
        return [REFUSED]
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        return [Finding(f"Discord answers: {error}", "see that the machine reaches it")]
    finally:
        await client.close()


def _intents(client: discord.Client) -> list[Finding]:
    flags = client.application_flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        return []
    return [UNREADABLE]


class _Caller(discord.AutoShardedClient):
    """The first of the bot's connections, until Discord has taken it."""

    def __init__(self, shards: int) -> None:
        super().__init__(
            intents=intents(),
            shard_count=shards,
            shard_ids=[0],
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
        )
        self.taken = asyncio.Event()

    async def on_shard_connect(self, _: int) -> None:
        self.taken.set()


async def _gateway(asking: discord.Client, settings: DiscordSettings) -> list[Finding]:
    """Connect as Kefu does, which shows what Discord would close the connection for."""
    shards, _, _ = await asking.http.get_bot_gateway()
    client = _Caller(shards)
    calling = asyncio.create_task(_call(client, settings.token))
    taken = asyncio.create_task(client.taken.wait())
    try:
        await asyncio.wait(
            (calling, taken), timeout=_GATEWAY_SECONDS, return_when=asyncio.FIRST_COMPLETED
        )
        if client.taken.is_set():
            return []
        if not calling.done():
            problem = f"Discord's gateway {settings.gateway} does not answer"
            return [Finding(problem, "see that the machine reaches it")]
        error = calling.exception()
        why = why_closed(error) if isinstance(error, Exception) else None
        return [why or Finding(f"Discord's gateway answers: {error}", "try again later")]
    finally:
        await end([calling, taken])
        await client.close()


async def _call(client: discord.AutoShardedClient, token: str) -> None:
    await client.login(token)
    await client.connect(reconnect=False)


async def _channel(
    client: discord.Client, channel_id: str, what: str, needed: dict[str, str]
) -> list[Finding]:
    try:
        seen = await client.fetch_channel(int(channel_id))
    except (discord.NotFound, discord.Forbidden, discord.InvalidData):
        return [
            Finding(
                f"{what} {channel_id} cannot be seen",
                "add the bot to the server, let it view the channel, and check the id",
            )
        ]
    if not isinstance(seen, discord.TextChannel | discord.ForumChannel):
        return [Finding(f"{what} {channel_id} is no text or forum channel", "choose another")]
    guild = await client.fetch_guild(seen.guild.id)
    channel = next(c for c in await guild.fetch_channels() if c.id == seen.id)
    me = client.user.id if client.user else 0
    allowed = channel.permissions_for(await guild.fetch_member(me))
    missing = [label for name, label in needed.items() if not getattr(allowed, name)]
    if not missing:
        return []
    return [
        Finding(
            f"the bot lacks permissions in {what} #{channel.name}: {', '.join(missing)}",
            "grant them to the bot's role, or in the channel's own permissions",
        )
    ]
