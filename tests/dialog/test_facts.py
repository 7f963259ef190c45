"""What is noted for reports about questions and what became of them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, State
from bot.dialog.transitions import TABLE, Trigger
from bot.redaction import Redaction
from chat.actions import Record
from chat.events import Event
from handoff.ticket import lines_of
from tests.dialog.situations import (
    EVENTS,
    TICKET,
    agent_wrote,
    before,
    conversation,
    decided,
    pressed,
    wrote,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "records.md"
BOT = State.BOT
UNCLEAR = "充值 ⟦1⟧"
MISSED = "gargle blaster deposit zork frobnicate nonsense thing"


def facts(decision: Decision) -> dict[str, dict[str, Any]]:
    """The facts of a decision by kind."""
    return {a.kind: a.data for a in decision.actions if isinstance(a, Record)}


def after(*events: Event, given: Conversation | None = None) -> list[Decision]:
    """What is decided on each event, one after the other."""
    current, decisions = given or conversation(BOT), []
    for event in events:
        decisions.append(decided(current, event))
        current = decisions[-1].conversation
    return decisions


def test_an_answer_tells_what_was_asked() -> None:
    told = facts(decided(conversation(BOT), wrote("how do i reset my login password")))["answered"]
    assert told["topic"] == "account.password"
    assert told["question"] == "how do i reset my login password"
    assert told["lang"] == "en"
    assert 0 < told["confidence"] <= 1


@pytest.mark.parametrize("verdict", ["helped", "not_helped"])
def test_a_verdict_names_the_answer_that_it_is_about(verdict: str) -> None:
    _, said = after(wrote("怎么重置登录密码"), pressed(verdict, event="e2"))
    assert facts(said)[verdict] == {
        "topic": "account.password",
        "question": "怎么重置登录密码",
        "lang": "zh",
    }


def test_what_nothing_answers_is_noted_with_what_is_nearest() -> None:
    told = facts(decided(conversation(BOT), wrote(MISSED)))
    assert told["missed"]["why"] == "nothing"
    assert told["missed"]["question"] == MISSED
    assert told["missed"]["candidates"].split(",")[0] == "deposit.missing"


def test_an_offer_that_is_taken_tells_what_had_been_asked() -> None:
    offer, taken = after(wrote(UNCLEAR), pressed("pick:deposit.missing", event="e2"))
    offered = facts(offer)["suggested"]
    assert offered["question"] == UNCLEAR
    ids = offered["candidates"].split(",")
    assert "deposit.missing" in ids
    told = facts(taken)
    assert told["suggestion_taken"]["question"] == UNCLEAR
    assert told["suggestion_taken"]["candidates"] == offered["candidates"]
    assert told["suggestion_taken"]["place"] == ids.index("deposit.missing") + 1
    assert told["answered"]["question"] == UNCLEAR
    assert told["answered"]["confidence"] is None


def test_an_offer_that_is_refused_is_a_question_without_an_answer() -> None:
    offer, refused = after(wrote(UNCLEAR), pressed("none", event="e2"))
    told = facts(refused)
    assert told["suggestion_refused"]["question"] == UNCLEAR
    assert told["missed"]["why"] == "refused"
    assert told["missed"]["candidates"] == facts(offer)["suggested"]["candidates"]


def test_a_pick_from_an_offer_of_long_ago_is_not_the_present_questions() -> None:
    *_, taken = after(
        wrote(UNCLEAR),
        wrote("怎么重置登录密码", event="e2", message="m2"),
        pressed("pick:deposit.missing", event="e3"),
    )
    assert "suggestion_taken" not in facts(taken)


def test_an_entry_that_has_left_the_base_is_noted() -> None:
    told = facts(decided(conversation(BOT), pressed("pick:gone.entry")))
    assert told["missed"]["why"] == "gone"


def test_what_agents_answered_stands_beside_the_question() -> None:
    replied = decided(conversation(State.HUMAN), agent_wrote("Try the app, version 5"))
    noted = decided(replied.conversation, agent_wrote(". grumpy", event="e2"))
    closed = decided(noted.conversation, agent_wrote("/close", event="e3"))
    told = facts(closed)["agent_answered"]
    assert told["ticket"] == TICKET.id
    assert told["question"] == TICKET.quote
    assert told["answer"].endswith("Try the app, version 5")
    assert "grumpy" not in told["answer"]


DANGER = "我不想活了"


def test_what_is_said_in_danger_of_life_is_not_for_reports() -> None:
    opened = decided(conversation(BOT), wrote(DANGER))
    assert facts(opened)["case_opened"]["priority"] == "P0"
    assert DANGER not in str(facts(opened))
    given = conversation(State.HUMAN)
    raised, replied, closed = after(
        wrote(DANGER),
        agent_wrote("I am here with you", event="e2"),
        agent_wrote("/close", event="e3"),
        given=given,
    )
    assert facts(raised)["raised"]["priority"] == "P0"
    assert "closed" in facts(closed)
    assert "agent_answered" not in facts(closed)
    assert DANGER not in str([facts(each) for each in (raised, replied, closed)])


def test_nor_is_what_may_be_danger_of_life() -> None:
    given = conversation(State.HUMAN)
    assert given.ticket is not None
    unsure = structs.replace(given.ticket, priority="P1", mood="danger", cause="upset")
    *_, closed = after(
        agent_wrote("I am here with you", event="e2"),
        agent_wrote("/close", event="e3"),
        given=structs.replace(given, ticket=unsure),
    )
    assert "closed" in facts(closed)
    assert "agent_answered" not in facts(closed)


def test_facts_do_not_say_how_somebody_can_be_reached() -> None:
    asked = "my mail is li@example.org why can nobody xyzzy"
    decision = Redaction().decision(decided(conversation(BOT), wrote(asked)))
    assert "li@example.org" not in str(facts(decision))
    assert any("li@example.org" in line.text for line in lines_of(decision.conversation.story))


def test_facts_are_of_bounded_length() -> None:
    told = facts(decided(conversation(BOT), wrote("xyzzy plugh " * 500)))["missed"]
    assert len(told["question"]) <= 500


def _documented() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `"):
            kinds, _, fields = line.strip("| ").split(" | ", 2)
            for kind in re.findall(r"`(\w+)`", kinds):
                found[kind] = set(re.findall(r"`(\w+)`", fields))
    return found


@pytest.mark.parametrize(
    ("state", "trigger"), [pytest.param(*pair, id=f"{pair[0]}-{pair[1].name}") for pair in TABLE]
)
def test_facts_are_as_documented(state: State, trigger: Trigger) -> None:
    documented = _documented()
    for kind, data in facts(decided(before(state, trigger), EVENTS[trigger]())).items():
        assert kind in documented
        assert set(data) <= documented[kind]
