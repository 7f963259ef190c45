"""What a text must hold for a regular expression to find anything in it.

Read off the expression, as code search engines do (Cox, Regular Expression Matching with a Trigram
Index, 2012): of all pieces that every match has one of, those that tell most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, TypeAlias

Strings: TypeAlias = frozenset[str]

_NOTHING: Final = frozenset([""])
_MOST_JOINED: Final = 48
_MOST: Final = 400
_WIDEST_RANGE: Final = 12
_LONG_ENOUGH: Final = 4


def needles_of(expression: str) -> Strings | None:
    """Strings of which every match of an expression has at least one; None where there are no such
    strings, or too many. Raises re.error for what is no expression."""
    # Python's own parser. It has no public name: the tests would notice if it went away.
    parsed = import_module("re._parser").parse(expression)
    if parsed.state.flags & re.IGNORECASE:
        return None
    whole, some = _of_sequence(parsed)
    return _better(_usable(whole), some)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> tuple[Strings | None, Strings | None]:
    """All that a sequence can match, where that is little; and the best needles of its parts."""
    joined, best, complete = _NOTHING, None, True
    for kind, argument in items:
        whole, some = _of_item(str(kind), argument)
        if whole is not None and len(joined) * len(whole) <= _MOST_JOINED:
            joined = frozenset(start + end for start in joined for end in whole)
            continue
        complete = False
        best = _better(_better(best, _usable(joined)), some)
        joined = whole if whole is not None and len(whole) <= _MOST_JOINED else _NOTHING
        best = _better(best, _usable(whole))
    return (joined, best) if complete else (None, _better(best, _usable(joined)))


def _of_item(kind: str, argument: Any) -> tuple[Strings | None, Strings | None]:
    match kind:
        case "LITERAL":
            return frozenset([chr(argument)]), None
        case "IN":
            return _of_set(argument), None
        case "SUBPATTERN":
            return _of_sequence(argument[3])
        case "BRANCH":
            return _of_branches([_of_sequence(branch) for branch in argument[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_repeated(*argument)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _NOTHING, None
        case _:
            return None, None


def _of_set(members: Iterable[tuple[Any, Any]]) -> Strings | None:
    found: set[str] = set()
    for kind, argument in members:
        if str(kind) == "LITERAL":
            found.add(chr(argument))
        elif str(kind) == "RANGE" and argument[1] - argument[0] < _WIDEST_RANGE:
            found |= {chr(code) for code in range(argument[0], argument[1] + 1)}
        else:
            return None
    return frozenset(found)


def _of_branches(
    branches: list[tuple[Strings | None, Strings | None]],
) -> tuple[Strings | None, Strings | None]:
    each_whole = [whole for whole, _ in branches if whole is not None]
    whole = frozenset().union(*each_whole) if len(each_whole) == len(branches) else None
    each_some = [_better(_usable(whole), some) for whole, some in branches]
    known = [some for some in each_some if some is not None]
    some = frozenset().union(*known) if len(known) == len(branches) else None
    return whole, some


def _of_repeated(least: int, most: int, body: Any) -> tuple[Strings | None, Strings | None]:
    whole, some = _of_sequence(body)
    if least == 0:
        return (None if whole is None or most != 1 else whole | _NOTHING), None
    if least == most == 1:
        return whole, some
    return None, _better(_usable(whole), some)


def _usable(strings: Strings | None) -> Strings | None:
    return strings if strings and "" not in strings and len(strings) <= _MOST else None


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is None or other is None:
        return one if other is None else other
    return one if _worth(one) >= _worth(other) else other


def _worth(strings: Strings) -> tuple[int, int]:
    """Long ones are found rarely by chance, a Chinese character as rarely as two letters."""
    shortest = min(len(each) if each.isascii() else 2 * len(each) for each in strings)
    return min(shortest, _LONG_ENOUGH), -len(strings)
