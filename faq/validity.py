"""From which day to which day an entry holds. Days are ISO 8601 texts, which sort as they come."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import structs

from faq.entry import Entry

_DAY: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_LONG_MONTHS: Final = frozenset((1, 3, 5, 7, 8, 10, 12))
_FIRST, _LAST = "0000-00-00", "9999-99-99"


def is_day(text: str) -> bool:
    """Whether a text is a day of the Gregorian calendar, such as 2026-12-31."""
    found = _DAY.fullmatch(text)
    if not found or not text.isascii():
        return False
    year, month, day = (int(part) for part in found.groups())
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 31 if month in _LONG_MONTHS else 30 if month != 2 else 28 + leap
    return year > 0 and 1 <= month <= 12 and 1 <= day <= longest


def holds_on(entry: Entry, day: str) -> bool:
    """Whether an entry holds on a day."""
    return (entry.valid_from or _FIRST) <= day <= (entry.valid_until or _LAST)


def ever_together(one: Entry, other: Entry) -> bool:
    """Whether there is a day on which both hold."""
    begins = max(one.valid_from or _FIRST, other.valid_from or _FIRST)
    return begins <= min(one.valid_until or _LAST, other.valid_until or _LAST)


def holding(entries: Mapping[str, Entry], day: str) -> dict[str, Entry]:
    """The entries that hold on a day, related only to such."""
    kept = {id: entry for id, entry in entries.items() if holds_on(entry, day)}
    return {
        id: structs.replace(entry, related=tuple(r for r in entry.related if r in kept))
        for id, entry in kept.items()
    }
