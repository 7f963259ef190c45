"""Buttons, forms and slash commands, which Discord wants answered within three seconds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final, TypeAlias, cast

import aiohttp
import discord
from discord import app_commands
from msgspec import structs

from adapters.discord.files import PLATFORM
from adapters.discord.forms import FORMS, form_modal, form_text
from adapters.discord.parse import Place, Reader, address_of, command_text, person_of
from adapters.discord.places import Places
from adapters.discord.reading import Names
from chat.address import Address
from chat.channel import Sink
from chat.events import ButtonPressed, Event, MessageReceived
from chat.message import Message
from chat.phrases import LANGS, Lang, say
from chat.rich import Rich

log = logging.getLogger(__name__)

_ANSWER_SECONDS: Final = 2.0
ENTER: Final = "enter"
Handler: TypeAlias = Callable[[discord.Interaction, Place], Awaitable[None]]
_CUSTOMERS: Final = ("support", "agent", "help", "verify", "language")
_DESK: Final = ("claim", "takeover", "note", "transfer", "link", "unlink", "bot", "close")


class Interactions:
    """Answers only once what was pressed or typed is durable; otherwise Discord says by itself
    that it failed, and the person can try again."""

    def __init__(
        self,
        client: discord.Client,
        places: Places,
        reader: Reader,
        sink: Sink,
        clock: Callable[[], float],
        tasks: set[asyncio.Task[None]],
    ) -> None:
        """`tasks` holds what goes on beside what is heard next; its owner ends it."""
        self._client = client
        self._places = places
        self._reader = reader
        self._sink = sink
        self._clock = clock
        self._prepared = False
        self._entering = asyncio.Lock()
        self._tasks = tasks

    # ── at the start ─────────────────────────────────────────────────────────────────────────

    async def prepare(self) -> None:
        """List our commands and put a button into each entrance, once."""
        if self._prepared:
            return
        tree = app_commands.CommandTree(self._client)
        for name in _CUSTOMERS + (_DESK if self._reader.desk else ()):
            tree.add_command(_command(name))
        try:
            await tree.sync()
        except discord.HTTPException as error:
            if error.status >= 500 or error.status == 429:
                raise
            log.warning("Discord does not take our commands: %s", error)
        for channel in self._reader.entrances:
            await self._furnish(int(channel))
        self._prepared = True

    async def _furnish(self, channel: int) -> None:
        place = self._client.get_partial_messageable(channel)
        try:
            async for message in place.history(limit=50):
                if message.author.id == self._reader.bot_id and message.components:
                    return
            view = discord.ui.View(timeout=None)
            label = " / ".join(say("discord.enter", lang) for lang in LANGS)
            view.add_item(discord.ui.Button(label=label[:80], custom_id=ENTER))
            view.stop()
            await place.send("\n".join(say("discord.entrance", lang) for lang in LANGS), view=view)
        except discord.HTTPException as error:
            log.warning("cannot put the button into Discord channel %s: %s", channel, error)

    # ── as they come ─────────────────────────────────────────────────────────────────────────

    async def hear(self, interaction: discord.Interaction) -> None:
        """Take one in; what it does goes on beside what is heard next."""
        work = self._handler(interaction)
        if work is None:
            return
        place = await self._places.find(interaction.channel_id or 0, interaction.guild_id or None)
        task = asyncio.create_task(self._answered(work(interaction, place)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answered(self, work: Awaitable[None]) -> None:
        try:
            await work
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("Discord did not take an answer: %s", error)

    def _handler(self, interaction: discord.Interaction) -> Handler | None:
        match interaction.type:
            case discord.InteractionType.component:
                return self._pressed
            case discord.InteractionType.application_command:
                return self._commanded
            case discord.InteractionType.modal_submit:
                return self._submitted
            case _:
                return None

    def _address(self, interaction: discord.Interaction, place: Place) -> Address | None:
        if str(place.id) == self._reader.desk and interaction.message is not None:
            # The card stands in the channel; its thread has its id.
            return Address(PLATFORM, str(place.id), str(interaction.message.id))
        return address_of(place, self._reader)

    async def _pressed(self, interaction: discord.Interaction, place: Place) -> None:
        data = cast(dict[str, object], interaction.data or {})
        value = str(data.get("custom_id", ""))
        lang = _lang(interaction)
        if value == ENTER:
            await self._enter(interaction)
            return
        if value.partition(":")[0] in FORMS:
            await interaction.response.send_modal(form_modal(value, lang))
            return
        address = self._address(interaction, place)
        if address is None:
            return
        message = interaction.message
        event = ButtonPressed(
            f"discord:i{interaction.id}",
            self._clock(),
            address,
            person_of(interaction.user, interaction.locale),
            value,
            str(message.id) if message else None,
        )
        if await self._durable(event):
            await interaction.response.defer()

    async def _submitted(self, interaction: discord.Interaction, place: Place) -> None:
        address = self._address(interaction, place)
        if address is None:
            return
        said = form_text(cast(dict[str, object], interaction.data or {}))
        if said is not None and await self._durable(self._typed(interaction, address, said)):
            await interaction.response.defer()

    async def _commanded(self, interaction: discord.Interaction, place: Place) -> None:
        data = cast(dict[str, object], interaction.data or {})
        lang = _lang(interaction)
        if data.get("name") == "support":
            if str(interaction.channel_id) in self._reader.entrances:
                await self._enter(interaction)
            else:
                await interaction.response.send_message(
                    say("discord.write_me", lang), ephemeral=True
                )
            return
        address = self._address(interaction, place)
        for_desk = data.get("name") in _DESK
        if address is None or for_desk is not (address.thread is not None):
            await interaction.response.send_message(say("discord.not_here", lang), ephemeral=True)
            return
        said = command_text(data, _resolved(data))
        if await self._durable(self._typed(interaction, address, said)):
            await interaction.response.send_message(say("discord.done", lang), ephemeral=True)

    def _typed(
        self, interaction: discord.Interaction, address: Address, said: Rich
    ) -> MessageReceived:
        now = self._clock()
        return MessageReceived(
            f"discord:i{interaction.id}",
            now,
            Message(
                id=f"i{interaction.id}",
                at=now,
                sender=person_of(interaction.user, interaction.locale),
                address=address,
                text=said.text,
                spans=said.spans,
                shown=False,
            ),
        )

    async def _enter(self, interaction: discord.Interaction) -> None:
        """Open a private thread for whoever asks."""
        lang = _lang(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        channel = await self._client.fetch_channel(interaction.channel_id or 0)
        if not isinstance(channel, discord.TextChannel):
            return
        # One after the other, so that a thread which a crash left behind is taken once.
        async with self._entering:
            thread = await self._own_thread(channel, interaction, lang)
        await thread.add_user(interaction.user)
        await interaction.followup.send(
            say("discord.entered", lang, thread=f"<#{thread.id}>"), ephemeral=True
        )

    async def _own_thread(
        self, channel: discord.TextChannel, interaction: discord.Interaction, lang: Lang
    ) -> discord.Thread:
        """The person's thread in an entrance: the one they have, or a new one."""
        person = interaction.user
        known = await self._places.private_of(channel.id, person.id)
        thread = await self._still_open(known) if known is not None else None
        if thread is None:
            name = say("discord.thread", lang, name=person.display_name)[:100]
            thread = await self._left_behind(channel, name) or await channel.create_thread(
                name=name, type=discord.ChannelType.private_thread, invitable=False
            )
            # The same event for the same thread, in case that it was said before a crash.
            address = Address(PLATFORM, str(thread.id))
            start = self._typed(interaction, address, Rich("/start"))
            await self._sink.submit(structs.replace(start, id=f"discord:entered:{thread.id}"))
        await self._places.open_private(thread.id, channel.id, person.id)
        return thread

    async def _still_open(self, thread_id: int) -> discord.Thread | None:
        """The thread, opened if it was archived; None when it is gone or moderators locked it."""
        try:
            thread = await self._client.fetch_channel(thread_id)
        except (discord.NotFound, discord.Forbidden):
            return None
        if not isinstance(thread, discord.Thread) or thread.locked:
            return None
        return await thread.edit(archived=False) if thread.archived else thread

    async def _left_behind(self, channel: discord.TextChannel, name: str) -> discord.Thread | None:
        """A thread that we made but, because of a crash, noted as nobody's."""
        for thread in await channel.guild.active_threads():
            ours = thread.parent_id == channel.id and thread.owner_id == self._reader.bot_id
            if ours and thread.name == name and await self._places.owner_of(thread.id) is None:
                return thread
        return None

    async def _durable(self, event: Event) -> bool:
        """Whether the event's effect was durable in time to say so; it will be in any case."""
        submitting = asyncio.ensure_future(self._sink.submit(event))
        self._tasks.add(submitting)
        submitting.add_done_callback(self._tasks.discard)
        with suppress(TimeoutError):
            await asyncio.wait_for(asyncio.shield(submitting), _ANSWER_SECONDS)
            return True
        return False


