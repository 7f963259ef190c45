"""What the web pages carry."""

from __future__ import annotations

from typing import Final

from chat.fidelity import Fidelity, levels

FIDELITY: Final = Fidelity(
    hears=levels(
        formatting="none",
        voice="none",
        stickers="none",
        locations="none",
        contacts="none",
        polls="none",
        reactions="none",
        read_marks="none",
    ),
    shows=levels(
        contacts="text",
        polls="text",
        albums="other",
        reactions="note",
        read_marks="none",
    ),
)
