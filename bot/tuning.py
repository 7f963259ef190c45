"""What is changed of the small sentence encoder's last layers, so that it tells better what
customers ask for. `bench/faq/tune.py` learns it."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.encoder import Floats

EDITION: Final = 1
"""Raised whenever the change is another one, so that no vector of an old one is used."""
LAYERS: Final = ("cnn_W", "d0", "d1", "d2", "d3", "p1", "p3")
_FILE: Final = "tuning.npz"


class Change(Struct, frozen=True):
    """What is added to a layer: the product of two matrices of few directions, `left` of shape
    (inputs, directions) and `right` of shape (directions, outputs), each direction as int8 times a
    scale."""

    left: NDArray[np.int8]
    left_scales: Floats
    right: NDArray[np.int8]
    right_scales: Floats

    def added(self) -> Floats:
        """The matrix."""
        left = self.left * self.left_scales
        return np.asarray(left @ (self.right * self.right_scales[:, None]), dtype=np.float32)


def change_of(difference: Floats, directions: int) -> Change:
    """The nearest change of so many directions (Eckart and Young, 1936)."""
    left, sizes, right = np.linalg.svd(difference, full_matrices=False)
    root = np.sqrt(sizes[:directions])
    lefts, left_scales = _quantised((left[:, :directions] * root).T)
    rights, right_scales = _quantised(root[:, None] * right[:directions])
    return Change(np.ascontiguousarray(lefts.T), left_scales, rights, right_scales)


def _quantised(rows: Floats) -> tuple[NDArray[np.int8], Floats]:
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-12) / 127
    return np.rint(rows / scales[:, None]).astype(np.int8), scales.astype(np.float32)


def write(changes: Mapping[str, Change], file: Path) -> None:
    """Write the changes of layers to a file."""
    arrays = {
        f"{layer} {part}": getattr(change, part)
        for layer, change in changes.items()
        for part in Change.__struct_fields__
    }
    np.savez(file, **arrays)


def read(file: Path | None = None) -> dict[str, Change]:
    """The changes in a file; those that come with the program if none is given."""
    with (file or files("bot").joinpath(_FILE)).open("rb") as opened, np.load(opened) as arrays:
        return {
            layer: Change(*(arrays[f"{layer} {part}"] for part in Change.__struct_fields__))
            for layer in LAYERS
        }


def tune(model: Any, changes: Mapping[str, Change]) -> None:
    """Change the layers of the package's model."""
    for layer, change in changes.items():
        setattr(model, layer, getattr(model, layer) + change.added())
