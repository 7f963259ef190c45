"""What the words of a message say together."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.mood.averaged import Averaged
from handoff.mood.features import folded, grams_of
from handoff.mood.together import Layer, Together, keys_of
from handoff.mood.totals import total_of

WORDS = ("key", "neighbour", "cat", "friday", "alone", "钥", "匙", "猫")
SENTENCES = st.lists(st.sampled_from([*WORDS, "unheard", "of"]), max_size=12).map(" ".join)


def together(known: int, seed: int = 0) -> Together:
    """Of the words above and of pairs of them, the first that are `known`."""
    random = np.random.default_rng(seed)
    forms = [f"{one} {other}" for one in WORDS for other in WORDS]
    keys = np.unique(keys_of(grams_of(forms, forms).short_words()))[:known]
    layer = Layer(
        0.1,
        tuple(map(tuple, random.normal(size=(4, 6)).tolist())),
        tuple(random.normal(size=6).tolist()),
        tuple(random.normal(size=6).tolist()),
        0.5,
    )
    meanings = random.integers(-127, 127, (len(keys), 4)).astype(np.int8)
    return Together(keys, meanings, layer)


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.integers(1, 60))
def test_many_say_what_each_says_alone(texts: list[str], known: int) -> None:
    heard, forms = together(known), [folded(text) for text in texts]
    at_once = heard.said_in(grams_of(texts, forms))
    alone = [
        heard.said_in(grams_of([text], [form]))[0] for text, form in zip(texts, forms, strict=True)
    ]
    assert np.allclose(at_once, alone, atol=1e-4)


def test_what_is_not_known_says_as_much_as_nothing() -> None:
    heard = together(60)
    nothing, unknown = (heard.said_in(grams_of([text], [text]))[0] for text in ("", "zzz"))
    known = heard.said_in(grams_of(["cat key"], ["cat key"]))[0]
    assert np.isclose(nothing, unknown)
    assert not np.isclose(known, unknown)


def test_two_words_say_together_what_neither_says_alone() -> None:
    sparse = pytest.importorskip(
        "scipy.sparse", reason="training needs `pip install 'kefu[train]'`"
    )
    random = np.random.default_rng(5)

    def lines(count: int) -> tuple[Any, np.ndarray]:
        there = random.random((count, 12)) < 0.4
        return sparse.csr_matrix(there.astype(np.float32)), there[:, 0] ^ there[:, 1]

    seen, labels = lines(12_000)
    learnt, again = (Averaged(seen, labels, np.ones(12_000), 8, 32) for _ in range(2))
    new, right = lines(1_000)
    assert ((learnt.of(new) > 0) == right).mean() > 0.9
    assert (learnt.of(new) == again.of(new)).all()


@pytest.mark.parametrize("count", [0, 1, 70, 6_000, 6_001])
def test_a_total_is_exact_however_many_rows_it_has(count: int) -> None:
    rows = np.random.default_rng(count).integers(-127, 128, (count, 8))
    assert total_of(rows.astype(np.float32)).tolist() == rows.sum(axis=0).tolist()
