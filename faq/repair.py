"""Mends slips of the finger: words by what is probably meant, Chinese characters by the pairs that
a base knows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from faq.encoder import Vocabulary
from faq.lexicon import Lexicon, words_in
from faq.likely_slips import at_least, unlikelihood
from faq.parts import is_spelling

_WORD: Final = re.compile(r"(?<![a-z0-9'])(?:[a-z]{3,}|[b-df-hj-np-tv-z]{2})(?![a-z0-9'])")
"""Not a part of "doesn't" or "2fa"; and of two letters only what has no vowel, as Chinese written
in letters is full of "wo" and "de"."""
_BEFORE: Final = re.compile(r"([a-z0-9]+)[^a-z0-9]*$")
_AFTER: Final = re.compile(r"[^a-z0-9]*([a-z0-9]+)")
_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]{2,}")
_REPAIRS_MOST: Final = 8
_BETTER: Final = 2
"""By how many known pairs more characters are better the other way round."""
_AS_IT_IS: Final = 4.0
"""By how many nats a common word is likelier to be meant as it is typed."""
_TOGETHER: Final = 3.0
"""By how many nats a word is likelier beside one that it stands beside in the base."""
_IN_ONE_TEXT: Final = 1.5
_MOST_IN_ONE_TEXT: Final = 2
"""By how many for each other word of the text that a text of the base has too, up to so many."""
_MOST_BESIDE: Final = 2 * _TOGETHER + _MOST_IN_ONE_TEXT * _IN_ONE_TEXT


class Repair:
    """Knows the words of a base and its pairs of characters."""

    def __init__(self, texts: Iterable[str], vocabulary: Vocabulary | None = None) -> None:
        """`texts` are normalised. What a slip may have been meant for are words of the base, common
        English ones and those of the `vocabulary`."""
        self._pairs: set[str] = set()
        # What was left out between two characters; nothing where it may be one or another.
        self._between: dict[str, str] = {}
        texts = list(texts)
        self._lexicon = Lexicon(texts, vocabulary)
        for text in texts:
            for run in _HAN_RUN.findall(text):
                self._pairs.update(map("".join, pairwise(run)))
                for one, left_out, other in zip(run, run[1:], run[2:], strict=False):
                    if self._between.setdefault(one + other, left_out) != left_out:
                        self._between[one + other] = ""

    def mend(self, normal: str) -> str:
        """The text with its words and its Chinese characters mended."""
        return self.with_characters(self.with_words(normal))

    def with_characters(self, normal: str) -> str:
        """The text with neighbouring Chinese characters exchanged where that makes known pairs of
        unknown ones, and with the one character put in that is known between two that are not known
        side by side."""
        return _HAN_RUN.sub(self._mended, normal)

    def with_words(self, normal: str) -> str:
        """The text with each word that the base does not have become what was probably meant.

        A word was probably meant if it is common, in the base or at all, if it stands in the base
        beside the words that it stands beside, and if what was typed is a likely slip of it (the
        noisy channel of Kernighan, Church and Gale, 1990, with a word's neighbours: Mays, Damerau
        and Mercer, 1991).
        """
        repairs = 0
        words = [word for word in words_in(normal) if self._lexicon.is_own(word)]

        def mended(found: re.Match[str]) -> str:
            nonlocal repairs
            word = found[0]
            if self._lexicon.is_own(word) or is_spelling(word) or repairs >= _REPAIRS_MOST:
                return word
            repairs += 1
            before = _BEFORE.search(normal[: found.start()])
            after = _AFTER.match(normal[found.end() :])
            return self._meant(word, before[1] if before else "", after[1] if after else "", words)

        return _WORD.sub(mended, normal)

    def _meant(self, word: str, before: str, after: str, words: Sequence[str]) -> str:
        """What was probably meant by a word between two others; `words` are those of its text that
        the base has."""
        lexicon = self._lexicon
        meant, least = word, lexicon.rarity(word) - _AS_IT_IS
        for known, slips in lexicon.near(word):
            rarity = lexicon.rarity(known)
            # Most cannot be meant, whatever they stand beside: looked at no further, as that costs.
            if rarity + at_least(slips) - _MOST_BESIDE >= least:
                continue
            cost = rarity + unlikelihood(word, known) - self._beside(known, before, after, words)
            if cost < least:
                meant, least = known, cost
        return meant

    def _beside(self, known: str, before: str, after: str, words: Sequence[str]) -> float:
        """How much likelier a word is for what it stands between, and with."""
        lexicon = self._lexicon
        pairs = ((before, (before, known)), (after, (known, after)))
        beside = [other for other, pair in pairs if lexicon.are_neighbours(*pair)]
        further = sum(
            lexicon.are_in_one_text(other, known) for other in words if other not in beside
        )
        return _TOGETHER * len(beside) + _IN_ONE_TEXT * min(further, _MOST_IN_ONE_TEXT)

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
            if pair not in self._pairs:
                run[at:at] = self._between.get(pair, "")
        return "".join(run)

    def _known(self, characters: list[str]) -> int:
        return sum(one + other in self._pairs for one, other in pairwise(characters))
