"""Hears the mood of a message: danger first, then a linear model over n-grams, rules and, where
there is one, the sentence's vector."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final, TypeAlias

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.phrases import Lang
from handoff.mood import Kind, Mood, Vector
from handoff.mood.danger import DangerDetector, said_plainly
from handoff.mood.features import Hashes, features, folded, hashes_of, shortened
from handoff.mood.rules import Ruling, rulings
from handoff.priority import Priority

KINDS: Final[tuple[Kind, ...]] = (
    "anxiety",
    "distress",
    "anger",
    "complaint",
    "sarcasm",
    "abuse",
    "legal",
    "theft",
)
"""The classes of upset messages as the heads of the table are ordered; danger has its detector."""

PRIORITY_OF: Final[dict[Kind, Priority]] = {
    "danger": "P0",
    "legal": "P1",
    "abuse": "P1",
    "theft": "P1",
    "anger": "P2",
    "complaint": "P2",
    "sarcasm": "P2",
    "anxiety": "P3",
    "distress": "P3",
}

_MIX: Final = np.uint64(0xD6E8FEB86659FD93)
_LOW: Final = np.uint64(0xFFFFFFFF)
_SENTENCE: Final = re.compile(r"[^.!?。！？…\n]+[.!?。！？…\n]*")


Marks: TypeAlias = NDArray[np.int8]
KNOWN_BY: Final = np.int8(0x7F)
"""The bits of a mark that a hash is known by."""


class TableError(ValueError):
    """The bytes are no table of this version."""


class Link(Struct, frozen=True):
    """Makes a probability of the table's sum and the vector head's: a logistic function."""

    table: float
    vector: float
    constant: float
    threshold: float


class Header(Struct, frozen=True):
    """What stands before the numbers in a table's bytes.

    After it come, as int8, each a multiple of its scale: `slots` marks of hashes (not scaled; 0
    where a slot is empty, negative where the hash tells of the class), as many weights of the upset
    head, `1 << kind_bits` rows of weights of the class heads; of the vector's upset head
    `dimensions` weights and `squares` rows of as many; `dimensions` rows of the vector's class
    heads.
    """

    version: int
    slots: int
    kind_bits: int
    dimensions: int
    squares: int
    scale: float
    kind_scales: tuple[float, ...]
    vector_scale: float
    square_scales: tuple[float, ...]
    square_signs: tuple[float, ...]
    vector_kind_scales: tuple[float, ...]
    bias: float
    kind_bias: tuple[float, ...]
    vector_bias: float
    rules: dict[str, float]
    plain: dict[Lang, Link]
    with_vector: dict[Lang, Link]


VERSION: Final = 2


class MoodModel:
    """Built from the bytes of a table; raises TableError where they are none. Holds no state."""

    def __init__(self, table: bytes, danger: DangerDetector | None = None) -> None:
        self._danger = danger
        self.header, numbers = read(table)
        marks, upset, kinds, vector, squares, vector_kinds = numbers
        count = len(KINDS)
        self._marks, self._upset = marks, upset
        self._kinds = kinds.reshape(-1, count)
        self._vector = vector.astype(np.float32)
        self._squares = squares.reshape(-1, self.header.dimensions).astype(np.float32)
        self._square_scales = np.array(self.header.square_scales, dtype=np.float32)
        self._square_signs = np.array(self.header.square_signs, dtype=np.float32)
        self._vector_kinds = vector_kinds.reshape(-1, count).astype(np.float32)

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        """The mood of a text in a language; `vector` is the sentence encoder's, of length 1. One of
        other dimensions comes from another encoder and is left aside."""
        text = shortened(text)
        form = folded(text)
        if found := self._in_danger(text, form, lang, vector):
            return found
        ruled = rulings(text, form)
        hashes = hashes_of(text, form)
        weights, tell_of_kind = self._weights_of(hashes)
        norm = math.sqrt(len(hashes)) if len(hashes) else 1.0
        total = float(weights.sum()) / norm + self.header.bias
        total += sum(self.header.rules.get(ruling.name, 0.0) for ruling in ruled)
        seen = vector if vector is None or len(vector) == self.header.dimensions else None
        link = (self.header.plain if seen is None else self.header.with_vector)[lang]
        aside = 0.0 if seen is None else self._of_vector(seen)
        score = _logistic(link.table * total + link.vector * aside + link.constant)
        if score < link.threshold:
            return Mood(round(score, 4), False, "calm", None, "")
        kind = self._kind(hashes[tell_of_kind], norm, ruled, seen)
        words = next((ruling.words for ruling in ruled if ruling.kind == kind), "")
        if words:
            evidence = _sentence_with(text, words)
        else:
            evidence = _heaviest(form, text, weights, features(text, form)[1])
        return Mood(round(score, 4), True, kind, PRIORITY_OF[kind], evidence)

    def _in_danger(self, text: str, form: str, lang: Lang, vector: Vector | None) -> Mood | None:
        """Whether a life is in danger (P0) or may be (P1), whatever else a message says."""
        if self._danger is None:
            words = said_plainly(form)
            return Mood(1.0, True, "danger", "P0", _sentence_with(text, words)) if words else None
        alarm = self._danger.hear(form, lang, vector)
        if alarm is None:
            return None
        evidence = _sentence_with(text, alarm.words)
        return Mood(1.0, True, "danger", "P0" if alarm.sure else "P1", evidence)

    def _weights_of(self, hashes: Hashes) -> tuple[Vector, NDArray[np.bool_]]:
        """The upset head's weights of hashes, 0 for those that the table does not hold; and which
        of them tell of the class."""
        one, two, marks = places_of(hashes, self.header.slots)
        held = self._marks[one]
        elsewhere = (held & KNOWN_BY) != marks
        at = np.where(elsewhere, two, one)
        held = np.where(elsewhere, self._marks[two], held)
        weights = np.where((held & KNOWN_BY) == marks, self._upset[at], 0)
        tell = ((held & KNOWN_BY) == marks) & (held < 0)
        return weights.astype(np.float32) * np.float32(self.header.scale), tell

    def _of_vector(self, vector: Vector) -> float:
        """The upset head's sum of a vector: linear, and squares of a few directions."""
        straight = float(vector @ self._vector) * self.header.vector_scale
        along = (self._squares @ vector) * self._square_scales
        return straight + float(along * along @ self._square_signs) + self.header.vector_bias

    def _kind(
        self,
        hashes: Hashes,
        norm: float,
        ruled: tuple[Ruling, ...],
        vector: Vector | None,
    ) -> Kind:
        for ruling in ruled:
            if not ruling.doubtful:
                return ruling.kind
        header = self.header
        rows = buckets(hashes, header.kind_bits)
        sums = self._kinds[rows].sum(axis=0, dtype=np.float32) * header.kind_scales / norm
        sums = sums + header.kind_bias
        if vector is not None:
            sums = sums + (vector @ self._vector_kinds) * header.vector_kind_scales
        return KINDS[int(np.argmax(sums))]


