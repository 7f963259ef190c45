"""Formatted text as Slack's rich text blocks, in which a text is nothing but text.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from itertools import groupby, pairwise
from typing import Any, Final, Literal, TypeAlias

from chat.message import Span
from chat.rich import Rich, shortened
from chat.splitting import split

Json: TypeAlias = dict[str, Any]
Frame: TypeAlias = Literal["section", "preformatted", "quote"]

# Slack cuts a text above 4,000 characters; a block of text may have 3,000.
TEXT_LIMIT: Final = 3000
_STYLES: Final = {"bold": "bold", "italic": "italic", "strike": "strike", "code": "code"}
_LINKS: Final = ("http://", "https://", "mailto:", "tel:")


def pieces_of(rich: Rich) -> list[Rich]:
    """The text as messages, cut at sense."""
    return split(rich, TEXT_LIMIT)


def fallback_of(text: str) -> str:
    """What notifications show, with the three characters escaped that mean something to Slack."""
    text = shortened(text, TEXT_LIMIT)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def block_of(rich: Rich) -> Json:
    """A text as one rich text block. Underline and spoilers are not shown: Slack has none."""
    text = rich.text
    borders = sorted(
        {0, len(text), *(max(0, s.start) for s in rich.spans)}
        | {min(s.end, len(text)) for s in rich.spans}
    )
    runs = [
        (start, end, [s for s in rich.spans if s.start <= start and end <= s.end])
        for start, end in pairwise(borders)
        if start < end
    ]
    elements: list[Json] = []
    framed = [(frame, list(group)) for frame, group in groupby(runs, lambda run: _frame(run[2]))]
    for index, (frame, group) in enumerate(framed):
        inner = [_element(text[start:end], spans, frame) for start, end, spans in group]
        # A frame stands on lines of its own, so the line breaks around it are not said again.
        if index + 1 < len(framed):
            _strip_end(inner)
        if index > 0:
            _strip_start(inner)
        inner = [one for one in inner if one.get("text") != ""]
        if inner:
            elements.append({"type": f"rich_text_{frame}", "elements": inner})
    return {"type": "rich_text", "elements": elements}


def _frame(spans: list[Span]) -> Frame:
    kinds = {span.kind for span in spans}
    if "pre" in kinds:
        return "preformatted"
    return "quote" if "quote" in kinds else "section"


def _element(text: str, spans: list[Span], frame: Frame) -> Json:
    style = {_STYLES[s.kind]: True for s in spans if s.kind in _STYLES}
    link = next((s.url for s in spans if s.kind == "link" and _is_link(s.url)), None)
    element: Json = {"type": "text", "text": text}
    if link is not None:
        element = {"type": "link", "url": link, "text": text}
    if style and frame != "preformatted":
        element["style"] = style
    return element


def _is_link(url: str | None) -> bool:
    return url is not None and url.lower().startswith(_LINKS) and len(url) <= TEXT_LIMIT


def _strip_end(elements: list[Json]) -> None:
    if elements and elements[-1]["text"].endswith("\n"):
        elements[-1] = {**elements[-1], "text": elements[-1]["text"][:-1]}


def _strip_start(elements: list[Json]) -> None:
    if elements and elements[0]["text"].startswith("\n"):
        elements[0] = {**elements[0], "text": elements[0]["text"][1:]}
