"""Builds what ranks a base's entries: a learnt head, or for a large base the nearest texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Encoder, Floats
from faq.foreign import FOREIGN
from faq.nearest import Nearest
from faq.normal import normalise
from faq.parts import Parts, parts
from faq.ranking import Head, Texts

_ENTRIES_MOST: Final = 400
_TEXTS_MOST: Final = 4000
_COMMON: Final = 0.02
_COMMON_LEAST: Final = 400


class Asked:
    """Normalised texts by which entries are asked, read once: their parts and their meanings.

    The texts of entry number i have the owner i; foreign texts have the owner `count`.
    """

    def __init__(
        self,
        texts: Sequence[tuple[int, str]],
        count: int,
        encoder: Encoder | None,
        tick: Callable[[int, int], None] = lambda done, total: None,
    ) -> None:
        """`tick` is told how many texts of how many have been read."""
        foreign = [(count, normalise(text)) for text in FOREIGN]
        every = [*texts, *foreign]
        self.count = count
        self.own: Final = len(texts)
        self.owners = np.array([owner for owner, _ in every], dtype=np.intp)
        self.texts: Final = [text for _, text in every]
        self.parts: list[Parts] = [parts(text) for text in self.texts]
        self.vectors: Floats | None = None
        if encoder is not None:
            self.vectors = _encode(encoder, self.texts, tick)

    @property
    def is_large(self) -> bool:
        """Whether a head would take too long to learn."""
        return self.count > _ENTRIES_MOST or self.own > _TEXTS_MOST

    def head(self, without: NDArray[np.bool_] | None = None) -> Head:
        """A head over all texts, or over those that are not left out."""
        rows = np.arange(len(self.parts)) if without is None else np.flatnonzero(~without)
        vectors = None if self.vectors is None else self.vectors[rows]
        texts = Texts([self.parts[row] for row in rows], vectors)
        return Head(texts, self.owners[rows], self.count)

    def nearest(self) -> Nearest:
        """The nearest texts, for a large base."""
        common = max(_COMMON_LEAST, int(_COMMON * len(self.parts)))
        return Nearest(Texts(self.parts, self.vectors, common), self.owners, self.count)

    def ranker(self) -> Head | Nearest:
        """What suits the base's size."""
        return self.nearest() if self.is_large else self.head()


_BATCH: Final = 256


def _encode(encoder: Encoder, texts: list[str], tick: Callable[[int, int], None]) -> Floats:
    found = []
    for start in range(0, len(texts), _BATCH):
        found.append(encoder.encode(texts[start : start + _BATCH]))
        tick(min(start + _BATCH, len(texts)), len(texts))
    return np.concatenate(found)
