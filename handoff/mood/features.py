"""What of a text the detectors of mood and danger see: n-grams of words, Chinese characters and
letters, and how it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.traditional import SIMPLIFIED

Hashes: TypeAlias = NDArray[np.uint64]

LONGEST: Final = 1000
"""Characters that are looked at; of a longer text the beginning and the end."""

_REPEATED: Final = re.compile(r"(.)\1{2,}", re.DOTALL)
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
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..", "。": ".", "、": ","}
)

_WINDOW: Final = 4
"""Tokens, or letters, that are seen at once."""
_ROWS: Final = 5
"""Of each window its first one, two, three and four tokens, and the two around its second."""
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


class Grams(Struct, frozen=True):
    """Hashes of what is seen in a text; one that is seen twice is there twice. The first `words`
    are n-grams of words and Chinese characters."""

    hashes: Hashes
    words: int


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
        form = unicodedata.normalize("NFKC", text.translate(_QUOTES))
        if not form.isprintable():
            form = _HIDDEN.sub("", form)
        form = form.translate(SIMPLIFIED).lower().translate(_QUOTES)
    return " ".join(_REPEATED.sub(r"\1\1", _DIGITS.sub("0", form)).split())


def grams_of(text: str, form: str) -> Grams:
    """What is seen in a text and its folded form."""
    tokens = list(map(crc32, map(str.encode, _TOKEN.findall(form))))
    windows = len(tokens) + 1
    # A token that is none stands at the beginning, and some at the end: so n-grams know both.
    padded = np.array([1, *tokens, 0, 0, 0], dtype=np.uint64)
    words = np.ndarray((windows, _WINDOW), np.uint64, padded, 0, (8, 8)) @ _FACTORS
    letters = b" " + form.encode("ascii", "ignore") + b" "
    fours = np.ndarray((max(len(letters) - 3, 0),), "<u4", letters, 0, (1,))
    style = _style_hashes(*_style(text, form))
    hashes = np.concatenate((words.ravel(), fours.astype(np.uint64) * _LETTERS, style))
    hashes ^= hashes >> _32
    hashes *= _MIX
    return Grams(hashes, windows * _ROWS)


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