def buckets(hashes: Hashes, bits: int) -> NDArray[np.intp]:
    """The rows of a table of `1 << bits` rows that hashes stand for, each once."""
    mixed = (hashes ^ (hashes >> np.uint64(32))) * _MIX
    return (mixed >> np.uint64(64 - bits)).astype(np.intp)


def places_of(hashes: Hashes, slots: int) -> tuple[NDArray[np.intp], NDArray[np.intp], Marks]:
    """The two slots of a table that may hold each hash, and the seven bits by which it is known
    there."""
    mixed = (hashes ^ (hashes >> np.uint64(32))) * _MIX
    size = np.uint64(slots)
    one = ((mixed >> np.uint64(32)) * size) >> np.uint64(32)
    two = ((mixed & _LOW) * size) >> np.uint64(32)
    marks = ((mixed * _MIX) >> np.uint64(57)).astype(np.int8)
    return one.astype(np.intp), two.astype(np.intp), np.maximum(marks, np.int8(1))


def packed(header: Header, arrays: Sequence[NDArray[np.int8]]) -> bytes:
    """A table's bytes: the header's length in 4 bytes, the header as JSON, the numbers."""
    head = msgspec.json.encode(header)
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    return len(head).to_bytes(4, "little") + head + body


def read(table: bytes) -> tuple[Header, list[NDArray[np.int8]]]:
    """What a table's bytes hold: the header and its arrays, flat. Raises TableError."""
    start = 4 + int.from_bytes(table[:4], "little")
    try:
        header = msgspec.json.decode(table[4:start], type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TableError(f"this is no mood table: {error}") from None
    if header.version != VERSION:
        raise TableError(f"the mood table is of version {header.version}, not {VERSION}")
    count = len(KINDS)
    sizes = [header.slots, header.slots, count << header.kind_bits, header.dimensions]
    sizes += [header.squares * header.dimensions, header.dimensions * count]
    numbers = np.frombuffer(table, dtype=np.int8, offset=start)
    if len(numbers) != sum(sizes):
        raise TableError(f"the mood table has {len(numbers)} numbers, not {sum(sizes)}")
    return header, np.split(numbers, np.cumsum(sizes)[:-1])


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def _sentence_with(text: str, words: str) -> str:
    """The sentence of a text whose folded form has the words; the words where there is none."""
    for sentence in _SENTENCE.findall(text):
        if words in folded(sentence):
            return str(sentence.strip())
    return words


def _heaviest(form: str, text: str, weights: NDArray[np.float32], places: NDArray[np.int64]) -> str:
    """The sentence whose n-grams weigh most."""
    said = list(_SENTENCE.finditer(form))
    if len(said) < 2:
        return text.strip()
    sums = [
        float(weights[(places >= match.start()) & (places < match.end())].sum()) for match in said
    ]
    return _sentence_with(text, said[int(np.argmax(sums))][0].strip())
