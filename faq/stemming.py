"""One form for an English word's inflections, so that 'cards' and 'card' are alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_ENDINGS: Final = (
    ("ies", "y"), ("sses", "ss"), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""),
    ("ment", ""), ("es", "e"), ("s", ""),
)  # fmt: skip
_SHORTEST: Final = 3


@lru_cache(20_000)
def stem(word: str) -> str:
    """What is left of a small-letter word without its ending, at least three letters; not always a
    word itself. A shorter cousin of Porter's (1980)."""
    if len(word) <= _SHORTEST or not word.isalpha():
        return word
    for ending, instead in _ENDINGS:
        rest = len(word) - len(ending)
        if word.endswith(ending) and rest >= _SHORTEST and not (ending == "s" and word[-2] == "s"):
            word = word[:rest] + instead
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == "e":
        word = word[:-1]
    if len(word) > _SHORTEST and word[-1] == "y":
        word = word[:-1] + "i"
    return word
