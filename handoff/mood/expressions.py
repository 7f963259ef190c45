"""Many regular expressions at once: only those are tried that may find something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import ahocorasick

from handoff.mood.needles import needles_of

_WORD_STARTS: Final = re.compile(r"(?<=[^a-z0' \-])(?=[a-z0])")
_MADE_START: Final = re.compile(r"(?<=[^a-z0' \-]) ")


def spaced(form: str) -> str:
    """A folded text with a space before every English word. English expressions begin with one: a
    plain letter is what the engine skips ahead by, three times as fast as a border of words."""
    return " " + _WORD_STARTS.sub(" ", form)


class Expressions:
    """Expressions by number, from 0. Those from `first_spaced` on are meant for `spaced` texts.

    One pass over a text (Aho and Corasick 1975) finds the pieces of which every match has one.
    """

    def __init__(self, expressions: Sequence[str], first_spaced: int | None = None) -> None:
        self._patterns = tuple(map(re.compile, expressions))
        self._first_spaced = len(expressions) if first_spaced is None else first_spaced
        self._always = 0
        bits: dict[str, int] = {}
        for number, expression in enumerate(expressions):
            needles = needles_of(expression)
            if needles is not None and number >= self._first_spaced:
                needles = frozenset(map(_before_spacing, needles))
            if needles is None or "" in needles:
                self._always |= 1 << number
                continue
            for needle in needles:
                bits[needle] = bits.get(needle, 0) | 1 << number
        self._needles = ahocorasick.Automaton()
        for needle, numbers in bits.items():
            self._needles.add_word(needle, numbers)
        self._needles.make_automaton()

    @property
    def patterns(self) -> list[tuple[re.Pattern[str], bool]]:
        """All of them, and whether they are for spaced texts."""
        return [(each, at >= self._first_spaced) for at, each in enumerate(self._patterns)]

    def found(self, form: str) -> dict[int, re.Match[str]]:
        """Of the expressions that find something in a folded text, what they find first."""
        likely = self._always
        for _, numbers in self._needles.iter(form):
            likely |= numbers
        found, wide = {}, ""
        while likely:
            lowest = likely & -likely
            likely ^= lowest
            number = lowest.bit_length() - 1
            if number >= self._first_spaced:
                wide = wide or spaced(form)
                match = self._patterns[number].search(wide)
            else:
                match = self._patterns[number].search(form)
            if match is not None:
                found[number] = match
        return found


def _before_spacing(needle: str) -> str:
    """The longest piece of a needle that the text has too before spaces are put into it."""
    return max(_MADE_START.split(needle.strip()), key=len)
