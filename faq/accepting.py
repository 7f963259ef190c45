"""Joins reviewed drafts to a knowledge base, after all that is checked of any base."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct, structs

from faq.drafted import Drafts
from faq.entry import Entry
from faq.located import Document, InputError
from faq.normal import normalise
from faq.place import Place
from faq.writing import inline
from faq.written import Written, finished

_PHRASING: Final = re.compile(r"phrasings\.([^.\[]+)\[(\d+)\]")
_ITEM: Final = re.compile(r"(\s*)- \S")

Added = dict[str, dict[str, tuple[str, ...]]]
"""New phrasings by entry and language."""


class Joined(Struct, frozen=True):
    """A base with its drafts. What it had already is neither `new` nor `added`."""

    written: Written
    new: dict[str, Entry]
    added: Added


class _Extended(Struct, frozen=True):
    """Where an entry stands whose last phrasings stand in a draft. `had` says how many the base
    has of each language, `taken` which of the draft's follow them."""

    base: Place
    draft: Place
    had: Mapping[str, int]
    taken: Mapping[str, list[int]]

    def wrong(self, below: str, problem: str, instead: str) -> InputError:
        place, path = self._find(below)
        return place.wrong(path, problem, instead)

    def where(self, below: str) -> str:
        place, path = self._find(below)
        return place.where(path)

    def _find(self, below: str) -> tuple[Place, str]:
        found = _PHRASING.fullmatch(below)
        if found:
            lang, beyond = found[1], int(found[2]) - self.had.get(found[1], 0)
            if 0 <= beyond < len(self.taken.get(lang, ())):
                return self.draft, f"phrasings.{lang}[{self.taken[lang][beyond]}]"
        return self.base, below


def join(drafts: Drafts, written: Written, problems: list[InputError]) -> Joined:
    """The base with what was reviewed. Raises KnowledgeBaseError with everything that is wrong;
    `problems` were found before."""
    raw, places = dict(written.raw), dict(written.places)
    new: dict[str, Entry] = {}
    added: Added = {}
    for id, entry in drafts.entries.items():
        if id not in raw:
            new[id] = raw[id] = entry
            places[id] = drafts.places[id]
        elif raw[id] != entry:
            problems.append(
                drafts.places[id].wrong(
                    "id",
                    f"the id “{id}” is taken ({written.places[id].where('')})",
                    "give it another id; or, if it was accepted before, delete it here",
                )
            )
    for id, phrasings in drafts.phrasings.items():
        known = written.raw.get(id)
        if known is None:
            problems.append(
                drafts.places[id].wrong(
                    "phrasings_for", f"there is no entry “{id}”", "name an entry of the base"
                )
            )
            continue
        taken = {lang: _missing(known, lang, texts) for lang, texts in phrasings.items()}
        more = {
            lang: tuple(phrasings[lang][at] for at in rows) for lang, rows in taken.items() if rows
        }
        if more:
            added[id] = more
            # Last, so that what it shares with others is blamed on the draft.
            del raw[id]
            raw[id] = _extended(known, more)
            had = {lang: len(texts) for lang, texts in known.phrasings.items()}
            places[id] = _Extended(written.places[id], drafts.places[id], had, taken)
    return Joined(finished(raw, places, written.values, problems), new, added)


def _missing(entry: Entry, lang: str, texts: tuple[str, ...]) -> list[int]:
    """Which of the phrasings the entry does not have."""
    had = {normalise(text) for text in entry.phrasings.get(lang, ())}
    found = []
    for at, text in enumerate(texts):
        if normalise(text) not in had:
            had.add(normalise(text))
            found.append(at)
    return found


def _extended(entry: Entry, more: Mapping[str, tuple[str, ...]]) -> Entry:
    langs = {**entry.phrasings, **more}
    phrasings = {lang: (*entry.phrasings.get(lang, ()), *more.get(lang, ())) for lang in langs}
    return structs.replace(entry, phrasings=phrasings)


def with_phrasings(
    text: str, document: Document, added: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> str:
    """A file's text with further lines in its lists of phrasings; all others stay as they are.

    `added` has the phrasings by the path of their entry and by language. What cannot be added line
    by line is left out, so read the text again before you rely on it.
    """
    lines = text.split("\n")
    for at, own in sorted(_insertions(lines, document, added), reverse=True):
        lines[at:at] = own
    return "\n".join(lines)


def _insertions(
    lines: list[str], document: Document, added: Mapping[str, Mapping[str, tuple[str, ...]]]
) -> Iterator[tuple[int, list[str]]]:
    for entry, phrasings in added.items():
        had = document.decode(f"{entry}.phrasings", dict[str, list[str]])
        for lang, texts in phrasings.items():
            if not had.get(lang):
                continue
            at = document.line_of(f"{entry}.phrasings.{lang}[{len(had[lang]) - 1}]")
            item = _ITEM.match(lines[at - 1])
            if item:
                end = "\r" if lines[at - 1].endswith("\r") else ""
                yield at, [f"{item[1]}- {inline(text)}{end}" for text in texts]
