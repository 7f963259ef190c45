"""How alike a text is to each of many, by the parts that they share."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from faq.encoder import Floats


class Postings:
    """Texts as vectors of weighted parts (tf-idf: Salton and Buckley, 1988), by part.

    The weight of a part is (1 + ln of how often it occurs) times (1 + ln(texts / texts with it));
    a text's vector has length 1, so a similarity is a cosine, from 0 to 1.
    """

    def __init__(self, texts: Sequence[Counter[str]], most: int | None = None) -> None:
        """Parts that more than `most` of the texts have do not count."""
        self.size = len(texts)
        self._ids: dict[str, int] = {}
        text_of, part_of, counts = self._count(texts)
        had = np.bincount(part_of, minlength=len(self._ids))
        rarity = np.log((1 + self.size) / (1 + had)) + 1
        if most is not None:
            rarity[had > most] = 0
            rare = rarity[part_of] > 0
            text_of, part_of, counts = text_of[rare], part_of[rare], counts[rare]
            had = np.bincount(part_of, minlength=len(self._ids))
        weights = (1 + np.log(counts)) * rarity[part_of]
        self._unknown = math.log(1 + self.size) + 1
        self.known_elsewhere: Final = self._elsewhere(text_of, weights, had[part_of] > 1)
        squares = np.bincount(text_of, weights**2, minlength=self.size)
        weights /= np.sqrt(np.maximum(squares, 1e-12))[text_of]
        order = np.argsort(part_of, kind="stable")
        self._texts = text_of[order].astype(np.int32)
        self._weights = weights[order].astype(np.float32)
        # Arrays of the standard library: one number is read from them sooner than from numpy's.
        self._rarity = array("d", rarity.tolist())
        self._starts = array("q", [0, *np.cumsum(had).tolist()])

    def _count(
        self, texts: Sequence[Counter[str]]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__
        lengths = [len(parts) for parts in texts]
        every, total = chain.from_iterable(texts), sum(lengths)
        part_of = np.fromiter(map(numbers.__getitem__, every), np.int64, total)
        had = chain.from_iterable(parts.values() for parts in texts)
        counts = np.fromiter(had, np.float64, total)
        self._ids.update(numbers)
        return np.repeat(np.arange(len(texts)), lengths), part_of, counts

    def _elsewhere(
        self, text_of: NDArray[np.int64], weights: NDArray[np.float64], shared: NDArray[np.bool_]
    ) -> Floats:
        """For each text the share of its parts, by weight, that another text has."""
        known = np.bincount(text_of[shared], weights[shared], minlength=self.size)
        unknown = np.bincount(text_of[~shared], minlength=self.size) * self._unknown
        return np.asarray(known / np.maximum(known + unknown, 1e-9), dtype=np.float32)

    def compare(self, parts: Counter[str]) -> tuple[Floats, float]:
        """How alike a text with these parts is to each text, shape (texts,), and the share of the
        parts, by weight, that some text has. Parts that no text has make nothing less alike."""
        known: list[int] = []
        weights: list[float] = []
        for part, count in parts.items():
            at = self._ids.get(part)
            if at is not None:
                known.append(at)
                weights.append((1 + math.log(count)) * self._rarity[at])
        if not known:
            return np.zeros(self.size, dtype=np.float32), 0.0
        spans = [(self._starts[at], self._starts[at + 1]) for at in known]
        texts = np.concatenate([self._texts[start:end] for start, end in spans])
        theirs = np.concatenate([self._weights[start:end] for start, end in spans])
        ours = np.repeat(weights, [end - start for start, end in spans])
        found = np.bincount(texts, theirs * ours, minlength=self.size)
        length = math.sqrt(sum(weight * weight for weight in weights)) or 1.0
        unknown = (len(parts) - len(known)) * self._unknown
        share = sum(weights) / ((sum(weights) + unknown) or 1.0)
        return np.asarray(found / length, dtype=np.float32), share

    def among(self) -> Floats:
        """How alike all texts are to one another, shape (texts, texts)."""
        found = np.zeros((self.size, self.size), dtype=np.float32)
        for start, end in zip(self._starts, self._starts[1:], strict=False):
            if end - start > 1:
                texts, weights = self._texts[start:end], self._weights[start:end]
                found[texts[:, None], texts] += weights[:, None] * weights
        np.fill_diagonal(found, 1.0)
        return found
