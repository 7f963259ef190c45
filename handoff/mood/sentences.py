"""Which sentence of a message says what was heard in it: what an agent is shown."""

from __future__ import annotations

import re
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from handoff.mood.features import folded, places_in

_SENTENCE: Final = re.compile(r"[.!?。！？…\n]*[^.!?。！？…\n]+[.!?。！？…\n]*")
_IN_FORM: Final = re.compile(r"[.!?]*[^.!?]+[.!?]*")


def sentence_with(text: str, words: str) -> str:
    """The sentence of a text whose folded form has the words; the words where there is none."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) == 1 and words:
        return text.strip()
    for sentence in sentences:
        if words in folded(sentence):
            return str(sentence.strip())
    return words


def heaviest(text: str, form: str, weights: NDArray[np.int8]) -> str:
    """The sentence of a text whose n-grams of words weigh most; `form` is its folded form,
    `weights` are those of its n-grams of words, see `Grams`. Nothing is hashed again: it is counted
    which n-gram begins in which sentence."""
    sentences = _SENTENCE.findall(text)
    if len(sentences) < 2:
        return text.strip()
    forms = _IN_FORM.findall(form)
    if len(forms) != len(sentences):
        # A line's end is a sentence's end in the text alone.
        forms = list(map(folded, sentences))
    numbers = weights.tolist()
    best, most, begin = "", 0.0, 0
    for sentence, each in zip(sentences, forms, strict=True):
        size = places_in(each)
        weight = sum(numbers[begin : begin + size]) / sqrt(size or 1)
        if not best or weight > most:
            best, most = sentence, weight
        begin += size
    return best.strip()
