"""What a text must hold for a regular expression to find anything in it.

Read off the expression, as code search engines do (Cox, Regular Expression Matching with a Trigram
Index, 2012): of all pieces that every match has one of, those that tell most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final, NamedTuple, TypeAlias

Strings: TypeAlias = frozenset[str]

_NOTHING: Final = frozenset([""])
_MOST_JOINED: Final = 48
_MOST: Final = 400
_WIDEST_RANGE: Final = 12
_LONG_ENOUGH: Final = 4
_SHORT: Final = 3
_COMMON: Final = frozenset(["you", "your", "my", "our", "the", "it", "to", "off", "will", "has"])


class _Held(NamedTuple):
    """What is known of all matches of a piece: all that there can be, if that is little; strings
    of which each has one; strings of which each begins with one. None: not known, or too many."""

    whole: Strings | None = None
    some: Strings | None = None
    starts: Strings | None = None


def needles_of(expression: str) -> Strings | None:
    """Strings of which every match of an expression has at least one; None where there are no such
    strings, or too many. Raises re.error for what is no expression."""
    # Python's own parser. It has no public name: the tests would notice if it went away.
    parsed = import_module("re._parser").parse(expression)
    if parsed.state.flags & re.IGNORECASE:
        return None
    held = _of_sequence(parsed)
    return _better(_usable(held.whole), held.some)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> _Held:
    """What a sequence can match, of what stands in a row the more the better."""
    joined, best, starts = _NOTHING, None, None
    for kind, argument in items:
        held = _of_item(str(kind), argument)
        if held.whole is not None and len(joined) * len(held.whole) <= _MOST_JOINED:
            joined = _joined(joined, held.whole)
            continue
        reached = joined
        if held.starts is not None and len(joined) * len(held.starts) <= _MOST:
            reached = _joined(joined, held.starts)
        starts = reached if starts is None else starts
        best = _better(_better(best, _usable(joined)), held.some)
        # Longer ones take memory: only where shorter ones would be found in every other message.
        if best is None or _worth(best)[0] < _SHORT:
            best = _better(best, _usable(reached))
        joined = _NOTHING
        if held.whole is not None and len(held.whole) <= _MOST_JOINED:
            joined = held.whole
        best = _better(best, _usable(held.whole))
    if starts is None:
        return _Held(joined, best, joined)
    return _Held(None, _better(best, _usable(joined)), starts)


def _joined(starts: Strings, ends: Strings) -> Strings:
    return frozenset(start + end for start in starts for end in ends)


def _of_item(kind: str, argument: Any) -> _Held:
    match kind:
        case "LITERAL":
            return _just(frozenset([chr(argument)]))
        case "IN":
            return _just(_of_set(argument))
        case "SUBPATTERN":
            return _of_sequence(argument[3])
        case "BRANCH":
            return _of_branches([_of_sequence(branch) for branch in argument[1]])
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _of_repeated(*argument)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return _just(_NOTHING)
        case _:
            return _Held()


def _just(strings: Strings | None) -> _Held:
    return _Held(strings, None, strings)


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


def _of_branches(branches: list[_Held]) -> _Held:
    return _Held(
        _of_all([branch.whole for branch in branches]),
        _of_all([_better(_usable(branch.whole), branch.some) for branch in branches]),
        _of_all([branch.starts for branch in branches]),
    )


def _of_all(sets: list[Strings | None]) -> Strings | None:
    """What one of several holds, where that is known of each."""
    known = [each for each in sets if each is not None]
    return frozenset().union(*known) if len(known) == len(sets) else None


def _of_repeated(least: int, most: int, body: Any) -> _Held:
    held = _of_sequence(body)
    if least == 0:
        once = None if held.whole is None or most != 1 else held.whole | _NOTHING
        return _Held(once, None, once)
    if least == most == 1:
        return held
    return _Held(None, _better(_usable(held.whole), held.some), held.starts)


def _usable(strings: Strings | None) -> Strings | None:
    return strings if strings and "" not in strings and len(strings) <= _MOST else None


def _better(one: Strings | None, other: Strings | None) -> Strings | None:
    if one is None or other is None:
        return one if other is None else other
    return one if _worth(one) >= _worth(other) else other


def _worth(strings: Strings) -> tuple[int, int]:
    """Long ones are found rarely by chance, a Chinese character as rarely as two letters; words
    that are in every other message are found whenever they are looked for."""
    shortest = min(
        1 if each.strip() in _COMMON else len(each) if each.isascii() else 2 * len(each)
        for each in strings
    )
    return min(shortest, _LONG_ENOUGH), -len(strings)
