"""Measures the matcher on the base's own wordings: each is asked of a base that lacks it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from faq.checking import wordings
from faq.entry import Entry
from faq.language import detect
from faq.matching import Matcher
from faq.normal import normalise


class HoldOut(Struct, frozen=True):
    """How many questions were asked, and what became of them."""

    asked: int
    answered: int
    """Answered with the right entry."""
    wrong: int
    """Answered with another one."""
    suggested: int
    """Suggestions with the right entry among them."""
    misled: int
    """Suggestions without it."""
    handed_over: int

    @property
    def precision(self) -> float:
        """How many of the answers were right."""
        return self.answered / ((self.answered + self.wrong) or 1)


def hold_out(entries: Mapping[str, Entry], *, folds: int = 5, hide_own: bool = False) -> HoldOut:
    """Ask every wording of a base built from the other folds.

    With `hide_own` the right entry is left out of what is found, so that nothing is right: it
    shows how often a question that the base cannot answer is answered all the same.
    """
    owners = {
        normalise(text): entry.id for entry in entries.values() for _, text in wordings(entry)
    }
    pairs = sorted((entry, text) for text, entry in owners.items())
    counts = dict.fromkeys(HoldOut.__struct_fields__, 0)
    for fold in range(folds):
        matcher = Matcher(pair for at, pair in enumerate(pairs) if at % folds != fold)
        for entry, text in pairs[fold::folds]:
            match = matcher.match(text, detect(text, "zh"), entry if hide_own else None)
            found = [candidate.id for candidate in match.candidates]
            counts["asked"] += 1
            match match.decision:
                case "answer":
                    counts["answered" if found[0] == entry else "wrong"] += 1
                case "suggest":
                    counts["suggested" if entry in found else "misled"] += 1
                case "handover":
                    counts["handed_over"] += 1
    return HoldOut(**counts)