def _lang(interaction: discord.Interaction) -> Lang:
    return "zh" if str(interaction.locale).lower().startswith("zh") else "en"


def _resolved(data: dict[str, object]) -> Names:
    resolved = cast(dict[str, dict[str, dict[str, str]]], data.get("resolved") or {})
    users = resolved.get("users", {})
    return Names(
        users={key: user.get("global_name") or user["username"] for key, user in users.items()}
    )


def _command(name: str) -> app_commands.Command:  # type: ignore[type-arg]
    """A slash command; it is carried out by `Interactions.hear`, so its callback does nothing."""
    callback: Any = _CALLBACKS.get(name, _alone)
    return app_commands.Command(
        name=name, description=say(f"discord.command.{name}", "en")[:100], callback=callback
    )


async def _alone(_: discord.Interaction) -> None: ...


async def _with_text(_: discord.Interaction, text: str) -> None: ...


async def _with_agent(_: discord.Interaction, agent: discord.User | None = None) -> None: ...


async def _with_language(_: discord.Interaction, language: str) -> None: ...


async def _with_address(_: discord.Interaction, address: str) -> None: ...


_CALLBACKS: Final = {
    "note": _with_text,
    "transfer": _with_agent,
    "language": _with_language,
    "link": _with_address,
    "unlink": _with_address,
}
