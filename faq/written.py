"""Entries as their files say them: read, checked, and filled with the company's values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from msgspec import Struct

from faq.checking import check
from faq.entry import Entry
from faq.located import Document, InputError
from faq.place import InDocument, Place
from faq.variables import Value, check_used, check_variables, filled, read_values

VALUES: Final = "values.yaml"
"""The file beside the entries that says what their variables stand for."""

_VALUES_FILE: Final = re.compile(r"(.*[/\\])?values\.ya?ml", re.DOTALL)


class KnowledgeBaseError(ValueError):
    """All that is wrong with the files; one `file:line: problem; instead` a line."""

    def __init__(self, problems: Iterable[InputError]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Written(Struct, frozen=True):
    """All entries by id, whatever the day; `raw` has them with their variables, and `values` says
    what these stand for."""

    entries: dict[str, Entry]
    raw: dict[str, Entry]
    places: dict[str, Place]
    values: dict[str, Value]


def is_values(file: str) -> bool:
    """Whether a file has values instead of entries, by its name."""
    return _VALUES_FILE.fullmatch(file) is not None


def read_files(
    files: Mapping[str, str],
    own_values: Mapping[str, str] | None = None,
    brand: str | None = None,
) -> Written:
    """The entries in files (name to text), each a list of entries, or the values.

    `own_values` are further files of values, which prevail over those among `files`; `brand`
    prevails over any value of that name. Raises KnowledgeBaseError with everything that is wrong.
    """
    problems: list[InputError] = []
    raw: dict[str, Entry] = {}
    places: dict[str, Place] = {}
    values: dict[str, Value] = {}
    for file, text in files.items():
        try:
            document = Document(text, file)
            if is_values(file):
                values |= read_values(document, problems)
            else:
                read_entries(document, raw, places, problems)
        except InputError as error:
            problems.append(error)
    for file, text in (own_values or {}).items():
        try:
            values |= read_values(Document(text, file), problems)
        except InputError as error:
            problems.append(error)
    problems += check_used(values, raw.values())
    if brand is not None:
        values["brand"] = Value(InDocument(Document("", "brand"), ""), brand)
    return finished(raw, places, values, problems)


def finished(
    raw: Mapping[str, Entry],
    places: Mapping[str, Place],
    values: Mapping[str, Value],
    problems: Iterable[InputError] = (),
) -> Written:
    """Entries checked and filled. Raises KnowledgeBaseError; `problems` were found before."""
    entries = {id: filled(entry, values) for id, entry in raw.items()}
    found = list(problems)
    for id, entry in raw.items():
        found += check_variables(entry, places[id], values)
    found += check(entries, places)
    if found:
        raise KnowledgeBaseError(found)
    return Written(entries, dict(raw), dict(places), dict(values))


def read_entries(
    document: Document,
    entries: dict[str, Entry],
    places: dict[str, Place],
    problems: list[InputError],
) -> None:
    """Add a document's entries and their places; what is wrong joins the problems."""
    for path in document.items():
        try:
            entry = document.decode(path, Entry)
        except InputError as error:
            problems.append(error)
            continue
        place = InDocument(document, path)
        if entry.id in entries:
            problems.append(
                place.wrong(
                    "id",
                    f"the id “{entry.id}” is taken ({places[entry.id].where('')})",
                    "give this entry another id, or delete one of the two",
                )
            )
            continue
        entries[entry.id], places[entry.id] = entry, place
