"""Every phrase exists in both languages, with the same fields."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from chat.actions import CardStatus, Reason, Role
from chat.phrases import LANGS, PHRASES, customer, desk, discord, say, secrets, slack, telegram, web
from handoff.ticket import Cause

ROOT = Path(__file__).parents[2]


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("key", PHRASES)
def test_a_phrase_is_whole(key: str) -> None:
    phrase = PHRASES[key]
    assert set(phrase) == set(LANGS)
    assert all(text.strip() for text in phrase.values())
    assert _fields(phrase["zh"]) == _fields(phrase["en"])
    filled = say(key, "zh", **dict.fromkeys(_fields(phrase["zh"]), "x"))
    assert "{" not in filled


def test_no_key_stands_in_two_tables() -> None:
    tables = (customer, desk, discord, secrets, slack, telegram, web)
    assert sum(len(table.PHRASES) for table in tables) == len(PHRASES)


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("customer.no_such_phrase", "zh")


@pytest.mark.parametrize(
    ("prefix", "names"),
    [
        ("reason.", get_args(Reason)),
        ("desk.status.", get_args(CardStatus)),
        ("desk.cause.", get_args(Cause)),
        ("desk.role.", get_args(Role)),
        ("desk.language.", LANGS),
        ("customer.button.", LANGS),
    ],
)
def test_every_word_has_its_phrase(prefix: str, names: tuple[str, ...]) -> None:
    assert names
    assert [name for name in names if f"{prefix}{name}" not in PHRASES] == []


def test_every_phrase_that_the_engine_names_exists() -> None:
    sources = [*(ROOT / "bot" / "dialog").rglob("*.py"), *(ROOT / "handoff").rglob("*.py")]
    named = {
        key
        for path in sources
        for key in re.findall(
            r'"((?:customer|desk|reason)\.[a-z_.]+[a-z])"', path.read_text("utf-8")
        )
    }
    assert len(named) > 20
    assert named <= set(PHRASES)
