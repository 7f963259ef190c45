"""An entry that knows a further language answers in it whoever asks in it."""

from __future__ import annotations

import pytest

from bot.dialog.conversation import State
from bot.dialog.engine import decide
from chat.events import ButtonPressed
from faq.knowledge_base import load
from tests.dialog.situations import CUSTOMER, LI, MOODS, NOW, SETTINGS, conversation, sent, wrote

KNOWLEDGE = load(
    {
        "f.yaml": """
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: 看页面。, en: See the page., fr: Voyez la page.}
  steps:
    - {zh: 打开资产, en: Open Assets, fr: Ouvrez Actifs}
  phrasings:
    zh: [提币手续费是多少]
    en: [what is the withdrawal fee]
    fr: [quels sont les frais de retrait]
- id: other.topic
  dept: funds
  urgency: normal
  title: {zh: 别的事情, en: Something else}
  answer: {zh: 别的, en: Other}
  phrasings: {zh: [完全不同的问题], en: [an entirely different matter]}
"""
    }
)


def said(event: object) -> list[str]:
    decision = decide(
        conversation(State.BOT),
        event,  # type: ignore[arg-type]
        settings=SETTINGS,
        knowledge=KNOWLEDGE,
        mood=MOODS,
        queue=None,
    )
    return [send.text for send in sent(decision, CUSTOMER)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("quels sont les frais de retrait", "Voyez la page.\n1. Ouvrez Actifs"),
        ("what is the withdrawal fee", "See the page.\n1. Open Assets"),
        ("提币手续费是多少", "看页面。\n1. 打开资产"),
    ],
)
def test_the_answer_is_in_the_language_of_the_question(question: str, answer: str) -> None:
    assert said(wrote(question)) == [answer]


def test_a_topic_that_is_gone_since_it_was_offered_is_no_dead_button() -> None:
    press = ButtonPressed("e1", NOW, CUSTOMER, LI, "pick:fees.old", "m1")
    assert len(said(press)) == 1
