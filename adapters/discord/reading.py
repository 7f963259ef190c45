"""Discord's Markdown as people write it, read as formatted text. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from msgspec import Struct

from chat.message import Span, SpanKind
from chat.rich import Rich

_TOKEN: Final = re.compile(
    r"""
    (?P<escape>\\(?P<escaped>[^0-9A-Za-z\s]))
  | (?P<pre>```(?:[\w+-]*\n)?(?P<pre_text>.+?)```)
  | (?P<code>(?P<tick>`{1,2})(?P<code_text>.+?)(?P=tick))
  | (?P<link>\[(?P<label>(?:\\.|[^\[\]\n\\])+)\]\(<?(?P<url>https?://[^\s<>()]+)>?\))
  | (?P<bare><?(?P<address>https?://[^\s<>]+)>?)
  | (?P<user><@!?(?P<user_id>\d+)>)
  | (?P<role><@&(?P<role_id>\d+)>)
  | (?P<channel><\#(?P<channel_id>\d+)>)
  | (?P<emoji><a?:(?P<emoji_name>\w+):\d+>)
  | (?P<time><t:(?P<seconds>-?\d{1,12})(?::[tTdDfFR])?>)
  | (?P<mark>\*{1,3}|_{1,3}|~~|\|\|)
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS: Final[dict[str, SpanKind]] = {
    "**": "bold",
    "__": "underline",
    "*": "italic",
    "_": "italic",
    "~~": "strike",
    "||": "spoiler",
}
_QUOTE: Final = re.compile(r"^(?:>>> (?P<rest>.*)|> (?P<line>.*))", re.DOTALL)


class Names(Struct, frozen=True):
    """How those who are mentioned are called: ids to names."""

    users: Mapping[str, str] = {}
    roles: Mapping[str, str] = {}
    channels: Mapping[str, str] = {}


class _Writer:
    """The text so far, and the marks that are still open."""

    def __init__(self) -> None:
        self.text = ""
        self.spans: list[Span] = []
        self.open: list[tuple[str, int]] = []

    def add(self, text: str, kind: SpanKind | None = None, url: str | None = None) -> None:
        start = len(self.text)
        self.text += text
        if kind is not None and text:
            self.spans.append(Span(kind, start, len(self.text), url))

    def mark(self, mark: str, *, may_open: bool, may_close: bool) -> None:
        """Close the mark if it is open, else open it; what never closes is plain text.

        Three in a row are two marks, closed in whichever order they were opened.
        """
        if len(mark) == 3:
            inner = self.open[-1][0] if may_close and self.open else ""
            first = inner if inner and mark.startswith(inner) else mark[:2]
            for part in (first, mark[len(first) :]):
                self.mark(part, may_open=may_open, may_close=may_close)
            return
        for index in range(len(self.open) - 1, -1, -1):
            if may_close and self.open[index][0] == mark:
                self._unopen(index + 1)
                _, start = self.open.pop()
                if start < len(self.text):
                    self.spans.append(Span(_KINDS[mark], start, len(self.text)))
                    return
                self.text += mark + mark
                return
        if may_open:
            self.open.append((mark, len(self.text)))
        else:
            self.text += mark

    def _unopen(self, index: int) -> None:
        """Marks from an index on were no marks: put their characters back."""
        while len(self.open) > index:
            mark, start = self.open.pop()
            self.text = self.text[:start] + mark + self.text[start:]
            size = len(mark)
            self.spans = [
                Span(
                    s.kind,
                    s.start + size if s.start >= start else s.start,
                    s.end + size if s.end > start else s.end,
                    s.url,
                )
                for s in self.spans
            ]

    def finish(self) -> Rich:
        self._unopen(0)
        spans = sorted(self.spans, key=lambda s: (s.start, -s.end))
        return Rich(self.text, tuple(spans))


def rich_of(markdown: str, names: Names | None = None) -> Rich:
    """What a person wrote, with mentions, emoji and times as words."""
    names = names or Names()
    text, spans = "", []
    for line, quoted in _blocks(markdown):
        read = _inline(line, names)
        at = len(text)
        text += read.text
        spans += [Span(s.kind, s.start + at, s.end + at, s.url) for s in read.spans]
        if quoted and read.text.strip():
            spans.append(Span("quote", at, len(text)))
    return Rich(text, tuple(spans))


def _blocks(markdown: str) -> list[tuple[str, bool]]:
    """Runs of lines, and whether they are quoted."""
    blocks: list[tuple[str, bool]] = []
    plain = ""
    fenced = False
    for line in re.findall(r"[^\n]*\n|[^\n]+", markdown):
        quote = None if fenced else _QUOTE.match(line)
        if quote is None:
            fenced ^= line.count("```") % 2 == 1
            plain += line
            continue
        if plain:
            blocks.append((plain, False))
            plain = ""
        if quote["rest"] is not None:
            return [*blocks, (markdown[markdown.index(line) + 4 :], True)]
        blocks.append((quote["line"], True))
    return [*blocks, (plain, False)] if plain else blocks


def _inline(markdown: str, names: Names) -> Rich:
    writer, done = _Writer(), 0
    for token in _TOKEN.finditer(markdown):
        writer.add(markdown[done : token.start()])
        done = token.end()
        _put(writer, token, markdown, names)
    writer.add(markdown[done:])
    return writer.finish()


def _put(writer: _Writer, token: re.Match[str], markdown: str, names: Names) -> None:
    match token.lastgroup:
        case "escape" | "escaped":
            writer.add(token["escaped"])
        case "pre" | "pre_text":
            writer.add(token["pre_text"].removesuffix("\n"), "pre")
        case "code" | "code_text" | "tick":
            writer.add(token["code_text"], "code")
        case "link" | "label" | "url":
            label = _inline(token["label"], names)
            start = len(writer.text)
            writer.add(label.text, "link", token["url"])
            writer.spans += [
                Span(s.kind, s.start + start, s.end + start, s.url) for s in label.spans
            ]
        case "bare" | "address":
            whole = token["bare"]
            embraced = whole.startswith("<") and whole.endswith(">")
            writer.add(token["address"] if embraced else whole)
        case "user" | "user_id":
            name = names.users.get(token["user_id"], token["user_id"])
            writer.add(f"@{name}", "mention", f"discord:{token['user_id']}")
        case "role" | "role_id":
            writer.add("@" + names.roles.get(token["role_id"], token["role_id"]))
        case "channel" | "channel_id":
            writer.add("#" + names.channels.get(token["channel_id"], token["channel_id"]))
        case "emoji" | "emoji_name":
            writer.add(f":{token['emoji_name']}:")
        case "time" | "seconds":
            moment = datetime.fromtimestamp(int(token["seconds"]), UTC)
            writer.add(f"{moment:%Y-%m-%d %H:%M} UTC")
        case _:
            mark = token["mark"]
            before = markdown[token.start() - 1 : token.start()]
            after = markdown[token.end() : token.end() + 1]
            inside_word = mark == "_" and before.isalnum() and after.isalnum()
            writer.mark(
                mark,
                may_open=bool(after) and not after.isspace() and not inside_word,
                may_close=bool(before) and not before.isspace() and not inside_word,
            )
