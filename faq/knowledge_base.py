"""The knowledge base: entries from files, checked, ready to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from chat.phrases import Lang
from faq.checking import Place, check, wordings
from faq.entry import Entry
from faq.language import detect
from faq.located import Document, InputError
from faq.match import Match
from faq.matching import Matcher


class KnowledgeBaseError(ValueError):
    """All that is wrong with the files; one `file:line: problem; instead` a line."""

    def __init__(self, problems: list[InputError]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class KnowledgeBase:
    """Entries by id, and the matcher over what customers ask them by."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self.entries: Final = dict(entries)
        self._matcher = Matcher(
            (entry.id, text) for entry in self.entries.values() for _, text in wordings(entry)
        )

    def get(self, entry_id: str) -> Entry:
        """An entry. Raises KeyError."""
        return self.entries[entry_id]

    def match(self, text: str, lang: Lang | None = None) -> Match:
        """What to do with a question; `lang` is the customer's language, where it is known."""
        return self._matcher.match(text, lang or detect(text, "zh"))


def load(files: Mapping[str, str]) -> KnowledgeBase:
    """A knowledge base from files (name to text), each a list of entries.

    Raises KnowledgeBaseError with everything that is wrong in any of them.
    """
    problems: list[InputError] = []
    entries: dict[str, Entry] = {}
    places: dict[str, Place] = {}
    for file, text in files.items():
        try:
            document = Document(text, file)
            paths = document.items()
        except InputError as error:
            problems.append(error)
            continue
        for path in paths:
            try:
                entry = document.decode(path, Entry)
            except InputError as error:
                problems.append(error)
                continue
            place = Place(document, path)
            if entry.id in entries:
                other = places[entry.id]
                line = other.document.line_of(other.path)
                problems.append(
                    place.wrong(
                        "id",
                        f"the id “{entry.id}” is taken ({other.document.file}:{line})",
                        "give this entry another id, or delete one of the two",
                    )
                )
                continue
            entries[entry.id], places[entry.id] = entry, place
    problems += check(entries, places)
    if problems:
        raise KnowledgeBaseError(problems)
    return KnowledgeBase(entries)
