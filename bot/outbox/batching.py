"""Several relayed messages in one, where a platform lets us speak only now and then. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import structs

from chat.actions import Delivery, Send
from chat.message import Span
from chat.rich import utf16_length


def may_share(action: Delivery) -> bool:
    """Whether it is a customer's plain words, which lose nothing next to others."""
    return (
        isinstance(action, Send)
        and action.speaker.role == "customer"
        and bool(action.text)
        and not (action.attachments or action.buttons or action.reply_to or action.only_in)
    )


def together(actions: Iterable[Delivery], most: int) -> list[Send]:
    """As many of the first actions as fit into `most` UTF-16 units, in order."""
    shared: list[Send] = []
    length = 0
    for action in actions:
        if not isinstance(action, Send) or not may_share(action):
            break
        length += utf16_length(action.text) + 1
        if shared and length > most:
            break
        shared.append(action)
    return shared


def merged(actions: Sequence[Send]) -> Send:
    """One message with the texts of all, a line break between them."""
    text, spans = "", list[Span]()
    for action in actions:
        if text:
            text += "\n"
        at = len(text)
        text += action.text
        spans += (Span(s.kind, s.start + at, s.end + at, s.url) for s in action.spans)
    return structs.replace(actions[0], text=text, spans=tuple(spans))
