"""What of a text the detectors of mood and danger see: n-grams of words, Chinese characters and
letters, and how it is written."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, TypeAlias, TypeVar
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.traditional import SIMPLIFIED

Hashes: TypeAlias = NDArray[np.uint64]
_Number = TypeVar("_Number", bound=np.generic)

LONGEST: Final = 1000
"""Characters that are looked at; of a longer text the beginning and the end."""

# Written so, and not as `{2,}`, it is given up at the second character: three times as fast.
_REPEATED: Final = re.compile(r"(.)\1\1+", re.DOTALL)
_DIGITS: Final = re.compile(r"[0-9]+")
_HIDDEN: Final = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_TOKEN: Final = re.compile(
    r"[a-z]+(?:'[a-z]+)?|[\u3400-\u9fff]|0|[,:;]|[!?]+|\.+|[\U0001f000-\U0001faff\u2600-\u27bf]"
)
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_SAYS: Final = re.compile(r"[^\W_]")
_SAME: Final = {
    **SIMPLIFIED,
    **str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "。": ".", "、": ","}),
}
# Most texts have none of them, which is seen sooner than each character is looked up.
_HAS_SAME: Final = re.compile(f"[{''.join(map(chr, _SAME))}]")

_BEGIN: Final = 1
LONGEST_PHRASE: Final = 4
_WINDOW: Final = LONGEST_PHRASE
"""Tokens, or letters, that are seen at once."""
_ROWS: Final = 5
"""Of each window its first one, two, three and four tokens, and the two around its second."""
_SHORT: Final = 2
"""The first of them."""
_FACTORS: Final = np.array(
    [
        [
            0x9E3779B97F4A7C15,
            0xD6E8FEB86659FD93,
            0xA24BAED4963EE407,
            0x8CB92BA72F3D8DD7,
            0xC2B2AE3D27D4EB4F,
        ],
        [0, 0x9FB21C651E98DF25, 0xC13FA9A902A6328F, 0x91E10DA5C79E7B1D, 0],
        [0, 0, 0xB492B66FBE98F273, 0xE7037ED1A0B428DB, 0xF58476D1CE4E5B9B],
        [0, 0, 0, 0x94D049BB133111EB, 0],
    ],
    dtype=np.uint64,
)
_LETTERS: Final = np.uint64(0xBF58476D1CE4E5B9)
_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_32: Final = np.uint64(32)


class Grams(Struct, frozen=True, gc=False):
    """Hashes of what is seen in some texts; one that is seen twice is there twice.

    First the n-grams of words and Chinese characters of each text, then the letters of each, then
    how each is written. `words`, `letters` and `styles` say how many of these each text has;
    `tokens` are its words, Chinese characters and signs.
    """

    hashes: Hashes
    tokens: list[list[str]]
    words: list[int]
    letters: list[int]
    styles: list[int]

    def counts(self) -> list[int]:
        """How many hashes each text has."""
        return list(map(sum, zip(self.words, self.letters, self.styles, strict=True)))

    def of_text(self, number: int, each: NDArray[_Number]) -> NDArray[_Number]:
        """Of numbers that belong to all hashes, or of the hashes, those of one text."""
        if len(self.words) == 1:
            return each
        parts, begin = [], 0
        for sizes in (self.words, self.letters, self.styles):
            first = begin + sum(sizes[:number])
            parts.append(each[first : first + sizes[number]])
            begin += sum(sizes)
        return np.concatenate(parts)

    def of_words(self) -> Hashes:
        """The hashes of n-grams of words of all texts."""
        return self.hashes[: sum(self.words)]

    def short_words(self) -> Hashes:
        """The hashes of single words, and of two in a row, of all texts."""
        return self.of_words().reshape(-1, _ROWS)[:, :_SHORT].ravel()

    def short_words_of_each(self) -> list[int]:
        """How many of these each text has."""
        return [size // _ROWS * _SHORT for size in self.words]

    def words_of_text(self, number: int, each: NDArray[_Number]) -> NDArray[_Number]:
        """Of numbers that belong to all n-grams of words, or to all hashes, those of one text's
        n-grams of words."""
        first = sum(self.words[:number])
        return each[first : first + self.words[number]]

    def sums(self, weights: NDArray[np.integer]) -> list[int]:
        """The sum over each text of a weight for each hash."""
        if len(self.words) == 1:
            return [int(_sum(weights, dtype=np.int64))]
        parts = _sums(weights, [*self.words, *self.letters, *self.styles])
        return list(map(int, _sum(parts.reshape(3, -1), axis=0)))

    def sums_of_words(self, weights: NDArray[np.integer]) -> list[int]:
        """The sum over each text of a weight for each of its n-grams of words."""
        if len(self.words) == 1:
            return [int(_sum(weights, dtype=np.int64))]
        return list(map(int, _sums(weights, self.words)))


def _sums(weights: NDArray[np.integer], sizes: list[int]) -> NDArray[np.int64]:
    """The sums of parts of these sizes, some of which may be empty."""
    running = np.zeros(len(weights) + 1, dtype=np.int64)
    np.cumsum(weights, out=running[1:])
    sums = running[[0, *accumulate(sizes)]]
    return sums[1:] - sums[:-1]


_sum: Final = np.add.reduce


def shortened(text: str) -> str:
    """The part of a text that is looked at."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST * 3 // 5] + " " + text[-LONGEST * 2 // 5 :]


