"""Listens at Discord's gateway and submits what it hears, in order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final

import aiohttp
import discord

from adapters.discord.closing import why_closed
from adapters.discord.files import PLATFORM
from adapters.discord.interactions import Interactions
from adapters.discord.limits import pacing_trace
from adapters.discord.parse import Place, Reader, address_of, concerns, message_of, person_of
from adapters.discord.places import Places
from adapters.discord.rest import point_at
from adapters.discord.seen import Seen
from adapters.discord.settings import DiscordSettings
from adapters.ending import end
from adapters.turns import Turns
from chat.address import Person
from chat.channel import Memory, OperatorNeeded, Sink
from chat.events import (
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    TypingStarted,
)

log = logging.getLogger(__name__)

_BACKFILL_SECONDS: Final = 24 * 3600
_BACKFILL_MOST: Final = 1_000
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
_TRIES_MOST: Final = 30


def intents() -> discord.Intents:
    """What we need to hear; only the contents of messages is a privilege."""
    wanted = discord.Intents.none()
    wanted.guilds = True
    wanted.messages = True
    wanted.message_content = True
    wanted.reactions = True
    wanted.typing = True
    return wanted


class Gateway:
    """One connection, for as long as `run` goes on."""

    def __init__(
        self,
        settings: DiscordSettings,
        memory: Memory,
        clock: Callable[[], float],
        sink: Sink,
        turns: Turns,
    ) -> None:
        point_at(settings)
        self._trace = pacing_trace(turns, settings.api_base)
        self._settings = settings
        self._memory = memory
        self._clock = clock
        self._sink = sink
        self._seen = Seen(memory)
        self._reports: asyncio.Queue[Callable[[], Awaitable[None]]] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Listen until cancelled. Raises OperatorNeeded."""
        client = _Client(self, self._trace)
        works = [
            asyncio.create_task(self._connect(client)),
            asyncio.create_task(self._hear_all()),
            asyncio.create_task(self._seen.keep()),
        ]
        try:
            done, _ = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
            for work in done:
                work.result()
        finally:
            await end((*works, *self._tasks))
            await client.close()

    async def _connect(self, client: _Client) -> None:
        try:
            await client.login(self._settings.token)
            self._introduce(client)
            await client.connect(reconnect=True)
        except discord.DiscordException as error:
            why = why_closed(error)
            if why is None:
                raise
            raise OperatorNeeded(f"{why.problem}; {why.remedy}") from error

    def _introduce(self, client: _Client) -> None:
        me = client.user.id if client.user else 0
        self._reader = Reader(me, self._settings.desk_channel, self._settings.entrances)
        self._places = Places(client, self._reader, self._memory)
        self.interactions = Interactions(
            client, self._places, self._reader, self._sink, self._clock, self._tasks
        )

    # ── order ────────────────────────────────────────────────────────────────────────────────

    def hear(self, report: Callable[[], Awaitable[None]]) -> None:
        """Take something in when its turn comes."""
        self._reports.put_nowait(report)

    async def _hear_all(self) -> None:
        while True:
            await self._hear(await self._reports.get())

    async def _hear(self, report: Callable[[], Awaitable[None]]) -> None:
        """What comes later waits: it must not be heard before this."""
        pause = _FIRST_PAUSE
        for _ in range(_TRIES_MOST):
            try:
                await report()
                return
            except Exception as error:
                if not _may_pass(error):
                    log.exception("a report of Discord's could not be read, so it is skipped")
                    return
                log.warning("cannot find out what Discord reported (%r); trying again", error)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)
        log.error("a report of Discord's could not be read for too long, so it is skipped")

    def _submit(self, event: Event, afterwards: Callable[[], None] = lambda: None) -> None:
        """In the order of the calls; the sink keeps it."""

        async def submit() -> None:
            await self._sink.submit(event)
            afterwards()

        task = asyncio.create_task(submit())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ── what was said ────────────────────────────────────────────────────────────────────────

    async def message(self, message: discord.Message) -> None:
        """Somebody wrote."""
        guild = message.guild.id if message.guild else 0
        place = await self._places.find(message.channel.id, guild or None)
        await self._take(place, guild, message)

    async def edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Somebody changed what they wrote; previews of links change nothing."""
        message = payload.message
        if message.edited_at is None:
            return
        place = await self._places.find(
            payload.channel_id, message.guild.id if message.guild else None
        )
        address = address_of(place, self._reader)
        if address is None or not concerns(message, place, self._reader):
            return
        said = message_of(message, address)
        if said is not None:
            at = message.edited_at.timestamp()
            self._submit(MessageEdited(f"discord:e{message.id}:{at}", at, said))

    async def deletion(self, channel: int, guild: int | None, message: int) -> None:
        """Somebody took a message back. Who it was, Discord does not say."""
        place = await self._places.find(channel, guild)
        address = address_of(place, self._reader)
        if address is not None:
            event_id = f"discord:d{message}"
            self._submit(MessageDeleted(event_id, self._clock(), address, str(message)))

    async def reaction(self, payload: discord.RawReactionActionEvent, *, added: bool) -> None:
        """Somebody put an emoji on a message, or took it off."""
        if payload.user_id == self._reader.bot_id:
            return
        place = await self._places.find(payload.channel_id, payload.guild_id)
        address = address_of(place, self._reader)
        if address is None:
            return
        known = payload.member
        person = person_of(known) if known else Person(PLATFORM, str(payload.user_id), "")
        emoji = payload.emoji
        shown = emoji.name if emoji.is_unicode_emoji() else f":{emoji.name}:"
        now = self._clock()
        event_id = f"discord:r{payload.message_id}:{payload.user_id}:{shown}:{added}:{now}"
        self._submit(
            ReactionChanged(event_id, now, address, person, str(payload.message_id), shown, added)
        )

    async def typing(self, payload: discord.RawTypingEvent) -> None:
        """Somebody is writing."""
        if payload.user_id == self._reader.bot_id:
            return
        place = await self._places.find(payload.channel_id, payload.guild_id)
        address = address_of(place, self._reader)
        if address is None:
            return
        known = payload.user
        person = person_of(known) if known else Person(PLATFORM, str(payload.user_id), "")
        await self._sink.hint(TypingStarted("", self._clock(), address, person))

    # ── after a pause ────────────────────────────────────────────────────────────────────────

    async def catch_up(self, client: discord.AutoShardedClient, shard: int) -> None:
        """A new session tells nothing of what was said before it: read it up."""
        oldest = discord.utils.time_snowflake(
            datetime.fromtimestamp(self._clock() - _BACKFILL_SECONDS, UTC)
        )
        newest_of = await self._seen.load()
        for wanted in filter(None, (self._reader.desk, *sorted(self._reader.entrances))):
            for guild, thread in await self._threads_of(client, shard, int(wanted)):
                # Nobody we listen to has written there before; nothing in it is older than itself.
                newest_of.setdefault((guild, thread), thread)
        for (guild, channel), newest in newest_of.items():
            if shard_of(guild, client.shard_count or 1) == shard:
                await self._read_up(client, guild, channel, max(newest, oldest))
        await self.interactions.prepare()

    async def _threads_of(
        self, client: discord.AutoShardedClient, shard: int, channel_id: int
    ) -> list[tuple[int, int]]:
        """Guild and id of a channel's threads, if this connection tells of them. Whoever writes in
        an archived one opens it."""
        try:
            channel = await client.fetch_channel(channel_id)
            if not isinstance(channel, discord.TextChannel | discord.ForumChannel):
                return []
            if shard_of(channel.guild.id, client.shard_count or 1) != shard:
                return []
            threads = await channel.guild.active_threads()
        except (discord.Forbidden, discord.NotFound):
            return []
        return [(channel.guild.id, t.id) for t in threads if t.parent_id == channel_id]

    async def _read_up(
        self, client: discord.AutoShardedClient, guild: int, channel: int, after: int
    ) -> None:
        place = await self._places.find(channel, guild or None)
        history = client.get_partial_messageable(channel).history(
            after=discord.Object(after), limit=_BACKFILL_MOST, oldest_first=True
        )
        try:
            async for message in history:
                await self._take(place, guild, message)
        except (discord.Forbidden, discord.NotFound):
            return

    async def _take(self, place: Place, guild: int, message: discord.Message) -> None:
        address = address_of(place, self._reader)
        if address is None or not concerns(message, place, self._reader):
            return
        said = message_of(message, address)
        if said is None:
            return
        await self._seen.expect(guild, place.id, message.id)
        event = MessageReceived(f"discord:m{message.id}", message.created_at.timestamp(), said)
        self._submit(event, lambda: self._seen.note(guild, place.id, message.id))


def shard_of(guild: int, shards: int) -> int:
    """Which of a bot's connections tells of a guild; the first one tells of direct messages.

    Source: https://docs.discord.com/developers/events/gateway#sharding
    """
    return (guild >> 22) % shards


def _may_pass(error: Exception) -> bool:
    """Whether it is trouble of the network, of Discord's or the memory's, and no refusal or bug."""
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == 429
    bugs = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
    return not isinstance(error, bugs)


class _Client(discord.AutoShardedClient):
    """The library's client, handing over what it hears: as many connections as Discord advises."""

    def __init__(self, gateway: Gateway, trace: aiohttp.TraceConfig) -> None:
        super().__init__(
            intents=intents(),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            http_trace=trace,
        )
        self._gateway = gateway

    async def on_shard_connect(self, shard: int) -> None:
        # A session begins, and nothing of it was heard yet: what comes now waits behind this.
        self._gateway.hear(lambda: self._gateway.catch_up(self, shard))

    async def on_message(self, message: discord.Message) -> None:
        self._gateway.hear(lambda: self._gateway.message(message))

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        self._gateway.hear(lambda: self._gateway.edit(payload))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self._gateway.hear(
            lambda: self._gateway.deletion(payload.channel_id, payload.guild_id, payload.message_id)
        )

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        for message in sorted(payload.message_ids):
            self._gateway.hear(
                lambda message=message: self._gateway.deletion(  # type: ignore[misc]
                    payload.channel_id, payload.guild_id, message
                )
            )

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        self._gateway.hear(lambda: self._gateway.reaction(payload, added=True))

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        self._gateway.hear(lambda: self._gateway.reaction(payload, added=False))

    async def on_raw_typing(self, payload: discord.RawTypingEvent) -> None:
        self._gateway.hear(lambda: self._gateway.typing(payload))

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self._gateway.hear(lambda: self._gateway.interactions.hear(interaction))
