"""What of a text the mood model sees: n-grams of characters and words, its first and last words, and
how it is written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from chat.traditional import SIMPLIFIED

Hashes: TypeAlias = NDArray[np.uint64]
Places: TypeAlias = NDArray[np.int64]

LONGEST: Final = 1000
"""Characters that are looked at; of a longer text the beginning and the end."""

_REPEATED: Final = re.compile(r"(.)\1{2,}", re.DOTALL)
_DIGITS: Final = re.compile(r"[0-9]+")
_HIDDEN: Final = re.compile(
    "[\u00ad\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_SPACES: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?|0|[!?]+|\.\.+|[\U0001f000-\U0001faff\u2600-\u27bf]")
_TOKEN: Final = re.compile(rf"[\u3400-\u9fff]|{_WORD.pattern}")
_EDGE, _EDGE_LETTERS = 3, 60
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_LOWER: Final = re.compile(r"[a-z]")
_EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..", "。": ".", "、": ","}
)

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_WORD_SEED: Final = (
    np.uint64(0x51),
    np.uint64(0x7F4A7C159E3779B9),
    np.uint64(0xD6E8FEB86659FD93),
    np.uint64(0xA24BAED4963EE407),
)
_HAN_FIRST, _HAN_LAST = 0x3400, 0x9FFF
_HAN: Final = re.compile(f"[{chr(_HAN_FIRST)}-{chr(_HAN_LAST)}]")
_FIRST, _SPAN = np.uint64(_HAN_FIRST), np.uint64(_HAN_LAST - _HAN_FIRST)
_LONGEST: Final = 4
_29, _31 = np.uint64(29), np.uint64(31)


def shortened(text: str) -> str:
    """The part of a text that is looked at."""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST * 3 // 5] + " " + text[-LONGEST * 2 // 5 :]


def folded(text: str) -> str:
    """One form for width, case, script, numbers, spaces and signs repeated more than twice."""
    text = unicodedata.normalize("NFKC", text.translate(_QUOTES))
    text = _HIDDEN.sub("", text).translate(SIMPLIFIED).lower().translate(_QUOTES)
    return _SPACES.sub(" ", _REPEATED.sub(r"\1\1", _DIGITS.sub("0", text))).strip()


def hashes_of(text: str, form: str) -> Hashes:
    """Hashes of what is seen in a text and its folded form, each once, in order."""
    found = [hashes for hashes, _ in _grams(form)]
    found += _word_grams([crc32(word.encode()) for word in _WORD.findall(form)])
    found.append(_style_hashes(text, form))
    return each_once(np.concatenate(found))


def features(text: str, form: str) -> tuple[Hashes, Places]:
    """`hashes_of`, and where in the form each begins first; -1 for what concerns the whole."""
    found: list[Hashes] = []
    places: list[Places] = []
    for hashes, near in _grams(form):
        found.append(hashes)
        places.append((np.arange(len(hashes)) if near is None else np.flatnonzero(near)) - 1)
    words = list(_WORD.finditer(form))
    starts = np.array([match.start() for match in words], dtype=np.int64)
    for hashes in _word_grams([crc32(match[0].encode()) for match in words]):
        found.append(hashes)
        places.append(starts[: len(hashes)])
    style = _style_hashes(text, form)
    found.append(style)
    places.append(np.full(len(style), -1, dtype=np.int64))
    distinct, first = np.unique(np.concatenate(found), return_index=True)
    return distinct, np.concatenate(places)[first]


def each_once(hashes: Hashes) -> Hashes:
    """As `np.unique` gives them, in a third of the time: there are few."""
    hashes.sort()
    new = np.empty(len(hashes), dtype=np.bool_)
    new[:1] = True
    np.not_equal(hashes[1:], hashes[:-1], out=new[1:])
    return hashes[new]


def _grams(form: str) -> Iterator[tuple[Hashes, NDArray[np.bool_] | None]]:
    """One to four characters of a form with a space around it. Shorter ones only where they touch
    Chinese: then the places where they do come with them."""
    codes = np.frombuffer(f" {form} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    han = (codes - _FIRST) <= _SPAN if _HAN.search(form) else None
    near, rolling = han, codes * _STEP
    for size in range(1, min(_LONGEST, len(codes)) + 1):
        if size > 1:
            before = rolling[:-1]
            rolling = before >> _29
            rolling ^= before
            rolling *= _STEP
            rolling += codes[size - 1 :]
        if size == _LONGEST:
            yield rolling + np.uint64(size), None
        elif han is not None and near is not None:
            near = near if size == 1 else near[:-1] | han[size - 1 :]
            yield rolling[near] + np.uint64(size), near


def _word_grams(words: list[int]) -> Iterator[Hashes]:
    """One to three words in a row, and two around a third."""
    if not words:
        return
    one = np.array(words, dtype=np.uint64) * _STEP
    yield one ^ _WORD_SEED[0]
    if len(words) > 1:
        before = one[:-1]
        two = (before ^ (before >> _31)) * _WORD_SEED[1] + one[1:]
        yield two
        if len(words) > 2:
            before = two[:-1]
            yield (before ^ (before >> _31)) * _WORD_SEED[2] + one[2:]
            before = one[:-2]
            yield (before ^ (before >> _31)) * _WORD_SEED[3] + one[2:]


def _style_hashes(text: str, form: str) -> Hashes:
    edges = np.array([crc32(name.encode()) for name in edges_of(form)], dtype=np.uint64)
    style = np.array([_style_hash(name) for name in style_of(text, form)], dtype=np.uint64)
    return np.concatenate([style, edges * _WORD_SEED[3]])


@cache
def _style_hash(name: str) -> int:
    return (crc32(name.encode()) * int(_WORD_SEED[2]) + 7) % (1 << 64)


def edges_of(form: str) -> list[str]:
    """The first and the last one, two and three words, signs or Chinese characters of a form."""
    first = [match[0] for match in islice(_TOKEN.finditer(form), _EDGE)]
    last = _TOKEN.findall(form[-_EDGE_LETTERS:])[-_EDGE:]
    begins = [f"begins {' '.join(first[:size])}" for size in range(1, _EDGE + 1)]
    return begins + [f"ends {' '.join(last[-size:])}" for size in range(1, _EDGE + 1)]


def style_of(text: str, form: str) -> list[str]:
    """How a text is written rather than what it says: length, shouting, signs, emoji."""
    style = [f"length {min(len(form).bit_length(), 9)}"]
    shouted = len(_CAPITALS.findall(text))
    if shouted and not _LOWER.search(text):
        style.append("all capitals")
    if shouted > 1:
        style.append("capitals")
    bangs, asks = form.count("!"), form.count("?")
    if bangs:
        style.append("bang" if bangs == 1 else "bangs")
    if asks:
        style.append("ask" if asks == 1 else "asks")
    if form.endswith("?"):
        style.append("ends asking")
    if form.endswith("."):
        style.append("ends with a stop")
    if ".." in form:
        style.append("dots")
    if _EMOJI.search(text):
        style.append("emoji")
    if not any(letter.isalnum() for letter in form):
        style.append("signs only")
    if form[:1] in "!?" and form:
        style.append("begins with signs")
    return style
