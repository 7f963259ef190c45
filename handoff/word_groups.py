"""Which groups of words a text has a word of, in one pass over it."""

from __future__ import annotations

from typing import Final

import ahocorasick


class WordGroups:
    """Groups of words by name. A text has a word where the word's letters stand in it, whatever
    stands around them; all are looked for at once (Aho and Corasick 1975)."""

    def __init__(self, **groups: tuple[str, ...]) -> None:
        self._bits: Final = {name: 1 << place for place, name in enumerate(groups)}
        of_word: dict[str, int] = {}
        for name, words in groups.items():
            for word in words:
                of_word[word] = of_word.get(word, 0) | self._bits[name]
        self._automaton = ahocorasick.Automaton()
        for word, bits in of_word.items():
            self._automaton.add_word(word, bits)
        self._automaton.make_automaton()

    def bit(self, name: str) -> int:
        """The bit that stands for a group. Raises KeyError."""
        return self._bits[name]

    def of(self, text: str) -> int:
        """The bits of the groups of which the text has a word."""
        found = 0
        for _, bits in self._automaton.iter(text):
            found |= bits
        return found
