"""A short question is read with the topic before it; a complete one never is."""

from __future__ import annotations

from pathlib import Path

import pytest

import faq
from faq.following import is_elliptic
from faq.knowledge_base import KnowledgeBase, load

CONTENT = Path(faq.__file__).parent / "content"


@pytest.mark.parametrize(
    "text",
    [
        "那手续费呢", "手续费呢？", "多久能到", "要是丢了呢", "那它怎么关掉", "and the fee?",
        "What about BTC", "how long does it take", "那費用呢",
    ],
)  # fmt: skip
def test_a_short_question_may_leave_out_its_topic(text: str) -> None:
    assert is_elliptic(text)


@pytest.mark.parametrize(
    "text",
    [
        "我想知道把比特币提到另外一个交易所大概要花多少钱",
        "how do I change the e-mail address that my account is registered with",
        "that is not what I asked, I want to know how to verify my passport for trading",
        "",
    ],
)
def test_a_long_question_does_not(text: str) -> None:
    assert not is_elliptic(text) or not text


@pytest.fixture(scope="module")
def built_in() -> KnowledgeBase:
    return load({p.name: p.read_text(encoding="utf-8") for p in CONTENT.glob("*.yaml")})


def test_context_chooses_between_what_the_words_may_mean(built_in: KnowledgeBase) -> None:
    for before, topic in (("withdraw.how", "fees.withdraw"), ("trade.how", "fees.trading")):
        match = built_in.match_after("那手续费呢", "zh", before)
        assert match.candidates[0].id == topic
        match = built_in.match_after("and the fee?", "en", before)
        assert match.candidates[0].id == topic


def test_a_complete_question_is_not_bent(built_in: KnowledgeBase) -> None:
    for entry in built_in.entries.values():
        for lang in ("zh", "en"):
            text = entry.phrasings[lang][0]
            alone = built_in.match(text, lang)  # type: ignore[arg-type]
            after = built_in.match_after(text, lang, "withdraw.how")  # type: ignore[arg-type]
            assert after == alone


@pytest.mark.parametrize(
    "text", ["那今天天气呢", "and the weather?", "那房租呢", "xyzzy", "？", ""]
)
def test_what_the_base_does_not_know_stays_unknown(text: str, built_in: KnowledgeBase) -> None:
    assert built_in.match_after(text, "zh", "withdraw.how").decision != "answer"


def test_a_topic_that_has_left_the_base_is_no_context(built_in: KnowledgeBase) -> None:
    alone = built_in.match("那手续费呢", "zh")
    assert built_in.match_after("那手续费呢", "zh", "gone.entry") == alone
