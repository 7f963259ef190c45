"""What classes of words a text speaks of."""

from __future__ import annotations

import pytest

from handoff.mood.danger_words import classes_in, pairs_of
from handoff.mood.features import folded, grams_of


def classes(text: str) -> set[str]:
    form = folded(text)
    return set(classes_in(grams_of([text], [form]).of_words()))


@pytest.mark.parametrize(
    ("text", "spoken_of"),
    [
        ("我站在天台上，告訴我媽我愛她", {"height", "me", "tell"}),
        ("The pills are in the drawer.", {"means", "bequest"}),
        ("I’m gone by Friday", {"me", "absent"}),
        ("how do I withdraw?", {"asks", "me", "trade"}),
        ("怎么提现", set()),
    ],
)
def test_classes_are_heard_by_words_and_phrases(text: str, spoken_of: set[str]) -> None:
    assert spoken_of <= classes(text)


def test_a_part_of_a_word_is_not_the_word() -> None:
    assert "water" not in classes("treetops and a seaman")
    assert "they" not in classes("the heat of theory")


def test_each_class_and_each_two_together_count() -> None:
    assert pairs_of(["act", "me", "when"]) == [
        ("act",),
        ("me",),
        ("when",),
        ("act", "me"),
        ("act", "when"),
        ("me", "when"),
    ]
