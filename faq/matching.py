"""Ranks entries by how much of a question they share, weighted by how rare each part is."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Final, Literal, TypeAlias

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from chat.phrases import Lang
from faq.entry import Entry
from faq.normal import normalise

Decision: TypeAlias = Literal["answer", "suggest", "handover"]

SURE: Final = 0.60
LEAD: Final = 0.10
MAYBE: Final = 0.34
MOST: Final = 3

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z0-9_]+")
_STOP_EN: Final = frozenset(
    re.findall(
        r"\w+",
        "a an the i im ive my me we our you your it its is are was were be been am do does did to "
        "of in on at for from with and or but so if then there this that these those can could "
        "would will shall should have has had just please pls hi hello hey thanks thank help need "
        "want tell know any some about as by up",
    )
)
_STOP_ZH: Final = frozenset("的了吗呢啊吧呀我你您他她它们是在和与就都也这那请问一下个么")
_SUFFIXES: Final = ("ing", "ed", "es", "s")


class Candidate(Struct, frozen=True):
    """An entry and how well it fits, 0 to 1."""

    id: str
    score: float


class Match(Struct, frozen=True):
    """What to do with a question, and the entries that fit best, best first."""

    decision: Decision
    lang: Lang
    candidates: tuple[Candidate, ...] = ()


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def features(text: str) -> frozenset[str]:
    """The parts of a normalised text: characters and bigrams of Chinese, stems of words."""
    found: set[str] = set()
    for run in _HAN_RUN.findall(text):
        found.update(character for character in run if character not in _STOP_ZH)
        found.update(run[i : i + 2] for i in range(len(run) - 1))
    found.update(_stem(word) for word in _WORD.findall(text) if word not in _STOP_EN)
    return frozenset(found)


class _Phrasing(Struct, frozen=True):
    entry: str
    parts: frozenset[str]
    weight: float


class Matcher:
    """Phrasings of all entries, indexed by their parts."""

    def __init__(self, phrasings: Iterable[tuple[str, str]]) -> None:
        """`phrasings` are (entry id, text) pairs, of both languages."""
        pairs = [(entry, normalise(text)) for entry, text in phrasings]
        self._exact = {text: entry for entry, text in reversed(pairs)}
        parted = [(entry, features(text)) for entry, text in pairs]
        entries_with: dict[str, set[str]] = defaultdict(set)
        for entry, parts in parted:
            for part in parts:
                entries_with[part].add(entry)
        total = len({entry for entry, _ in pairs}) or 1
        self._weight = {
            part: math.log(1 + total / len(entries)) * (1.0 if len(part) > 1 else 0.5)
            for part, entries in entries_with.items()
        }
        self._unknown_weight = math.log(1 + total)
        self._phrasings = [_Phrasing(e, parts, self._weigh(parts)) for e, parts in parted]
        self._with: dict[str, list[int]] = defaultdict(list)
        for index, phrasing in enumerate(self._phrasings):
            for part in phrasing.parts:
                self._with[part].append(index)
        self._words = sorted(w for w in self._weight if _WORD.fullmatch(w) and len(w) > 3)

    def exact(self, text: str) -> str | None:
        """The entry one of whose phrasings this is."""
        return self._exact.get(normalise(text))

    def rank(self, text: str) -> list[Candidate]:
        """Entries that share something with the text, best first; ties by id.

        The score of a phrasing is the weighted Dice coefficient (Dice, 1945) of the parts.
        """
        parts = self._repair(features(normalise(text)))
        if not parts:
            return []
        asked = self._weigh(parts)
        shared: Counter[int] = Counter()
        for part in parts:
            weight = self._weight.get(part, 0.0)
            for index in self._with.get(part, ()):
                shared[index] += weight  # type: ignore[assignment]
        best: dict[str, float] = {}
        for index, weight in shared.items():
            phrasing = self._phrasings[index]
            score = 2 * weight / (asked + phrasing.weight)
            best[phrasing.entry] = max(score, best.get(phrasing.entry, 0.0))
        ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
        return [Candidate(entry, min(1.0, score)) for entry, score in ranked]

    def _weigh(self, parts: Iterable[str]) -> float:
        return sum(
            self._weight.get(part, self._unknown_weight * (1.0 if len(part) > 1 else 0.5))
            for part in parts
        )

    def _repair(self, parts: frozenset[str]) -> frozenset[str]:
        """Unknown words become the known word that a typing mistake or two away is meant."""
        repaired = set()
        for part in parts:
            if part in self._weight or len(part) < 4 or not _WORD.fullmatch(part):
                repaired.add(part)
                continue
            allowed = 1 if len(part) < 7 else 2
            near = process.extractOne(part, self._words, scorer=OSA.distance, score_cutoff=allowed)
            repaired.add(near[0] if near else part)
        return frozenset(repaired)


def decide(ranked: list[Candidate], text: str) -> Decision:
    """Answer when sure and clearly ahead, ask when it may be one of a few, else hand over."""
    if not ranked or ranked[0].score < MAYBE:
        return "handover"
    lead = ranked[0].score - (ranked[1].score if len(ranked) > 1 else 0.0)
    if ranked[0].score >= SURE and lead >= LEAD and not is_one_word(text):
        return "answer"
    return "suggest"


def is_one_word(text: str) -> bool:
    """Whether there is too little to be sure of anything: a word, or two characters."""
    normal = normalise(text)
    han = sum(len(run) for run in _HAN_RUN.findall(normal))
    words = len(_WORD.findall(normal))
    return han + 2 * words <= 3


def all_phrasings(entries: Mapping[str, Entry]) -> list[tuple[str, str]]:
    """Every title and phrasing with its entry's id."""
    return [
        (entry.id, text)
        for entry in entries.values()
        for texts in (*entry.phrasings.values(), tuple(entry.title.values()))
        for text in texts
    ]
