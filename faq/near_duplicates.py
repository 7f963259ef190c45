"""Finds wordings of two entries that a person would call the same question."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Final

from msgspec import Struct
from rapidfuzz.distance import OSA

from faq.checking import wordings
from faq.courtesy import without_courtesy
from faq.entry import Entry
from faq.normal import normalise
from faq.validity import ever_together
from faq.written import Written

# Words that can be exchanged, added or left out without asking something else.
_FILLING: Final = re.compile(
    "为什么|为何|怎么样|怎么办|怎么|怎样|如何|咋样|咋|请问|一下|到底|究竟|可以|能不能|能否|可不可以|我的|你们的|你们|"
    "我们|我|您|你|的|了|吗|呢|啊|呀|吧|么|是|有|会|要|想|去|在|啥意思|什么意思|什么|啥|"
    r"\b(?:how|why|what|where|can|could|do|does|did|is|are|am|was|were|be|i|im|my|me|we|you|your|the|a|"
    r"an|to|of|for|in|on|it|its|this|that|there|here|please|would|like|want|should|will|have|has|"
    r"had|ive|some|any|and)\b"
)
_UNIT: Final = re.compile(r"[a-z0-9]+|[\u3400-\u9fff]|[^\sa-z0-9\u3400-\u9fff]+")
_CROWD: Final = 30
"""Wordings with the same words that are compared with each other; more say nothing new."""
_SHORTEST: Final = 6
"""Letters of a word in which one slip may be a mistake."""
_SHORTEST_PLURAL: Final = 3

Units = tuple[str, ...]


class Spot(Struct, frozen=True):
    """A wording, and where it stands."""

    entry: str
    text: str
    where: str


class NearDuplicate(Struct, frozen=True):
    """Two wordings of different entries that ask the same."""

    one: Spot
    other: Spot

    def __str__(self) -> str:
        """One line, such as errors have."""
        return (
            f"{self.other.where}: “{self.other.text}” asks the same as “{self.one.text}” of "
            f"{self.one.entry} ({self.one.where}); keep one, or say in both what differs"
        )


class _Wording(Struct, frozen=True):
    entry: Entry
    path: str
    text: str
    units: Units


def near_duplicates(written: Written) -> tuple[NearDuplicate, ...]:
    """All pairs, each told once, in the order of the files.

    Two wordings ask the same if they have the same telling words in any order, but for one that
    is a slip of the pen. Only those with the same words, or the same but one, are compared, so
    that the time grows with their number and not with its square.
    """
    known = list(_wordings(written.entries))
    pairs = {pair for group in _alike(known) for pair in combinations(group[:_CROWD], 2)}
    pairs |= set(_but_for_a_slip(known))
    return tuple(
        NearDuplicate(_spot(known[one], written), _spot(known[other], written))
        for one, other in sorted(pairs)
        if known[one].entry.id != known[other].entry.id
        and ever_together(known[one].entry, known[other].entry)
    )


def _spot(wording: _Wording, written: Written) -> Spot:
    where = written.places[wording.entry.id].where(wording.path)
    return Spot(wording.entry.id, wording.text, where)


def _wordings(entries: Mapping[str, Entry]) -> Iterator[_Wording]:
    for entry in entries.values():
        for path, text in wordings(entry):
            units = _units(text)
            if len(units) > 1:
                yield _Wording(entry, path, text, units)


def _units(text: str) -> Units:
    """What of a text must be the same: its telling words and Chinese characters, in order."""
    normal = normalise(text)
    told = _FILLING.sub(" ", without_courtesy(normal) or normal)
    return tuple(map(_singular, _UNIT.findall(told)))


def _singular(unit: str) -> str:
    plural = len(unit) > _SHORTEST_PLURAL and unit.endswith("s") and not unit.endswith("ss")
    return unit[:-1] if plural else unit


def _alike(known: list[_Wording]) -> Iterable[list[int]]:
    same: defaultdict[Units, list[int]] = defaultdict(list)
    for index, wording in enumerate(known):
        same[tuple(sorted(wording.units))].append(index)
    return same.values()


def _but_for_a_slip(known: list[_Wording]) -> Iterator[tuple[int, int]]:
    """Wordings with a word that stands nowhere else and is one letter off another's."""
    counts = Counter(unit for wording in known for unit in wording.units)
    single = {unit for unit, times in counts.items() if times == 1 and _may_be_mistyped(unit)}
    rest: defaultdict[Units, list[tuple[int, str]]] = defaultdict(list)
    for index, wording in enumerate(known):
        for unit in single.intersection(wording.units):
            rest[_without(wording.units, unit)].append((index, unit))
    for index, wording in enumerate(known):
        for unit in filter(_may_be_mistyped, set(wording.units)):
            for other, slip in rest.get(_without(wording.units, unit), ())[:_CROWD]:
                if other != index and OSA.distance(slip, unit, score_cutoff=1) <= 1:
                    yield min(index, other), max(index, other)


def _may_be_mistyped(unit: str) -> bool:
    return len(unit) >= _SHORTEST and unit.isalpha()


def _without(units: Units, unit: str) -> Units:
    at = units.index(unit)
    return tuple(sorted(units[:at] + units[at + 1 :]))
