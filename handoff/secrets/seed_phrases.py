"""BIP-39 seed phrases: whole, with a mistake in them, or in parts over several messages.

Words are what gives a phrase away: it is drawn evenly from its list, while people who happen to
use words of the list use the everyday ones. So a phrase need not be whole, nor its checksum right,
to be found; the checksum settles what words alone leave open.
Source: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final
from zlib import crc32

from msgspec import Struct

from handoff.secrets.everyday_words import CHARACTERS, COMMON, EVERYDAY
from handoff.secrets.finding import Finding

LENGTHS: Final = (24, 21, 18, 15, 12)

_SPOKEN_OF: Final = re.compile(
    r"\bseeds?\b|mnemonic|\b(?:recovery|secret|backup|wallet|import)\W{1,3}(?:phrase|words?)\b"
    r"|\b(?:12|15|18|21|24|twelve|twenty\W?four)\W{0,2}words?\b"
    r"|助[记記憶][词詞]|[种種]子|[恢备備][复复復份份]{1,2}[短词詞]|(?:12|24|十二|二十四)[个個]?[单單]?[词詞]",
    re.IGNORECASE,
)

_WORD: Final = re.compile(r"[a-z]+")
_RUN_TOGETHER: Final = re.compile(r"(?<![a-z])[a-z]{40,192}(?![a-z])")
_SHORTEST, _LONGEST = 3, 8
_FILLERS: Final = frozenset(
    """
    and then no number phrase word words third fourth fifth sixth seventh eighth ninth tenth
    eleventh twelfth last finally
    """.split()
)
_ITS_NAMES: Final = frozenset(("seed", "phrase", "word", "secret"))
_LABEL: Final = re.compile(r"(?:[:=]|\bis|\bare|是|为|為)[\s\"'“\d.(]*$")
# What may stand between two words: no letters, and of Chinese only what counts.
_GAP: Final = re.compile(
    r"[^a-z\u3400-\u9fff]*(?:[第个個号號词詞一二三四五六七八九十]{1,5}[^a-z\u3400-\u9fff]*)?"
)
_OTHER_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_COUNTING_HAN: Final = re.compile(r"第?[一二三四五六七八九十\d]+[个個号號]?[词詞]?")

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

_KNOWN_BY_MARK: Final = 6
"""So many Chinese characters that came one at a time are parts of a phrase."""
_RARE_MEAN: Final = 550.0
"""The lists of Chinese characters go from common to rare. Characters of a phrase lie around place
1,024, those of a sentence around 300."""
_RARE_MEAN_APART: Final = 300.0


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
    return _SPOKEN_OF.search(lower) is not None


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
            if self.words >= _KNOWN_BY_MARK or not (self.marks | marks) & mark:
                count += 1
            marks |= mark
        return count, marks


class _Token(Struct, frozen=True):
    word: str
    start: int
    end: int
    listed: bool
    rare: bool
    uncommon: bool


NONE: Final = Found()


def find_seeds(
    text: str, lower: str, lists: SeedLists, *, spoken_of: bool, before: Before
) -> Found:
    """Seed phrases in a folded text, given also in lower case.

    `spoken_of`: a seed phrase or key is being talked about; `before` are the rare seed
    words in the messages just before.
    """
    english = _find_english(lower, lists.english, spoken_of, before)
    if run_together := _RUN_TOGETHER.search(lower):
        joined = _find_run_together(lower, run_together.start(), lists.english)
        english = Found((*english.findings, *joined), english.rare)
    if text.isascii() or english.findings:
        return english
    word = _only_characters(text)
    if not (word or _ONE_APART.search(text) or _JOINED.search(text)):
        return english
    for characters in lists.chinese:
        found = _find_chinese(text, word, characters, spoken_of, before)
        if found.findings or found.rare:
            return found
    return english


# ── English ──────────────────────────────────────────────────────────────────────────────────


def _find_english(lower: str, words: WordList, spoken_of: bool, before: Before) -> Found:
    places = words.places
    spoken = _WORD.findall(lower)
    hits = sum(map(places.__contains__, spoken))
    if not hits or (hits < len(spoken) and not _may_hold(spoken, hits, places, spoken_of)):
        return NONE
    tokens = [
        _Token(
            word,
            *m.span(),
            word in places,
            word in places and word not in EVERYDAY,
            word in places and word not in COMMON,
        )
        for m in _WORD.finditer(lower)
        for word in (m[0],)
    ]
    rare = sum(token.rare for token in tokens)
    if not rare and hits < 4:
        return NONE
    alone = _nothing_else(lower, tokens)
    fresh, marks = before.fresh(token.word for token in tokens if token.rare)
    part = alone and (
        _is_part(tokens, spoken_of=spoken_of, after_parts=before.words >= 3)
        or bool(before.words and fresh and fresh + before.words >= 3)
    )
    if alone and hits < LENGTHS[-1]:
        return Found((_spanning(tokens),)) if part else Found(rare=fresh, marks=marks)
    runs = [
        _trimmed(tokens, run)
        for run in _runs(lower, tokens)
        if _is_phrase(lower, tokens, run, words, spoken_of)
    ]
    dense = len(tokens) >= 10 and 4 * hits >= 3 * len(tokens) and 2 * rare >= hits
    if (dense or part) and not any(len(run) in LENGTHS for run in runs):
        return Found((_spanning([token for token in tokens if token.listed]),))
    return Found(tuple(_joined(lower, [_stretched(tokens, run) for run in runs])))


def _may_hold(spoken: Sequence[str], hits: int, places: dict[str, int], spoken_of: bool) -> bool:
    """A quick look, which ordinary sentences do not pass: enough listed words in a row, or all
    over."""
    if hits < 3:
        return False
    if 4 * hits >= 3 * len(spoken):
        return True
    needed, run = 3 if spoken_of else 6, 0
    for word in spoken:
        if word in places:
            run += 1
            if run == needed:
                return True
        elif word not in _FILLERS:
            run = 0
    return False


def _is_part(tokens: list[_Token], *, spoken_of: bool, after_parts: bool) -> bool:
    """Whether list words with nothing else between them are part of a phrase."""
    listed = {token.word: token for token in tokens if token.listed}
    rare = sum(token.rare for token in listed.values())
    uncommon = sum(token.uncommon for token in listed.values())
    if 2 * uncommon < len(listed):
        return False
    if len(listed) == 3:
        return rare >= 2 and (spoken_of or after_parts)
    return len(listed) > 3 and (rare >= 2 or (rare == 1 and uncommon >= 3))


def _nothing_else(lower: str, tokens: list[_Token]) -> bool:
    if not all(token.listed or token.word in _FILLERS for token in tokens):
        return False
    return lower.isascii() or not _OTHER_HAN.search(_COUNTING_HAN.sub("", lower))


def _spanning(tokens: Sequence[_Token]) -> Finding:
    return Finding("seed", tokens[0].start, tokens[-1].end)


def _runs(lower: str, tokens: list[_Token]) -> Iterator[range]:
    """Stretches of listed words that follow each other, as ranges over the tokens."""
    first: int | None = None
    last = 0
    for index, token in enumerate(tokens):
        if first is not None and not _GAP.fullmatch(lower, tokens[index - 1].end, token.start):
            yield range(first, last + 1)
            first = None
        if token.listed:
            first = index if first is None else first
            last = index
        elif first is not None and token.word not in _FILLERS:
            yield range(first, last + 1)
            first = None
    if first is not None:
        yield range(first, last + 1)


def _is_phrase(
    lower: str, tokens: list[_Token], run: range, words: WordList, spoken_of: bool
) -> bool:
    listed = [tokens[index] for index in run if tokens[index].listed]
    rare = sum(token.rare for token in listed)
    if len(listed) < 3:
        return False
    if len(listed) >= 6 and rare >= 5 and 5 * rare >= 2 * len(listed):
        return True
    told = [token for token in listed if token.word not in _ITS_NAMES]
    uncommon = sum(token.uncommon for token in told)
    needed = 2 if told and _is_label(lower[: told[0].start]) else 3
    if spoken_of and uncommon >= needed and 2 * uncommon >= len(told):
        return True
    return 5 * rare >= len(listed) and _has_valid_part([t.word for t in listed], words)


def _is_label(before: str) -> bool:
    return _LABEL.search(before[-24:]) is not None


def _has_valid_part(listed: Sequence[str], words: WordList) -> bool:
    return any(
        words.is_valid(" ".join(listed[start : start + length]))
        for length in LENGTHS
        for start in range(len(listed) - length + 1)
    )


def _trimmed(tokens: list[_Token], run: range) -> range:
    """A run without the common words at its ends, where that leaves a phrase's length."""
    first, last = run[0], run[-1]
    while last > first and last - first + 1 not in LENGTHS and not tokens[last].uncommon:
        last -= 1
    while last > first and last - first + 1 not in LENGTHS and not tokens[first].uncommon:
        first += 1
    return range(first, last + 1) if last - first + 1 in LENGTHS else run


