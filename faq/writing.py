"""Entries as YAML that people like to read and edit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from faq.entry import Entry
from faq.yaml_tree import resolve

_WIDTH: Final = 100

# What may stand without quotes: it begins like a word, and nothing in it means something to YAML.
_PLAIN: Final = re.compile(r"[^\W_][^\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff]*")
_MEANS: Final = re.compile(r":(\s|$)|\s#|\s$")
_BROKEN_LINE: Final = re.compile(r"^\s|[ \t]$|\t")
_ODD: Final = re.compile("[^\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_ESCAPED: Final = re.compile('["\\\\]')


def to_yaml(entries: Iterable[Entry]) -> str:
    """A file's text; reading it gives the same entries."""
    return "\n".join("\n".join(_entry(entry)) + "\n" for entry in entries)


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- id: {inline(entry.id)}"
    yield f"  dept: {inline(entry.dept)}"
    yield f"  urgency: {entry.urgency}"
    for name, day in (("valid_from", entry.valid_from), ("valid_until", entry.valid_until)):
        if day is not None:
            yield f"  {name}: {inline(day)}"
    yield "  title:"
    yield from _texts(entry.title, 4)
    yield "  answer:"
    yield from _texts(entry.answer, 4)
    if entry.steps:
        yield "  steps:"
    for step in entry.steps:
        lines = list(_texts(step, 6))
        yield f"    - {lines[0].lstrip()}"
        yield from lines[1:]
    yield "  phrasings:"
    for lang, phrasings in entry.phrasings.items():
        yield f"    {inline(lang)}:" + ("" if phrasings else " []")
        for text in phrasings:
            yield f"      - {inline(text)}"
    if entry.related:
        yield f"  related: [{', '.join(map(inline, entry.related))}]"


def _texts(texts: Mapping[str, str], indent: int) -> Iterator[str]:
    margin = " " * indent
    for lang, text in texts.items():
        first, *more = _scalar(text, _WIDTH - indent)
        yield f"{margin}{inline(lang)}: {first}"
        yield from (f"{margin}  {line}" if line else "" for line in more)


def _scalar(text: str, width: int) -> list[str]:
    """The lines of a text: as they are, folded, or quoted."""
    lines = text.split("\n")
    if len(lines) > 1 and not _ODD.search(text.replace("\n", "")) and lines[0] and lines[-1]:
        if not any(_BROKEN_LINE.search(line) for line in lines):
            return ["|-", *lines]
    elif len(text) > width and not _ODD.search(text) and "  " not in text and " " in text:
        folded = list(_folded(text, width))
        if not any(_BROKEN_LINE.search(line) for line in folded):
            return [">-", *folded]
    return [inline(text)]


def _folded(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def printable(text: str) -> str:
    """A text without what no YAML file may hold, for a comment."""
    return _ODD.sub("?", text)


def inline(text: str) -> str:
    """A text on one line, in quotes where it needs them."""
    plain = _PLAIN.fullmatch(text) and not _MEANS.search(text) and resolve(text) == text
    return text if plain else _quoted(text)


def _quoted(text: str) -> str:
    escaped = _ESCAPED.sub(r"\\\g<0>", text).replace("\n", "\\n").replace("\t", "\\t")
    return f'"{_ODD.sub(_code, escaped)}"'


def _code(found: re.Match[str]) -> str:
    return f"\\U{ord(found[0]):08X}"
