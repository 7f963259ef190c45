"""Ranks entries by what a question shares with their wordings, and decides what to do."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from rapidfuzz import process
from rapidfuzz.distance import OSA

from chat.phrases import Lang
from faq.courtesy import without_courtesy
from faq.match import Candidate, Match
from faq.normal import LONGEST, normalise
from faq.parts import is_one_word, is_word, parts, says_nothing

# Chosen on held-out phrasings of the built-in base (see hold_out), not on test questions.
SURE: Final = 0.50
LEAD: Final = 0.15
KNOWN: Final = 0.80
MAYBE: Final = 0.36

MOST: Final = 3
"""Entries that are offered at once."""

_CLAUSE: Final = re.compile(r"[\n。．.!！?？,，;；、…]+")
_CLAUSES_MOST: Final = 20
_SHORTEST_REPAIRED: Final = 4
_TWO_MISTAKES: Final = 8
_REPAIRS_MOST: Final = 20


class _Wording(Struct, frozen=True):
    entry: str
    weight: float


class Fit(Struct, frozen=True):
    """How well an entry fits a question; `known` is how much of it the entry's wordings say.

    `known` leaves out what no entry says. An entry about deposits is like a question about a
    withdrawal in all but one word, and that word is not known to it.
    """

    entry: str
    score: float
    known: float

    @property
    def candidate(self) -> Candidate:
        """What the world outside sees of it."""
        return Candidate(self.entry, self.score)


class Matcher:
    """All wordings of all entries, indexed by their parts.

    A score is the mean of two: how alike the question and the most similar wording are (the
    weighted coefficient of Dice, 1945), and how much of the question the entry's wordings know.
    Parts weigh by how few entries have them.
    """

    def __init__(self, wordings: Iterable[tuple[str, str]]) -> None:
        """`wordings` are pairs of an entry's id and a text by which it is asked."""
        normal = sorted({(entry, normalise(text)) for entry, text in wordings})
        self._exact = {}
        for entry, text in reversed(normal):
            self._exact[without_courtesy(text)] = entry
            self._exact[text] = entry
        parted = [(entry, parts(without_courtesy(text) or text)) for entry, text in normal]
        self._known: dict[str, Counter[str]] = defaultdict(Counter)
        for entry, found in parted:
            for part in found:
                self._known[part][entry] += 1
        total = len({entry for entry, _ in normal})
        self._rarity = {
            part: math.log(1 + total / len(entries)) for part, entries in self._known.items()
        }
        self._unknown = math.log(1 + total)
        self._wordings = [_Wording(entry, self._weigh(found)) for entry, found in parted]
        self._with: dict[str, list[int]] = defaultdict(list)
        for index, (_, found) in enumerate(parted):
            for part in found:
                self._with[part].append(index)
        self._words = sorted(filter(is_word, self._known))

    def match(self, text: str, lang: Lang, without: str | None = None) -> Match:
        """What to do with a question, as if there were no entry `without`."""
        text = text[:LONGEST]
        normal = normalise(text)
        asked = without_courtesy(normal)
        exact = self._exact.get(normal) or self._exact.get(asked)
        if exact is not None and exact != without and asked:
            return Match("answer", lang, (Candidate(exact, 1.0),))
        fits = [] if says_nothing(asked) else self.rank(asked, without)
        fitting = tuple(fit.candidate for fit in fits[:MOST] if fit.score >= MAYBE)
        if not fitting:
            fitting = self._in_clauses(text, without)
            return Match("suggest" if fitting else "handover", lang, fitting)
        best, lead = fits[0], fits[0].score - (fits[1].score if len(fits) > 1 else 0.0)
        sure = best.score >= SURE and lead >= LEAD and best.known >= KNOWN
        return Match("answer" if sure and not is_one_word(asked) else "suggest", lang, fitting)

    def rank(self, normal: str, without: str | None = None) -> list[Fit]:
        """Entries that share something with a normalised text, best first; ties by id."""
        asked = self._repaired(parts(normal))
        weight = self._weigh(asked)
        shared: dict[int, float] = defaultdict(float)
        often: dict[str, float] = defaultdict(float)
        known: dict[str, float] = defaultdict(float)
        sayable = 0.0
        for part, counts in asked.items():
            if part not in self._rarity:
                continue
            gain = self._rarity[part] * counts
            sayable += gain
            for index in self._with[part]:
                shared[index] += gain
            for entry, times in self._known[part].items():
                often[entry] += gain * times / (times + 1)
                known[entry] += gain
        alike: dict[str, float] = defaultdict(float)
        for index, common in shared.items():
            wording = self._wordings[index]
            dice = 2 * common / (weight + wording.weight)
            alike[wording.entry] = max(alike[wording.entry], dice)
        fits = [
            Fit(entry, min(1.0, (dice + often[entry] / weight) / 2), known[entry] / sayable)
            for entry, dice in alike.items()
            if entry != without
        ]
        return sorted(fits, key=lambda fit: (-fit.score, fit.entry))

    def _in_clauses(self, text: str, without: str | None) -> tuple[Candidate, ...]:
        """What single clauses of a long story would be answered with; never sure of the whole."""
        best: dict[str, Fit] = {}
        for clause in _CLAUSE.split(text)[:_CLAUSES_MOST]:
            asked = without_courtesy(normalise(clause))
            fits = [] if is_one_word(asked) else self.rank(asked, without)[:1]
            for fit in fits:
                if fit.score >= SURE and fit.known >= KNOWN:
                    known = best.get(fit.entry, fit)
                    best[fit.entry] = max(fit, known, key=lambda each: each.score)
        found = sorted(best.values(), key=lambda fit: (-fit.score, fit.entry))
        return tuple(fit.candidate for fit in found[:MOST])

    def _weigh(self, found: dict[str, float]) -> float:
        return sum(self._rarity.get(part, self._unknown) * by for part, by in found.items())

    def _repaired(self, found: dict[str, float]) -> dict[str, float]:
        """Words that no wording has become the one known word a slip or two away."""
        repaired = {}
        repairs = 0
        for part, counts in found.items():
            word = part
            unknown = part not in self._known and len(part) >= _SHORTEST_REPAIRED
            if unknown and repairs < _REPAIRS_MOST and is_word(part) and not part.isdecimal():
                repairs += 1
                word = self._nearest(part)
            repaired[word] = counts
        return repaired

    def _nearest(self, word: str) -> str:
        slips = 2 if len(word) >= _TWO_MISTAKES else 1
        near = process.extract(word, self._words, scorer=OSA.distance, score_cutoff=slips, limit=2)
        if not near or (len(near) > 1 and near[0][1] == near[1][1]):
            return word
        return near[0][0]
