"""A short question after an answer is read with it, for a while."""

from __future__ import annotations

import pytest

from bot.dialog.conversation import State
from faq.knowledge_base import KnowledgeBase, load
from tests.dialog.test_guiding import Talk

TOPICS = (
    ("withdraw.how", "withdrawals", "提币步骤", "Withdrawing coins", "怎么提币", "how to withdraw"),
    ("withdraw.fee", "withdrawals", "提币手续费", "Cost out", "提币手续费多少", "cost to withdraw"),
    ("trade.how", "trading", "交易步骤", "Trading coins", "怎么交易", "how to trade"),
    ("trade.fee", "trading", "交易手续费", "Trading fee", "交易手续费多少", "fee to trade"),
    ("kyc.how", "accounts", "实名认证", "Identity check", "怎么实名认证", "how to verify identity"),
    ("app.get", "apps", "下载软件", "Get the app", "在哪下载软件", "where to get the app"),
    ("hours", "service", "上班时间", "Opening hours", "你们几点上班", "when are you open"),
    ("card.bind", "payment", "绑定银行卡", "Add a card", "怎么绑定银行卡", "how to add a card"),
)  # fmt: skip


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    entry = (
        "- id: {0}\n  dept: {1}\n  urgency: normal\n  title: {{zh: {2}, en: {3}}}\n"
        "  answer: {{zh: 答{0}, en: answer {0}}}\n  phrasings: {{zh: [{4}], en: [{5}]}}\n"
    )
    return load({"f.yaml": "".join(entry.format(*topic) for topic in TOPICS)})


@pytest.mark.parametrize(("first", "topic"), [("怎么提币", "withdraw"), ("怎么交易", "trade")])
def test_what_the_fee_is_for_was_said_before(base: KnowledgeBase, first: str, topic: str) -> None:
    talk = Talk("zh", base)
    assert f"答{topic}.how" in talk.write(first)
    talk.write("那手续费呢")
    (offered,) = [*talk.facts("answered"), *talk.facts("suggested")]
    best = offered.get("topic") or str(offered["candidates"]).split(",")[0]
    assert best == f"{topic}.fee"


def test_a_complete_question_is_taken_by_itself(base: KnowledgeBase) -> None:
    talk = Talk("zh", base)
    talk.write("怎么提币")
    assert "答trade.fee" in talk.write("交易手续费多少")
    assert "答hours" in talk.write("你们几点上班")


def test_long_after_nothing_is_known_of_before(base: KnowledgeBase) -> None:
    alone = Talk("zh", base)
    by_itself = alone.write("那手续费呢")
    talk = Talk("zh", base)
    talk.write("怎么提币")
    assert talk.write("那手续费呢", after=7200) == by_itself


def test_a_miss_between_does_not_lose_the_topic(base: KnowledgeBase) -> None:
    talk = Talk("zh", base)
    talk.write("怎么交易")
    talk.write("⟦xyzzy plugh frobnicate⟧")
    talk.write("那手续费呢")
    assert talk.state is State.BOT
    (offered,) = [*talk.facts("answered"), *talk.facts("suggested")]
    best = offered.get("topic") or str(offered["candidates"]).split(",")[0]
    assert best == "trade.fee"
