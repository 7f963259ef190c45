"""What the tables say of a message, before its language and its sentence's vector come in."""

from __future__ import annotations

from msgspec import Struct

from handoff.mood.danger import Said
from handoff.mood.features import Grams
from handoff.mood.rules import Ruling


class Impression(Struct, frozen=True, gc=False):
    """`upset` is the upset head's sum, `said` what the detector of danger goes by; the message is
    text `number` of the `grams`."""

    form: str
    grams: Grams
    number: int
    ruled: tuple[Ruling, ...]
    upset: float
    said: Said
