"""Cases as threads of the desk's channel.

In a text channel the card is a message and the thread hangs on it; in a forum the card is the
post's first message. Either way card and thread have the same id, which makes both easy to find.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import discord

from adapters.discord.errors import THREAD_EXISTS, Gone
from adapters.discord.posting import Posting
from adapters.discord.render import Part, card_text, nonce_of, thread_name, view_of
from adapters.discord.rest import Rest, as_id
from chat.actions import CloseThread, OpenThread, ReopenThread, UpdateCard
from chat.address import Address
from chat.channel import Memory, OpenedThread, Undeliverable

_WEEK: Final = 10080


class Threads:
    """Opens, updates and closes. Raises only RetryLater, Undeliverable, or what the memory does."""

    def __init__(
        self, rest: Rest, posting: Posting, memory: Memory, clock: Callable[[], float]
    ) -> None:
        self._rest = rest
        self._clock = clock
        self._posting = posting
        self._memory = memory
        self._desks: dict[str, discord.TextChannel | discord.ForumChannel] = {}

    async def open(self, action: OpenThread) -> OpenedThread:
        """Post the card and open its thread; a retry finds what is there."""
        key = f"discord:thread:{action.id}"
        known = await self._memory.get(key)
        if known is None:
            desk = await self._desk(action.desk.channel)
            if isinstance(desk, discord.ForumChannel):
                known = await self._open_post(desk, action)
            else:
                known = await self._open_thread(desk, action)
            await self._memory.put(key, known)
        return OpenedThread(action.desk.in_thread(known), known)

    async def _desk(self, channel: str) -> discord.TextChannel | discord.ForumChannel:
        if channel not in self._desks:
            wanted = as_id(channel)

            async def fetch(client: discord.Client) -> object:
                return await client.fetch_channel(wanted)

            try:
                found = await self._rest.call(fetch)
            except Undeliverable as never:
                raise Undeliverable("not_found", f"the desk's channel: {never}") from never
            if not isinstance(found, discord.TextChannel | discord.ForumChannel):
                raise Undeliverable("unsupported", "the desk must be a text or forum channel")
            self._desks[channel] = found
        return self._desks[channel]

    async def _open_thread(self, desk: discord.TextChannel, action: OpenThread) -> str:
        part = Part(card_text(action.card), buttons=action.card.buttons)
        card = await self._card_of_earlier_try(action, part)
        if card is None:
            card = await self._posting.post(action.desk, part, nonce_of(action.id, 0), None)

        async def hang(_: discord.Client) -> None:
            try:
                await desk.create_thread(
                    name=thread_name(action.card),
                    message=discord.Object(int(card)),
                    auto_archive_duration=_WEEK,
                )
            except discord.HTTPException as error:
                if error.code != THREAD_EXISTS:
                    raise

        await self._rest.call(hang)
        return card

    async def _card_of_earlier_try(self, action: OpenThread, part: Part) -> str | None:
        """The card, when it was posted so long ago that its nonce may be forgotten, and a crash
        kept us from noting it."""
        key = f"discord:opening:{action.id}"
        begun = await self._memory.get(key)
        if begun is None:
            await self._memory.put(key, repr(self._clock()))
            return None
        if not self._posting.is_old(float(begun)):
            return None
        found = await self._posting.shown_since(action.desk, [part], float(begun))
        return found[0] if found else None

    async def _open_post(self, desk: discord.ForumChannel, action: OpenThread) -> str:
        name = thread_name(action.card)

        async def find_or_post(client: discord.Client) -> str:
            for thread in await desk.guild.active_threads():
                ours = client.user is not None and thread.owner_id == client.user.id
                if ours and thread.parent_id == desk.id and thread.name == name:
                    return str(thread.id)
            posted = await desk.create_thread(
                name=name,
                content=card_text(action.card),
                view=view_of(action.card.buttons),
                allowed_mentions=discord.AllowedMentions.none(),
                suppress_embeds=True,
                auto_archive_duration=_WEEK,
            )
            return str(posted.thread.id)

        return await self._rest.call(find_or_post)

    async def update_card(self, action: UpdateCard) -> None:
        """Redraw the card; this also finds out whether the thread is still there."""
        thread = as_id(action.to.thread or "")

        async def exists(client: discord.Client) -> bool:
            return isinstance(await client.fetch_channel(thread), discord.Thread)

        if not await self._rest.call(exists):
            raise Undeliverable("thread_gone", f"{action.to.key} is no thread")
        desk = await self._desk(action.to.channel)
        where = action.to if isinstance(desk, discord.ForumChannel) else _parent(action.to)
        place = as_id(where.thread or where.channel)

        async def redraw(client: discord.Client) -> None:
            shown = client.get_partial_messageable(place).get_partial_message(thread)
            await shown.edit(
                content=card_text(action.card),
                view=view_of(action.card.buttons) if action.card.buttons else None,
            )

        try:
            await self._posting.in_thread(action.to, redraw)
        except Gone:
            part = Part(card_text(action.card), buttons=action.card.buttons)
            await self._posting.post(action.to, part, nonce_of(action.id, 0), None)

    async def close(self, action: CloseThread) -> None:
        """Archive the thread; whoever writes in it opens it again."""
        await self._posting.set_archived(action.to, archived=True)

    async def reopen(self, action: ReopenThread) -> None:
        """Open the thread again."""
        await self._posting.set_archived(action.to, archived=False)


def _parent(thread: Address) -> Address:
    return Address(thread.platform, thread.channel)
