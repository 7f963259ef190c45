"""Posts, changes and takes back messages."""

from __future__ import annotations

from contextlib import suppress
from typing import Final

from adapters.parts import InParts
from adapters.slack.errors import Already, Gone
from adapters.slack.files import Files
from adapters.slack.markup import pieces_of
from adapters.slack.places import channel_and_thread
from adapters.slack.reading import rich_of
from adapters.slack.render import (
    FilePart,
    Part,
    TextPart,
    body_of,
    card_part,
    parts_of,
    quoting,
    shows,
)
from adapters.slack.web_api import WebApi
from chat.actions import Card, Delete, Edit, MarkInternal, OpenThread, Send
from chat.address import Address
from chat.channel import Memory, OpenedThread, Receipt, Undeliverable
from chat.copies import CopyBook
from chat.rich import Rich, sendable

NOTE_MARK: Final = "memo"
_HISTORY_MOST: Final = 100


class Posting:
    """Everything here raises only RetryLater, Undeliverable, or what the memory raises."""

    def __init__(self, api: WebApi, files: Files, copies: CopyBook, memory: Memory) -> None:
        self._api = api
        self._files = files
        self._in_parts = InParts(copies)
        self._memory = memory

    async def send(self, action: Send, reply_to: str | None = None) -> Receipt:
        """Say it, going on where an earlier try was interrupted.

        Slack has no replies outside of threads, so the answered words stand above as a quote.
        """
        parts = parts_of(action)
        if reply_to is not None and isinstance(parts[0], TextPart) and action.text:
            parts[0] = quoting(await self._words_of(action.to, reply_to), parts[0])

        async def post(index: int) -> str:
            return await self._post(action.to, parts[index], action.id, index)

        return await self._in_parts.say(action, _are_text(parts), post)

    async def _post(self, to: Address, part: Part, action_id: str, index: int) -> str:
        channel, thread = channel_and_thread(to)
        if isinstance(part, FilePart):
            name, content = await self._files.to_send(part.attachment)
            return await self._files.upload(name, content, channel, thread)
        answer = await self._api.ask(
            "chat.postMessage", channel=channel, thread_ts=thread, **body_of(part, action_id, index)
        )
        return str(answer["ts"])

    async def _words_of(self, at: Address, ts: str) -> str:
        """What a message says; empty when it is not there."""
        channel, thread = channel_and_thread(at)
        method = "conversations.replies" if thread else "conversations.history"
        with suppress(Undeliverable):
            answer = await self._api.look_up(
                method, channel=channel, ts=thread, oldest=ts, latest=ts, inclusive=True, limit=1
            )
            for message in answer.get("messages") or []:
                if message.get("ts") == ts:
                    return rich_of(message, self._api.name_of).text
        return ""

    async def find(self, action: Send, since: float) -> Receipt | None:
        """See `chat.channel.SearchChannel`; every message of ours carries its action's id."""
        parts = parts_of(action)
        history = iter(await self._history(action.to, since))
        found: list[str] = []
        for index, part in enumerate(parts):
            same = next((m for m in history if _shows(m, part, action.id, index)), None)
            if same is None:
                break
            found.append(str(same["ts"]))
        return await self._in_parts.found(action, _are_text(parts), found)

    async def _history(self, at: Address, since: float) -> list[dict[str, object]]:
        """What was said there since, oldest first."""
        channel, thread = channel_and_thread(at)
        method = "conversations.replies" if thread else "conversations.history"
        answer = await self._api.look_up(
            method,
            channel=channel,
            ts=thread,
            oldest=f"{since - 1:.6f}",
            include_all_metadata=True,
            limit=_HISTORY_MOST,
        )
        return sorted(answer.get("messages") or [], key=lambda m: str(m.get("ts")))

    # ── changing ─────────────────────────────────────────────────────────────────────────────

    async def edit(self, action: Edit, message_id: str) -> None:
        """Give a message a new text, over as many messages as it was shown in."""
        pieces = pieces_of(sendable(action.text, action.spans)) or [Rich("…")]
        at = action.to

        async def rewrite(copy: str, piece: Rich) -> None:
            await self.rewrite(at, copy, TextPart(piece), action.id)

        async def remove(copy: str) -> None:
            await self._remove(at, copy)

        await self._in_parts.edit(action, message_id, pieces, rewrite, remove)

    async def rewrite(self, at: Address, ts: str, part: TextPart, action_id: str) -> None:
        """Give one message new contents. Raises also Gone."""
        channel, _ = channel_and_thread(at)
        body = body_of(part, action_id, 0)
        await self._api.ask(
            "chat.update", channel=channel, ts=ts, text=body["text"], blocks=body["blocks"]
        )

    async def delete(self, action: Delete, message_id: str) -> None:
        """Take a message back, with all that belongs to it; what is gone already is fine."""

        async def remove(copy: str) -> None:
            await self._remove(action.to, copy)

        await self._in_parts.delete(action, message_id, remove)

    async def _remove(self, at: Address, ts: str) -> None:
        channel, _ = channel_and_thread(at)
        with suppress(Gone):
            if ts.startswith("file:"):
                await self._api.ask("files.delete", file=ts.removeprefix("file:"))
            else:
                await self._api.ask("chat.delete", channel=channel, ts=ts)

    async def mark(self, action: MarkInternal) -> None:
        """Show on a message that it stayed inside."""
        if action.message_id[:1].isdigit():
            await self.react(action.to, action.message_id, NOTE_MARK, added=True)

    async def react(self, at: Address, ts: str, name: str, *, added: bool) -> None:
        """Set or take back our reaction; `name` is Slack's for an emoji."""
        channel, _ = channel_and_thread(at)
        method = "reactions.add" if added else "reactions.remove"
        with suppress(Already):
            await self._api.ask(method, channel=channel, timestamp=ts, name=name)

    # ── cases ────────────────────────────────────────────────────────────────────────────────

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """Post the card, whose thread is the case's; a retry finds the card that is there."""
        key = f"slack:thread:{action.id}"
        ts = await self._memory.get(key)
        if ts is None:
            history = await self._history(action.desk, action.card.opened_at)
            shown = (m for m in history if shows(m, action.id, 0))
            ts = str(next(shown, {}).get("ts") or await self._post_card(action))
            await self._memory.put(key, ts)
        return OpenedThread(action.desk.in_thread(ts), ts)

    async def _post_card(self, action: OpenThread) -> str:
        return await self._post(action.desk, card_part(action.card), action.id, 0)

    async def update_card(self, to: Address, card: Card, action_id: str) -> None:
        """Redraw the card. Its thread lives as long as it does."""
        if to.thread is None:
            raise Undeliverable("invalid", f"{to.key} is no thread")
        try:
            await self.rewrite(to, to.thread, card_part(card), action_id)
        except Gone as gone:
            raise Undeliverable("thread_gone", "the card was deleted") from gone


def _shows(message: dict[str, object], part: Part, action_id: str, index: int) -> bool:
    if isinstance(part, TextPart):
        return shows(message, action_id, index)
    files = message.get("files")
    if not message.get("bot_id") or not isinstance(files, list):
        return False
    wanted = part.attachment.name or part.attachment.kind
    return any(file.get("name") == wanted or file.get("title") == wanted for file in files)


def _are_text(parts: list[Part]) -> list[bool]:
    return [isinstance(part, TextPart) for part in parts]
