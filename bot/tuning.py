"""What is changed of the small sentence encoder, so that it tells better what customers ask for.
`bench/faq/tune.py` learns it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.encoder import Floats

EDITION: Final = 2
"""Raised whenever the change is another one, so that no vector of an old one is used."""
_FILE: Final = "tuning.npz"
_STEP: Final = 0.5
"""Of how widely a column's changes are spread, what one step of a change is. A fiftieth of what is
changed is lost by it, and three bits are left of each number."""
_MOST: Final = 127


class Change(Struct, frozen=True):
    """What is added to a matrix of shape (inputs, outputs): `steps` of that shape, times a scale
    for each output."""

    steps: NDArray[np.int8]
    scales: Floats

    def added(self) -> Floats:
        """The matrix."""
        return np.asarray(self.steps * self.scales, dtype=np.float32)


def change_of(difference: Floats) -> Change:
    """The nearest change in whole steps."""
    scales = np.maximum(_STEP * difference.std(axis=0), 1e-9).astype(np.float32)
    steps = np.clip(np.rint(difference / scales), -_MOST, _MOST)
    return Change(steps.astype(np.int8), scales)


def matrices(model: Any) -> dict[str, Floats]:
    """The matrices of the package's model, by their names there; of those for several words in a
    row, by how many words."""
    found = {name: getattr(model, name) for name in ("proj_W", "cnn_W", "p1", "p3")}
    found |= {name: getattr(model, name) for name in ("d0", "d1", "d2", "d3")}
    for name in ("w1", "w2"):
        found |= {f"{name}_{len(each) // each.shape[1]}": each for each in getattr(model, name)}
    return found


def write(changes: Mapping[str, Change], file: Path) -> None:
    """Write the changes of matrices to a file."""
    arrays = {
        f"{name} {part}": getattr(change, part)
        for name, change in changes.items()
        for part in Change.__struct_fields__
    }
    np.savez_compressed(file, **arrays)


def read(file: Path | None = None) -> dict[str, Change]:
    """The changes in a file; those that come with the program if none is given."""
    with (file or files("bot").joinpath(_FILE)).open("rb") as opened, np.load(opened) as arrays:
        names = dict.fromkeys(name.split(" ")[0] for name in arrays)
        return {name: Change(arrays[f"{name} steps"], arrays[f"{name} scales"]) for name in names}


def tune(model: Any, changes: Mapping[str, Change]) -> None:
    """Change the matrices of the package's model, in place."""
    every = matrices(model)
    for name, change in changes.items():
        every[name] += change.added()
