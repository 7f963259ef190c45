"""What the detectors see of a text."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.mood.features import folded, grams_of, phrase_hashes

TEXTS = st.text(alphabet="充值没到账啊我的aAbBcC!?。… 1２\n😡㐀鿿'", max_size=40) | st.text(
    max_size=30
)


def hashes(text: str) -> set[int]:
    return set(grams_of([text], [folded(text)]).hashes.tolist())


def words(text: str) -> set[int]:
    return set(grams_of([text], [folded(text)]).of_words().tolist())


@given(st.lists(TEXTS, min_size=1, max_size=5), st.data())
def test_a_text_finds_its_own_among_others(texts: list[str], data: st.DataObject) -> None:
    together = grams_of(texts, [folded(text) for text in texts])
    number = data.draw(st.integers(0, len(texts) - 1))
    own = together.of_text(number, together.hashes)
    assert own.tolist() == grams_of([texts[number]], [folded(texts[number])]).hashes.tolist()


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_texts_are_seen_together_as_they_are_alone(texts: list[str]) -> None:
    together = grams_of(texts, [folded(text) for text in texts])
    alone = [grams_of([text], [folded(text)]) for text in texts]
    low = np.uint64(0xFF)
    sums = together.sums((together.hashes & low).astype(np.int64))
    assert sums == [int((each.hashes & low).astype(np.int64).sum()) for each in alone]
    of_words = together.sums_of_words((together.of_words() & low).astype(np.int64))
    assert of_words == [int((each.of_words() & low).astype(np.int64).sum()) for each in alone]
    assert together.counts() == [len(each.hashes) for each in alone]
    assert together.words == [len(each.of_words()) for each in alone]
    assert sorted(together.hashes.tolist()) == sorted(
        hashed for each in alone for hashed in each.hashes.tolist()
    )


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


@given(
    st.lists(st.sampled_from(["so", "it's", "钱", "没", "0", "!"]), min_size=1, max_size=4), TEXTS
)
def test_a_phrase_is_found_by_its_hash_wherever_it_stands(phrase: list[str], text: str) -> None:
    joined = folded(" ".join(phrase))
    (known,) = phrase_hashes([joined])
    assert known in words(f"{joined} {text}")
    assert known in words(f"z, {joined}, {text}")
    assert known not in words("nothing of the kind")


@pytest.mark.parametrize("phrase", ["", "one two three four five", "一二三四五"])
def test_a_phrase_that_is_too_long_or_empty_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match="not of 1 to 4"):
        phrase_hashes([phrase])
