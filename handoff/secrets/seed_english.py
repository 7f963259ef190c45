"""Seed phrases of English words: in a row, with others between them, or run together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from handoff.secrets.everyday_words import COMMON, EVERYDAY
from handoff.secrets.finding import Finding
from handoff.secrets.seed_words import LENGTHS, NONE, Before, Found, WordList, is_label

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
# What may stand between two words: no letters, and of Chinese only what counts.
_GAP: Final = re.compile(
    r"[^a-z\u3400-\u9fff]*(?:[第个個号號词詞一二三四五六七八九十]{1,5}[^a-z\u3400-\u9fff]*)?"
)
_OTHER_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_COUNTING_HAN: Final = re.compile(r"第?[一二三四五六七八九十\d]+[个個号號]?[词詞]?")


class _Token(Struct, frozen=True):
    word: str
    start: int
    end: int
    listed: bool
    rare: bool
    uncommon: bool


def find_english(lower: str, words: WordList, *, spoken_of: bool, before: Before) -> Found:
    """Phrases in a lower-case text; see `seed_phrases.find_seeds`."""
    found = _in_words(lower, words, spoken_of, before)
    if run_together := _RUN_TOGETHER.search(lower):
        joined = _run_together(lower, run_together.start(), words)
        return Found((*found.findings, *joined), found.rare)
    return found


def _in_words(lower: str, words: WordList, spoken_of: bool, before: Before) -> Found:
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
    needed = 2 if told and is_label(lower[: told[0].start]) else 3
    if spoken_of and uncommon >= needed and 2 * uncommon >= len(told):
        return True
    return 5 * rare >= len(listed) and _has_valid_part([t.word for t in listed], words)


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


def _run_together(lower: str, start: int, words: WordList) -> Iterator[Finding]:
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
