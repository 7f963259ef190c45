"""Reads a short question with the topic before it: 'and the fee?', '那手续费呢'."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from msgspec import structs

from chat.phrases import Lang
from faq.courtesy import without_courtesy
from faq.entry import Entry
from faq.match import Candidate, Match
from faq.normal import normalise
from faq.parts import says_nothing

_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_SHORT_HAN, _SHORT_WORDS = 9, 6
_LONGER_HAN, _LONGER_WORDS = 14, 9

_OPENS: Final = re.compile(
    r"(?:那么?|然后|以及)(?![个些里边儿种样天时])|(?:(?:ok(?:ay)?|so|but|oh|alright) )*"
    r"(?:and|what about|how about|then)\b"
)
_POINTS: Final = re.compile(
    r"[它这]|\b(?:it|its|that|this|these|those|they|them|one|ones|there|same)\b"
)
_ASKS: Final = re.compile(
    r"怎么|怎样|如何|为什么|为啥|什么|啥|哪|多少|多久|几|谁|吗|能|可以|会不会|是不是|有没有"
    r"|\b(?:how|what|where|when|why|who|which|can|could|do|does|did|is|are|will|should)\b"
)

_NEAR: Final = 6
_NEAR_SHARE: Final = 4
"""Entries that the new words may mean by themselves: the nearest, of a small base fewer."""


class Base(Protocol):
    """What a question can be asked of: a knowledge base."""

    @property
    def entries(self) -> Mapping[str, Entry]:
        """All entries by id."""

    def get(self, entry_id: str) -> Entry:
        """An entry."""

    def match(self, text: str, lang: Lang | None = None, without: str | None = None) -> Match:
        """What to do with a question, as if there were no entry `without`."""

    def closest(self, text: str, most: int) -> list[str]:
        """The ids of the entries that are most alike."""


def is_elliptic(text: str) -> bool:
    """Whether a question may leave out what it is about."""
    normal = normalise(text)
    if _is_short(normal, _SHORT_HAN, _SHORT_WORDS):
        return True
    return _points_back(normal) and _is_short(normal, _LONGER_HAN, _LONGER_WORDS)


def _points_back(normal: str) -> bool:
    """Whether the words themselves say that they go on from what was before."""
    return bool(_OPENS.match(normal) or _POINTS.search(normal)) or _is_fragment(normal)


def _is_fragment(normal: str) -> bool:
    """Whether it only names a thing: 'and the fee?', '手续费呢'."""
    opening = _OPENS.match(normal)
    rest = normal[opening.end() :] if opening else normal
    return (opening is not None or normal.endswith("呢")) and not _ASKS.search(rest)


def _is_short(normal: str, han: int, words: int) -> bool:
    characters = len(_HAN.findall(normal))
    return characters <= han and len(_HAN.sub(" ", normal).split()) <= words


def match_after(base: Base, text: str, lang: Lang, before: Entry, asked: str = "") -> Match:
    """What to do with a question that follows on an answer.

    A question that is complete, that is a wording of the base, or that is sure by itself and has
    no word that points back, is taken by itself. Otherwise the words are read after the topic's
    title and after what was `asked`, as if that topic were not there. An entry counts if it is
    near to the topic, near to the new words alone, and sure: context chooses between what the
    words may mean, and adds nothing.
    """
    alone = base.match(text, lang)
    normal = normalise(text)
    by_itself = alone.decision == "answer" and not _points_back(normal)
    if by_itself or alone.confidence == 1.0 or not is_elliptic(text):
        return alone
    if says_nothing(without_courtesy(normal)):
        return alone
    near = base.closest(text, max(1, min(_NEAR, len(base.entries) // _NEAR_SHARE)))
    read = [
        each
        for each in _in_context(base, text, lang, before, asked)
        if each.candidates
        and each.candidates[0].id in near
        and is_akin(base.get(each.candidates[0].id), before)
    ]
    sure = [each for each in read if each.decision == "answer"]
    if sure:
        return max(sure, key=lambda each: each.confidence)
    if alone.decision == "answer" and not (
        _is_fragment(normal) and _is_doubtful(base, alone, read, before)
    ):
        return alone
    offered = _merged([*read, alone])
    return structs.replace(alone, decision="suggest", candidates=offered) if offered else alone


def _in_context(base: Base, text: str, lang: Lang, before: Entry, asked: str) -> Iterator[Match]:
    for topic in filter(None, (before.title[lang], asked)):
        yield base.match(f"{topic} {text}", lang, before.id)


def is_akin(entry: Entry, before: Entry) -> bool:
    """Whether one may follow on the other: an editor named it, or the same people see to both."""
    return entry.dept == before.dept or entry.id in before.related or before.id in entry.related


def _is_doubtful(base: Base, alone: Match, read: list[Match], before: Entry) -> bool:
    """Whether a sure answer does not go with a thing that is only named."""
    best = alone.candidates[0].id
    if best == before.id or not is_akin(base.get(best), before):
        return True
    return any(each.candidates[0].id != best for each in read)


def _merged(matches: list[Match]) -> tuple[Candidate, ...]:
    """The first of each before the second of each; three at most."""
    found: dict[str, Candidate] = {}
    for place in range(3):
        for match in matches:
            if len(match.candidates) > place:
                candidate = match.candidates[place]
                found.setdefault(candidate.id, candidate)
    return tuple(found.values())[:3]
