"""Danger to somebody's life: a detector of its own, with a table of its own.

A linear model over n-grams of words and over what classes of words a message speaks of, alone and
two together; beside it a few units over what its words mean together, and, where there is one, over
the sentence's vector. What is said outright needs no model. It knows two degrees: who is in danger,
and who may be.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from chat.phrases import Lang
from handoff.mood.danger_words import classes_in, pairs_of
from handoff.mood.features import Grams
from handoff.mood.said_plainly import said_plainly
from handoff.mood.slots import SLOTS, Slots, Sought
from handoff.mood.together import Layer, Together

VERSION: Final = 8
DIMENSIONS: Final = 512

_LEAST_SAID: Final = 7
"""Letters of a message that is heard by its n-grams, a Chinese character for two."""


class Alarm(Struct, frozen=True):
    """Somebody is in danger (`sure`: enough to call everybody) or may be (enough for a person).
    `words` of the folded text say so outright; empty where it is heard by the table."""

    sure: bool
    words: str


class Said(Struct, frozen=True):
    """The words that say danger outright, empty if none do; else the logarithm of the odds, before
    it is linked, by n-grams and classes of words, and by what the words mean `together`. `weights`
    are those of the n-grams of words."""

    plainly: str
    odds: float
    together: float
    weights: NDArray[np.int8]


class DangerTableError(ValueError):
    """The bytes are no table of this version."""


class DangerLink(Struct, frozen=True):
    """Makes the logarithm of the odds from the sum of the words, what they mean together and the
    vector's; from `maybe` on somebody may be in danger, from `sure` on they are taken to be. From
    `unsure` on a vector is worth computing, where there is none."""

    words: float
    together: float
    vector: float
    constant: float
    maybe: float
    sure: float
    unsure: float


class DangerHeader(Struct, frozen=True):
    """What stands before the numbers in a table's bytes.

    After it come, two bytes each, `SLOTS` slots with n-grams' weights; then, as int8, each a
    multiple of its scale, `DIMENSIONS` weights of the vector, and as many for each unit: what it
    sees of the vector, where that is more than nothing, counts `unit_weights` times; then
    `meanings` keys of 4 bytes, and as int8 as many meanings for `layer`. `classes` are weights of
    classes of words, and of two together.
    """

    version: int
    scale: float
    vector_scale: float
    bias: float
    vector_bias: float
    unit_scales: tuple[float, ...]
    unit_biases: tuple[float, ...]
    unit_weights: tuple[float, ...]
    classes: dict[str, float]
    meanings: int
    layer: Layer
    plain: dict[Lang, DangerLink]
    with_vector: dict[Lang, DangerLink]


class DangerDetector:
    """Built from the bytes of a table; raises DangerTableError where they are none."""

    def __init__(self, table: bytes) -> None:
        self.header, (grams, vector, units, keys, meanings) = read(table)
        self.slots = Slots.of(grams)
        self._together = Together(keys.view("<u4"), meanings, self.header.layer)
        self._vector = vector.astype(np.float32) * np.float32(self.header.vector_scale)
        scales = np.array(self.header.unit_scales, dtype=np.float32)
        self._units = units.reshape(-1, DIMENSIONS).astype(np.float32)
        self._units *= scales[:, None]
        self._unit_biases = np.array(self.header.unit_biases, dtype=np.float32)
        self._unit_weights = np.array(self.header.unit_weights, dtype=np.float32)
        self._classes = {
            tuple(names.split("+")): weight for names, weight in self.header.classes.items()
        }

    def said_in(
        self, forms: Sequence[str], grams: Grams, weights: NDArray[np.int8] | None = None
    ) -> list[Said]:
        """What folded texts say, by words alone. `weights` are those of the n-grams of words in
        `slots`, where they are known already."""
        if weights is None:
            weights = self.slots.weights_of(Sought.of(grams.of_words()))
        return [
            Said(
                said_plainly(form),
                total * self.header.scale / math.sqrt(count)
                + self._by_class(classes_in(grams.words_of_text(number, grams.hashes)))
                + self.header.bias,
                together,
                grams.words_of_text(number, weights),
            )
            for number, form, total, count, together in zip(
                range(len(forms)),
                forms,
                grams.sums_of_words(weights),
                grams.words,
                self._together.said_in(grams),
                strict=True,
            )
        ]

    def hear(
        self, form: str, said: Said, lang: Lang, vector: NDArray[np.float32] | None = None
    ) -> Alarm | None:
        """What a folded text tells of a life in danger; None where it does not.

        `vector` is the sentence encoder's, of length 1; one of other dimensions is left aside.
        """
        if said.plainly:
            return Alarm(sure=True, words=said.plainly)
        if vector is None or len(vector) != DIMENSIONS:
            link = self.header.plain[lang]
            odds = _of_words(link, said)
        else:
            link = self.header.with_vector[lang]
            odds = _of_words(link, said) + link.vector * self._of_vector(vector)
        if odds < link.maybe or says_too_little(form):
            return None
        return Alarm(sure=odds >= link.sure, words="")

    def is_unsure(self, form: str, said: Said, lang: Lang) -> bool:
        """Whether the words of a folded text alone, which do not ring, are near to it."""
        link = self.header.plain[lang]
        near = link.unsure <= _of_words(link, said) < link.sure
        return near and not said.plainly and not says_too_little(form)

    def _by_class(self, classes: Sequence[str]) -> float:
        total = 0.0
        for each in pairs_of(classes):
            total += self._classes.get(each, 0.0)
        return total

    def _of_vector(self, vector: NDArray[np.float32]) -> float:
        seen = np.maximum(self._units @ vector + self._unit_biases, 0)
        return float(vector @ self._vector + seen @ self._unit_weights) + self.header.vector_bias


def _of_words(link: DangerLink, said: Said) -> float:
    """The logarithm of the odds, so far as words tell."""
    return link.words * said.odds + link.together * said.together + link.constant


def says_too_little(form: str) -> bool:
    """Whether it is a word or two, such as "done": what a table says of so little is chance."""
    return sum(2 if char > "\u2e7f" else 1 for char in form if char.isalnum()) < _LEAST_SAID


def packed(header: DangerHeader, arrays: Sequence[NDArray[np.int8] | NDArray[np.uint32]]) -> bytes:
    """A table's bytes: the header's length in 4 bytes, the header as JSON, the numbers."""
    head = msgspec.json.encode(header)
    body = b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)
    return len(head).to_bytes(4, "little") + head + body


def read(table: bytes) -> tuple[DangerHeader, list[NDArray[np.int8]]]:
    """What a table's bytes hold: the header; slots, the vector's weights, the units', the keys of
    meanings, these. Raises DangerTableError."""
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
    width = len(header.layer.rows)
    sizes = [2 * SLOTS, DIMENSIONS, DIMENSIONS * len(header.unit_scales)]
    sizes += [4 * header.meanings, header.meanings * width]
    if len(numbers) != sum(sizes):
        raise DangerTableError(f"the table of danger has {len(numbers)} numbers, not {sum(sizes)}")
    grams, vector, units, keys, meanings = np.split(numbers, np.cumsum(sizes)[:-1])
    # Copied, as what is kept of a whole keeps all of it.
    return header, [grams, vector, units, keys.copy(), meanings.reshape(-1, width).copy()]
