"""Hears the mood of a message: danger first, then a linear model over n-grams, rules and, where
there is one, the sentence's vector."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.phrases import Lang
from handoff.mood import Kind, Mood
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
_SENTENCE: Final = re.compile(r"[^.!?。！？…\n]+[.!?。！？…\n]*")


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

    After it come, as int8: `1 << bits` weights of the upset head, `1 << kind_bits` rows of weights
    of the class heads, `dimensions` weights of the vector's upset head and as many rows of its
    class heads. Each is a multiple of its scale.
    """

    version: int
    bits: int
    kind_bits: int
    dimensions: int
    scale: float
    kind_scales: tuple[float, ...]
    vector_scale: float
    vector_kind_scales: tuple[float, ...]
    bias: float
    kind_bias: tuple[float, ...]
    vector_bias: float
    rules: dict[str, float]
    plain: dict[Lang, Link]
    with_vector: dict[Lang, Link]


VERSION: Final = 1


class MoodModel:
    """Built from the bytes of a table; raises TableError where they are none. Holds no state."""

    def __init__(self, table: bytes, danger: DangerDetector | None = None) -> None:
        self._danger = danger
        self.header, self._upset, self._kinds, self._vector, self._vector_kinds = read(table)

    def assess(self, text: str, lang: Lang, vector: Sequence[float] | None = None) -> Mood:
        """The mood of a text in a language; `vector` is the sentence encoder's, of length 1."""
        text = shortened(text)
        form = folded(text)
        if found := self._in_danger(text, form, lang, vector):
            return found
        ruled = rulings(text, form)
        hashes = hashes_of(text, form)
        rows = buckets(hashes, self.header.bits)
        weights = self._upset[rows].astype(np.float32) * self.header.scale
        norm = math.sqrt(len(rows)) if len(rows) else 1.0
        total = float(weights.sum()) / norm + self.header.bias
        total += sum(self.header.rules.get(ruling.name, 0.0) for ruling in ruled)
        link = (self.header.plain if vector is None else self.header.with_vector)[lang]
        seen = None if vector is None else np.asarray(vector, dtype=np.float32)
        aside = 0.0
        if seen is not None:
            aside = float(seen @ self._vector) * self.header.vector_scale + self.header.vector_bias
        score = _logistic(link.table * total + link.vector * aside + link.constant)
        if score < link.threshold:
            return Mood(round(score, 4), False, "calm", None, "")
        kind = self._kind(hashes, norm, ruled, seen)
        words = next((ruling.words for ruling in ruled if ruling.kind == kind), "")
        if words:
            evidence = _sentence_with(text, words)
        else:
            evidence = _heaviest(form, text, weights, features(text, form)[1])
        return Mood(round(score, 4), True, kind, PRIORITY_OF[kind], evidence)

    def _in_danger(
        self, text: str, form: str, lang: Lang, vector: Sequence[float] | None
    ) -> Mood | None:
        """Whether a life is in danger (P0) or may be (P1), whatever else a message says."""
        if self._danger is None:
            words = said_plainly(form)
            return Mood(1.0, True, "danger", "P0", _sentence_with(text, words)) if words else None
        seen = None if vector is None else np.asarray(vector, dtype=np.float32)
        alarm = self._danger.hear(form, lang, seen)
        if alarm is None:
            return None
        evidence = _sentence_with(text, alarm.words)
        return Mood(1.0, True, "danger", "P0" if alarm.sure else "P1", evidence)

    def _kind(
        self,
        hashes: Hashes,
        norm: float,
        ruled: tuple[Ruling, ...],
        vector: NDArray[np.float32] | None,
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


def packed(header: Header, arrays: Sequence[NDArray[np.int8]]) -> bytes:
    """A table's bytes: the header's length in 4 bytes, the header as JSON, the numbers."""
    head = msgspec.json.encode(header)
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    return len(head).to_bytes(4, "little") + head + body


_Array = NDArray[np.int8]


def read(table: bytes) -> tuple[Header, _Array, _Array, NDArray[np.float32], NDArray[np.float32]]:
    """What a table's bytes hold. Raises TableError."""
    start = 4 + int.from_bytes(table[:4], "little")
    try:
        header = msgspec.json.decode(table[4:start], type=Header)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise TableError(f"this is no mood table: {error}") from None
    if header.version != VERSION:
        raise TableError(f"the mood table is of version {header.version}, not {VERSION}")
    count = len(KINDS)
    sizes = [1 << header.bits, count << header.kind_bits, header.dimensions]
    sizes += [header.dimensions * count]
    numbers = np.frombuffer(table, dtype=np.int8, offset=start)
    if len(numbers) != sum(sizes):
        raise TableError(f"the mood table has {len(numbers)} numbers, not {sum(sizes)}")
    upset, kinds, vector, vector_kinds = np.split(numbers, np.cumsum(sizes)[:-1])
    return (
        header,
        upset,
        kinds.reshape(-1, count),
        vector.astype(np.float32),
        vector_kinds.reshape(-1, count).astype(np.float32),
    )


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
