"""Formatted text in its neutral form: plain characters, and spans over them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from chat.message import Span


class Rich(Struct, frozen=True):
    """A text with its formatting."""

    text: str
    spans: tuple[Span, ...] = ()


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, in which Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(rich: Rich, start: int, end: int) -> Rich:
    """The part between two code points, with the formatting that lies in it."""
    spans = tuple(
        Span(span.kind, max(span.start, start) - start, min(span.end, end) - start, span.url)
        for span in rich.spans
        if span.start < end and start < span.end
    )
    return Rich(rich.text[start:end], spans)


def sendable(text: str, spans: Sequence[Span] = ()) -> Rich:
    """A text as it can go over the wire: half a surrogate pair has no place in UTF-8."""
    clean = "".join("\ufffd" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)
    return Rich(clean, tuple(spans))


def shortened(text: str, limit: int) -> str:
    """The text in at most `limit` UTF-16 units, with an ellipsis where it was cut."""
    if utf16_length(text) <= limit:
        return text
    kept = text[: limit - 1]
    while utf16_length(kept) > limit - 1:
        kept = kept[:-1]
    return kept + "…"
