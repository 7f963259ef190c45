"""What Telegram carries."""

from __future__ import annotations

from typing import Final

from chat.fidelity import Fidelity, levels

FIDELITY: Final = Fidelity(
    hears=levels(deletes="none", contacts="text", polls="text", typing="none", read_marks="none"),
    shows=levels(contacts="text", polls="text", read_marks="none"),
)
