"""Posts, changes and takes back messages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, Final, TypeVar

import discord

from adapters.discord.errors import Closed, Gone
from adapters.discord.files import Files, as_upload
from adapters.discord.markup import pieces_of
from adapters.discord.render import Part, nonce_of, parts_of, view_of
from adapters.discord.rest import Rest, as_id
from adapters.parts import InParts
from chat.actions import Delete, Edit, MarkInternal, Send
from chat.address import Address
from chat.channel import Receipt, Undeliverable
from chat.copies import CopyBook
from chat.rich import sendable

T = TypeVar("T")

NOTE_MARK: Final = "📝"
_RINGING: Final = discord.AllowedMentions(everyone=True, users=False, roles=False)
_HISTORY_MOST: Final = 100


class Posting:
    """Everything here raises only RetryLater, Undeliverable, or what the memory raises."""

    def __init__(
        self,
        rest: Rest,
        files: Files,
        copies: CopyBook,
        clock: Callable[[], float],
        old: float,
    ) -> None:
        self._rest = rest
        self._files = files
        self._in_parts = InParts(copies)
        self._clock = clock
        self._old = old

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """Say it, going on where an earlier try was interrupted."""
        parts = parts_of(action)

        async def post(index: int) -> str:
            answers = reply_to if index == 0 else None
            return await self.post(action.to, parts[index], nonce_of(action.id, index), answers)

        return await self._in_parts.say(action, _are_text(parts), post)

    async def find(self, action: Send, since: float) -> Receipt | None:
        """See `chat.channel.SearchChannel`. For a few minutes the nonce is all that is needed."""
        if not self.is_old(since):
            return None
        parts = parts_of(action)
        found = await self.shown_since(action.to, parts, since)
        return await self._in_parts.found(action, _are_text(parts), found)

    async def shown_since(self, at: Address, parts: list[Part], since: float) -> list[str]:
        """The ids of our messages that show the parts in order, as far as there are any."""
        place = as_id(at.thread or at.channel)
        after = datetime.fromtimestamp(since - 1, UTC)

        async def ours(client: discord.Client) -> list[discord.Message]:
            history = client.get_partial_messageable(place).history(
                limit=_HISTORY_MOST, after=after
            )
            return [m async for m in history if client.user and m.author.id == client.user.id]

        shown = iter(await self._rest.call(ours))
        found: list[str] = []
        for part in parts:
            same = next((m for m in shown if _shows(m, part)), None)
            if same is None:
                break
            found.append(str(same.id))
        return found

    def is_old(self, since: float) -> bool:
        """Whether Discord may have forgotten the nonce of what was said then."""
        return self._clock() - since >= self._old

    async def post(self, to: Address, part: Part, nonce: str, reply_to: str | None) -> str:
        """Post one message; returns its id."""
        place = as_id(to.thread or to.channel)
        contents = [await self._files.to_send(file) for file in part.files]

        async def post(client: discord.Client) -> str:
            extra: dict[str, Any] = {}
            if contents:
                extra["files"] = [as_upload(name, content) for name, content in contents]
            if part.buttons:
                extra["view"] = view_of(part.buttons)
            if reply_to is not None and reply_to.isdigit():
                extra["reference"] = discord.MessageReference(
                    message_id=int(reply_to), channel_id=place, fail_if_not_exists=False
                )
            posted = await client.get_partial_messageable(place).send(
                part.text or None,
                nonce=nonce,
                suppress_embeds=True,
                allowed_mentions=_RINGING if part.rings else discord.AllowedMentions.none(),
                **extra,
            )
            return str(posted.id)

        return await self.in_thread(to, post)

    async def in_thread(self, to: Address, work: Callable[[discord.Client], Awaitable[T]]) -> T:
        """Do something at an address; a thread that is archived or locked is opened first."""
        try:
            return await self._rest.call(work)
        except Closed:
            await self.set_archived(to, archived=False)
            return await self._rest.call(work)
        except Undeliverable as never:
            if never.reason == "thread_gone" and to.thread is None:
                raise Undeliverable("not_found", str(never)) from never
            raise

    async def set_archived(self, to: Address, *, archived: bool) -> None:
        """Archive a thread, or open it again."""
        thread_id = as_id(to.thread or to.channel)

        async def change(client: discord.Client) -> None:
            thread = await client.fetch_channel(thread_id)
            if not isinstance(thread, discord.Thread):
                raise Undeliverable("invalid", f"{to.key} is no thread")
            if archived and thread.archived:
                return
            if archived:
                await thread.edit(archived=True)
            else:
                await thread.edit(archived=False, locked=False)

        await self._rest.call(change)

    # ── changing ─────────────────────────────────────────────────────────────────────────────

    async def edit(self, action: Edit, message_id: str) -> None:
        """Give a message a new text, over as many messages as it was shown in."""
        pieces = pieces_of(sendable(action.text, action.spans)) or [""]
        at = action.to

        async def rewrite(copy: str, piece: str) -> None:
            await self._rewrite(at, copy, piece)

        async def remove(copy: str) -> None:
            await self._remove(at, copy)

        await self._in_parts.edit(action, message_id, pieces, rewrite, remove)

    async def _rewrite(self, to: Address, message_id: str, text: str) -> None:
        place, message = as_id(to.thread or to.channel), as_id(message_id)

        async def change(client: discord.Client) -> None:
            shown = client.get_partial_messageable(place).get_partial_message(message)
            await shown.edit(content=text, allowed_mentions=discord.AllowedMentions.none())

        await self.in_thread(to, change)

    async def delete(self, action: Delete, message_id: str) -> None:
        """Take a message back, with all that belongs to it; what is gone already is fine."""

        async def remove(copy: str) -> None:
            await self._remove(action.to, copy)

        await self._in_parts.delete(action, message_id, remove)

    async def erase(self, action: Delete, message_id: str) -> None:
        """Delete what somebody else wrote: on a server with Manage Messages, never in a private
        chat."""
        await self._remove(action.to, message_id)

    async def _remove(self, to: Address, message_id: str) -> None:
        place, message = as_id(to.thread or to.channel), as_id(message_id)

        async def remove(client: discord.Client) -> None:
            await client.get_partial_messageable(place).get_partial_message(message).delete()

        try:
            await self.in_thread(to, remove)
        except Gone:
            return

    async def mark(self, action: MarkInternal) -> None:
        """Show on a message that it stayed inside."""
        if action.message_id.isdigit():
            await self.react(action.to, action.message_id, NOTE_MARK, added=True)

    async def react(self, to: Address, message_id: str, emoji: str, *, added: bool) -> None:
        """Set or take back our reaction."""
        place, message = as_id(to.thread or to.channel), as_id(message_id)

        async def change(client: discord.Client) -> None:
            shown = client.get_partial_messageable(place).get_partial_message(message)
            if added:
                await shown.add_reaction(emoji)
            elif client.user is not None:
                await shown.remove_reaction(emoji, client.user)

        await self.in_thread(to, change)


def _shows(message: discord.Message, part: Part) -> bool:
    same_text = message.content.strip() == part.text.strip()
    return same_text and len(message.attachments) == len(part.files)


def _are_text(parts: list[Part]) -> list[bool]:
    return [bool(part.text) for part in parts]
