"""Mends slips of the finger by the words and the pairs of Chinese characters that a base knows."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import pairwise
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faq.encoder import Vocabulary
from faq.english import ENGLISH
from faq.keyboard import is_beside
from faq.parts import is_spelling

_WORD: Final = re.compile(r"(?<![a-z'])[a-z]{3,}(?![a-z'])")
"""Not a part of "doesn't"."""
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
_SHORT: Final = 3
_TWO_SLIPS: Final = 7
_REPAIRS_MOST: Final = 8
_BETTER: Final = 2
"""By how many known pairs more characters are better the other way round."""
_FAR_KEY: Final = 0.5
"""What it counts, in slips, that two letters exchanged for one another are not side by side."""
_EXCHANGED: Final = 0.25
"""What it counts less that nothing but the order of letters differs."""
_CLEARLY: Final = 4
"""How many times as often a word must be in a base as another as near, to be taken for it."""


class Repair:
    """The words of a base, by length and how often they occur, and its pairs of characters."""

    def __init__(self, texts: Iterable[str], vocabulary: Vocabulary | None = None) -> None:
        """`texts` are normalised. Common English words, and those of the `vocabulary`, are no
        slips, whether the base has them or not, and what no word of the base is a slip away from
        may be one of theirs."""
        self._vocabulary = vocabulary
        self._often: Counter[str] = Counter()
        self._pairs: set[str] = set()
        self._between: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            self._often.update(re.findall("[a-z0-9]+", text))
            for run in _HAN_RUN.findall(text):
                self._pairs.update(map("".join, pairwise(run)))
                for one, left_out, other in zip(run, run[1:], run[2:], strict=False):
                    self._between[one + other].add(left_out)
        self._by_length = _by_length(filter(_WORD.fullmatch, self._often))

    def mend(self, normal: str) -> str:
        """The text with each unknown word become the known word that is a slip away, two for
        longer words, if one is clearly nearest; with neighbouring Chinese characters exchanged
        where that makes known pairs of unknown ones, and with the one character put in that is
        known between two that are not known side by side. The rest stays.

        A slip is as in optimal string alignment. What is likelier on a keyboard counts less: two
        letters exchanged, or one beside the right one; and of words as near, one that occurs far
        more often is meant (the noisy channel of Kernighan, Church and Gale, 1990).
        """
        repairs = 0

        def mended(found: re.Match[str]) -> str:
            nonlocal repairs
            word = found[0]
            if word in self._often or repairs >= _REPAIRS_MOST or self._is_word(word):
                return word
            repairs += 1
            return self._nearest(word)

        return _HAN_RUN.sub(self._mended, _WORD.sub(mended, normal))

    def _is_word(self, word: str) -> bool:
        known = word in ENGLISH or is_spelling(word)
        return known or (self._vocabulary is not None and self._vocabulary.is_word(word))

    def _nearest(self, word: str) -> str:
        own = self._near(word, self._by_length, 2 if len(word) >= _TWO_SLIPS else 1)
        near = sorted((cost, -self._often[known], known) for cost, known in own)
        if len(word) > _SHORT and (not near or near[0][0] > 1):
            common = sorted(
                (cost, self._common[known], known)
                for cost, known in self._near(word, self._common_by_length, 1)
            )
            if common and (not near or common[0][0] < near[0][0]):
                return common[0][2]
        if not near:
            return word
        if len(near) > 1 and near[0][0] == near[1][0] and near[0][1] > _CLEARLY * near[1][1]:
            return word
        return near[0][2]

    def _near(
        self, word: str, by_length: Mapping[int, list[str]], slips: int
    ) -> list[tuple[float, str]]:
        """The words at most so many slips away, and how many they are."""
        near: list[tuple[float, str]] = []
        for length in range(max(_SHORT, len(word) - slips), len(word) + slips + 1):
            words = by_length.get(length, ())
            found = process.extract(
                word, words, scorer=OSA.distance, score_cutoff=slips, limit=None, processor=None
            )
            for known, distance, _ in found:
                cost = distance + _FAR_KEY * _far_keys(word, known)
                if sorted(word) == sorted(known):
                    cost -= _EXCHANGED
                if len(word) > _SHORT or cost <= 1:
                    near.append((cost, known))
        return near

    @cached_property
    def _common(self) -> dict[str, int]:
        """The common words, each with its place among them."""
        further = self._vocabulary.common_words() if self._vocabulary is not None else ()
        return {word: place for place, word in enumerate(dict.fromkeys((*ENGLISH, *further)))}

    @cached_property
    def _common_by_length(self) -> dict[int, list[str]]:
        return _by_length(self._common)

    def _mended(self, found: re.Match[str]) -> str:
        """A run of characters, those exchanged put back and those left out put in."""
        run = list(found[0])
        for at in range(len(run) - 1):
            one, other = run[at], run[at + 1]
            if one + other in self._pairs:
                continue
            before, after = run[max(0, at - 1) : at], run[at + 2 : at + 3]
            now = self._known([*before, one, other, *after])
            if self._known([*before, other, one, *after]) >= now + _BETTER:
                run[at : at + 2] = other, one
        for at in range(len(run) - 1, 0, -1):
            pair = run[at - 1] + run[at]
            between = self._between.get(pair, set())
            if pair not in self._pairs and len(between) == 1:
                run[at:at] = between
        return "".join(run)

    def _known(self, characters: list[str]) -> int:
        return sum(one + other in self._pairs for one, other in pairwise(characters))


def _by_length(words: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for word in sorted(words):
        found[len(word)].append(word)
    return found


def _far_keys(word: str, known: str) -> int:
    """How many letters were exchanged for others that are not beside them, in words of a length."""
    if len(word) != len(known):
        return 0
    differing = [(one, other) for one, other in zip(word, known, strict=True) if one != other]
    swapped = {other + one for one, other in differing}
    return sum(not is_beside(one, other) and one + other not in swapped for one, other in differing)
