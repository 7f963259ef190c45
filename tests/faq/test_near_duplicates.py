"""Wordings that ask the same in two entries are found, and others are left alone."""

from __future__ import annotations

import json
import random
from importlib.resources import files
from pathlib import Path

import pytest

from faq.near_duplicates import near_duplicates
from faq.written import Written, read_files


def written(*asked: tuple[str, str, str]) -> Written:
    """Entries of an id, a Chinese and an English wording each, in one file."""
    lines = [
        f"- {{id: {id}, dept: x, urgency: normal, title: {{zh: 甲{id}, en: {id}}},"
        f" answer: {{zh: 答, en: a}},\n"
        f"   phrasings: {{zh: [{json.dumps(zh)}],\n     en: [{json.dumps(en)}]}}}}"
        for id, zh, en in asked
    ]
    return read_files({"f.yaml": "\n".join(lines)})


def found(one: str, other: str) -> bool:
    spare = ("没有人这样问一", "nobody asks so one", "没有人那样说二", "what is never said two")
    if one.isascii():
        pair = (("a", spare[0], one), ("b", spare[2], other))
    else:
        pair = (("a", one, spare[1]), ("b", other, spare[3]))
    return bool(near_duplicates(written(*pair)))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("提币手续费多少", "请问提币的手续费是多少呢"),
        ("怎么提币", "如何提币？"),
        ("提幣手續費是多少", "提币手续费是多少啊"),
        ("how do I withdraw my coins", "How can I withdraw coins?"),
        ("withdrawal fees", "what are the withdrawal fees, please"),
        ("my withdrawal is pending", "why is my withdrawl pending"),
        ("change phone number", "number of phone change"),
    ],
)
def test_the_same_question_is_found(one: str, other: str) -> None:
    assert found(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("充币手续费是多少", "提币手续费是多少"),
        ("怎么充值", "怎么提现"),
        ("提币失败", "提币限额"),
        ("how do i deposit", "how do i withdraw"),
        ("what is bitcoin", "what is bitcoin used for mining"),
        ("用助记词恢复钱包", "没有助记词怎么恢复钱包"),
        ("hi", "hello"),
    ],
)
def test_another_question_is_left_alone(one: str, other: str) -> None:
    assert not found(one, other)


def test_both_places_are_told() -> None:
    pairs = near_duplicates(written(("a", "怎么提币", "one thing"), ("b", "如何提币", "two")))
    assert [str(pair) for pair in pairs] == [
        "f.yaml:5: “如何提币” asks the same as “怎么提币” of a (f.yaml:2); "
        "keep one, or say in both what differs"
    ]


def test_entries_of_different_days_are_not_compared() -> None:
    text = """
- {id: a, dept: x, urgency: normal, title: {zh: 甲, en: A}, answer: {zh: 答, en: a},
   phrasings: {zh: [怎么提币], en: [ask]}, valid_until: 2026-01-31}
- {id: b, dept: x, urgency: normal, title: {zh: 乙, en: B}, answer: {zh: 答, en: a},
   phrasings: {zh: [如何提币], en: [other]}, valid_from: 2026-02-01}
"""
    assert near_duplicates(read_files({"f.yaml": text})) == ()


def test_nothing_in_the_shipped_base_is_a_duplicate() -> None:
    folder = Path(str(files("faq"))) / "content"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    assert [str(pair) for pair in near_duplicates(read_files(texts))] == []


def test_the_order_of_words_of_a_large_base_is_no_matter() -> None:
    """A crowd with the same words is not compared pair by pair, and yet each twin is found."""
    random.seed(5)
    names = [f"topic{index}" for index in range(300)]
    asked = [(f"t{i}", f"问题{i}怎么办", f"how do i use {name}") for i, name in enumerate(names)]
    twins = [("twin", "别的什么事情", "use topic17 please")]
    told = near_duplicates(written(*asked, *twins))
    assert {(pair.one.entry, pair.other.entry) for pair in told} == {("t17", "twin")}
