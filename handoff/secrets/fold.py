"""One form for the many ways to type the same characters, with the way back to their places."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

# Full-width forms (U+FF01 to U+FF5E) mirror ASCII; the rest are kinds of spaces and dashes.
_SAME_LENGTH: Final = (
    {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
    | dict.fromkeys((0x00A0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000), 0x20)
    | dict.fromkeys((*range(0x2010, 0x2016), 0x2212), 0x2D)
)
_WIDE: Final = re.compile(f"[{''.join(map(chr, _SAME_LENGTH))}]")
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


class Folded(Struct, frozen=True, gc=False):
    """A text for searching. `places[i]` is where its character `i` stood; None: at `i`."""

    text: str
    places: tuple[int, ...] | None = None

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a part stood in the text as it was written."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Half-width letters and digits, plain spaces, nothing invisible."""
    if text.isascii():
        return Folded(text)
    if not _INVISIBLE.search(text):
        return Folded(text.translate(_SAME_LENGTH) if _WIDE.search(text) else text)
    places = tuple(i for i, c in enumerate(text) if not _INVISIBLE.match(c))
    return Folded("".join(text[i] for i in places).translate(_SAME_LENGTH), places)
