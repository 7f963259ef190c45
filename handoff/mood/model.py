"""Hears the mood of a message: danger first, then a linear model over n-grams, rules and, where
there is one, the sentence's vector."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct, structs
from numpy.typing import NDArray

from chat.phrases import Lang
from handoff.mood import Kind, Mood, Vector
from handoff.mood.danger import Alarm, DangerDetector, Said
from handoff.mood.features import Hashes, folded, grams_of, shortened
from handoff.mood.impression import Impression
from handoff.mood.rules import rulings
from handoff.mood.said_plainly import said_plainly
from handoff.mood.sentences import heaviest, sentence_with
from handoff.mood.slots import SLOTS, Slots, Sought, TwoSlots
from handoff.mood.totals import total_of
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

    After it come, two bytes each, `SLOTS` slots with weights of the upset head, 0 where a slot is
    empty; then, as int8, each a multiple of its scale: `1 << kind_bits` rows of weights of the
    class heads; of the vector's upset head `dimensions` weights and `squares` rows of as many;
    `dimensions` rows of the vector's class heads.
    """

    version: int
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


VERSION: Final = 4


class MoodModel:
    """Built from the bytes of a table; raises TableError where they are none. Holds no state."""

    def __init__(self, table: bytes, danger: DangerDetector | None = None) -> None:
        self._danger = danger
        self.header, numbers = read(table)
        upset, kinds, vector, squares, vector_kinds = numbers
        count = len(KINDS)
        of_danger = danger.slots if danger else Slots.empty()
        self._slots = TwoSlots.of(Slots.of(upset), of_danger)
        self._kinds = kinds.reshape(-1, count).astype(np.float32)
        self._vector = vector.astype(np.float32)
        self._squares = squares.reshape(-1, self.header.dimensions).astype(np.float32)
        self._square_scales = np.array(self.header.square_scales, dtype=np.float32)
        self._square_signs = np.array(self.header.square_signs, dtype=np.float32)
        self._kind_scales = np.array(self.header.kind_scales, dtype=np.float32)
        self._kind_bias = np.array(self.header.kind_bias, dtype=np.float32)
        self._vector_kind_scales = np.array(self.header.vector_kind_scales, dtype=np.float32)
        self._vector_kinds = vector_kinds.reshape(-1, count).astype(np.float32)

    def impressions(self, texts: Sequence[str]) -> list[Impression]:
        """What the tables say of texts. Many together take little longer than one."""
        if not texts:
            return []
        looked_at = [shortened(text) for text in texts]
        forms = [folded(text) for text in looked_at]
        grams = grams_of(looked_at, forms)
        weights, of_danger = self._slots.weights_of(Sought.of(grams.hashes))
        if self._danger is None:
            none = np.zeros(0, dtype=np.int8)
            said = [Said(said_plainly(form), -math.inf, 0.0, none) for form in forms]
        else:
            said = self._danger.said_in(forms, grams, of_danger[: sum(grams.words)])
        return [
            Impression(
                form,
                grams,
                weights,
                number,
                rulings(text, form),
                total * self.header.scale / math.sqrt(count),
                of,
            )
            for number, text, form, total, count, of in zip(
                range(len(texts)),
                looked_at,
                forms,
                grams.sums(weights),
                grams.counts(),
                said,
                strict=True,
            )
        ]

    def assess(
        self,
        text: str,
        lang: Lang,
        vector: Vector | None = None,
        impression: Impression | None = None,
    ) -> Mood:
        """The mood of a text in a language. `vector` is the sentence encoder's, of length 1; one of
        other dimensions comes from another encoder and is left aside. `impression` is the text's,
        where it is there already."""
        first = impression or self.impressions([text])[0]
        mood = self._heard(shortened(text), lang, vector, first)
        if vector is None and self._danger and self._danger.is_unsure(first.form, first.said, lang):
            return structs.replace(mood, unsure=True)
        return mood

    def _heard(self, text: str, lang: Lang, vector: Vector | None, first: Impression) -> Mood:
        if found := self._in_danger(text, first, lang, vector):
            return found
        total = first.upset + self.header.bias
        for ruling in first.ruled:
            total += self.header.rules.get(ruling.name, 0.0)
        seen = vector if vector is None or len(vector) == self.header.dimensions else None
        link = (self.header.plain if seen is None else self.header.with_vector)[lang]
        aside = 0.0 if seen is None else self._of_vector(seen)
        score = _logistic(link.table * total + link.vector * aside + link.constant)
        if score < link.threshold:
            return Mood(round(score, 4), False, "calm", None, "")
        kind = self._kind(first, seen)
        words = next((ruling.words for ruling in first.ruled if ruling.kind == kind), "")
        if words:
            evidence = sentence_with(text, words)
        else:
            weights = first.grams.words_of_text(first.number, first.weights)
            evidence = heaviest(text, first.grams.tokens[first.number], weights)
        return Mood(round(score, 4), True, kind, PRIORITY_OF[kind], evidence)

    def _in_danger(
        self, text: str, first: Impression, lang: Lang, vector: Vector | None
    ) -> Mood | None:
        """Whether a life is in danger (P0) or may be (P1), whatever else a message says."""
        if self._danger is None:
            alarm = Alarm(sure=True, words=first.said.plainly) if first.said.plainly else None
        else:
            alarm = self._danger.hear(first.form, first.said, lang, vector)
        if alarm is None:
            return None
        if alarm.words:
            evidence = sentence_with(text, alarm.words)
        else:
            tokens = first.grams.tokens[first.number]
            evidence = heaviest(text, tokens, first.said.weights)
        return Mood(1.0, True, "danger", "P0" if alarm.sure else "P1", evidence)

    def _of_vector(self, vector: Vector) -> float:
        """The upset head's sum of a vector: linear, and squares of a few directions."""
        straight = float(vector @ self._vector) * self.header.vector_scale
        along = (self._squares @ vector) * self._square_scales
        return straight + float(along * along @ self._square_signs) + self.header.vector_bias

    def _kind(self, first: Impression, vector: Vector | None) -> Kind:
        for ruling in first.ruled:
            if not ruling.doubtful:
                return ruling.kind
        header = self.header
        hashes = first.grams.of_text(first.number, first.grams.hashes)
        known = hashes[first.grams.of_text(first.number, first.weights) != 0]
        rows = self._kinds.take(buckets(known, header.kind_bits), axis=0)
        sums = total_of(rows) * self._kind_scales
        sums = sums / math.sqrt(len(hashes)) + self._kind_bias
        if vector is not None:
            sums = sums + (vector @ self._vector_kinds) * self._vector_kind_scales
        return KINDS[int(np.argmax(sums))]


def buckets(hashes: Hashes, bits: int) -> NDArray[np.intp]:
    """The rows of a table of `1 << bits` rows that hashes stand for."""
    return (hashes >> np.uint64(64 - bits)).astype(np.intp)


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
    sizes = [2 * SLOTS, count << header.kind_bits, header.dimensions]
    sizes += [header.squares * header.dimensions, header.dimensions * count]
    numbers = np.frombuffer(table, dtype=np.int8, offset=start)
    if len(numbers) != sum(sizes):
        raise TableError(f"the mood table has {len(numbers)} numbers, not {sum(sizes)}")
    return header, np.split(numbers, np.cumsum(sizes)[:-1])


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))
