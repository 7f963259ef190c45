"""Seed phrases of Chinese characters: apart, in rows, or as one word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handoff.secrets.everyday_words import CHARACTERS
from handoff.secrets.finding import Finding
from handoff.secrets.seed_words import (
    KNOWN_BY_MARK,
    LENGTHS,
    NONE,
    SPOKEN_OF,
    Before,
    Found,
    WordList,
    is_label,
)

_HAN: Final = r"[\u3400-\u9fff]"
_BETWEEN_HAN: Final = r"[\s,、.;:\d()\-|/·。]{1,8}"
_SPACED: Final = re.compile(rf"(?<!{_HAN}){_HAN}(?!{_HAN})(?:{_BETWEEN_HAN}{_HAN}(?!{_HAN})){{2,}}")
_JOINED: Final = re.compile(rf"{_HAN}{{12,}}")
_ONLY_HAN: Final = re.compile(r"[\u3400-\u9fff\s,、.;:\d()\-|/·。]+")
_ONE_APART: Final = re.compile(rf"[\s,、.;:\d()\-|/·。]{_HAN}[\s,、.;:\d()\-|/·。]")
_ONE_HAN: Final = re.compile(_HAN)
_NO_HAN: Final = re.compile(r"[^\u3400-\u9fff]+")
_TWO_HAN: Final = re.compile(rf"{_HAN}{{2}}")
_ROWS: Final = re.compile(rf"(?:{_HAN}|\s|\d)+")
_LETTERS_ONLY: Final = re.compile(rf"(?:{_HAN}|\s)+")
_ANNOUNCED: Final = re.compile("[是为為]")
_RARE_MEAN: Final = 550.0
"""The lists of Chinese characters go from common to rare. Characters of a phrase lie around place
1,024, those of a sentence around 300."""
_RARE_MEAN_APART: Final = 300.0


def find_chinese(
    text: str, lists: tuple[WordList, ...], *, spoken_of: bool, before: Before
) -> Found:
    """Phrases in a folded text; see `seed_phrases.find_seeds`."""
    word = _only_characters(text)
    if not (word or _ONE_APART.search(text) or _JOINED.search(text)):
        return NONE
    for characters in lists:
        found = _of_list(text, word, characters, spoken_of, before)
        if found.findings or found.rare:
            return found
    return NONE


def _only_characters(text: str) -> str:
    """The characters of a text that has nothing else and does not read like a sentence."""
    if not _ONLY_HAN.fullmatch(text):
        return ""
    word = _NO_HAN.sub("", text)
    if 3 * _rare_characters(word) >= len(word):
        return word
    return "" if _TWO_HAN.search(text) else word


def _of_list(text: str, word: str, characters: WordList, spoken_of: bool, before: Before) -> Found:
    found = NONE
    if word:
        found = _nothing_but_characters(text, word, characters, spoken_of, before)
        if found.findings:
            return found
    findings = [
        Finding("seed", match.start(), match.end())
        for match in _SPACED.finditer(text)
        if _is_spaced_phrase(match[0], characters, spoken_of)
    ]
    for match in _JOINED.finditer(text):
        findings += _in_joined(text, match.start(), match.end(), characters, spoken_of)
    return Found(tuple(findings)) if findings else found


def _mean_place(word: str, characters: WordList) -> float:
    """The mean place in the list; 0 when more than a tenth is not in it."""
    places = [characters.places[c] for c in word if c in characters.places]
    if not places or 10 * len(places) < 9 * len(word):
        return 0.0
    return sum(places) / len(places)


def _nothing_but_characters(
    text: str, word: str, characters: WordList, spoken_of: bool, before: Before
) -> Found:
    mean = _mean_place(word, characters)
    if not mean:
        return NONE
    whole = Found((Finding("seed", *_extent(text)),))
    apart = not _TWO_HAN.search(text)
    rare = _rare_characters(word)
    if apart and len(word) < 4:
        # People do send one character at a time, so more of them must come.
        fresh, marks = before.fresh(c for c in word if c not in CHARACTERS)
        is_part = before.words and fresh and fresh + before.words >= KNOWN_BY_MARK
        return whole if is_part else Found(rare=fresh, marks=marks)
    if apart:
        return whole if mean >= _RARE_MEAN_APART and rare >= 2 else NONE
    if mean < _RARE_MEAN or SPOKEN_OF.search(text):
        return NONE
    if spoken_of or before.words >= 3:
        part = len(word) >= 6 and 2 * rare >= len(word) and _LETTERS_ONLY.fullmatch(text)
        return whole if part else NONE
    valid = len(word) in LENGTHS and _ROWS.fullmatch(text) and characters.is_valid(" ".join(word))
    return whole if valid else NONE


def _rare_characters(word: str) -> int:
    return len(word) - sum(map(CHARACTERS.__contains__, word))


def _extent(text: str) -> tuple[int, int]:
    found = list(_ONE_HAN.finditer(text))
    return found[0].start(), found[-1].end()


def _is_spaced_phrase(part: str, characters: WordList, spoken_of: bool) -> bool:
    word = "".join(_ONE_HAN.findall(part))
    if len(word) < (4 if spoken_of else 8):
        return False
    return _mean_place(word, characters) >= _RARE_MEAN_APART and _rare_characters(word) >= 2


def _in_joined(
    text: str, start: int, end: int, characters: WordList, spoken_of: bool
) -> Iterator[Finding]:
    """A phrase in a stretch of characters without spaces: the whole stretch, or, where a phrase
    is spoken of, what stands behind the words that announce it."""
    begins = [start]
    if spoken_of:
        begins += [m.end() for m in _ANNOUNCED.finditer(text, start, end)]
    for begin in begins:
        for length in LENGTHS:
            word = text[begin : begin + length]
            if begin + length > end or (begin == start and length != end - start):
                continue
            if 2 * _rare_characters(word) < length or _mean_place(word, characters) < _RARE_MEAN:
                continue
            announced = begin > start or is_label(text[:start])
            whole = announced and begin + length == end and not SPOKEN_OF.search(word)
            if (spoken_of and whole) or characters.is_valid(" ".join(word)):
                yield Finding("seed", begin, begin + length)
                return
