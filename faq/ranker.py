"""Builds what ranks a base's entries: a learnt head, or for a large base the nearest texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from faq.encoder import Encoder, Floats, Telling, knows_words_alone
from faq.foreign import FAR, NEAR
from faq.meanings import Meanings
from faq.nearest import Nearest
from faq.normal import as_written, normalise
from faq.parts import Parts, parts
from faq.ranking import Asking, Head, Texts

_ENTRIES_MOST: Final = 400
_TEXTS_MOST: Final = 4000
_COMMON: Final = 0.02
_COMMON_LEAST: Final = 400


class Wording(Struct, frozen=True):
    """A text by which entry number `owner` is asked: normalised, and as it came."""

    owner: int
    normal: str
    written: str


def readings(normal: str, written: str, *, both: bool) -> tuple[str, ...]:
    """What an encoder reads of a text. A large base has no room for more than one reading."""
    return (written or normal, normal) if both else (normal,)


class Asked:
    """Texts by which entries are asked, read once: their parts and their meanings.

    The texts of entry number i have the owner i; foreign texts have the owner `count`, those that
    are far from all entries before those that are near.
    """

    def __init__(
        self,
        texts: Sequence[Wording],
        count: int,
        encoder: Encoder | None,
        tick: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """`tick` is told how many texts of how many have been read."""
        foreign = [Wording(count, normalise(text), text) for text in (*FAR, *NEAR)]
        every = [*texts, *foreign]
        self.count = count
        self._tick = tick
        self.own: Final = len(texts)
        self.near: Final = self.own + len(FAR)
        self.owners = np.array([each.owner for each in every], dtype=np.intp)
        self.texts: Final = [each.normal for each in every]
        self.parts: list[Parts] = [parts(text) for text in self.texts]
        self.vectors: Floats | None = None
        self.in_words: Final = encoder is None or knows_words_alone(encoder)
        self._telling = encoder.telling if isinstance(encoder, Telling) else 1.0
        if encoder is not None:
            both = not self.is_large
            read = [
                readings(e.normal, as_written(e.written) if both else "", both=both) for e in every
            ]
            flat = _encode(encoder, [text for texts in read for text in texts], tick)
            self.vectors = flat.reshape(len(every), -1, flat.shape[1])

    @property
    def is_large(self) -> bool:
        """Whether a head would take too long to learn."""
        return self.count > _ENTRIES_MOST or self.own > _TEXTS_MOST

    def meanings(self, rows: NDArray[np.intp] | None = None) -> Meanings | None:
        """The meanings of all texts, or of those at `rows`."""
        if self.vectors is None:
            return None
        if rows is None:
            return Meanings(self.vectors, self.owners, self.count, self._telling)
        return Meanings(self.vectors[rows], self.owners[rows], self.count, self._telling)

    def asking(self) -> Asking:
        """A head over all texts."""
        texts = Texts(self.parts, self.meanings())
        return Asking(texts, Head(texts.among(), self.owners, self.count, self._all_are_read))

    def _all_are_read(self) -> None:
        self._tick(len(self.parts), len(self.parts))

    def nearest(self) -> Nearest:
        """The nearest texts, for a large base."""
        common = max(_COMMON_LEAST, int(_COMMON * len(self.parts)))
        return Nearest(Texts(self.parts, self.meanings(), common), self.owners, self.count)

    def ranker(self) -> Asking | Nearest:
        """What suits the base's size."""
        return self.nearest() if self.is_large else self.asking()


_BATCH: Final = 256


def _encode(encoder: Encoder, texts: list[str], tick: Callable[[int, int], None]) -> Floats:
    found = []
    for start in range(0, len(texts), _BATCH):
        found.append(encoder.encode(texts[start : start + _BATCH]))
        tick(min(start + _BATCH, len(texts)), len(texts))
    return np.concatenate(found)
