"""The visitor's side: who they are, what they write, what they are shown."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any, Final

from aiohttp import web
from msgspec import structs

from adapters.web.entries import Pressed, Said, encode, file_of
from adapters.web.files import Uploads
from adapters.web.own import FRAMES, Refused, change_own
from adapters.web.parts import Parts
from adapters.web.settings import FILES_MOST, TEXT_MOST
from adapters.web.sockets import Pace, Page, settle, text_of
from chat.address import Address, Person
from chat.channel import Undeliverable
from chat.events import (
    ButtonPressed,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    TypingStarted,
)
from chat.message import Attachment, Message

_TOKEN_MOST: Final = 100
_ID_MOST: Final = 64


def visitor_of(token: str) -> str:
    """A visitor's public id: whoever knows it still cannot speak for them."""
    return hashlib.blake2s(token.encode(), digest_size=10).hexdigest()


def new_token() -> str:
    """The secret that makes a browser a visitor; 128 bits."""
    return secrets.token_urlsafe(16)


def journal_channel(visitor: str) -> str:
    """Where a visitor's conversation is kept."""
    return f"visitor:{visitor}"


async def attachments_of(frame: dict[str, Any], uploads: Uploads) -> tuple[Attachment, ...]:
    """The uploads that a frame names, as attachments. Raises Undeliverable for an unknown one."""
    ids = frame.get("files") or []
    if not isinstance(ids, list):
        raise Undeliverable("invalid", "files is no list")
    found = []
    for file_id in ids[:FILES_MOST]:
        kept, _ = await uploads.read(str(file_id))
        found.append(Attachment(kept.kind, kept.name, kept.mime, kept.size, f"web:{file_id}"))
    return tuple(found)


class VisitorPages:
    """Serves the visitors' WebSocket."""

    def __init__(self, parts: Parts) -> None:
        self._journal = parts.journal
        self._live = parts.live
        self._uploads = parts.uploads
        self._sink = parts.sink
        self._clock = parts.clock

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One page, from its greeting to its end."""
        page = Page(self._journal, self._live)
        await page.open(request)
        try:
            hello = await page.receive()
            if hello is None or hello.get("type") != "hello":
                return page.socket
            token = text_of(hello, "token", _TOKEN_MOST) or new_token()
            visitor = visitor_of(token)
            locale = text_of(hello, "lang", 20)
            name = self._sink.redact_text(text_of(hello, "name", 60) or "")
            person = Person("web", visitor, name, locale)
            await page.send({"type": "welcome", "token": token, "visitor": visitor})
            channel = journal_channel(visitor)
            page.follow(channel, text_of(hello, "after", 40) or "0", {})
            pace = Pace(self._clock)
            while (frame := await page.receive()) is not None:
                await self._take(page, person, frame, pace)
        finally:
            await page.close()
        return page.socket

    async def _take(self, page: Page, person: Person, frame: dict[str, Any], pace: Pace) -> None:
        address = Address("web", person.id)
        if frame.get("type") == "typing":
            await self._sink.hint(TypingStarted("", self._clock(), address, person))
            return
        client = text_of(frame, "client", _ID_MOST)
        acts = {
            "message": self._message,
            "press": self._press,
            **dict.fromkeys(FRAMES, self._change),
        }
        act = acts.get(str(frame.get("type")))
        if client is None or act is None:
            await page.send({"type": "error", "reason": "bad_frame"})
            return
        if not pace.take():
            await page.send({"type": "error", "client": client, "reason": "too_fast"})
            return
        await settle(page, client, act(person, address, client, frame))

    async def _message(
        self, person: Person, address: Address, client: str, frame: dict[str, Any]
    ) -> str | None:
        text = text_of(frame, "text", TEXT_MOST)
        if text is None:
            return "too_long"
        attachments = await attachments_of(frame, self._uploads)
        if not text.strip() and not attachments:
            return "empty"
        now = self._clock()
        message = self._sink.redact(
            Message(
                id="",
                at=now,
                sender=person,
                address=address,
                text=text,
                attachments=attachments,
                reply_to=text_of(frame, "reply_to", _ID_MOST),
            )
        )
        said = Said(
            at=now,
            role="customer",
            name=person.name,
            text=message.text,
            files=tuple(file_of(a, a.ref.removeprefix("web:")) for a in message.attachments),
            reply_to=message.reply_to,
            client=client,
        )
        # Kept first, so that an answer can never stand above its question. The page keeps the
        # message as unsent until the event is committed, and sends it again if need be.
        entry = await self._journal.append(
            journal_channel(person.id), f"own:{client}", encode(said)
        )
        message = structs.replace(message, id=entry)
        await self._sink.submit(MessageReceived(f"web:{person.id}:{client}", now, message))
        return None

    async def _change(
        self, person: Person, address: Address, client: str, frame: dict[str, Any]
    ) -> str | None:
        now, channel = self._clock(), journal_channel(person.id)

        def rewritten(target: str, text: str) -> Message:
            return self._sink.redact(Message(target, now, person, address, text))

        try:
            target, message = await change_own(
                self._journal, channel, "", f"own:{client}", frame, now, rewritten
            )
        except Refused as refused:
            return refused.reason
        event_id = f"web:{person.id}:{client}"
        event: Event = MessageDeleted(event_id, now, address, target, person)
        if message is not None:
            event = MessageEdited(event_id, now, message)
        await self._sink.submit(event)
        return None

    async def _press(
        self, person: Person, address: Address, client: str, frame: dict[str, Any]
    ) -> str | None:
        value = text_of(frame, "value", 64)
        target = text_of(frame, "target", _ID_MOST)
        label = text_of(frame, "label", 200)
        if value is None or target is None or label is None:
            return "bad_frame"
        now = self._clock()
        value, label = self._sink.redact_text(value), self._sink.redact_text(label)
        pressed = Pressed(at=now, target=target, value=value, label=label, client=client)
        await self._journal.append(journal_channel(person.id), f"own:{client}", encode(pressed))
        await self._sink.submit(
            ButtonPressed(f"web:{person.id}:{client}", now, address, person, value, target)
        )
        return None
