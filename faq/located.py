"""YAML text to typed values; whatever is wrong is told with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final, TypeAlias, TypeVar

import msgspec

from faq.explaining import explain
from faq.input_error import InputError
from faq.shapes import KEY, part_of
from faq.yaml_tree import Mapping, Node, Plain, Scalar, Sequence, plain, read_tree

__all__ = ["Document", "InputError", "decode", "line_of"]

T = TypeVar("T")

Step: TypeAlias = int | str

# msgspec writes `[...]` for some value of a dict, and `` `key` in `$.a` `` for some key of it.
_STEP: Final = re.compile(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]]+)")
_SOME: Final = "..."
_IN_KEY: Final = "key` in `"


class Document:
    """A YAML text that was read; its parts are converted, and found, by their paths.

    A path is written `channels.web.port` or `[3].title.zh`; the empty path is the whole.
    """

    def __init__(self, text: str, file: str) -> None:
        """Raises InputError for what is no acceptable YAML."""
        self.file: Final = file
        self._root = read_tree(text, file)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it, or only comments."""
        return isinstance(self._root, Scalar) and self._root.value is None

    def items(self) -> list[str]:
        """The paths of a list's items; none where the text is empty. Raises InputError."""
        match self._root:
            case Sequence(items=items):
                return [f"[{index}]" for index in range(len(items))]
            case Scalar(value=None):
                return []
        self.decode("", list[Any])
        return []

    def decode(self, path: str, type: type[T]) -> T:
        """The value at a path as a type. Raises InputError."""
        above = _steps(path)
        node, _ = self._find(above)
        try:
            return msgspec.convert(plain(node), type, str_keys=True)
        except msgspec.ValidationError as error:
            raise self._explained(error, above, node, type) from None

    def line_of(self, path: str) -> int:
        """The line, from 1, of what stands at a path, or else of the nearest thing above it."""
        return self._find(_steps(path))[1]

    def wrong(self, path: str, problem: str, instead: str) -> InputError:
        """An error at a path, for a check that a type cannot express."""
        return InputError(self.file, self.line_of(path), problem, instead)

    def _find(self, steps: Iterable[Step]) -> tuple[Node, int]:
        node = self._root
        line = node.line
        for step in steps:
            match node:
                case Sequence(items=items) if isinstance(step, int) and step < len(items):
                    node = items[step]
                    line = node.line
                case Mapping(items=keyed) if step in keyed:
                    line, node = keyed[str(step)]
                case _:
                    break
        return node, line

    def _explained(
        self, error: msgspec.ValidationError, above: list[Step], node: Node, type: Any
    ) -> InputError:
        what, _, path = str(error).partition(" - at `")
        about_key, path = path.startswith(_IN_KEY), path.removeprefix(_IN_KEY).rstrip("`")
        steps = list(above)
        for step in _steps(path):
            part = part_of(type, step)
            steps.append(_first_unfit(node, part) if step == _SOME else step)
            type = part
            node, _ = self._find(steps)
        key = _first_unfit_key(node, part_of(type, KEY)) if about_key else None
        found = explain(what, part_of(type, KEY) if about_key else type, _written(steps), key)
        if found.key is not None:
            steps.append(found.key)
        return InputError(self.file, self._find(steps)[1], found.problem, found.instead)


def decode(text: str, file: str, type: type[T]) -> T:
    """The text as a value of a type. Raises InputError."""
    return Document(text, file).decode("", type)


def line_of(text: str, path: str) -> int:
    """The line, from 1, of a path such as `channels.web.port` or `[3].title.zh`."""
    return Document(text, "").line_of(path)


def _steps(path: str) -> list[Step]:
    found = _STEP.finditer(path.removeprefix("$"))
    return [int(step[1]) if step[1] else step[2] or _SOME for step in found]


def _written(steps: Iterable[Step]) -> str:
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")


def _first_unfit(node: Node, type: Any) -> str:
    keyed = node.items.items() if isinstance(node, Mapping) else ()
    return next((key for key, (_, value) in keyed if not _fits(plain(value), type)), _SOME)


def _first_unfit_key(node: Node, type: Any) -> str | None:
    keys = node.items if isinstance(node, Mapping) else ()
    return next((key for key in keys if not _fits(key, type)), None)


def _fits(value: Plain, type: Any) -> bool:
    try:
        msgspec.convert(value, type, str_keys=True)
    except msgspec.ValidationError:
        return False
    return True
