"""The knowledge base: entries from files, checked, ready to be asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from chat.phrases import Lang
from faq.checking import wordings
from faq.encoder import Floats
from faq.entry import Entry
from faq.following import match_after
from faq.language import detect
from faq.match import Match
from faq.matching import Matcher
from faq.validity import holding
from faq.written import KnowledgeBaseError, read_files

__all__ = ["KnowledgeBase", "KnowledgeBaseError", "load"]


class KnowledgeBase:
    """Entries by id, and the matcher over what customers ask them by."""

    def __init__(
        self, entries: Mapping[str, Entry], matcher: Matcher | None = None, *, quick: bool = False
    ) -> None:
        """Without a matcher, one that goes by wording alone; a `quick` one has learnt nothing."""
        self.entries: Final = dict(entries)
        self._matcher = matcher or Matcher(self.wordings(), quick=quick)

    def wordings(self) -> Iterator[tuple[str, str]]:
        """All that customers ask by: pairs of an entry's id and a text."""
        for entry in self.entries.values():
            for _, text in wordings(entry):
                yield entry.id, text

    def with_matcher(self, matcher: Matcher) -> KnowledgeBase:
        """The same entries, found by another matcher."""
        return KnowledgeBase(self.entries, matcher)

    def get(self, entry_id: str) -> Entry:
        """An entry. Raises KeyError."""
        return self.entries[entry_id]

    def match(self, text: str, lang: Lang | None = None, without: str | None = None) -> Match:
        """What to do with a question; `lang` is the customer's language, where it is known. As if
        there were no entry `without`."""
        return self._matcher.match(text, lang or detect(text, "zh"), without)

    def match_after(self, text: str, lang: Lang, before: str, asked: str = "") -> Match:
        """What to do with a question that follows on the answer of the entry `before`, given to
        what was `asked`. An entry that has left the base is no context."""
        entry = self.entries.get(before)
        if entry is None:
            return self.match(text, lang)
        return match_after(self, text, lang, entry, asked)

    def meaning(self, text: str) -> Floats | None:
        """The sentence vector that `match` goes by for a text; None where it needs none."""
        return self._matcher.meaning(text)

    def compared(self, text: str) -> str:
        """What of a text is compared with the wordings; empty where nothing need be."""
        return self._matcher.compared(text)

    def closest(self, text: str, most: int) -> list[str]:
        """The ids of the entries that are most alike, whatever would be done with them."""
        return self._matcher.closest(text, most)


def load(files: Mapping[str, str], day: str | None = None) -> KnowledgeBase:
    """A knowledge base from files (name to text), each a list of entries, and `values.yaml`.

    With a day, such as 2026-12-31, only what holds on it. Raises KnowledgeBaseError with
    everything that is wrong in any of them.
    """
    entries = read_files(files).entries
    return KnowledgeBase(entries if day is None else holding(entries, day))
