"""Danger to somebody's life: a detector of its own, with a table of its own.

A linear model over n-grams of words and over what classes of words a message speaks of, alone and
two together; beside it, where there is one, a linear model over the sentence's vector. What is said
outright needs no model. It knows two degrees: who is in danger, and who may be.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final
from zlib import crc32

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.phrases import Lang
from handoff.mood.danger_words import PLAIN, classes_in, pairs_of, said_plainly
from handoff.mood.features import each_once

__all__ = ["Alarm", "DangerDetector", "DangerTableError", "said_plainly"]

VERSION: Final = 1
DIMENSIONS: Final = 512

_TOKEN: Final = re.compile(
    r"[\u3400-\u9fff]|[a-z]+(?:'[a-z]+)?|0+|[!?]+|\.\.+|[\U0001f000-\U0001faff]"
)
_LONGEST: Final = 4
"""Words in a row."""
_STEPS: Final = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93))
_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]*")


_LEAST_SAID: Final = 7
"""Letters of a message that is heard by its n-grams, a Chinese character for two."""


class Alarm(Struct, frozen=True):
    """Somebody is in danger (`sure`: enough to call everybody) or may be (enough for a person).
    `words` of the folded text say so."""

    sure: bool
    words: str


class DangerTableError(ValueError):
    """The bytes are no table of this version."""


class DangerLink(Struct, frozen=True):
    """Makes the logarithm of the odds from the sum of the words and the vector's; from `maybe` on
    somebody may be in danger, from `sure` on they are taken to be."""

    words: float
    vector: float
    constant: float
    maybe: float
    sure: float


class DangerHeader(Struct, frozen=True):
    """What stands before the numbers in a table's bytes.

    After it come, as int8, `1 << bits` weights of n-grams and `DIMENSIONS` of the vector; each is a
    multiple of its scale. `classes` are weights of classes of words, and of two together.
    """

    version: int
    bits: int
    scale: float
    vector_scale: float
    bias: float
    vector_bias: float
    classes: dict[str, float]
    plain: dict[Lang, DangerLink]
    with_vector: dict[Lang, DangerLink]


class DangerDetector:
    """Built from the bytes of a table; raises DangerTableError where they are none."""

    def __init__(self, table: bytes) -> None:
        self.header, self._grams, vector = read(table)
        self._vector = vector.astype(np.float32)

    def hear(
        self, form: str, lang: Lang, vector: NDArray[np.float32] | None = None
    ) -> Alarm | None:
        """What a folded text tells of a life in danger; None where it does not.

        `vector` is the sentence encoder's, of length 1; one of other dimensions is left aside.
        """
        classes = classes_in(form)
        if plain := classes.get(PLAIN):
            return Alarm(sure=True, words=plain)
        if _says_too_little(form):
            return None
        odds = self._said(form, classes)
        if vector is None or len(vector) != DIMENSIONS:
            link = self.header.plain[lang]
            odds = link.words * odds + link.constant
        else:
            link = self.header.with_vector[lang]
            aside = float(vector @ self._vector) * self.header.vector_scale
            aside += self.header.vector_bias
            odds = link.words * odds + link.vector * aside + link.constant
        if odds < link.maybe:
            return None
        return Alarm(sure=odds >= link.sure, words=self._heaviest(form))

    def _heaviest(self, form: str) -> str:
        """The sentence whose n-grams say most of danger."""
        sentences = [match[0].strip() for match in _SENTENCE.finditer(form)]
        if len(sentences) < 2:
            return form
        return max(sentences, key=lambda each: self._said(each, {}))

    def _said(self, form: str, classes: dict[str, str]) -> float:
        rows = buckets(grams(form), self.header.bits)
        total = float(self._grams[rows].sum(dtype=np.int64)) * self.header.scale
        weights = self.header.classes
        by_class = sum(weights.get(name, 0.0) for name in pairs_of(classes))
        return total / max(1.0, math.sqrt(len(rows))) + by_class + self.header.bias


def _says_too_little(form: str) -> bool:
    """Whether it is a word or two, such as "done": what a table says of so little is chance."""
    return sum(2 if char > "\u2e7f" else 1 for char in form if char.isalnum()) < _LEAST_SAID


def grams(form: str) -> NDArray[np.uint64]:
    """Hashes of a folded text's words, Chinese characters and signs, one to four in a row, and of
    two around a third; each once."""
    tokens = np.array(
        [crc32(token.encode()) for token in ("", *_TOKEN.findall(form), "")], dtype=np.uint64
    )
    rolling = tokens * _STEPS[0]
    found = [rolling[1:-1]]
    for size in range(2, _LONGEST + 1):
        if len(tokens) < size:
            break
        mixed = (rolling[:-1] ^ (rolling[:-1] >> np.uint64(29))) * _STEPS[0]
        rolling = mixed + tokens[size - 1 :] * _STEPS[1]
        found.append(rolling)
    if len(tokens) > 2:
        mixed = (tokens[:-2] ^ (tokens[:-2] >> np.uint64(17))) * _STEPS[1]
        found.append(mixed + tokens[2:] * _STEPS[0] + np.uint64(1))
    return each_once(np.concatenate(found))


def buckets(hashes: NDArray[np.uint64], bits: int) -> NDArray[np.intp]:
    """The rows of a table of `1 << bits` rows that hashes stand for."""
    mixed = (hashes ^ (hashes >> np.uint64(32))) * _STEPS[1]
    return (mixed >> np.uint64(64 - bits)).astype(np.intp)


def packed(header: DangerHeader, arrays: Sequence[NDArray[np.int8]]) -> bytes:
    """A table's bytes: the header's length in 4 bytes, the header as JSON, the numbers."""
    head = msgspec.json.encode(header)
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    return len(head).to_bytes(4, "little") + head + body


def read(table: bytes) -> tuple[DangerHeader, NDArray[np.int8], NDArray[np.int8]]:
    """What a table's bytes hold. Raises DangerTableError."""
    start = 4 + int.from_bytes(table[:4], "little")
    try:
        header = msgspec.json.decode(table[4:start], type=DangerHeader)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise DangerTableError(f"this is no table of danger: {error}") from None
    if header.version != VERSION:
        raise DangerTableError(
            f"the table of danger is of version {header.version}, not {VERSION}; "
            "make it anew: python -m bench.mood.train_danger"
        )
    numbers = np.frombuffer(table, dtype=np.int8, offset=start)
    if len(numbers) != (1 << header.bits) + DIMENSIONS:
        raise DangerTableError(f"the table of danger has {len(numbers)} numbers")
    return header, numbers[: 1 << header.bits], numbers[1 << header.bits :]
