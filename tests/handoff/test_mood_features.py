"""What the detectors see of a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.mood.features import folded, grams_of

TEXTS = st.text(alphabet="充值没到账啊我的aAbBcC!?。… 1２\n😡㐀鿿'", max_size=40) | st.text(
    max_size=30
)


def hashes(text: str) -> set[int]:
    return set(grams_of(text, folded(text)).hashes.tolist())


def words(text: str) -> set[int]:
    grams = grams_of(text, folded(text))
    return set(grams.hashes[: grams.words].tolist())


@given(TEXTS)
def test_what_is_seen_is_the_same_each_time(text: str) -> None:
    one, other = (grams_of(text, folded(text)) for _ in range(2))
    assert np.array_equal(one.hashes, other.hashes)
    assert 5 <= one.words == other.words < len(one.hashes)


@given(TEXTS)
def test_folding_again_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "same"),
    [
        ("ＷＨＥＲＥ is my money", "where is my money"),
        ("錢沒到賬", "钱没到账"),
        ("等了 3 天", "等了 25 天"),
        ("why?????", "why??"),
        ("it’s gone", "it's gone"),
    ],
)
def test_the_same_words_are_seen_however_they_are_written(one: str, same: str) -> None:
    assert words(one) == words(same)


def test_the_order_of_words_is_seen() -> None:
    assert words("you blame me") != words("me blame you")
    assert words("你骗我") != words("我骗你")


def test_how_it_is_written_is_seen_beside_the_words() -> None:
    assert words("WHERE IS IT") == words("where is it")
    assert hashes("WHERE IS IT") > hashes("where is it")


def test_beginning_and_end_are_seen() -> None:
    assert words("please wait") - words("so please wait") != set()
    assert words("please wait") - words("please wait here") != set()
