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
_SMALLEST: Final = 16

_MARKS: Final[dict[SpanKind, str]] = {
    "bold": "**",
    "underline": "__",
    "strike": "~~",
    "spoiler": "||",
}
_INNERMOST: Final = ("code", "pre")
_SPECIAL: Final = re.compile(r"[\\*_~`|<\[\]@]")
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
        if all(utf16_length(piece) <= limit for piece in pieces):
            return pieces
        if size < _SMALLEST:
            # The formatting alone takes all the room.
            return pieces_of(Rich(rich.text), limit)
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
            out.append(_mark(stack.pop(), spans, text, opening=False))
        for span in (s for s in spans if s.start == start):
            stack.append(span)
            out.append(_mark(span, spans, text, opening=True))
        if start < end:
            raw = bool(stack) and stack[-1].kind in _INNERMOST
            out.append(text[start:end] if raw else _escaped(text, start, end))
    return "".join(out)


def _nested(rich: Rich) -> list[Span]:
    """The spans that can be shown, cut so that they lie inside each other, outermost first."""
    text = rich.text
    tight = (Span(s.kind, *_trimmed(text, s.start, s.end), s.url) for s in rich.spans)
    known = [s for s in tight if s.start < s.end and _can_show(s, text)]
    known = _merged([s for s in known if not any(_excludes(other, s) for other in known)])
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
    shown = [s for s in kept if s.kind != "italic" or _italic_mark(s, kept, text)]
    # Marks that begin together close in the opposite order.
    return sorted(shown, key=lambda s: (s.start, -s.end))


def _excludes(one: Span, other: Span) -> bool:
    """A block of code has nothing inside or around it, and the name of a link has no code."""
    if one is other or one.end <= other.start or other.end <= one.start:
        return False
    if one.kind == "pre":
        return other.kind != "pre"
    return one.kind == "link" and other.kind == "code"


def _merged(spans: list[Span]) -> list[Span]:
    """Equal marks that touch would read as something else."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.kind, s.url or "", s.start, -s.end)):
        last = merged[-1] if merged else None
        if last and (last.kind, last.url) == (span.kind, span.url) and span.start <= last.end:
            merged[-1] = Span(last.kind, last.start, max(last.end, span.end), last.url)
        else:
            merged.append(span)
    return sorted(merged, key=lambda s: (s.start, -s.end))


def _italic_mark(span: Span, spans: list[Span], text: str) -> str:
    """`*`, or `_` where a star would touch another; empty where neither can be told apart."""
    borders = {span.start, span.end}
    touching = {s.kind for s in spans if s is not span and borders & {s.start, s.end}}
    if "bold" not in touching:
        return "*"
    beside = text[max(0, span.start - 1) : span.start] + text[span.end : span.end + 1]
    inside_word = any(char.isalnum() or char == "_" for char in beside)
    return "" if "underline" in touching or inside_word else "_"


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
            plain = not re.search(r"[\s<>()\\]", url) and "\n" not in inside
            return url.startswith(("http://", "https://")) and plain and not _LINK.search(inside)
        case "quote":
            return False
        case kind:
            return (kind in _MARKS or kind == "italic") and "\n\n" not in inside


def _mark(span: Span, spans: list[Span], text: str, *, opening: bool) -> str:
    match span.kind:
        case "code":
            return "`"
        case "pre":
            return "```\n" if opening else "\n```"
        case "link":
            return "[" if opening else f"](<{span.url}>)"
        case "italic":
            return _italic_mark(span, spans, text)
        case kind:
            return _MARKS[kind]


def _escaped(text: str, start: int, end: int) -> str:
    """Part of a text with everything escaped that Discord would read as more than a character.

    Links stand in angle brackets: those are not shown, and what follows is no part of the link.
    """
    part = text[start:end]
    out: list[str] = []
    done = 0
    for link in _LINK.finditer(part):
        whole = link.group().rstrip(_URL_END)
        out += (_escape(part[done : link.start()]), f"<{whole}>")
        done = link.start() + len(whole)
    out.append(_escape(part[done:]))
    escaped = "".join(out)
    at_line_start = not text[:start].rpartition("\n")[2].strip(" 0123456789")
    return _LINE_START.sub(r"\1\\\2", escaped) if at_line_start else _later_lines(escaped)


def _later_lines(escaped: str) -> str:
    first, line_break, rest = escaped.partition("\n")
    return first + line_break + _LINE_START.sub(r"\1\\\2", rest)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)
