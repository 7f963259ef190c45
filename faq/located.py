"""YAML text to typed values; whatever is wrong is told with its file and line."""

from __future__ import annotations

import re
from typing import Any, Final, TypeVar

import msgspec
import yaml
from rapidfuzz import process

T = TypeVar("T")

_LARGEST: Final = 5_000_000
_NODES_MOST: Final = 200_000
_KINDS: Final = {
    "int": "a whole number, such as 8080",
    "float": "a number, such as 0.5",
    "str": "a text, such as 'hello'",
    "bool": "true or false",
    "array": "a list: lines that start with '- '",
    "object": "keys with values: lines such as 'name: value'",
    "null": "nothing",
}


class InputError(ValueError):
    """Something wrong in a file; `str()` gives `file:line: problem; instead`."""

    def __init__(self, file: str, line: int, problem: str, instead: str) -> None:
        super().__init__(f"{file}:{line}: {problem}; {instead}")
        self.file = file
        self.line = line
        self.problem = problem
        self.instead = instead


class _Loader(yaml.SafeLoader):
    """Refuses what makes a text mean more than it says: aliases and repeated keys."""


def compose(text: str, file: str) -> yaml.Node | None:
    """The text's tree of nodes, each with its place. Raises InputError."""
    if len(text) > _LARGEST:
        raise InputError(file, 1, "the file is larger than 5 MB", "split it into several files")
    try:
        for token in yaml.scan(text, Loader=_Loader):
            if isinstance(token, yaml.AliasToken):
                raise InputError(
                    file,
                    token.start_mark.line + 1,
                    f"an alias (*{token.value}) is used",
                    "write the value out in full",
                )
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise InputError(
            file,
            mark.line + 1 if mark else 1,
            f"this is not valid YAML ({problem})",
            "check the indentation, quotes and colons near this line",
        ) from None
    except RecursionError:
        raise InputError(file, 1, "the file is nested too deeply", "use fewer levels") from None
    if node is not None:
        _refuse_repeated_keys(node, file)
    return node


def decode(text: str, file: str, type: type[T]) -> T:
    """The text as a value of a type. Raises InputError."""
    node = compose(text, file)
    value = _construct(node) if node is not None else None
    try:
        return msgspec.convert(value, type)
    except msgspec.ValidationError as error:
        raise _explain(str(error), node, file, type) from None


def line_of(text: str, path: str) -> int:
    """The line, from 1, of a path such as `channels.web.port` or `[3].title.zh`."""
    node = yaml.compose(text, Loader=_Loader)
    return _find(node, _steps(path)) if node is not None else 1


def _construct(node: yaml.Node) -> Any:
    loader = _Loader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _refuse_repeated_keys(root: yaml.Node, file: str) -> None:
    waiting = [root]
    count = 0
    while waiting:
        node = waiting.pop()
        count += 1
        if count > _NODES_MOST:
            raise InputError(file, 1, "the file has too many values", "split it")
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        elif isinstance(node, yaml.MappingNode):
            seen: set[str] = set()
            for key, value in node.value:
                if isinstance(key, yaml.ScalarNode) and key.value in seen:
                    raise InputError(
                        file,
                        key.start_mark.line + 1,
                        f"the key “{key.value}” stands here a second time",
                        "keep one of them",
                    )
                if isinstance(key, yaml.ScalarNode):
                    seen.add(key.value)
                waiting.append(value)


def _steps(path: str) -> list[str | int]:
    found = re.findall(r"\[(\d+)\]|\[\.\.\.\]|([^.\[\]$]+)", path)
    return [int(index) if index else name for index, name in found if index or name]


def _find(node: yaml.Node, steps: list[str | int]) -> int:
    line = node.start_mark.line + 1
    for step in steps:
        if isinstance(step, int) and isinstance(node, yaml.SequenceNode):
            if step >= len(node.value):
                break
            node = node.value[step]
            line = node.start_mark.line + 1
        elif isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                if key.value == step:
                    node, line = value, key.start_mark.line + 1
                    break
            else:
                break
    return line


def _explain(message: str, node: yaml.Node | None, file: str, type: Any) -> InputError:
    what, _, path = message.partition(" - at `")
    path = path.rstrip("`")
    steps = _steps(path)
    unknown = re.search(r"unknown field `(.+)`", what)
    if unknown:
        name = unknown[1]
        line = _find(node, [*steps, name]) if node else 1
        known = _fields(type, steps)
        near = process.extractOne(name, known, score_cutoff=60) if known else None
        instead = f"did you mean “{near[0]}”?" if near else f"known here: {', '.join(known)}"
        return InputError(file, line, f"the key “{name}” is not known", instead)
    line = _find(node, steps) if node else 1
    where = f"“{path.removeprefix('$').lstrip('.')}”" if steps else "the file"
    missing = re.search(r"missing required field `(.+)`", what)
    if missing:
        return InputError(
            file, line, f"{where} lacks “{missing[1]}”", f"add a line “{missing[1]}: …”"
        )
    kinds = re.search(r"Expected `(.+)`, got `(.+)`", what)
    if kinds:
        wanted = " or ".join(_KINDS.get(kind, kind) for kind in kinds[1].split(" | "))
        got = _KINDS.get(kinds[2], kinds[2]).partition(",")[0].partition(":")[0]
        return InputError(file, line, f"{where} is {got}", f"write {wanted}")
    choice = re.search(r"Invalid enum value (.+)", what)
    if choice:
        allowed = _choices(type, steps)
        return InputError(
            file, line, f"{where} is {choice[1]}", f"choose one of: {', '.join(allowed)}"
        )
    return InputError(file, line, f"{where} is not allowed here", _plain(what))


def _plain(what: str) -> str:
    bounds = re.search(r"Expected `(\w+)` (>=|<=|>|<) ([\d.]+)", what)
    if bounds:
        words = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
        return f"write a number of {words[bounds[2]]} {bounds[3]}"
    return what[:1].lower() + what[1:]


def _type_at(type: Any, steps: list[str | int]) -> msgspec.inspect.Type | None:
    found: msgspec.inspect.Type | None = msgspec.inspect.type_info(type)
    for step in steps:
        found = _inside(found, step)
    return found


def _inside(found: msgspec.inspect.Type | None, step: str | int) -> msgspec.inspect.Type | None:
    if isinstance(found, msgspec.inspect.UnionType):
        options = (_inside(option, step) for option in found.types)
        return next((option for option in options if option is not None), None)
    if isinstance(found, msgspec.inspect.StructType):
        return next((f.type for f in found.fields if f.encode_name == step), None)
    if isinstance(found, msgspec.inspect.DictType):
        return found.value_type
    if isinstance(found, (msgspec.inspect.ListType, msgspec.inspect.VarTupleType)):
        return found.item_type
    return None


def _fields(type: Any, steps: list[str | int]) -> list[str]:
    found = _type_at(type, steps)
    options = found.types if isinstance(found, msgspec.inspect.UnionType) else (found,)
    return [
        field.encode_name
        for option in options
        if isinstance(option, msgspec.inspect.StructType)
        for field in option.fields
    ]


def _choices(type: Any, steps: list[str | int]) -> list[str]:
    found = _type_at(type, steps)
    options = found.types if isinstance(found, msgspec.inspect.UnionType) else (found,)
    return [
        str(value)
        for option in options
        if isinstance(option, msgspec.inspect.LiteralType)
        for value in option.values
    ]
