"""Common words, as the small sentence encoder's word pieces know them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

_START: Final = "\u2581"
"""What a piece begins with that begins a word."""
_ASCII_WORD: Final = re.compile(f"{_START}[A-Za-z][a-z]{{2,}}")
_COMMON: Final = -12.8
"""The logarithm of how often a piece occurs, from which on it counts as a word of a language;
below it are misspellings."""


class CommonWords:
    """Words common enough in some language to have been given a piece of their own."""

    def __init__(self, numbers: Mapping[str, int], scores: array[float]) -> None:
        """`numbers` are those of the pieces, from 1 on, and 0 of what only begins a piece;
        `scores` the logarithms of how often they occur."""
        self.pieces: Final = Pieces(numbers)
        self._scores: Final = scores

    def common_words(self) -> Sequence[str]:
        """The common words of letters a to z, in small ones, the most common first. They are looked
        for each time: they are seldom asked for, and would take a megabyte."""
        found = [
            (-self._scores[number - 1], piece.removeprefix(_START))
            for piece, number in self.pieces.items()
            if number and _ASCII_WORD.fullmatch(piece) and self._scores[number - 1] > _COMMON
        ]
        names = (word.lower() for _, word in sorted(found))
        return list(dict.fromkeys(names))


class Pieces:
    """What `get` of a dict of texts to small numbers returns, in a fraction of its memory."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        from marisa_trie import Trie

        trie: Any = Trie(numbers)
        self._numbers = array("i", bytes(4 * len(numbers)))
        for text, number in numbers.items():
            self._numbers[trie[text]] = number
        self._place: Callable[[str], int | None] = trie.get
        self._every: Callable[[], Iterable[tuple[str, int]]] = trie.iteritems

    def items(self) -> Iterator[tuple[str, int]]:
        """All texts with their numbers."""
        for text, place in self._every():
            yield text, self._numbers[place]

    def get(self, text: str) -> int | None:
        """The number of a text; None when it has none."""
        place = self._place(text)
        return None if place is None else self._numbers[place]
