"""The web as a platform: what the program says is shown by way of the journal."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping

from adapters.ending import end
from adapters.web.desk import CARDS, entry_of, thread_channel
from adapters.web.entries import Deleted, Edited, Entry, File, Internal, Said, encode, file_of
from adapters.web.files import Uploads
from adapters.web.journal import Journal
from adapters.web.live import Live
from adapters.web.login import Door
from adapters.web.parts import Parts
from adapters.web.server import Server
from adapters.web.settings import DESK, WebSettings
from adapters.web.visitor import journal_channel
from chat.actions import (
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    ReopenThread,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.address import Address
from chat.channel import FileSource, OpenedThread, Receipt, Sink, Undeliverable
from chat.message import Attachment


class WebChannel:
    """Visitors and, as the shared channel, the web desk.

    A visitor is `Address("web", <visitor>)`; a case is `Address("web", "desk", <ticket>)`. All
    that is shown is keyed by the action's id, so saying an action twice shows it once. `facts` is
    what `/healthz` tells beside being alive.
    """

    name = "web"
    deduplicates = True

    def __init__(
        self,
        settings: WebSettings,
        journal: Journal,
        files: FileSource,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._journal = journal
        self._files = files
        self._clock = clock
        self._live = Live()
        self._uploads = Uploads(settings.files, settings.max_upload)
        self._door = Door(settings.password, settings.key, clock)
        self.ready = asyncio.Event()
        self.url = ""
        self.facts: Callable[[], Mapping[str, str]] = dict

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled. Raises OSError when the port cannot be had."""
        parts = Parts(self._journal, self._live, self._uploads, sink, self._clock)
        server = Server(self._settings, self._door, parts, self.facts)
        listening = asyncio.create_task(self._listen())
        try:
            async with server.serving() as url:
                self.url = url
                self.ready.set()
                await listening
        finally:
            await end([listening])

    async def _listen(self) -> None:
        async for channel in self._journal.changes():
            self._live.changed(channel)

    # ── saying ───────────────────────────────────────────────────────────────────────────────

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """See `chat.channel.Channel`."""
        said = Said(
            at=self._clock(),
            role=action.speaker.role,
            name=action.speaker.name,
            text=action.text,
            spans=action.spans,
            files=await self._show_files(action),
            buttons=action.buttons,
            reply_to=entry_of(reply_to) if reply_to else None,
            rings=action.rings,
        )
        return Receipt((await self._append(action.to, action.id, said),))

    async def _show_files(self, action: Send) -> tuple[File, ...]:
        shown = []
        for index, attachment in enumerate(action.attachments):
            place, _, rest = attachment.ref.partition(":")
            if place == "web":
                shown.append(file_of(attachment, rest))
            elif place == "geo":
                shown.append(file_of(attachment, None))
            else:
                data = await self._files.read(attachment)
                copy = await self._uploads.keep_copy(f"{action.id}/{index}", attachment, data)
                shown.append(file_of(attachment, copy))
        return tuple(shown)

    async def _append(self, to: Address, key: str, entry: Entry) -> str:
        """Add an entry and return its message id at the address."""
        entry_id = await self._journal.append(_channel_of(to), key, encode(entry))
        return entry_id if to.thread is None else f"{to.thread}@{entry_id}"

    async def edit(self, action: Edit, message_id: str) -> None:
        """See `chat.channel.EditChannel`."""
        edited = Edited(self._clock(), entry_of(message_id), action.text, action.spans)
        await self._append(action.to, action.id, edited)

    async def delete(self, action: Delete, message_id: str) -> None:
        """See `chat.channel.EditChannel`."""
        await self._append(action.to, action.id, Deleted(self._clock(), entry_of(message_id)))

    async def mark_internal(self, action: MarkInternal) -> None:
        """See `chat.channel.MarkChannel`."""
        marked = Internal(self._clock(), entry_of(action.message_id))
        await self._append(action.to, action.id, marked)

    async def show_typing(self, action: ShowTyping) -> None:
        """See `chat.channel.TypingChannel`."""
        frame: dict[str, object] = {
            "type": "typing",
            "role": action.speaker.role,
            "name": action.speaker.name,
        }
        if action.to.thread is not None:
            frame["thread"] = action.to.thread
        self._live.tell(CARDS if action.to.thread else _channel_of(action.to), frame)

    async def fetch(self, attachment: Attachment) -> bytes:
        """See `chat.channel.FileChannel`."""
        _, data = await self._uploads.read(attachment.ref.removeprefix("web:"))
        return data

    # ── cases ────────────────────────────────────────────────────────────────────────────────

    async def open_thread(self, action: OpenThread) -> OpenedThread:
        """A thread is named after its ticket, so opening it again finds the same one."""
        if action.desk.channel != DESK:
            raise Undeliverable("not_found", "the web has one desk")
        thread = action.desk.in_thread(action.card.ticket)
        await self._put_card(thread, action.card)
        return OpenedThread(thread, None)

    async def update_card(self, action: UpdateCard) -> None:
        """See `chat.channel.ThreadChannel`."""
        await self._put_card(action.to, action.card)

    async def _put_card(self, thread: Address, card: object) -> None:
        body = json.loads(encode(card))
        body["buttons"] = [
            [button for button in row if not button.get("form")] for row in body.get("buttons", [])
        ]
        body["changed_at"] = self._clock()
        await self._journal.put_card(thread.thread or "", json.dumps(body).encode())

    async def close_thread(self, action: CloseThread) -> None:
        """Nothing to do: the card says that the case is over."""

    async def reopen_thread(self, action: ReopenThread) -> None:
        """Nothing to do: the card says that the case is open."""


def _channel_of(address: Address) -> str:
    if address.thread is not None:
        return thread_channel(address.thread)
    return journal_channel(address.channel)
