"""Text as Telegram takes it in: parse modes, trimming, and entities it finds by itself."""

import html
import re
from collections.abc import Iterable
from typing import Any

from tests.doubles.telegram_errors import bad_request
from tests.doubles.telegram_spec import utf16_length

Entities = list[dict[str, Any]]

HTML_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
MARKDOWN_MARKS = {
    "||": "spoiler",
    "__": "underline",
    "_": "italic",
    "*": "bold",
    "~": "strikethrough",
}
MARKDOWN_RESERVED = frozenset("_*[]()~`>#+-=|{}.!")
FOUND_IN_TEXT = (
    ("bot_command", re.compile(r"(?<![\w/])/[A-Za-z0-9_]{1,32}(?:@\w+)?")),
    ("url", re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}，。；：！？）】]")),
    ("email", re.compile(r"(?<![\w.])[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
)


def formatted(
    text: str, parse_mode: str | None = None, entities: Iterable[dict[str, Any]] | None = None
) -> tuple[str, Entities]:
    """The text and entities that a message gets from what was sent."""
    if entities is not None:
        marked: Entities = [dict(entity) for entity in entities]
    elif parse_mode == "HTML":
        text, marked = read_html(text)
    elif parse_mode == "MarkdownV2":
        text, marked = read_markdown(text)
    elif parse_mode is None:
        marked = []
    else:
        raise bad_request(f"the double does not read parse_mode {parse_mode}")
    text, marked = trimmed(text, marked)
    found = [
        entity
        for entity in entities_in(text)
        if not any(overlap(entity, explicit) for explicit in marked)
    ]
    return text, sorted(marked + found, key=lambda entity: (entity["offset"], -entity["length"]))


def trimmed(text: str, entities: Entities) -> tuple[str, Entities]:
    """Telegram drops white space around a message; entities move and shrink along."""
    start = utf16_length(text[: len(text) - len(text.lstrip())])
    stripped = text.strip()
    end = start + utf16_length(stripped)
    kept = []
    for entity in entities:
        first = max(entity["offset"], start)
        last = min(entity["offset"] + entity["length"], end)
        if first < last:
            kept.append({**entity, "offset": first - start, "length": last - first})
    return stripped, kept


def entities_in(text: str) -> Entities:
    """Commands, links, addresses and mentions that Telegram marks unasked."""
    found: Entities = []
    for kind, pattern in FOUND_IN_TEXT:
        for match in pattern.finditer(text):
            entity = {
                "type": kind,
                "offset": utf16_length(text[: match.start()]),
                "length": utf16_length(match[0]),
            }
            if not any(overlap(entity, earlier) for earlier in found):
                found.append(entity)
    return found


def overlap(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(
        one["offset"] < other["offset"] + other["length"]
        and other["offset"] < one["offset"] + one["length"]
    )


def cannot_parse(why: str) -> Exception:
    return bad_request(f"can't parse entities: {why}")


class _Writing:
    """The plain text so far, its open marks and its finished entities."""

    def __init__(self) -> None:
        self.text = ""
        self.length = 0
        self.open: list[tuple[str, dict[str, Any]]] = []
        self.entities: Entities = []

    def write(self, text: str) -> None:
        self.text += text
        self.length += utf16_length(text)

    def begin(self, mark: str, entity: dict[str, Any]) -> None:
        self.open.append((mark, {**entity, "offset": self.length}))

    def end(self) -> None:
        _, entity = self.open.pop()
        if self.length > entity["offset"]:
            entity["length"] = self.length - entity["offset"]
            self.entities.append(entity)


def read_html(source: str) -> tuple[str, Entities]:
    """Telegram's HTML: few tags, strictly nested."""
    writing = _Writing()
    for token in re.finditer(r"<[^<>]*>|<|&(?:#\d+|#x[0-9a-fA-F]+|\w+);|[^<&]+|&", source):
        piece = token[0]
        at = len(source[: token.start()].encode())
        if not piece.startswith("<"):
            writing.write(html.unescape(piece))
            continue
        tag = re.fullmatch(r"<(/?)([a-zA-Z][\w-]*)([^>]*)>", piece)
        name = tag[2].lower() if tag else ""
        if tag is None or name not in HTML_TAGS:
            raise cannot_parse(f'Unsupported start tag "{name}" at byte offset {at}')
        if tag[1]:
            _end_html_tag(writing, name, at)
        else:
            writing.begin(name, _entity_of_tag(name, tag[3], writing))
    if writing.open:
        raise cannot_parse(
            f'Can\'t find end tag corresponding to start tag "{writing.open[-1][0]}"'
        )
    return writing.text, writing.entities


def _end_html_tag(writing: _Writing, name: str, at: int) -> None:
    if not writing.open:
        raise cannot_parse(f"Unexpected end tag at byte offset {at}")
    mark, entity = writing.open[-1]
    if mark != name:
        raise cannot_parse(
            f'Unmatched end tag at byte offset {at}, expected "</{mark}>", found "</{name}>"'
        )
    if entity["type"] == "language":
        # <pre><code class="language-x">: one entity, which knows its language.
        writing.open.pop()
        writing.open[-1][1]["language"] = entity["language"]
    elif entity["type"] == "text_link" and not entity["url"]:
        writing.open.pop()
    else:
        writing.end()


def _entity_of_tag(name: str, attributes: str, writing: _Writing) -> dict[str, Any]:
    values = {
        key: html.unescape(quoted or bare)
        for key, quoted, bare in re.findall(r"([\w-]+)=(?:[\"']([^\"']*)[\"']|(\S+))", attributes)
    }
    if name == "a":
        return {"type": "text_link", "url": values.get("href", "")}
    if name == "code" and writing.open and writing.open[-1][0] == "pre" and "class" in values:
        return {"type": "language", "language": values["class"].removeprefix("language-")}
    if name == "blockquote" and "expandable" in attributes:
        return {"type": "expandable_blockquote"}
    return {"type": HTML_TAGS[name]}


def read_markdown(source: str) -> tuple[str, Entities]:
    """Telegram's MarkdownV2, without custom emoji."""
    writing = _Writing()
    position = 0
    while position < len(source):
        position = _read_markdown_at(source, position, writing)
    if writing.open and writing.open[-1][0] == ">":
        writing.end()
    if writing.open:
        entity = writing.open[-1][1]
        kind = entity["type"].capitalize()
        raise cannot_parse(f"Can't find end of {kind} entity at byte offset {entity['offset']}")
    return writing.text, writing.entities


def _read_markdown_at(source: str, position: int, writing: _Writing) -> int:
    """Read one piece of MarkdownV2; returns where the next one begins."""
    here = source[position]
    if here == "\\" and position + 1 < len(source):
        writing.write(source[position + 1])
        return position + 2
    if here == "`":
        return _read_markdown_code(source, position, writing)
    for mark, kind in MARKDOWN_MARKS.items():
        if source.startswith(mark, position):
            if writing.open and writing.open[-1][0] == mark:
                writing.end()
            else:
                writing.begin(mark, {"type": kind})
            return position + len(mark)
    if here == "[":
        writing.begin("[", {"type": "text_link"})
        return position + 1
    if here == "]" and writing.open and writing.open[-1][0] == "[":
        target = re.compile(r"\]\(((?:\\.|[^)\\])*)\)").match(source, position)
        if target is None:
            raise cannot_parse("Can't find end of a URL")
        writing.open[-1][1]["url"] = re.sub(r"\\(.)", r"\1", target[1])
        writing.end()
        return target.end()
    if here == ">" and (position == 0 or source[position - 1] == "\n"):
        if not any(mark == ">" for mark, _ in writing.open):
            writing.begin(">", {"type": "blockquote"})
        return position + 1
    if here == "\n" and writing.open and writing.open[-1][0] == ">":
        if not source.startswith("\n>", position):
            writing.end()
    elif here in MARKDOWN_RESERVED:
        raise cannot_parse(
            f"Character '{here}' is reserved and must be escaped with the preceding '\\'"
        )
    writing.write(here)
    return position + 1


def _read_markdown_code(source: str, position: int, writing: _Writing) -> int:
    fence = "```" if source.startswith("```", position) else "`"
    closing = re.compile(r"(?:\\.|[^\\])*?(?=" + fence + ")", re.S).match(
        source, position + len(fence)
    )
    if closing is None:
        raise cannot_parse(f"Can't find end of {'Pre' if fence == '```' else 'Code'} entity")
    body = closing[0]
    entity: dict[str, Any] = {"type": "pre" if fence == "```" else "code"}
    if fence == "```" and (language := re.match(r"([\w+-]+)\n", body)):
        entity["language"] = language[1]
        body = body[language.end() :]
    writing.begin(fence, entity)
    writing.write(re.sub(r"\\(.)", r"\1", body.removeprefix("\n") if fence == "```" else body))
    writing.end()
    return closing.end() + len(fence)
