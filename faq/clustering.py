"""Puts questions together that ask the same, in whatever words and language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from faq.courtesy import without_courtesy
from faq.encoder import Encoder, Floats, knows_words_alone, unit
from faq.normal import normalise
from faq.parts import parts, spelt
from faq.postings import Postings

# Chosen on the development half of bench/faq/questions, with the entries hidden that the
# questions belong to (`python -m bench.faq.clusters`).
_MEANING_SHARE: Final = 0.8
_WORD_MEANING_SHARE: Final = 0.5
_ALIKE: Final = 0.20
_ALIKE_BY_WORD_MEANING: Final = 0.28
_ALIKE_IN_WORDS: Final = 0.13
_SHRINKAGE: Final = 0.4

_KNOWN_MOST: Final = 2000
"""Of the base's wordings, those that tell which words and meanings are common."""


class Clusters:
    """Questions and how alike they are, -1 to 1: shape (questions, questions)."""

    def __init__(
        self,
        questions: Sequence[str],
        known: Sequence[tuple[str, str]],
        encoder: Encoder | None = None,
    ) -> None:
        """`known` are the base's wordings with their entries' ids; what they differ in although
        they ask the same, does not tell questions apart."""
        known = _thinned(sorted(known))
        texts = [key_of(question) for question in questions]
        own = [(entry, key_of(text)) for entry, text in known]
        self.alike = _alike_in_words(texts, [text for _, text in own])
        self._least = _ALIKE_IN_WORDS
        if encoder is not None and texts:
            share, self._least = _MEANING_SHARE, _ALIKE
            if knows_words_alone(encoder):
                share, self._least = _WORD_MEANING_SHARE, _ALIKE_BY_WORD_MEANING
            meant = _alike_in_meaning(texts, own, encoder)
            self.alike = share * meant + (1 - share) * self.alike

    def found(self) -> list[list[int]]:
        """The numbers of the questions, cluster by cluster."""
        return average_linkage(self.alike, self._least)


def key_of(question: str) -> str:
    """What of a question is compared: two with the same key are the same question."""
    normal = normalise(question)
    return spelt(without_courtesy(normal) or normal)


def _thinned(known: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    step = -(-len(known) // _KNOWN_MOST) or 1
    return list(known[::step])


def _alike_in_words(texts: Sequence[str], known: Sequence[str]) -> Floats:
    read = [parts(text) for text in (*known, *texts)]
    found = np.zeros((len(texts), len(texts)), dtype=np.float32)
    for kind in ("exact", "loose"):
        counts = [getattr(each, kind) for each in read]
        postings = Postings(counts)
        for row, each in enumerate(counts[len(known) :]):
            found[row] += postings.compare(each)[0][len(known) :] / 2
    return np.asarray((found + found.T) / 2, dtype=np.float32)


def _alike_in_meaning(
    texts: Sequence[str], known: Sequence[tuple[str, str]], encoder: Encoder
) -> Floats:
    """Cosines of the vectors, after the directions in which wordings of one entry differ have
    been made short (within-class covariance normalisation: Hatch et al., 2006)."""
    vectors = encoder.encode(list(texts))
    own = encoder.encode([text for _, text in known]) if known else vectors
    centre = own.mean(axis=0)
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, (entry, _) in enumerate(known):
        rows[entry].append(row)
    groups = [own[each] for each in rows.values() if len(each) > 1]
    turned = vectors - centre
    if groups:
        apart = np.concatenate([group - group.mean(axis=0) for group in groups])
        spread = apart.T.astype(np.float64) @ apart / len(apart)
        size = len(spread)
        spread += (_SHRINKAGE * np.trace(spread) / size + 1e-9) * np.eye(size)
        values, directions = np.linalg.eigh(spread)
        turned = turned @ (directions / np.sqrt(values))
    turned = unit(np.asarray(turned, dtype=np.float32))
    return np.asarray(turned @ turned.T, dtype=np.float32)


def average_linkage(alike: Floats, least: float) -> list[list[int]]:
    """Clusters whose members are `least` alike on average, by chains of nearest neighbours
    (Murtagh, 1983): the time grows with the square of the number. Each is in ascending order, and
    they are in the order of their first members."""
    alike = alike.astype(np.float64)
    np.fill_diagonal(alike, -np.inf)
    members = {row: [row] for row in range(len(alike))}
    open_rows = dict.fromkeys(members)
    chain: list[int] = []
    while open_rows:
        if not chain:
            chain.append(next(iter(open_rows)))
        last = chain[-1]
        nearest = int(alike[last].argmax())
        if len(chain) > 1 and alike[last, chain[-2]] >= alike[last, nearest]:
            nearest = chain[-2]
        if alike[last, nearest] < least:
            # Merging others brings none nearer to it than its nearest was.
            alike[last] = alike[:, last] = -np.inf
            del open_rows[last]
            chain.clear()
        elif len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            kept, gone = sorted((last, nearest))
            sizes = len(members[kept]), len(members[gone])
            merged = (sizes[0] * alike[kept] + sizes[1] * alike[gone]) / sum(sizes)
            alike[kept] = alike[:, kept] = merged
            alike[kept, kept] = -np.inf
            alike[gone] = alike[:, gone] = -np.inf
            members[kept] += members.pop(gone)
            del open_rows[gone]
        else:
            chain.append(nearest)
    return sorted(sorted(each) for each in members.values())
