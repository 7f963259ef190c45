"""What the tables say of a message, before its language and its sentence's vector come in."""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from handoff.mood.danger import Said
from handoff.mood.features import Grams
from handoff.mood.rules import Ruling


class Impression(Struct, frozen=True, gc=False):
    """`upset` is the upset head's sum, `said` what the detector of danger goes by; the message is
    text `number` of the `grams`, each of which has one of the upset head's `weights`."""

    form: str
    grams: Grams
    weights: NDArray[np.int8]
    number: int
    ruled: tuple[Ruling, ...]
    upset: float
    said: Said