def folded(text: str) -> str:
    """One form for width, case, script, numbers, spaces and signs repeated more than twice."""
    if text.isascii():
        form = text.lower()
    else:
        form = unicodedata.normalize("NFKC", text).lower()
        if not form.isprintable():
            form = _HIDDEN.sub("", form)
        if _HAS_SAME.search(form):
            form = form.translate(_SAME)
    form = _DIGITS.sub("0", form)
    if _REPEATED.search(form):
        form = _REPEATED.sub(r"\1\1", form)
    return " ".join(form.split())


def grams_of(texts: Sequence[str], forms: Sequence[str]) -> Grams:
    """What is seen in texts and their folded forms. For many it takes little longer than for one."""
    padded: list[int] = []
    found: list[list[str]] = []
    sizes: list[int] = []
    letters: list[bytes] = []
    styles: list[Hashes] = []
    for text, form in zip(texts, forms, strict=True):
        # A token that is none stands at the beginning, and some at the end: so n-grams know both.
        tokens = tokens_of(form)
        found.append(tokens)
        padded += [_BEGIN, *map(_token_hash, tokens), 0, 0, 0]
        sizes.append(places_in(len(tokens) + 1))
        letters.append(b" %b " % form.encode("ascii", "ignore").replace(b"\0", b""))
        styles.append(_style_hashes(*_style(text, form)))
    # By way of an array of the standard library: numpy looks at each number twice as long.
    row = np.frombuffer(array("Q", padded), np.uint64)
    words = np.ndarray((len(row) - 3, _WINDOW), np.uint64, row, 0, (8, 8))
    spelt = b"\0\0\0".join(letters)
    fours = np.ndarray((max(len(spelt) - 3, 0),), "<u4", spelt, 0, (1,))
    if len(texts) > 1:
        words = words[row[:-3] != 0]
        each = np.frombuffer(spelt, np.uint8)
        fours = fours[(each[:-3] != 0) & (each[3:] != 0)]
    hashes = np.concatenate(((words @ _FACTORS).ravel(), fours * _LETTERS, *styles))
    hashes ^= hashes >> _32
    hashes *= _MIX
    return Grams(
        hashes,
        found,
        sizes,
        [max(len(each) - 3, 0) for each in letters],
        [len(style) for style in styles],
    )


def phrase_hashes(phrases: Sequence[str]) -> list[int]:
    """The hash that each phrase has as an n-gram of words wherever it stands. Raises ValueError for
    one that has more than `LONGEST_PHRASE` words and signs, or none."""
    forms = [folded(phrase) for phrase in phrases]
    grams = grams_of(forms, forms)
    found = []
    for number, tokens in enumerate(grams.tokens):
        size = len(tokens)
        if not 1 <= size <= LONGEST_PHRASE:
            raise ValueError(f"“{phrases[number]}” is {size} words, not of 1 to {LONGEST_PHRASE}")
        rows = grams.words_of_text(number, grams.hashes).reshape(-1, _ROWS)
        found.append(int(rows[1, size - 1]))
    return found


def places_in(tokens: int) -> int:
    """How many n-grams of words begin in so many words of a text."""
    return tokens * _ROWS


def tokens_of(form: str) -> list[str]:
    """The words, Chinese characters and signs of a folded text."""
    return _TOKEN.findall(form)


@lru_cache(8192)
def _token_hash(token: str) -> int:
    return crc32(token.encode())


@lru_cache(512)
def _style_hashes(*names: str) -> Hashes:
    return np.array([crc32(name.encode()) * int(_MIX) % (1 << 64) for name in names], np.uint64)


def _style(text: str, form: str) -> Iterator[str]:
    """How a text is written rather than what it says: length, shouting, signs, emoji."""
    yield f"length {min(len(form).bit_length(), 9)}"
    if not text.islower():
        shouted = len(_CAPITALS.findall(text))
        if shouted and text.isupper():
            yield "all capitals"
        if shouted > 1:
            yield "capitals"
    if "!" in form:
        yield "bang" if form.count("!") == 1 else "bangs"
    if "?" in form:
        yield "ask" if form.count("?") == 1 else "asks"
        if form.endswith("?"):
            yield "ends asking"
    if "." in form:
        if form.endswith("."):
            yield "ends with a stop"
        if ".." in form:
            yield "dots"
    if not form.isascii() and _EMOJI.search(form):
        yield "emoji"
    if not _SAYS.search(form):
        yield "signs only"
    if form[:1] in ("!", "?"):
        yield "begins with signs"
