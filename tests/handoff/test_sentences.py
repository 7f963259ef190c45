"""The sentence of a message that says what was heard in it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.mood.features import folded, grams_of, tokens_of
from handoff.mood.sentences import heaviest


def weights_by(text: str, heavy: str) -> np.ndarray:
    """Weights of a text's n-grams of words: 1 for those that stand in some words alone, too."""
    of_text = grams_of([text], [folded(text)]).of_words()
    return np.isin(of_text, grams_of([heavy], [folded(heavy)]).of_words()).astype(np.int8)


@pytest.mark.parametrize(
    ("text", "heavy", "sentence"),
    [
        ("My code was 0.5 off. nobody answers me! Thanks.", "nobody answers", "nobody answers me!"),
        ("...hello. where is it. ok", "where is", "where is it."),
        ("Hello\nplease send it\nthank you…", "please send", "please send it"),
        ("你好。錢一直沒有到，急！！謝謝…再見", "錢一直沒有", "錢一直沒有到，急！！"),
        ("Ｈｅｌｌｏ。 ＡＢＣ ｄｅｆ？ok", "abc def", "ＡＢＣ ｄｅｆ？"),
        ("so. it is. but why", "why", "but why"),
        ("one sentence without an end", "without", "one sentence without an end"),
    ],
)
def test_the_heaviest_sentence_is_found(text: str, heavy: str, sentence: str) -> None:
    assert heaviest(text, tokens_of(folded(text)), weights_by(text, heavy)) == sentence


@given(st.text(alphabet="ab 0钱錢ＡＢ.!?。！？…\n,'\u200b", max_size=60))
def test_the_sentence_is_a_part_of_the_text(text: str) -> None:
    form = folded(text)
    weights = np.ones(len(grams_of([text], [form]).of_words()), dtype=np.int8)
    assert heaviest(text, tokens_of(form), weights) in text
