"""Drafts of what would fill gaps, as an editor gives them back."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from msgspec import Struct, structs

from faq.entry import Entry
from faq.located import Document, InputError
from faq.place import InDocument

Reviewed: TypeAlias = Literal["no", "yes"]


class DraftedEntry(Entry, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry that is not used until somebody has read it."""

    reviewed: Reviewed


class DraftedPhrasings(Struct, frozen=True, forbid_unknown_fields=True):
    """Further phrasings of an entry that is there, by language."""

    phrasings_for: str
    reviewed: Reviewed
    phrasings: dict[str, tuple[str, ...]]


class Drafts(Struct, frozen=True):
    """What was reviewed, by entry, and how many were not."""

    entries: dict[str, Entry]
    phrasings: dict[str, dict[str, tuple[str, ...]]]
    places: dict[str, InDocument]
    unreviewed: int


def read_drafts(document: Document, problems: list[InputError]) -> Drafts:
    """What a file holds; what is wrong with it joins the problems."""
    entries: dict[str, Entry] = {}
    phrasings: dict[str, dict[str, tuple[str, ...]]] = {}
    places: dict[str, InDocument] = {}
    unreviewed = 0
    for path in document.items():
        place = InDocument(document, path)
        try:
            draft = _read(document, path)
        except InputError as error:
            problems.append(error)
            continue
        name = draft.id if isinstance(draft, DraftedEntry) else draft.phrasings_for
        if draft.reviewed == "no":
            unreviewed += 1
        elif name in places:
            problems.append(place.wrong("", f"“{name}” stands here twice", "delete one of the two"))
        else:
            places[name] = place
            if isinstance(draft, DraftedEntry):
                fields = structs.asdict(draft)
                del fields["reviewed"]
                entries[name] = Entry(**fields)
            else:
                phrasings[name] = draft.phrasings
    return Drafts(entries, phrasings, places, unreviewed)


def _read(document: Document, path: str) -> DraftedEntry | DraftedPhrasings:
    if "phrasings_for" in document.decode(path, dict[str, Any]):
        return document.decode(path, DraftedPhrasings)
    return document.decode(path, DraftedEntry)
