"""A fault of ours: what people wrote still reaches a person, and nobody is left in silence."""

from __future__ import annotations

import pytest

from bot.dialog.conversation import Conversation, Decision, QueueView, State
from bot.dialog.faults import decide_after_fault
from chat.actions import OpenThread, Record
from chat.address import Person
from chat.events import Event
from chat.phrases import say
from handoff.ticket import lines_of
from tests.dialog.situations import (
    BO,
    CUSTOMER,
    LI,
    LIN,
    SETTINGS,
    THREAD,
    agent_wrote,
    conversation,
    edited,
    opened,
    pressed,
    sent,
    wrote,
)
from tests.scenarios.simulation.knowledge import KNOWLEDGE


def decided(given: Conversation, event: Event) -> Decision:
    return decide_after_fault(
        given, event, settings=SETTINGS, knowledge=KNOWLEDGE, queue=QueueView(ahead=2)
    )


def facts(decision: Decision) -> list[Record]:
    return [a for a in decision.actions if isinstance(a, Record) and a.kind == "fault"]


def test_a_customer_of_the_bot_gets_a_person() -> None:
    decision = decided(conversation(State.BOT), wrote("my words"))
    assert decision.conversation.state is State.OPENING
    (thread,) = opened(decision)
    assert say("desk.cause.fault", SETTINGS.desk_lang) in str(thread.card)
    (told,) = sent(decision, CUSTOMER)
    assert "3" in told.text
    assert lines_of(decision.conversation.story)[-2].text == "my words"
    assert facts(decision)


def test_without_the_queue_it_asks_for_it() -> None:
    given = conversation(State.BOT)
    decision = decide_after_fault(given, wrote("x"), settings=SETTINGS, knowledge=KNOWLEDGE)
    assert decision.asks_place is not None
    assert decision.conversation is given


def test_while_the_thread_opens_the_message_is_held() -> None:
    decision = decided(conversation(State.OPENING), wrote("my words"))
    assert decision.conversation.ticket is not None
    assert [h.message.text for h in decision.conversation.ticket.held] == ["my words"]


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_the_thread_of_a_case_gets_it(state: State) -> None:
    (relayed,) = sent(decided(conversation(state), wrote("my words")), THREAD)
    assert relayed.text == "my words"


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_the_thread_of_a_case_gets_an_edit(state: State) -> None:
    (relayed,) = sent(decided(conversation(state), edited("new", LI, CUSTOMER, "m1")), THREAD)
    assert "new" in relayed.text


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("who", [LIN, BO])
def test_an_agent_is_told_that_nothing_was_sent(state: State, who: Person) -> None:
    decision = decided(conversation(state), agent_wrote("hello", who))
    assert sent(decision, CUSTOMER) == []
    assert len(sent(decision, THREAD)) == 1
    assert facts(decision)
    (line,) = lines_of(decision.conversation.story)[-1:]
    assert line.text == "hello" and line.internal


def test_a_button_of_the_desk_is_answered() -> None:
    assert len(sent(decided(conversation(State.HUMAN), pressed("x", LIN, THREAD)), THREAD)) == 1


def test_a_customers_button_leads_to_a_person() -> None:
    decision = decided(conversation(State.BOT), pressed("pick:gone"))
    assert any(isinstance(a, OpenThread) for a in decision.actions)
