"""Slack's messages read as formatted text: from their blocks, or from their markup. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from chat.message import Span, SpanKind
from chat.rich import Rich

Json: TypeAlias = dict[str, Any]
Names: TypeAlias = Callable[[str], str]
"""The name of a user, by id."""

PLATFORM: Final = "slack"
_STYLES: Final[tuple[SpanKind, ...]] = ("bold", "italic", "strike", "code")
_ANGLED: Final = re.compile(r"<([^<>]+)>")
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}


class _Writer:
    def __init__(self, names: Names) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self.names = names

    def say(self, text: str, kinds: Iterable[SpanKind] = (), url: str | None = None) -> None:
        start = len(self.text)
        self.text += text
        for kind in kinds:
            if text:
                with_url = url if kind in ("link", "mention") else None
                self.spans.append(Span(kind, start, len(self.text), with_url))

    def new_line(self) -> None:
        if self.text and not self.text.endswith("\n"):
            self.text += "\n"


def rich_of(message: Json, names: Names) -> Rich:
    """What a person wrote, with mentions and emoji as words."""
    blocks = [b for b in message.get("blocks") or [] if b.get("type") == "rich_text"]
    if not blocks:
        return rich_of_markup(str(message.get("text") or ""), names)
    writer = _Writer(names)
    for block in blocks:
        for element in block.get("elements", []):
            _frame(writer, element)
    spans = sorted(writer.spans, key=lambda s: (s.start, -s.end))
    return Rich(writer.text, tuple(spans))


def _frame(writer: _Writer, element: Json) -> None:
    match element.get("type"):
        case "rich_text_list":
            for number, item in enumerate(element.get("elements", []), 1):
                writer.new_line()
                indent = "  " * int(element.get("indent") or 0)
                ordered = element.get("style") == "ordered"
                writer.say(indent + (f"{number}. " if ordered else "• "))
                for inner in item.get("elements", []):
                    _inline(writer, inner)
        case "rich_text_preformatted" | "rich_text_quote" as frame:
            writer.new_line()
            start = len(writer.text)
            for inner in element.get("elements", []):
                _inline(writer, inner)
            kind: SpanKind = "pre" if frame == "rich_text_preformatted" else "quote"
            if start < len(writer.text):
                writer.spans.append(Span(kind, start, len(writer.text)))
        case "rich_text_section":
            if writer.spans and writer.spans[-1].kind in ("pre", "quote"):
                writer.new_line()
            for inner in element.get("elements", []):
                _inline(writer, inner)
        case _:
            return


def _inline(writer: _Writer, element: Json) -> None:
    style = element.get("style") or {}
    kinds = tuple(kind for kind in _STYLES if style.get(kind))
    match element.get("type"):
        case "text":
            writer.say(str(element.get("text", "")), kinds)
        case "link":
            url = str(element.get("url", ""))
            text = str(element.get("text") or url)
            writer.say(text, (*kinds, "link") if text != url else kinds, url)
        case "emoji":
            writer.say(_emoji(element), kinds)
        case "user":
            user = str(element.get("user_id", ""))
            writer.say(f"@{writer.names(user)}", (*kinds, "mention"), f"{PLATFORM}:{user}")
        case "channel":
            writer.say(f"#{element.get('channel_id', '')}", kinds)
        case "usergroup":
            writer.say(f"@{element.get('usergroup_id', '')}", kinds)
        case "broadcast":
            writer.say(f"@{element.get('range', '')}", kinds)
        case "date":
            writer.say(str(element.get("fallback") or element.get("timestamp", "")), kinds)
        case "color":
            writer.say(str(element.get("value", "")), kinds)
        case _:
            return


def _emoji(element: Json) -> str:
    points = str(element.get("unicode") or "")
    try:
        return "".join(chr(int(point, 16)) for point in points.split("-") if point) or (
            f":{element.get('name', '')}:"
        )
    except ValueError:
        return f":{element.get('name', '')}:"


def rich_of_markup(text: str, names: Names) -> Rich:
    """Older messages and other apps' have markup only: links and mentions are read, the rest is
    left as it was typed."""
    writer, done = _Writer(names), 0
    for found in _ANGLED.finditer(text):
        writer.say(_plain(text[done : found.start()]))
        done = found.end()
        target, _, label = found[1].partition("|")
        match target[:1]:
            case "@":
                user = target[1:]
                writer.say(f"@{label or names(user)}", ("mention",), f"{PLATFORM}:{user}")
            case "#":
                writer.say(f"#{label or target[1:]}")
            case "!":
                writer.say(_plain(label) or f"@{target[1:].partition('^')[0]}")
            case _:
                said = _plain(label) or _plain(target)
                writer.say(said, ("link",) if label else (), _plain(target))
    writer.say(_plain(text[done:]))
    return Rich(writer.text, tuple(writer.spans))


def _plain(text: str) -> str:
    return re.sub(r"&(?:lt|gt|amp);", lambda m: _ENTITIES[m.group()], text)
