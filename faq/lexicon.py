"""The words that may be meant: those of a base, common English ones, and those that an encoder
knows; and how rare each is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import log
from typing import Final, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faq.encoder import Vocabulary
from faq.english import ENGLISH

_Key = TypeVar("_Key", int, tuple[str, int])

_WORD: Final = re.compile("[a-z0-9]+")
_NONE: Final[frozenset[int]] = frozenset()
_LETTERS: Final = re.compile("[a-z]{3,}")
_SHORTEST: Final = 3
"""Letters of a word that a slip may have been meant for: to shorter ones, too much is near."""
_TWO_SLIPS: Final = 4
"""Letters of the longer one of two words that may be two slips away from each other."""
_LARGE: Final = 4_000
_TWO_SLIPS_IF_LARGE: Final = 7
"""Texts from which on a base is large: there, more words are near, and to look at all of them, and
at what stands in one text with what, would take a fifth of a question's time."""
_TELL_NOTHING: Final = frozenset(list(ENGLISH)[:60])
"""Words that stand beside all others."""
_ENGLISH: Final = (0.1, 10)
_FURTHER: Final = (0.002, 500)
"""The share of all words that the first has, times the number that is added to its place: word
number n has the share a / (n + b) (Zipf's law, as Mandelbrot has it, 1953). Further words are of
thirty languages, and so rarer than their place says."""

_UNKNOWN: Final = 10.0
_UNKNOWN_LETTER: Final = 2.5
"""How rare an unknown word is, and each of its letters: short ones are more often names of coins
than slips."""


class Lexicon:
    """Words, with what is told of them by texts of a base."""

    def __init__(self, texts: Iterable[str], vocabulary: Vocabulary | None = None) -> None:
        """`texts` are normalised; `vocabulary` knows common words beyond those of our own lines."""
        self._vocabulary = vocabulary
        self._often: Counter[str] = Counter()
        self._together: set[tuple[str, str]] = set()
        self._texts: dict[str, set[int]] = defaultdict(set)
        every = list(texts)
        large = len(every) > _LARGE
        self._two_slips = _TWO_SLIPS_IF_LARGE if large else _TWO_SLIPS
        for number, text in enumerate(every):
            found = words_in(text)
            self._often.update(found)
            self._together.update(pairwise(found))
            if not large:
                for word in found:
                    self._texts[word].add(number)
        self._total = max(1, self._often.total())
        self._own = _grouped(filter(_LETTERS.fullmatch, self._often), len)

    def is_own(self, word: str) -> bool:
        """Whether the base has a word."""
        return word in self._often

    def are_neighbours(self, one: str, other: str) -> bool:
        """Whether the base has one word right before another."""
        return (one, other) in self._together

    def are_in_one_text(self, one: str, other: str) -> bool:
        """Whether a text of the base has both; never of words that stand beside all others, nor in
        a large base."""
        if one in _TELL_NOTHING or other in _TELL_NOTHING:
            return False
        return not self._texts.get(one, _NONE).isdisjoint(self._texts.get(other, _NONE))

    def rarity(self, word: str) -> float:
        """The negative logarithm of the share of all words that this one has."""
        share = self._often[word] / self._total
        if word in ENGLISH:
            share += _ENGLISH[0] / (ENGLISH[word] + _ENGLISH[1])
        elif word in self._further:
            share += _FURTHER[0] / (self._further[word] + _FURTHER[1])
        return -log(share) if share else _UNKNOWN + _UNKNOWN_LETTER * len(word)

    def near(self, word: str) -> Iterator[tuple[str, int]]:
        """The words that are one slip away, of the base also two if they are long enough; and how
        many it is. Of common words only those that begin as it does, or with its second letter."""
        for length in _lengths(word, 2):
            slips = 2 if max(length, len(word)) >= self._two_slips else 1
            if abs(length - len(word)) <= slips:
                yield from _at_most(slips, word, self._own.get(length, ()))
        for first in dict.fromkeys(word[:2]):
            for length in _lengths(word, 1):
                yield from _at_most(1, word, self._common.get((first, length), ()))

    @cached_property
    def _further(self) -> dict[str, int]:
        """What the vocabulary knows, each word with its place."""
        found = self._vocabulary.common_words() if self._vocabulary is not None else ()
        return {word: place for place, word in enumerate(found)}

    @cached_property
    def _common(self) -> Mapping[tuple[str, int], list[str]]:
        every = dict.fromkeys((*ENGLISH, *self._further))
        return _grouped(every, lambda word: (word[0], len(word)))


def words_in(text: str) -> list[str]:
    """The words and numbers of a normalised text."""
    return _WORD.findall(text)


def _grouped(words: Iterable[str], by: Callable[[str], _Key]) -> Mapping[_Key, list[str]]:
    found: dict[_Key, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[by(word)].append(word)
    return found


def _lengths(word: str, slips: int) -> range:
    """Of words that may be so many slips away."""
    return range(max(_SHORTEST, len(word) - slips), len(word) + slips + 1)


def _at_most(slips: int, word: str, words: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Those of other words that are at most so many slips away, and how many it is."""
    found = process.extract(
        word, words, scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None
    )
    return ((known, int(distance)) for known, distance, _ in found if known != word)
