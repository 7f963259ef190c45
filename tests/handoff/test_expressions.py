"""Expressions find the same when only the likely ones are tried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handoff.mood import rules, said_plainly
from handoff.mood.expressions import Expressions, spaced
from handoff.mood.features import folded
from handoff.mood.needles import needles_of

LINES = Path(__file__).parents[2] / "bench" / "mood" / "lines"


@pytest.mark.parametrize(
    ("expression", "needles"),
    [
        ("kill myself", {"kill myself"}),
        ("(?:want|wish) to die", {"want to die", "wish to die"}),
        ("跳[楼桥]", {"跳楼", "跳桥"}),
        (r"\bend(?:ing)? it\b", {"end it", "ending it"}),
        ("a.*surely", {"surely"}),
        ("(?<!not )alone(?! with)", {"alone"}),
        ("(?:no){2,3}", {"no"}),
        (r"f\*+ you", {"f*"}),
        (r"my (?:mp|congress\w+)", {"my mp", "my congress"}),
        (r"(?:your|my) (?:own )*(?:lawyer|solicitors+)", {"lawyer", "solicitor"}),
        ("maybe|.", None),
        ("x*", None),
        ("[^a]", None),
        ("(?i)loud", None),
    ],
)
def test_needles_are_what_every_match_has(expression: str, needles: set[str] | None) -> None:
    assert needles_of(expression) == needles


PIECES = st.sampled_from(
    ["a", "b", "ab", "[ab]", "(?:a|bb)", "c?", "(?:ab)?", "b+", ".", "c{2}", "(?:ab+|c)", "(?:ca)*"]
)


@given(st.lists(PIECES, min_size=1, max_size=6), st.text(alphabet="abc", max_size=12))
def test_no_match_is_without_a_needle(pieces: list[str], text: str) -> None:
    expression = "".join(pieces)
    needles, match = needles_of(expression), re.search(expression, text)
    if match and needles is not None:
        assert any(needle in match[0] for needle in needles)


def training_lines() -> list[str]:
    files = [*sorted(LINES.glob("danger*_??.jsonl")), LINES / "zh.jsonl", LINES / "en.jsonl"]
    return [
        json.loads(line)["q"]
        for file in files
        for line in file.read_text(encoding="utf-8").splitlines()[::7]
    ]


@pytest.mark.parametrize("expressions", [said_plainly.EXPRESSIONS, rules.EXPRESSIONS])
def test_lines_hold_the_same_when_every_expression_is_tried(expressions: Expressions) -> None:
    lines, some = training_lines(), 0
    for form in map(folded, lines):
        wide = spaced(form)
        every = {
            number: match[0]
            for number, (pattern, is_spaced) in enumerate(expressions.patterns)
            if (match := pattern.search(wide if is_spaced else form))
        }
        assert {number: match[0] for number, match in expressions.found(form).items()} == every
        some += bool(every)
    assert some > len(lines) / 100


def test_spaced_expressions_find_words_behind_other_signs() -> None:
    expressions = Expressions(("结束", " end it"), first_spaced=1)
    assert set(expressions.found("我要end it")) == {1}
    assert set(expressions.found("(end it)")) == {1}
    assert set(expressions.found("send it")) == set()
