"""Writing files whole or not at all."""

from __future__ import annotations

from pathlib import Path


def replace(path: Path, data: bytes) -> None:
    """Put a file in the place of another, if there is one. Raises OSError."""
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
