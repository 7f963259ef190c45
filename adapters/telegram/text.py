"""Formatted text: spans in code points here, entities in UTF-16 units at Telegram."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

from telegram import MessageEntity

from adapters.telegram.refs import PLATFORM
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
    MessageEntity.TEXT_MENTION: "mention",
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
# Word joiner: takes no room and breaks no line.
_NOTHING: Final = "\u2060"
_NAMED: Final = re.compile("@(?=[A-Za-z0-9_])")
# A link that calls somebody, as a mention does.
_CALL: Final = "tg://user"
_LINKS: Final = ("http://", "https://", "tg://", "mailto:", "tel:")


def spans_of(text: str, entities: Iterable[MessageEntity]) -> tuple[Span, ...]:
    """The formatting that a message carries; names, commands and bare links are plain text."""
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
            url = f"{PLATFORM}:{entity.user.id}" if entity.user else entity.url
            spans.append(Span(_KINDS[entity.type], start, end, url))
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


def without_mentions(rich: Rich) -> Rich:
    """The same to the eye, but no `@name` in it calls anybody: Telegram makes mentions of names by
    itself, so nothing may follow an `@` directly."""
    places = [found.end() for found in _NAMED.finditer(rich.text)]
    if not places:
        return rich
    parts = (rich.text[a:b] for a, b in pairwise((0, *places, len(rich.text))))
    spans = tuple(
        Span(
            span.kind,
            span.start + bisect_right(places, span.start),
            span.end + bisect_left(places, span.end),
            span.url,
        )
        for span in rich.spans
    )
    return Rich(_NOTHING.join(parts), spans)


def _is_link(url: str | None) -> bool:
    link = (url or "").lower()
    return link.startswith(_LINKS) and not link.startswith(_CALL)


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
