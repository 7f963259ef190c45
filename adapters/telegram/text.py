"""Formatted text: spans in code points here, entities in UTF-16 units at Telegram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct
from telegram import MessageEntity

from chat.message import Span, SpanKind

TEXT_LIMIT: Final = 4096
CAPTION_LIMIT: Final = 1024

_KINDS: Final[dict[str, SpanKind]] = {
    MessageEntity.BOLD: "bold",
    MessageEntity.ITALIC: "italic",
    MessageEntity.UNDERLINE: "underline",
    MessageEntity.STRIKETHROUGH: "strike",
    MessageEntity.SPOILER: "spoiler",
    MessageEntity.CODE: "code",
    MessageEntity.PRE: "pre",
    MessageEntity.BLOCKQUOTE: "quote",
    MessageEntity.EXPANDABLE_BLOCKQUOTE: "quote",
    MessageEntity.TEXT_LINK: "link",
}
_TYPES: Final[dict[SpanKind, str]] = {
    "bold": MessageEntity.BOLD,
    "italic": MessageEntity.ITALIC,
    "underline": MessageEntity.UNDERLINE,
    "strike": MessageEntity.STRIKETHROUGH,
    "spoiler": MessageEntity.SPOILER,
    "code": MessageEntity.CODE,
    "pre": MessageEntity.PRE,
    "quote": MessageEntity.BLOCKQUOTE,
    "link": MessageEntity.TEXT_LINK,
}
_LINKS: Final = ("http://", "https://", "tg://", "mailto:", "tel:")


class Rich(Struct, frozen=True):
    """A text with its formatting."""

    text: str
    spans: tuple[Span, ...] = ()


def utf16_length(text: str) -> int:
    """The length in UTF-16 units, in which Telegram counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def spans_of(text: str, entities: Iterable[MessageEntity]) -> tuple[Span, ...]:
    """The formatting that a message carries; mentions, commands and bare links are plain text."""
    known = [entity for entity in entities if entity.type in _KINDS]
    if not known:
        return ()
    place = _code_points(text)
    last = len(place) - 1
    spans = []
    for entity in known:
        start = place[min(max(entity.offset, 0), last)]
        end = place[min(max(entity.offset + entity.length, 0), last)]
        if start < end:
            spans.append(Span(_KINDS[entity.type], start, end, entity.url))
    return tuple(spans)


def entities_of(rich: Rich) -> list[MessageEntity]:
    """The entities that show a text's formatting. What Telegram would refuse is left out."""
    units = _utf16_units(rich.text)
    last = len(rich.text)
    entities = []
    for span in rich.spans:
        start, end = units[min(max(span.start, 0), last)], units[min(max(span.end, 0), last)]
        if start >= end or (span.kind == "link" and not _is_link(span.url)):
            continue
        url = span.url if span.kind == "link" else None
        entities.append(MessageEntity(_TYPES[span.kind], start, end - start, url=url))
    return entities


def _is_link(url: str | None) -> bool:
    return url is not None and url.lower().startswith(_LINKS)


def _code_points(text: str) -> list[int]:
    """For every UTF-16 offset the index of its code point, and the length at the end."""
    place = []
    for index, character in enumerate(text):
        place.append(index)
        if character > "\uffff":
            place.append(index)
    place.append(len(text))
    return place


def _utf16_units(text: str) -> list[int]:
    """For every code point its UTF-16 offset, and the length at the end."""
    units = [0]
    for character in text:
        units.append(units[-1] + (2 if character > "\uffff" else 1))
    return units


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
