"""Mends slips of the finger by the words that a base knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD: Final = re.compile(r"(?<![a-z'])[a-z]{4,}(?![a-z'])")
"""Not a part of "doesn't"."""
_TWO_SLIPS: Final = 8
_REPAIRS_MOST: Final = 8


class Repair:
    """The words of a base, by length."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known = set(words)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in sorted(self._known):
            if _WORD.fullmatch(word):
                self._by_length[len(word)].append(word)

    def mend(self, normal: str) -> str:
        """The text with each unknown word become the one known word that is a slip away, two for
        long words; a slip is as in optimal string alignment. Other words stay."""
        repairs = 0

        def mended(found: re.Match[str]) -> str:
            nonlocal repairs
            if found[0] in self._known or repairs >= _REPAIRS_MOST:
                return found[0]
            repairs += 1
            return self._nearest(found[0])

        return _WORD.sub(mended, normal)

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= _TWO_SLIPS else 1
        near: list[tuple[float, str]] = []
        for length in range(len(word) - slips, len(word) + slips + 1):
            words = self._by_length.get(length, ())
            found = process.extract(
                word, words, scorer=OSA.distance, score_cutoff=slips, limit=2, processor=None
            )
            near += [(distance, known) for known, distance, _ in found]
        near.sort()
        if not near or (len(near) > 1 and near[0][0] == near[1][0]):
            return word
        return near[0][1]
