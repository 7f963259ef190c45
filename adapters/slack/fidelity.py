"""What Slack carries."""

from __future__ import annotations

from typing import Final

from chat.fidelity import Fidelity, levels

FIDELITY: Final = Fidelity(
    hears=levels(
        stickers="none",
        locations="none",
        contacts="none",
        polls="none",
        typing="none",
        read_marks="none",
    ),
    shows=levels(
        replies="text",
        voice="other",
        stickers="other",
        locations="text",
        contacts="text",
        polls="text",
        albums="other",
        captions="other",
        typing="none",
        read_marks="none",
    ),
)
