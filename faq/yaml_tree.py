"""YAML text to a tree of values that know their lines; bounded, whatever the text is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, TypeAlias, cast

import yaml
from msgspec import Struct

from faq.input_error import InputError

LARGEST: Final = 1_000_000
"""Characters of a file."""
DEEPEST: Final = 30
"""Levels of lists and keys within each other."""

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

# libyaml is ten times as fast; where PyYAML was built without it, the events are the same.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_UNREADABLE: Final = re.compile(
    "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_NULL: Final = frozenset(("", "~", "null", "Null", "NULL"))
_TRUE: Final = frozenset(("true", "True", "TRUE"))
_FALSE: Final = frozenset(("false", "False", "FALSE"))
_INT: Final = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT: Final = re.compile(r"[-+]?([0-9]{1,18}\.[0-9]{0,18}|\.[0-9]{1,18})")


class Scalar(Struct, frozen=True):
    """A single value."""

    line: int
    value: bool | int | float | str | None


class Sequence(Struct, frozen=True):
    """A list."""

    line: int
    items: tuple[Node, ...]


class Mapping(Struct, frozen=True):
    """Keys with values. A key's line is the one that it stands on itself."""

    line: int
    items: dict[str, tuple[int, Node]]


Node: TypeAlias = Scalar | Sequence | Mapping


def read_tree(text: str, file: str) -> Node:
    """The tree of a text; an empty text is a null. Raises InputError.

    Aliases and tags are refused: they make a text mean more than it says. `yes`, `no`, `on`,
    dates and times are texts, as a reader expects; keys are always texts.
    """
    if len(text) > LARGEST:
        raise InputError(
            file, 1, f"the file is larger than {LARGEST:,} characters", "split it into several"
        )
    text = text.removeprefix("\ufeff")
    unreadable = _UNREADABLE.search(text)
    if unreadable:
        raise InputError(
            file,
            text.count("\n", 0, unreadable.start()) + 1,
            f"there is an unreadable character (U+{ord(unreadable[0]):04X})",
            "delete it, and save the file as UTF-8",
        )
    try:
        return _Builder(file, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.YAMLError as error:
        raise InputError(
            file,
            _line_of_error(error, text.rstrip().count("\n") + 1),
            f"this is not valid YAML ({getattr(error, 'problem', None) or error})",
            "check the indentation, quotes, brackets and colons near this line",
        ) from None


def _line_of_error(error: yaml.YAMLError, last: int) -> int:
    """Where it went wrong; for what is never closed, where that begins and not the end."""
    found = _line(getattr(error, "problem_mark", None))
    begins = getattr(error, "context_mark", None)
    return min(last, _line(begins) if begins is not None and found >= last else found)


def _line(mark: Any) -> int:
    return 1 if mark is None else int(mark.line) + 1


def plain(node: Node) -> Plain:
    """The tree's values without their lines."""
    match node:
        case Scalar(value=value):
            return value
        case Sequence(items=items):
            return [plain(item) for item in items]
        case Mapping(items=keyed):
            return {key: plain(item) for key, (_, item) in keyed.items()}


class _Builder:
    """Builds the tree from the parser's events, which come without recursion."""

    def __init__(self, file: str, events: Iterator[yaml.Event]) -> None:
        self._file = file
        self._events = events

    def document(self) -> Node:
        found: Node = Scalar(1, None)
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refusal(event, "a second document starts (---)", "keep one a file")
                found = self._node(next(self._events), 0)
        return found

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event.start_mark)
        if isinstance(event, yaml.AliasEvent):
            raise self._refusal(
                event, f"an alias (*{event.anchor}) is used", "write the value out in full"
            )
        tag = getattr(event, "tag", None)
        if tag is not None:
            raise self._refusal(event, f"a tag ({tag}) is used", "write the value without it")
        if depth > DEEPEST:
            raise self._refusal(event, "this is nested too deeply", f"use at most {DEEPEST} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(line, tuple(self._items(depth)))
        if isinstance(event, yaml.MappingStartEvent):
            return Mapping(line, self._keyed(depth))
        scalar = cast(yaml.ScalarEvent, event)
        return Scalar(line, resolve(scalar.value) if scalar.implicit[0] else scalar.value)

    def _items(self, depth: int) -> Iterator[Node]:
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self._node(event, depth + 1)

    def _keyed(self, depth: int) -> dict[str, tuple[int, Node]]:
        found: dict[str, tuple[int, Node]] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                raise self._refusal(
                    event, "a key is not a simple text", "write keys such as 'name: value'"
                )
            key = event.value
            if key in found:
                raise self._refusal(
                    event,
                    f"the key “{key}” stands here a second time (first in line {found[key][0]})",
                    "keep one of them",
                )
            line = _line(event.start_mark)
            found[key] = (line, self._node(next(self._events), depth + 1))
        return found

    def _refusal(self, event: yaml.Event, problem: str, instead: str) -> InputError:
        return InputError(self._file, _line(event.start_mark), problem, instead)


def resolve(word: str) -> bool | int | float | str | None:
    """What an unquoted word means: YAML 1.2's core rules, in decimal notation only."""
    if word in _NULL:
        return None
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    if _INT.fullmatch(word):
        return int(word)
    if _FLOAT.fullmatch(word):
        return float(word)
    return word
