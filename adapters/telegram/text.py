"""Formatted text: spans in code points here, entities in UTF-16 units at Telegram."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from telegram import MessageEntity

from chat.message import Span, SpanKind
from chat.rich import Rich

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
        if start >= end or span.kind not in _TYPES:
            continue
        if span.kind == "link" and not _is_link(span.url):
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
