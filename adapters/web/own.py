"""Changing and taking back what one wrote oneself, for visitors and agents alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from adapters.web.entries import Deleted, Edited, Entry, Internal, Pressed, Said, encode
from adapters.web.journal import Journal
from adapters.web.settings import TEXT_MOST
from adapters.web.sockets import text_of
from chat.message import Message

FRAMES: Final = ("edit", "delete")
_ID_MOST: Final = 64
_decoder = msgspec.json.Decoder(Said | Pressed | Edited | Deleted | Internal)


class Refused(Exception):
    """A change is not made; `reason` is a frame's."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


async def change_own(
    journal: Journal,
    channel: str,
    by: str,
    client_key: str,
    frame: dict[str, Any],
    at: float,
    rewritten: Callable[[str, str], Message],
) -> tuple[str, Message | None]:
    """Write an `edit` or `delete` down, if the message is one's own.

    `by` is the agent, empty for a visitor; `rewritten` makes the message, without secrets, of its
    entry and its new text. Returns the entry and the message, None for a deletion. Raises Refused.
    """
    target = text_of(frame, "target", _ID_MOST)
    if target is None:
        raise Refused("bad_frame")
    body = await journal.entry(channel, target)
    said = _decoder.decode(body) if body is not None else None
    role = "agent" if by else "customer"
    if not isinstance(said, Said) or said.role != role or said.by != by:
        raise Refused("not_yours")
    entry: Entry = Deleted(at, target)
    message = None
    if frame["type"] == "edit":
        text = text_of(frame, "text", TEXT_MOST)
        if text is None:
            raise Refused("too_long")
        if not text.strip():
            raise Refused("empty")
        message = rewritten(target, text)
        entry = Edited(at, target, message.text)
    await journal.append(channel, client_key, encode(entry))
    return target, message
