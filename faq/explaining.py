"""Says in plain words what msgspec found wrong, and what to write instead."""

from __future__ import annotations

import re
from typing import Any, Final

from msgspec import Struct
from rapidfuzz import process

from faq.shapes import choices_of, keys_of

_FOUND: Final = {
    "int": "a whole number",
    "float": "a number",
    "str": "a text",
    "bool": "true or false",
    "array": "a list",
    "object": "keys with values",
    "null": "empty",
}
_WANTED: Final = {
    "int": "a whole number, such as 8080",
    "float": "a number, such as 0.5",
    "str": "a text; put it in quotes, such as 'hello'",
    "bool": "true or false",
    "array": "a list: lines that start with '- '",
    "object": "keys with values: lines such as 'name: value'",
    "null": "nothing",
}
_BOUNDS: Final = {">=": "at least", "<=": "at most", ">": "more than", "<": "less than"}
_CLOSE: Final = 60
"""How alike, of 100, a known key must be to be proposed."""


class Explanation(Struct, frozen=True):
    """What is wrong and what to write; `key` is the key that it is about, if it stands there."""

    problem: str
    instead: str
    key: str | None = None


def explain(what: str, type: Any, place: str, key: str | None = None) -> Explanation:
    """msgspec's sentence about a value of a type, or about a key in it, at a place.

    Values are not repeated, for they may be secrets; keys and wrong choices are.
    """
    where = f"“{place}”" if place else "the file"
    if key is not None:
        return _key(where, key, choices_of(type))
    if found := re.match(r"Object contains unknown field `(.+)`", what):
        return _key(where, found[1], keys_of(type))
    if found := re.match(r"Object missing required field `(.+)`", what):
        return Explanation(f"{where} lacks “{found[1]}”", f"add a line “{found[1]}: …”")
    if found := re.match(r"Invalid enum value (.+)", what):
        choices = ", ".join(choices_of(type))
        return Explanation(f"{where} is {found[1]}", f"choose one of: {choices}")
    if found := re.match(r"Expected `(.+)`, got `(\w+)`", what):
        kinds = found[1].split(" | ")
        wanted = [_WANTED.get(k, k) for k in kinds if k != "null" or len(kinds) == 1]
        is_now = _FOUND.get(found[2], found[2])
        return Explanation(f"{where} is {is_now}", f"write {', or '.join(wanted)}")
    if found := re.match(r"Expected `\w+` (>=|<=|>|<) (\S+)", what):
        bound = f"{_BOUNDS[found[1]]} {found[2]}"
        return Explanation(f"{where} is out of range", f"write a number of {bound}")
    if found := re.match(r"Expected `(\w+)` of length (>=|<=) (\d+)", what):
        bound = f"{_BOUNDS[found[2]]} {found[3]}"
        parts = "characters" if found[1] == "str" else "items"
        return Explanation(f"{where} is too short or too long", f"write {bound} {parts}")
    return Explanation(f"{where} is not allowed here", what[:1].lower() + what[1:])


def _key(where: str, key: str, known: list[str]) -> Explanation:
    near = process.extractOne(key, known, score_cutoff=_CLOSE)
    if near:
        instead = f"did you mean “{near[0]}”?"
    else:
        instead = f"known here: {', '.join(known)}" if known else "delete it"
    return Explanation(f"the key “{key}” in {where} is not known", instead, key)