def _stretched(tokens: list[_Token], run: range) -> Finding:
    """A run with the rare words that only one mistyped word keeps from it."""
    first, last = run[0], run[-1]
    while first >= 1:
        step = 1 if tokens[first - 1].rare else 2
        if first < step or not tokens[first - step].rare:
            break
        first -= step
    while last + 1 < len(tokens):
        step = 1 if tokens[last + 1].rare else 2
        if last + step >= len(tokens) or not tokens[last + step].rare:
            break
        last += step
    return Finding("seed", tokens[first].start, tokens[last].end)


def _joined(lower: str, findings: list[Finding]) -> list[Finding]:
    """Parts with no more than two words between them are one phrase."""
    joined: list[Finding] = []
    for finding in findings:
        if joined:
            between = lower[joined[-1].end : finding.start]
            if len(between) < 24 and len(_WORD.findall(between)) <= 2:
                joined[-1] = Finding("seed", joined[-1].start, max(finding.end, joined[-1].end))
                continue
        joined.append(finding)
    return joined


def _find_run_together(lower: str, start: int, words: WordList) -> Iterator[Finding]:
    """Phrases whose words stand without anything between them."""
    for match in _RUN_TOGETHER.finditer(lower, start):
        letters = match[0]
        counts: list[set[int]] = [{0}]
        for end in range(1, len(letters) + 1):
            reached: set[int] = set()
            for begin in range(max(0, end - _LONGEST), end - _SHORTEST + 1):
                if letters[begin:end] in words.places:
                    reached.update(count + 1 for count in counts[begin])
            counts.append(reached)
        if counts[-1].intersection(LENGTHS):
            yield Finding("seed", *match.span())


# ── Chinese ──────────────────────────────────────────────────────────────────────────────────


def _only_characters(text: str) -> str:
    """The characters of a text that has nothing else and does not read like a sentence."""
    if not _ONLY_HAN.fullmatch(text):
        return ""
    word = _NO_HAN.sub("", text)
    if 3 * _rare_characters(word) >= len(word):
        return word
    return "" if _TWO_HAN.search(text) else word


def _find_chinese(
    text: str, word: str, characters: WordList, spoken_of: bool, before: Before
) -> Found:
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
        is_part = before.words and fresh and fresh + before.words >= _KNOWN_BY_MARK
        return whole if is_part else Found(rare=fresh, marks=marks)
    if apart:
        return whole if mean >= _RARE_MEAN_APART and rare >= 2 else NONE
    if mean < _RARE_MEAN or _SPOKEN_OF.search(text):
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
            announced = begin > start or _is_label(text[:start])
            whole = announced and begin + length == end and not _SPOKEN_OF.search(word)
            if (spoken_of and whole) or characters.is_valid(" ".join(word)):
                yield Finding("seed", begin, begin + length)
                return
