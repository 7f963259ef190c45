"""What words mean by themselves, as it comes with the program. `bench/faq/learn_word_meanings.py`
learns it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats
from faq.word_meanings import WordMeanings

EDITION: Final = 3
"""Raised whenever they are other ones, so that no vector of old ones is used."""
FILE: Final = "word_meanings.npz"
_MOST: Final = 127


def write(keys: NDArray[np.uint32], rows: Floats, file: Path) -> None:
    """Write the meaning of each key, shape (keys, dimensions), as int8 times a scale."""
    order = np.argsort(keys, kind="stable")
    scales = (np.maximum(np.abs(rows).max(axis=1), 1e-6) / _MOST).astype(np.float16)[order]
    steps = np.rint(rows[order] / scales.astype(np.float32)[:, None])
    np.savez_compressed(
        file,
        keys=keys[order],
        rows=np.clip(steps, -_MOST, _MOST).astype(np.int8),
        scales=scales,
    )


def read(file: Path | None = None) -> WordMeanings:
    """Those in a file; those that come with the program if none is given."""
    with (file or files("bot").joinpath(FILE)).open("rb") as opened, np.load(opened) as arrays:
        return WordMeanings(arrays["keys"], arrays["rows"], arrays["scales"].astype(np.float32))
