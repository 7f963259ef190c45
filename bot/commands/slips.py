"""Slips of the finger, made by a seed, to measure what they cost."""

from __future__ import annotations

import random
import re
from typing import Final

_PLACE: Final = re.compile(r"(?<=[A-Za-z])[a-z](?=[a-z])|(?<=[\u3400-\u9fff])[\u3400-\u9fff]")
_ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE: Final = {
    key: row[max(0, at - 1) : at] + row[at + 1 : at + 2]
    for row in _ROWS
    for at, key in enumerate(row)
}


def with_slips(text: str, seed: int) -> str:
    """The text with one or two slips inside its words, each with the same chance: two neighbours
    exchanged, one left out, one doubled, or the key beside it hit. Chinese characters are only
    exchanged or left out. A text without such words stays."""
    made = random.Random(f"{seed} {text}")  # noqa: S311
    for _ in range(made.choice((1, 2))):
        places = [found.start() for found in _PLACE.finditer(text)]
        if places:
            text = _slip(text, made.choice(places), made)
    return text


def _slip(text: str, at: int, made: random.Random) -> str:
    before, char, after = text[:at], text[at], text[at + 1 :]
    kinds = ("exchange", "omit", "double", "beside") if char.isascii() else ("exchange", "omit")
    match made.choice(kinds):
        case "exchange":
            return before[:-1] + char + before[-1] + after
        case "omit":
            return before + after
        case "double":
            return before + char + char + after
        case _:
            return before + made.choice(_BESIDE[char]) + after
