"""What must hold for entries beyond their types; every breach is told with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from chat.phrases import LANGS
from faq.entry import Entry
from faq.located import Document, InputError
from faq.normal import normalise

_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")

# An id travels in a button, and Telegram allows a button 64 bytes.
_LONGEST_NAME: Final = 48


class Place(Struct, frozen=True):
    """Where an entry is written."""

    document: Document
    path: str

    def wrong(self, below: str, problem: str, instead: str) -> InputError:
        """An error at a path below the entry's own."""
        return self.document.wrong(f"{self.path}.{below}", problem, instead)


def check(entries: Mapping[str, Entry], places: Mapping[str, Place]) -> Iterator[InputError]:
    """Everything that is wrong with entries that are each of the right type."""
    for entry in entries.values():
        place = places[entry.id]
        yield from _names(entry, place)
        yield from _texts(entry, place)
        yield from _phrasings(entry, place)
        yield from _related(entry, place, entries)
    yield from _shared(entries, places)


def _names(entry: Entry, place: Place) -> Iterator[InputError]:
    for kind, name in (("id", entry.id), ("dept", entry.dept)):
        if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME:
            yield place.wrong(
                kind,
                f"“{name}” is no {kind}",
                f"use at most {_LONGEST_NAME} small letters, digits, _ and dots, "
                "such as deposit.missing",
            )


def _texts(entry: Entry, place: Place) -> Iterator[InputError]:
    parts = [("title", entry.title), ("answer", entry.answer)]
    parts += [(f"steps[{index}]", step) for index, step in enumerate(entry.steps)]
    for name, texts in parts:
        for lang in LANGS:
            if not texts.get(lang, "").strip():
                yield place.wrong(
                    f"{name}.{lang}",
                    f"“{name}” of {entry.id} says nothing in “{lang}”",
                    f"add a line “{lang}: …”",
                )


def _phrasings(entry: Entry, place: Place) -> Iterator[InputError]:
    for lang in LANGS:
        phrasings = entry.phrasings.get(lang, ())
        if not phrasings:
            yield place.wrong(
                f"phrasings.{lang}",
                f"{entry.id} has no phrasings in “{lang}”",
                "write how customers ask this, a line each",
            )
        for index, phrasing in enumerate(phrasings):
            if not normalise(phrasing):
                yield place.wrong(
                    f"phrasings.{lang}[{index}]",
                    f"a phrasing of {entry.id} is empty",
                    "write words that a customer may type, or delete the line",
                )


def _related(entry: Entry, place: Place, entries: Mapping[str, Entry]) -> Iterator[InputError]:
    for index, other in enumerate(entry.related):
        if other == entry.id:
            problem = f"{entry.id} is related to itself"
        elif other not in entries:
            problem = f"{entry.id} is related to “{other}”, which does not exist"
        else:
            continue
        yield place.wrong(
            f"related[{index}]", problem, "name another entry's id, or delete the line"
        )


def _shared(entries: Mapping[str, Entry], places: Mapping[str, Place]) -> Iterator[InputError]:
    """Phrasings that stand in two entries: a question cannot mean both."""
    owners: dict[str, str] = {}
    for entry in entries.values():
        for path, text in wordings(entry):
            normal = normalise(text)
            owner = owners.setdefault(normal, entry.id) if normal else entry.id
            if owner != entry.id:
                yield places[entry.id].wrong(
                    path, f"“{text}” also stands in {owner}", "keep it in one of the two"
                )


def wordings(entry: Entry) -> Iterator[tuple[str, str]]:
    """All that a customer may ask an entry by, titles included, each with its path."""
    for lang in LANGS:
        if lang in entry.title:
            yield f"title.{lang}", entry.title[lang]
        for index, text in enumerate(entry.phrasings.get(lang, ())):
            yield f"phrasings.{lang}[{index}]", text
