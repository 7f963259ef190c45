"""What a type says of its parts: the type at a step, the keys and the choices it knows."""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

KEY: Final = "key()"
"""The step from a dict to its keys; no field is called so."""


def part_of(type: Any, step: int | str) -> Any:
    """The type of what stands below a type at a step; None where it has nothing there."""
    for option in _options(type):
        origin, arguments = get_origin(option), get_args(option)
        if _is_struct(option):
            names = dict(
                zip(option.__struct_encode_fields__, option.__struct_fields__, strict=True)
            )
            if step in names:
                return get_type_hints(option, include_extras=True)[names[str(step)]]
        elif origin is dict:
            return arguments[0 if step == KEY else 1]
        elif origin is tuple and arguments[-1] is not Ellipsis:
            if isinstance(step, int) and step < len(arguments):
                return arguments[step]
        elif origin is not None and arguments and origin is not Literal:
            return arguments[0]
    return None


def keys_of(type: Any) -> list[str]:
    """The keys that a struct knows."""
    return [
        name
        for option in _options(type)
        if _is_struct(option)
        for name in option.__struct_encode_fields__
    ]


def choices_of(type: Any) -> list[str]:
    """The values that a literal type allows."""
    return sorted(
        str(value)
        for option in _options(type)
        if get_origin(option) is Literal
        for value in get_args(option)
    )


def _options(type: Any) -> Iterator[Any]:
    origin = get_origin(type)
    if origin is Annotated:
        yield from _options(get_args(type)[0])
    elif origin in (Union, UnionType):
        for option in get_args(type):
            yield from _options(option)
    else:
        yield type


def _is_struct(option: Any) -> bool:
    return isinstance(option, type(Struct)) and issubclass(option, Struct)
