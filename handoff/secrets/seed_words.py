"""What is known of seed phrases in any language: their lists, how people speak of them, and what a
message or the ones before it held of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final
from zlib import crc32

from msgspec import Struct

from handoff.secrets.finding import Finding

LENGTHS: Final = (24, 21, 18, 15, 12)

SPOKEN_OF: Final = re.compile(
    r"\bseeds?\b|mnemonic|\b(?:recovery|secret|backup|wallet|import)\W{1,3}(?:phrase|words?)\b"
    r"|\b(?:12|15|18|21|24|twelve|twenty\W?four)\W{0,2}words?\b"
    r"|助[记記憶][词詞]|[种種]子|[恢备備][复复復份份]{1,2}[短词詞]|(?:12|24|十二|二十四)[个個]?[单單]?[词詞]",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"(?:[:=]|\bis|\bare|是|为|為)[\s\"'“\d.(]*$")
KNOWN_BY_MARK: Final = 6
"""So many Chinese characters that came one at a time are parts of a phrase."""


class WordList(Struct, frozen=True):
    """A BIP-39 list: the place of each word, and whether words in order pass the checksum."""

    places: dict[str, int]
    is_valid: Callable[[str], bool]


class SeedLists(Struct, frozen=True):
    """The lists that are looked for; Chinese ones have one character a word."""

    english: WordList
    chinese: tuple[WordList, ...]


WORDS: Final = (
    "seed",
    "mnemonic",
    "phrase",
    " word",
    "助",
    "种",
    "種",
    "恢",
    "備",
    "备",
    "词",
    "詞",
)
"""A lower-case text that speaks of a seed phrase has one of these."""


def is_spoken_of(lower: str) -> bool:
    """Whether a lower-case text speaks of a seed phrase."""
    return SPOKEN_OF.search(lower) is not None


def is_label(before: str) -> bool:
    """Whether what stands before a phrase announces it."""
    return _LABEL.search(before[-24:]) is not None


class Found(Struct, frozen=True):
    """Phrases in one message. `rare` counts seed words of a message that has nothing else and in
    which nothing was found: it may be a part of a phrase sent word by word."""

    findings: tuple[Finding, ...] = ()
    rare: int = 0
    marks: int = 0


class Before(Struct, frozen=True):
    """Rare seed words in earlier messages of nothing but seed words: how many, and the marks of
    the first few, so that one said again counts once."""

    words: int = 0
    marks: int = 0

    def fresh(self, words: Iterable[str]) -> tuple[int, int]:
        """How many words are new, and their marks. While few are known, marks tell; afterwards
        every word counts."""
        marks, count = 0, 0
        for word in words:
            mark = 1 << (crc32(word.encode()) & 63)
            if self.words >= KNOWN_BY_MARK or not (self.marks | marks) & mark:
                count += 1
            marks |= mark
        return count, marks


NONE: Final = Found()
