"""What a message carries besides its question."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from handoff.priority import Priority

Kind: TypeAlias = Literal[
    "calm",
    "anxiety",
    "distress",
    "anger",
    "complaint",
    "sarcasm",
    "abuse",
    "legal",
    "theft",
    "danger",
]


Vector: TypeAlias = NDArray[np.float32]
"""A sentence's meaning as an encoder's numbers, of length 1."""


class Mood(Struct, frozen=True):
    """How a message sounds. `score` is 0 (calm) to 1; `fires`: it is reason enough for a person.

    `evidence` is the part of the message that says so. `unsure`: heard by its words alone, it is so
    near to danger that a vector should be computed for it.
    """

    score: float
    fires: bool
    kind: Kind
    priority: Priority | None
    evidence: str
    unsure: bool = False
