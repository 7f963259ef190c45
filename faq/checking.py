"""What must hold for entries beyond their types; every breach is told with its line."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from chat.phrases import LANGS
from faq.entry import Entry
from faq.located import InputError
from faq.normal import normalise
from faq.place import Place
from faq.validity import ever_together, is_day
from faq.variables import texts_of

_NAME: Final = re.compile(r"[a-z0-9_]+(\.[a-z0-9_]+)*")

# An id travels in a button, and Telegram allows a button 64 bytes.
_LONGEST_NAME: Final = 48

# BCP 47, as far as texts need it: fr, yue, pt-BR, sr-Latn.
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")


def check(entries: Mapping[str, Entry], places: Mapping[str, Place]) -> Iterator[InputError]:
    """Everything that is wrong with entries that are each of the right type."""
    for entry in entries.values():
        place = places[entry.id]
        yield from _names(entry, place)
        yield from _days(entry, place)
        yield from _languages(entry, place)
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


def _days(entry: Entry, place: Place) -> Iterator[InputError]:
    days = (("valid_from", entry.valid_from), ("valid_until", entry.valid_until))
    wrong = [(name, day) for name, day in days if day is not None and not is_day(day)]
    for name, day in wrong:
        yield place.wrong(name, f"“{day}” is no day", "write year-month-day, such as 2026-12-31")
    if not wrong and not ever_together(entry, entry):
        yield place.wrong(
            "valid_until",
            f"{entry.id} ends before it begins ({entry.valid_from})",
            "exchange the two days, or mend one",
        )


def _languages(entry: Entry, place: Place) -> Iterator[InputError]:
    told = set()
    for path, lang, _ in texts_of(entry):
        above = path.partition(f".{lang}")[0]
        if not _LANGUAGE.fullmatch(lang) and above not in told:
            told.add(above)
            yield place.wrong(
                f"{above}.{lang}", f"“{lang}” is no language", "write zh, en or a code such as fr"
            )


def _texts(entry: Entry, place: Place) -> Iterator[InputError]:
    parts = [("title", entry.title), ("answer", entry.answer)]
    parts += [(f"steps[{index}]", step) for index, step in enumerate(entry.steps)]
    more = {lang for step in entry.steps for lang in step if _LANGUAGE.fullmatch(lang)} - {*LANGS}
    for name, texts in parts:
        for lang in (*LANGS, *(sorted(more) if name.startswith("steps") else ())):
            if not texts.get(lang, "").strip():
                yield place.wrong(
                    f"{name}.{lang}",
                    f"“{name}” of {entry.id} says nothing in “{lang}”",
                    f"add a line “{lang}: …”",
                )


def _phrasings(entry: Entry, place: Place) -> Iterator[InputError]:
    for needed in LANGS:
        if not entry.phrasings.get(needed):
            yield place.wrong(
                f"phrasings.{needed}",
                f"{entry.id} has no phrasings in “{needed}”",
                "write how customers ask this, a line each",
            )
    for lang, phrasings in entry.phrasings.items():
        for index, phrasing in enumerate(phrasings):
            if not any(map(str.isalnum, phrasing)) and not normalise(phrasing):
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
    """Phrasings that stand in two entries: a question cannot mean both, unless on other days."""
    owners: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries.values():
        for path, text in wordings(entry):
            normal = normalise(text)
            same = owners[normal]
            for owner in same if normal else ():
                if owner.id != entry.id and ever_together(owner, entry):
                    yield places[entry.id].wrong(
                        path, f"“{text}” also stands in {owner.id}", "keep it in one of the two"
                    )
                    break
            if entry not in same[-1:]:
                same.append(entry)


def wordings(entry: Entry) -> Iterator[tuple[str, str]]:
    """All that a customer may ask an entry by, titles included, each with its path."""
    for lang in dict.fromkeys((*LANGS, *entry.title, *entry.phrasings)):
        if lang in entry.title:
            yield f"title.{lang}", entry.title[lang]
        for index, text in enumerate(entry.phrasings.get(lang, ())):
            yield f"phrasings.{lang}[{index}]", text
