"""What turns texts into vectors of their meaning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]


class Encoder(Protocol):
    """A sentence encoder. The same text always has the same vector."""

    def encode(self, texts: Sequence[str]) -> Floats:
        """The vectors of texts, one of length 1 a row: shape (texts, dimensions)."""
        ...


@runtime_checkable
class Vocabulary(Protocol):
    """What knows common words of many languages; an encoder may."""

    def common_words(self) -> Sequence[str]:
        """The common words of letters a to z, in small ones, the most common first."""
        ...


@runtime_checkable
class Telling(Protocol):
    """An encoder that says how much likeness of its vectors tells, beside a small one's 1.0."""

    telling: float


def knows_words_alone(encoder: Encoder) -> bool:
    """Whether an encoder's vectors tell less than a sentence encoder's."""
    return isinstance(encoder, Telling) and encoder.telling < 1


@runtime_checkable
class Heard(Protocol):
    """An encoder that says by how many of the last numbers of its vectors moods are heard; None
    where it is by all."""

    heard: int | None


def heard_of(encoder: Encoder, vector: Floats) -> Floats | None:
    """The part of an encoder's vector by which moods are heard, of length 1; None if there is
    none."""
    if not isinstance(encoder, Heard) or encoder.heard is None:
        return vector
    return unit(vector[-encoder.heard :]) if encoder.heard else None


def unit(rows: Floats) -> Floats:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.sqrt(np.einsum("...i,...i->...", rows, rows))[..., None]
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
