"""Finds what a question asks for, and decides whether to answer, to offer or to hand over."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from typing import Final

import numpy as np

from chat.phrases import Lang
from faq.calibration import Calibration
from faq.courtesy import without_courtesy
from faq.encoder import Encoder, Floats, Vocabulary, heard_of
from faq.match import Candidate, Match
from faq.normal import LONGEST, as_written, normalise
from faq.parts import is_one_word, parts, says_nothing, spelt
from faq.presumed import PRESUMED, UNLEARNT
from faq.ranker import Asked, Wording, readings
from faq.ranking import Ranker, Ranking
from faq.repair import Repair

MOST: Final = 3
"""Entries that are offered at once."""

_CLAUSE: Final = re.compile(r"[\n。．.!！?？,，;；、…]+")
_CLAUSES_MOST: Final = 8
_LEAST_SHARE: Final = 0.02
_PRESUMED_LEAST: Final = 20


class Matcher:
    """All wordings of all entries, ready to be compared with a question."""

    def __init__(
        self,
        wordings: Iterable[tuple[str, str]],
        encoder: Encoder | None = None,
        calibration: Calibration | None = None,
        tick: Callable[[int, int], None] = lambda done, total: None,
        *,
        quick: bool = False,
    ) -> None:
        """`wordings` are pairs of an entry's id and a text by which it is asked. A `quick` matcher
        learns nothing: it answers the base's own wordings, and offers what is alike. `tick` is
        told how many texts of how many have been read, and once more at each step of learning from
        them; what it raises ends it.
        """
        written: dict[tuple[str, str], str] = {}
        for entry, text in sorted(wordings, reverse=True):
            written[entry, normalise(text)] = text
        normal = sorted(written)
        self._exact: dict[str, str] = {}
        for entry, text in reversed(normal):
            self._exact[without_courtesy(text)] = entry
            self._exact[text] = entry
        self.ids: Final = sorted({entry for entry, _ in normal})
        self._number = {entry: at for at, entry in enumerate(self.ids)}
        asked = Asked(numbered(written, self.ids), len(self.ids), encoder, tick)
        self._both = not asked.is_large
        self._asked = None if quick else asked
        texts = (spelt(text) for _, text in normal)
        self._repair = Repair(texts, encoder if isinstance(encoder, Vocabulary) else None)
        self._encoder = encoder
        few = len(self.ids) < _PRESUMED_LEAST
        self._calibration = calibration or (UNLEARNT if quick or few else PRESUMED)
        self._ranker: Ranker | None = None
        if self.ids:
            self._ranker = asked.nearest() if quick else asked.ranker()

    @property
    def asked(self) -> Asked:
        """What it can be tried with. Raises LookupError once that is done, and if it is quick."""
        if self._asked is None:
            raise LookupError("this matcher is not to be tried")
        return self._asked

    def with_calibration(self, calibration: Calibration) -> Matcher:
        """The same matcher, trusted as a calibration says, without what it was tried with."""
        other = copy(self)
        other._calibration = calibration
        other._asked = None
        return other

    def match(self, text: str, lang: Lang, without: str | None = None) -> Match:
        """What to do with a question, as if there were no entry `without`."""
        text = text[:LONGEST]
        normal = normalise(text)
        asked = without_courtesy(normal)
        alone = is_one_word(asked)
        exact = self._exact.get(normal) or self._exact.get(asked)
        if exact is not None and exact != without and asked:
            return Match("suggest" if alone else "answer", lang, (Candidate(exact, 1.0),), 1.0)
        if says_nothing(asked):
            return Match("handover", lang)
        ranking = self._rank(asked, text, without)
        if ranking is None:
            return Match("handover", lang)
        chance = self._calibration.confidence.of(ranking.signs)
        decision = self._calibration.decide(ranking.signs)
        best = self._best(ranking)
        if decision == "answer":
            return Match("suggest" if alone else "answer", lang, best, chance)
        # A story may be like nothing as a whole while one sentence of it is clear.
        clear = self._in_clauses(text, without)
        if decision == "handover":
            return Match("suggest" if clear else "handover", lang, clear, chance)
        if [each.id for each in clear] == [best[0].id]:
            return Match("answer", lang, best, clear[0].score)
        return Match("suggest", lang, best, chance)

    def closest(self, text: str, most: int) -> list[str]:
        """The ids of the entries that are most alike, whatever would be done with them."""
        ranking = self._rank(without_courtesy(normalise(text)), text)
        return [] if ranking is None else [self.ids[at] for at in ranking.order[:most].tolist()]

    def meaning(self, text: str) -> Floats | None:
        """The vector by which moods are heard, of a text as written; part of the one that `match`
        goes by, or all of it. None where it looks at none."""
        if self._encoder is None or not (written := self.compared(text)):
            return None
        return heard_of(self._encoder, self._encoder.encode([written])[0])

    def compared(self, text: str) -> str:
        """What of a text, as written, has its meaning compared; empty where none need be."""
        text = text[:LONGEST]
        normal = normalise(text)
        asked = without_courtesy(normal)
        known = normal in self._exact or asked in self._exact
        if self._ranker is None or not self._both or known or says_nothing(asked):
            return ""
        return self._repair.mend(as_written(text))

    def _rank(self, normal: str, text: str, without: str | None = None) -> Ranking | None:
        """All entries for a text, normalised and as it came; None for an empty base or nothing to
        go by."""
        # Parts forgive what happens to characters; to mend them too would do more harm than good.
        mended = self._repair.with_words(spelt(normal))
        hidden = None if without is None else self._number.get(without)
        if self._ranker is None or not mended or len(self.ids) - (hidden is not None) < 1:
            return None
        vector = None
        if self._encoder is not None:
            written = self._repair.mend(as_written(text)) if self._both else ""
            normal = self._repair.with_characters(mended)
            read = readings(normal, written, both=self._both)
            vector = np.stack([self._encoder.encode([each])[0] for each in read])
        return self._ranker.rank(parts(mended), vector, hidden)

    def _best(self, ranking: Ranking) -> tuple[Candidate, ...]:
        pairs = zip(ranking.order[:MOST].tolist(), ranking.shares[:MOST].tolist(), strict=True)
        found = [Candidate(self.ids[entry], round(share, 4)) for entry, share in pairs]
        return tuple(each for each in found if each is found[0] or each.score >= _LEAST_SHARE)

    def _in_clauses(self, text: str, without: str | None) -> tuple[Candidate, ...]:
        """What single clauses of a long story would be answered with."""
        found: dict[str, float] = {}
        clauses = _CLAUSE.split(text)[:_CLAUSES_MOST]
        for clause in clauses if len(clauses) > 1 else ():
            asked = without_courtesy(normalise(clause))
            if is_one_word(asked) or says_nothing(asked):
                continue
            best, chance = self._surely(asked, clause, without)
            if best:
                found[best] = max(found.get(best, 0.0), chance)
        best_first = sorted(found.items(), key=lambda each: (-each[1], each[0]))[:MOST]
        return tuple(Candidate(entry, chance) for entry, chance in best_first)

    def _surely(self, asked: str, clause: str, without: str | None) -> tuple[str, float]:
        """The entry that a sentence alone would be answered with, and the chance; or nothing."""
        exact = self._exact.get(asked)
        if exact is not None and exact != without:
            return exact, 1.0
        ranking = self._rank(asked, clause, without)
        if ranking is not None and self._calibration.decide(ranking.signs) == "answer":
            chance = self._calibration.confidence.of(ranking.signs)
            return self.ids[int(ranking.order[0])], round(chance, 4)
        return "", 0.0


def numbered(written: Mapping[tuple[str, str], str], ids: list[str]) -> list[Wording]:
    """The wordings by entry and normalised text, each as it came, in the order of their entries'
    numbers; an id is a wording too, as an editor chose its words to say what the entry is about."""
    number = {entry: at for at, entry in enumerate(ids)}
    texts = [
        Wording(number[entry], spelt(without_courtesy(normal) or normal), written[entry, normal])
        for entry, normal in sorted(written)
    ]
    named = [(at, normalise(entry)) for at, entry in enumerate(ids)]
    texts += [Wording(at, spelt(name), name) for at, name in named if name]
    return sorted(texts, key=lambda each: each.owner)
