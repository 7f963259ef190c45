"""What of a text the mood model sees: n-grams of characters and words, and how it is written."""

from __future__ import annotations

import re
import unicodedata
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
_CAPITALS: Final = re.compile(r"\b[A-Z]{2,}\b")
_LOWER: Final = re.compile(r"[a-z]")
_EMOJI: Final = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_QUOTES: Final = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..", "。": ".", "、": ","}
)

_STEP: Final = np.uint64(0x9E3779B97F4A7C15)
_WORD_SEED: Final = (np.uint64(0x51), np.uint64(0x7F4A7C159E3779B9), np.uint64(0xD6E8FEB86659FD93))
_HAN_FIRST, _HAN_LAST = 0x3400, 0x9FFF


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


def features(text: str, form: str) -> tuple[Hashes, Places]:
    """Hashes of what is seen in a text and its folded form, each once, and where in the form each
    begins; -1 for what concerns the whole."""
    codes = np.frombuffer(f" {form} ".encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    han = (codes >= _HAN_FIRST) & (codes <= _HAN_LAST)
    found: list[Hashes] = []
    places: list[Places] = []
    rolling = codes * _STEP
    any_han = han
    length = len(codes)
    for size in range(1, 5):
        if size > 1:
            if length < size:
                break
            rolling = (rolling[:-1] ^ (rolling[:-1] >> np.uint64(29))) * _STEP + codes[size - 1 :]
            any_han = any_han[:-1] | han[size - 1 :]
        at = np.flatnonzero(any_han) if size < 4 else np.arange(len(rolling))
        found.append(rolling[at] + np.uint64(size))
        places.append(at - 1)
    words = [(match.start(), crc32(match[0].encode())) for match in _WORD.finditer(form)]
    if words:
        starts = np.array([start for start, _ in words], dtype=np.int64)
        one = np.array([word for _, word in words], dtype=np.uint64) * _STEP
        found.append(one ^ _WORD_SEED[0])
        places.append(starts)
        if len(words) > 1:
            two = (one[:-1] ^ (one[:-1] >> np.uint64(31))) * _WORD_SEED[1] + one[1:]
            found.append(two)
            places.append(starts[:-1])
            if len(words) > 2:
                found.append((two[:-1] ^ (two[:-1] >> np.uint64(31))) * _WORD_SEED[2] + one[2:])
                places.append(starts[:-2])
    style = np.array([crc32(name.encode()) for name in style_of(text, form)], dtype=np.uint64)
    found.append(style * _WORD_SEED[2] + np.uint64(7))
    places.append(np.full(len(style), -1, dtype=np.int64))
    hashes, first = np.unique(np.concatenate(found), return_index=True)
    return hashes, np.concatenate(places)[first]


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
