"""Formatted text as Discord's Markdown, which no text can break out of.

Source of the rules: https://support.discord.com/hc/en-us/articles/210298617 and Discord's
documentation of message formatting (mentions, timestamps, emoji).
"""

from __future__ import annotations

import re
from typing import Final

from chat.message import Span, SpanKind
from chat.rich import Rich, utf16_length
from chat.splitting import split

TEXT_LIMIT: Final = 2000

_MARKS: Final[dict[SpanKind, tuple[str, str]]] = {
    "bold": ("**", "**"),
    "italic": ("*", "*"),
    "underline": ("__", "__"),
    "strike": ("~~", "~~"),
    "spoiler": ("||", "||"),
}
_INNERMOST: Final = ("code", "pre")
_SPECIAL: Final = re.compile(r"[\\*_~`|<\[@]")
# What Discord links by itself; a backslash inside would become part of the address.
_LINK: Final = re.compile(r"https?://[^\s<>\\]+", re.IGNORECASE)
_LINE_START: Final = re.compile(r"^(\s*\d*)([#>.)-])", re.MULTILINE)
_URL_END: Final = ".,:;!?\"')]|*_~"


def pieces_of(rich: Rich, limit: int = TEXT_LIMIT) -> list[str]:
    """The text as messages of at most `limit` UTF-16 units of Markdown, cut at sense."""
    whole = markdown_of(rich)
    if utf16_length(whole) <= limit:
        return [whole] if rich.text.strip() else []
    size = limit
    while True:
        pieces = [markdown_of(piece) for piece in split(rich, size)]
        if all(utf16_length(piece) <= limit for piece in pieces) or size < 16:
            return pieces
        size = size * 3 // 4


def markdown_of(rich: Rich) -> str:
    """One text as Markdown: the reader sees the same characters, with its formatting."""
    text = rich.text
    spans = _nested(rich)
    borders = sorted({0, len(text), *(s.start for s in spans), *(s.end for s in spans)})
    out: list[str] = []
    stack: list[Span] = []
    for start, end in zip(borders, [*borders[1:], len(text)], strict=True):
        while stack and stack[-1].end <= start:
            out.append(_mark(stack.pop(), opening=False))
        for span in (s for s in spans if s.start == start):
            stack.append(span)
            out.append(_mark(span, opening=True))
        if start < end:
            raw = bool(stack) and stack[-1].kind in _INNERMOST
            out.append(text[start:end] if raw else _escaped(text, start, end))
    return "".join(out)


def _nested(rich: Rich) -> list[Span]:
    """The spans that can be shown, cut so that they lie inside each other, outermost first."""
    text = rich.text
    known = [s for s in rich.spans if s.start < s.end and _can_show(s, text)]
    known.sort(key=lambda s: (s.start, -s.end))
    kept: list[Span] = []
    for span in known:
        start, end = span.start, span.end
        for other in kept:
            inside = other.start <= start < other.end
            if inside and (other.kind in _INNERMOST or other.kind == span.kind):
                end = start
            elif inside:
                end = min(end, other.end)
        start, end = _trimmed(text, start, end)
        if start < end:
            kept.append(Span(span.kind, start, end, span.url))
    # Marks that begin together close in the opposite order.
    return sorted(kept, key=lambda s: (s.start, -s.end))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Marks hold only right next to a character that is no space."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _can_show(span: Span, text: str) -> bool:
    inside = text[span.start : span.end]
    match span.kind:
        case "code":
            return "`" not in inside and "\n" not in inside
        case "pre":
            return "```" not in inside and not inside.endswith("`")
        case "link":
            url = span.url or ""
            plain = not re.search(r"[\s<>()\\]", url) and "](" not in inside
            return url.startswith(("http://", "https://")) and plain and not _LINK.search(inside)
        case "quote":
            return False
        case kind:
            return kind in _MARKS and "\n\n" not in inside


def _mark(span: Span, *, opening: bool) -> str:
    match span.kind:
        case "code":
            return "`"
        case "pre":
            return "```\n" if opening else "\n```"
        case "link":
            return "[" if opening else f"](<{span.url}>)"
        case kind:
            return _MARKS[kind][0 if opening else 1]


def _escaped(text: str, start: int, end: int) -> str:
    """Part of a text with everything escaped that Discord would read as more than a character.

    Links stay as they are where Discord takes them whole.
    """
    part = text[start:end]
    out: list[str] = []
    done = 0
    for link in _LINK.finditer(part):
        whole = link.group().rstrip(_URL_END)
        if "_" not in whole and "*" not in whole and "~" not in whole and "|" not in whole:
            whole_end = link.start() + len(whole)
            out += (_escape(part[done : link.start()]), part[link.start() : whole_end])
            done = whole_end
        else:
            whole_end = link.start() + len(whole)
            out += (_escape(part[done : link.start()]), f"<{whole}>")
            done = whole_end
    out.append(_escape(part[done:]))
    return "".join(out)


def _escape(text: str) -> str:
    return _LINE_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))
