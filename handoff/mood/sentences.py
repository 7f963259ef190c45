"""Which sentence of a message says what was heard in it: what an agent is shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from handoff.mood.features import folded, places_in, tokens_of

_SENTENCE: Final = re.compile(r"[.!?。！？…\n]*[^.!?。！？…\n]+[.!?。！？…\n]*")
_ENDS: Final = ".!?"


def sentence_with(text: str, words: str) -> str:
    """The sentence of a text whose folded form has the words; the words where there is none."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) == 1 and words:
        return text.strip()
    for sentence in sentences:
        if words in folded(sentence):
            return str(sentence.strip())
    return words


def heaviest(text: str, tokens: Sequence[str], weights: NDArray[np.int8]) -> str:
    """The sentence of a text whose n-grams of words weigh most; `tokens` are those of its folded
    form, `weights` those of its n-grams of words, see `Grams`. Nothing is hashed again: it is
    counted which n-gram begins in which sentence."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) < 2:
        return text.strip()
    sizes = list(_sizes(tokens))
    if len(sizes) != len(sentences):
        # A line's end is a sentence's end in the text alone.
        sizes = [len(tokens_of(folded(sentence))) for sentence in sentences]
    sizes[0] += 1  # The token that stands for the beginning.
    numbers = weights.tolist()
    best, most, begin = "", 0.0, 0
    for sentence, size in zip(sentences, map(places_in, sizes), strict=True):
        weight = sum(numbers[begin : begin + size]) / sqrt(size or 1)
        if not best or weight > most:
            best, most = sentence, weight
        begin += size
    return best.strip()


def _sizes(tokens: Sequence[str]) -> Iterator[int]:
    """How many tokens each sentence has: signs that end one belong to it, and those at the
    beginning of all to the first."""
    begin, says, ended = 0, False, False
    for at, token in enumerate(tokens):
        if token[0] in _ENDS:
            ended = says
        else:
            if ended:
                yield at - begin
                begin, ended = at, False
            says = True
    yield len(tokens) - begin
