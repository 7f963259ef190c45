"""What Discord carries."""

from __future__ import annotations

from typing import Final

from chat.fidelity import Fidelity, levels

FIDELITY: Final = Fidelity(
    hears=levels(
        stickers="text", locations="none", contacts="none", polls="text", read_marks="none"
    ),
    shows=levels(
        voice="other",
        stickers="other",
        locations="text",
        contacts="text",
        polls="text",
        albums="other",
        read_marks="none",
    ),
)
