"""What the mood model sees of a text is the same, however it is asked for."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from handoff.mood.features import each_once, features, folded, hashes_of

TEXTS = st.text(alphabet="充值没到账啊我的aAbBcC!?。… 1２\n😡㐀鿿'", max_size=40) | st.text(
    max_size=30
)


@given(TEXTS)
def test_hashes_are_the_same_with_their_places_and_without(text: str) -> None:
    form = folded(text)
    hashes, places = features(text, form)
    assert np.array_equal(hashes_of(text, form), hashes)
    assert all(-1 <= place < max(1, len(form) + 1) for place in places)


@given(st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 3)))
def test_each_once_in_order(numbers: list[int]) -> None:
    hashes = np.array(numbers, dtype=np.uint64)
    assert np.array_equal(each_once(hashes.copy()), np.unique(hashes))
