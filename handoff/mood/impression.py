"""What the tables say of a message, before its language and its sentence's vector come in."""

from __future__ import annotations

from msgspec import Struct

from handoff.mood.danger import Said
from handoff.mood.rules import Ruling


class Impression(Struct, frozen=True, gc=False):
    """`upset` is the upset head's sum, `said` what the detector of danger goes by."""

    form: str
    ruled: tuple[Ruling, ...]
    upset: float
    said: Said
