"""Common words, as the small sentence encoder's word pieces know them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

_START: Final = "\u2581"
"""What a piece begins with that begins a word."""
_ASCII_WORD: Final = re.compile(f"{_START}[a-z]{{3,}}")
_COMMON: Final = -12.8
"""The logarithm of how often a piece occurs, from which on it counts as a word of a language;
below it are misspellings."""
_CERTAIN: Final = -11.4
"""The same, from which on a word is not taken for a slip: the three thousand most common. Below it
are words of thirty languages that look like slips of English ones, such as "cad" and "ont".
Chosen on held-out phrasings with slips."""


class CommonWords:
    """Words common enough in some language to have been given a piece of their own."""

    def __init__(self, numbers: Mapping[str, int], scores: array[float]) -> None:
        """`numbers` are those of the pieces, from 1 on, and 0 of what only begins a piece;
        `scores` the logarithms of how often they occur."""
        self.pieces: Final = Pieces(numbers)
        self._scores = scores
        found = [
            (-scores[number - 1], piece.removeprefix(_START))
            for piece, number in numbers.items()
            if number and _ASCII_WORD.fullmatch(piece) and scores[number - 1] > _COMMON
        ]
        self._words = [word for _, word in sorted(found)]

    def is_word(self, word: str) -> bool:
        """Whether a word in small letters is very common, if with a capital."""
        return any(self._is_certain(_START + form) for form in (word, word.capitalize()))

    def common_words(self) -> Sequence[str]:
        """The common words of small letters a to z, the most common first."""
        return self._words

    def _is_certain(self, piece: str) -> bool:
        number = self.pieces.get(piece) or 0
        return number > 0 and self._scores[number - 1] > _CERTAIN


class Pieces:
    """What `get` of a dict of texts to small numbers returns, in a fraction of its memory."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        from marisa_trie import Trie

        trie: Any = Trie(numbers)
        self._numbers = array("i", bytes(4 * len(numbers)))
        for text, number in numbers.items():
            self._numbers[trie[text]] = number
        self._place: Callable[[str], int | None] = trie.get

    def get(self, text: str) -> int | None:
        """The number of a text; None when it has none."""
        place = self._place(text)
        return None if place is None else self._numbers[place]
