"""How texts' vectors are to move, so that those of one intent come together."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats, unit

SHARPNESS: Final = 6.0
"""What likeness is multiplied by."""
TAUGHT: Final = 40.0
"""What the distance to the encoder's likeness counts."""


def pull(odds: Floats, of: NDArray[np.intp], sharpness: float) -> Floats:
    """How the loss changes with how alike any two texts are: how far those of one intent are from
    each other beside those of others. `odds` are their likeness times `sharpness`."""
    np.fill_diagonal(odds, -np.inf)
    shares = np.exp(odds - odds.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    own = shares * (of[:, None] == of)
    right = own.sum(axis=1, keepdims=True) + odds.dtype.type(1e-9)
    return np.asarray((shares - own / right) * odds.dtype.type(sharpness / len(odds)))


def slopes(sums: Floats, of: NDArray[np.intp], taught: Floats) -> Floats:
    """How the loss changes with each text's sum. The mean of all is taken off, as where they are
    compared."""
    lengths = np.linalg.norm(sums, axis=1, keepdims=True) + np.float32(1e-6)
    vectors = sums / lengths
    centred = vectors - vectors.mean(axis=0)
    shorter = np.linalg.norm(centred, axis=1, keepdims=True) + np.float32(1e-6)
    seen = centred / shorter
    alike = seen @ seen.T
    slope = pull(SHARPNESS * alike, of, SHARPNESS)
    wanted = unit(taught - taught.mean(axis=0))
    slope += 2 * TAUGHT / len(sums) ** 2 * (alike - wanted @ wanted.T)
    back = _along((slope + slope.T) @ seen, seen) / shorter
    return np.asarray(_along(back - back.mean(axis=0), vectors) / lengths, dtype=np.float32)


def _along(back: Floats, units: Floats) -> Floats:
    """What of a slope is left where vectors are kept at length 1."""
    return back - units * np.einsum("ij,ij->i", back, units)[:, None]
