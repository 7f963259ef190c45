"""What the shipped model hears in messages."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.phrases import Lang
from faq.language import detect
from handoff.mood import Mood
from handoff.mood.danger import DangerDetector
from handoff.mood.model import MoodModel, TableError

TABLE = files("handoff").joinpath("mood", "table.bin").read_bytes()
DANGER = files("handoff").joinpath("mood", "danger.bin").read_bytes()
MODEL = MoodModel(TABLE, DangerDetector(DANGER))


def heard(text: str) -> Mood:
    lang: Lang = detect(text, "zh")
    return MODEL.assess(text, lang)


@pytest.mark.parametrize(
    "text",
    [
        "钱没到账",
        "提币三小时没到账",
        "my card was stolen, how do I freeze it",
        "我妈的支付宝",
        "USB key",
        "退钱到账要多久",
        "is this site a scam?",
        "手续费怎么这么高",
        "KYC被拒绝三次了还能再提交吗",
        "panic sell button",
    ],
)
def test_an_ordinary_problem_raises_no_alarm(text: str) -> None:
    assert not heard(text).fires


@pytest.mark.parametrize(
    "text",
    [
        "great, another 'please be patient'",
        "WHERE IS MY MONEY",
        "consider this notice of legal action",
        "你们就这样对待老用户的吗",
        "这是给孩子治病的钱",
    ],
)
def test_who_is_upset_is_heard(text: str) -> None:
    found = heard(text)
    assert found.fires
    assert found.priority in ("P1", "P2", "P3")
    assert found.evidence


@pytest.mark.parametrize(
    "text",
    ["活着没意思了", "我不想活了", "I do not want to live any more", "I want to kill myself"],
)
def test_a_life_in_danger_comes_first(text: str) -> None:
    found = heard(f"充值没到账。{text}")
    assert (found.kind, found.priority, found.fires) == ("danger", "P0", True)
    assert text in found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "笑死我了哈哈",
        "这个跳楼价也太香了",
        "this fee is killing me lol",
        "how do I kill the process",
    ],
)
def test_idioms_are_no_danger(text: str) -> None:
    assert heard(text).priority != "P0"


def test_the_tables_are_small() -> None:
    assert len(TABLE) <= 250_000
    assert len(DANGER) <= 1_070_000


@pytest.mark.parametrize("table", [b"", b"\x00" * 4, b"\xff\xff\xff\xff{}", TABLE[:-1]])
def test_what_is_no_table_is_refused(table: bytes) -> None:
    with pytest.raises(TableError):
        MoodModel(table)


@given(st.text(max_size=400), st.sampled_from(["zh", "en"]))
def test_any_text_is_heard(text: str, lang: Lang) -> None:
    found = MODEL.assess(text, lang)
    assert 0 <= found.score <= 1
    assert found == MODEL.assess(text, lang)
    assert found.fires == (found.priority is not None)
    assert (found.kind == "calm") == (not found.fires)
