"""The agents' side: the list of cases, a case's thread, and what agents do there."""

from __future__ import annotations

import json
import re
from typing import Any, Final

from aiohttp import web
from msgspec import structs

from adapters.web.entries import Said, encode, file_of
from adapters.web.login import Session
from adapters.web.own import FRAMES, Refused, change_own
from adapters.web.parts import Parts
from adapters.web.settings import DESK, TEXT_MOST
from adapters.web.sockets import Page, settle, text_of
from adapters.web.visitor import attachments_of
from chat.address import Address
from chat.channel import RetryLater
from chat.events import (
    ButtonPressed,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    TypingStarted,
)
from chat.message import Message, Span

CARDS: Final = "cards"
_ID_MOST: Final = 64
_TRANSFER: Final = re.compile(r"/transfer\s+@?(?P<name>[^\s:][^:]*?)\s*$")


def thread_channel(thread: str) -> str:
    """Where a case's thread is kept."""
    return f"thread:{thread}"


def message_id(thread: str, entry: str) -> str:
    """A message's id in the desk channel; entries alone are unique only in their thread."""
    return f"{thread}@{entry}"


def entry_of(desk_message: str) -> str:
    """The entry of a message id."""
    return desk_message.rpartition("@")[2]


def _mentions(text: str) -> tuple[Span, ...]:
    """Whom a transfer names: agents of the web are known by the names they sign in with."""
    named = _TRANSFER.match(text)
    if named is None:
        return ()
    start, end = named.span("name")
    return (Span("mention", start, end, f"web:{named['name'].lower()}"),)


class DeskPages:
    """Serves the agents' WebSocket."""

    def __init__(self, parts: Parts) -> None:
        self._journal = parts.journal
        self._live = parts.live
        self._uploads = parts.uploads
        self._sink = parts.sink
        self._clock = parts.clock

    async def serve(self, request: web.Request, session: Session) -> web.WebSocketResponse:
        """One page, from its start to its end."""
        page = Page(self._journal, self._live)
        await page.open(request)
        following: dict[str, Any] = {}
        try:
            await page.send({"type": "welcome", "agent": session.agent, "name": session.name})
            self._live.watch(CARDS, page.listener)
            showing = page.spawn(self._show_cards(page))
            while (frame := await page.receive()) is not None:
                if self._clock() > session.until:
                    break
                if frame.get("type") == "open":
                    await self._open(page, frame, following)
                else:
                    await self._take(page, session, frame)
            showing.cancel()
        finally:
            await page.close()
        return page.socket

    async def _show_cards(self, page: Page) -> None:
        """The cards, and again whenever one changes."""
        shown: dict[str, bytes] = {}
        first = True
        while True:
            page.listener.news.clear()
            try:
                cards = await self._journal.cards()
            except RetryLater:
                await page.rest()
                continue
            changed = {t: body for t, body in cards.items() if shown.get(t) != body}
            if changed or first:
                listed = [{"thread": t, **json.loads(body)} for t, body in changed.items()]
                await page.send({"type": "cards", "all": first, "cards": listed})
            shown, first = cards, False
            await page.listener.news.wait()

    async def _open(self, page: Page, frame: dict[str, Any], following: dict[str, Any]) -> None:
        thread = text_of(frame, "thread", _ID_MOST)
        if thread is None:
            return
        for task in following.values():
            task.cancel()
        following.clear()
        after = text_of(frame, "after", 40) or "0"
        channel = thread_channel(thread)
        following[thread] = page.follow(channel, after, {"thread": thread})

    async def _take(self, page: Page, session: Session, frame: dict[str, Any]) -> None:
        thread = text_of(frame, "thread", _ID_MOST)
        if thread is None:
            await page.send({"type": "error", "reason": "bad_frame"})
            return
        address = Address("web", DESK, thread)
        if frame.get("type") == "typing":
            await self._sink.hint(TypingStarted("", self._clock(), address, session.person))
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
        await settle(page, client, act(session, address, thread, client, frame))

    async def _message(
        self, session: Session, address: Address, thread: str, client: str, frame: dict[str, Any]
    ) -> str | None:
        text = text_of(frame, "text", TEXT_MOST)
        if text is None:
            return "too_long"
        attachments = await attachments_of(frame, self._uploads)
        if not text.strip() and not attachments:
            return "empty"
        if thread not in await self._journal.cards():
            return "no_case"
        now = self._clock()
        quoted = text_of(frame, "reply_to", _ID_MOST)
        message = self._sink.redact(
            Message(
                id="",
                at=now,
                sender=session.person,
                address=address,
                text=text,
                spans=_mentions(text),
                attachments=attachments,
                reply_to=message_id(thread, quoted) if quoted else None,
            )
        )
        said = Said(
            at=now,
            role="agent",
            name=message.sender.name,
            text=message.text,
            files=tuple(file_of(a, a.ref.removeprefix("web:")) for a in message.attachments),
            reply_to=quoted,
            client=client,
            by=session.agent,
        )
        key = f"own:{session.agent}:{client}"
        entry = await self._journal.append(thread_channel(thread), key, encode(said))
        message = structs.replace(message, id=message_id(thread, entry))
        await self._sink.submit(MessageReceived(f"web:desk:{session.agent}:{client}", now, message))
        return None

    async def _change(
        self, session: Session, address: Address, thread: str, client: str, frame: dict[str, Any]
    ) -> str | None:
        now, key = self._clock(), f"own:{session.agent}:{client}"

        def rewritten(target: str, text: str) -> Message:
            entry = message_id(thread, target)
            return self._sink.redact(Message(entry, now, session.person, address, text))

        try:
            target, message = await change_own(
                self._journal, thread_channel(thread), session.agent, key, frame, now, rewritten
            )
        except Refused as refused:
            return refused.reason
        event_id = f"web:desk:{session.agent}:{client}"
        entry = message_id(thread, target)
        event: Event = MessageDeleted(event_id, now, address, entry, session.person)
        if message is not None:
            event = MessageEdited(event_id, now, message)
        await self._sink.submit(event)
        return None

    async def _press(
        self, session: Session, address: Address, thread: str, client: str, frame: dict[str, Any]
    ) -> str | None:
        value = text_of(frame, "value", 64)
        if value is None:
            return "bad_frame"
        await self._sink.submit(
            ButtonPressed(
                f"web:desk:{session.agent}:{client}",
                self._clock(),
                address,
                session.person,
                value,
            )
        )
        return None
