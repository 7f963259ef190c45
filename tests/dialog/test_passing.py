"""Cases pass from agent to agent, people are known again, help is rated, emoji travel."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Settings, State
from bot.dialog.transitions import Trigger
from chat.actions import (
    CancelTimer,
    MarkInternal,
    React,
    Record,
    Send,
    SetTimer,
    Speaker,
    UpdateCard,
)
from chat.address import Person
from chat.events import DeliveryUncertain, MessageDeleted, MessageReceived
from chat.message import Message, MessageRef, Span
from chat.phrases import say
from handoff.ticket import Line, lines_of, written
from tests.dialog.situations import (
    BO,
    CUSTOMER,
    DESK,
    EVENTS,
    LIN,
    NOW,
    SAID,
    THREAD,
    TICKET,
    agent_wrote,
    closed,
    conversation,
    decided,
    edited,
    failed,
    pressed,
    reaction,
    sent,
)


def transfer_to(person: Person) -> MessageReceived:
    """`/transfer` with a mention, as Discord and Slack write it."""
    text = f"/transfer @{person.name}"
    mention = Span("mention", len("/transfer "), len(text), person.key)
    return MessageReceived("e1", NOW, Message("a9", NOW, LIN, THREAD, text, (mention,)))


def test_a_transferred_case_belongs_to_the_other_agent_and_both_sides_know() -> None:
    decision = decided(conversation(State.HUMAN), transfer_to(BO))
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.agent == BO
    assert "Bo" in sent(decision, CUSTOMER)[0].text
    assert "Lin" in sent(decision, THREAD)[0].text and "Bo" in sent(decision, THREAD)[0].text
    (card,) = [a.card for a in decision.actions if isinstance(a, UpdateCard)]
    assert card.agent == "Bo"


def test_whoever_passes_a_case_to_somebody_away_is_told() -> None:
    event = transfer_to(BO)
    away = structs.replace(event, message=structs.replace(event.message, away=(BO.key,)))
    told = [s.text for s in sent(decided(conversation(State.HUMAN), away), THREAD)]
    usual = [s.text for s in sent(decided(conversation(State.HUMAN), event), THREAD)]
    (more,) = [text for text in told if text not in usual]
    assert "Bo" in more and "/transfer" in more


def test_a_waiting_case_can_be_given_to_an_agent() -> None:
    decision = decided(conversation(State.WAITING), transfer_to(BO))
    assert decision.conversation.state is State.HUMAN
    assert any(isinstance(action, CancelTimer) for action in decision.actions)
    assert "Bo" in sent(decision, CUSTOMER)[0].text


def test_nobody_gets_a_case_who_is_not_on_the_list() -> None:
    decision = decided(conversation(State.HUMAN), transfer_to(Person("tg", "7", "Mallory")))
    assert decision.conversation == conversation(State.HUMAN)
    assert not sent(decision, CUSTOMER)
    assert "Mallory" not in [s.text for s in sent(decision, CUSTOMER)]
    assert "Not transferred" in sent(decided_in_english(), THREAD)[0].text


def decided_in_english():  # type: ignore[no-untyped-def]
    settings = Settings(desk=DESK, desk_lang="en", agents=frozenset({LIN.key, BO.key}))
    return decided(conversation(State.HUMAN), transfer_to(Person("tg", "7", "Mallory")), settings)


def test_released_the_case_waits_again_and_keeps_its_place() -> None:
    decision = decided(conversation(State.HUMAN), agent_wrote("/transfer"))
    after = decision.conversation
    assert after.state is State.WAITING
    assert after.ticket is not None and after.ticket.agent is None
    assert after.ticket.opened_at == TICKET.opened_at
    assert "3" in sent(decision, CUSTOMER)[0].text
    assert any(isinstance(action, SetTimer) for action in decision.actions)


def test_closing_offers_a_rating_and_the_agent_sees_it() -> None:
    decision = decided(conversation(State.HUMAN), agent_wrote("/close"))
    (thanks,) = sent(decision, CUSTOMER)
    values = [button.value for row in thanks.buttons for button in row]
    assert values == [f"rate:{TICKET.id}:{n}" for n in range(1, 6)]
    rated = decided(closed(at=NOW - 60), pressed(values[3]))
    assert rated.conversation.state is State.BOT
    assert "4" in sent(rated, THREAD)[0].text
    (record,) = [a for a in rated.actions if isinstance(a, Record)]
    assert (record.kind, record.data["score"], record.data["agent"]) == ("rated", 4, LIN.key)


def test_a_rating_that_no_button_offers_is_nothing() -> None:
    for value in ("rate:K1:0", "rate:K1:6", "rate:K1:", "rate", "rate:K1:5:5"):
        assert not decided(closed(at=NOW - 60), pressed(value)).actions


def test_reactions_go_to_the_other_side() -> None:
    from_customer = decided(conversation(State.HUMAN), EVENTS[Trigger.REACTED]())
    from_agent = decided(conversation(State.HUMAN), EVENTS[Trigger.AGENT_REACTED]())
    assert [a.to for a in from_customer.actions if isinstance(a, React)] == [THREAD]
    assert [a.to for a in from_agent.actions if isinstance(a, React)] == [CUSTOMER]


def test_a_reaction_that_cannot_be_shown_is_told_in_words() -> None:
    decision = decided(conversation(State.HUMAN), failed(reaction(THREAD), "unsupported"))
    (told,) = sent(decision, THREAD)
    assert "👍" in told.text and SAID.text in told.text
    taken_off = structs.replace(reaction(THREAD), added=False)
    assert not decided(conversation(State.HUMAN), failed(taken_off, "unsupported")).actions


def test_a_note_from_a_form_is_shown_to_the_other_agents_only() -> None:
    note = MessageReceived(
        "e1", NOW, Message("form", NOW, LIN, THREAD, "/note careful", shown=False)
    )
    decision = decided(conversation(State.HUMAN), note)
    assert "careful" in sent(decision, THREAD)[0].text
    assert not sent(decision, CUSTOMER)
    assert not any(isinstance(action, MarkInternal) for action in decision.actions)
    assert lines_of(decision.conversation.story)[-1].internal


def test_who_changes_what_may_stand_there_twice_is_told_that_one_copy_stays() -> None:
    ref = MessageRef("tg", "-1", "a1")
    doubt = DeliveryUncertain(
        "e0", NOW, CUSTOMER.key, Send("e0/0", CUSTOMER, "hi", mirrors=ref, speaker=Speaker("agent"))
    )
    given = structs.replace(
        conversation(State.HUMAN), story=written(Line("agent", "hi", 995.0, "Lin", ref=ref))
    )
    doubted = decided(given, doubt).conversation
    words = say("desk.copy_may_remain", "zh")
    changes = (edited("better", LIN, THREAD, "a1"), MessageDeleted("e1", NOW, THREAD, "a1", LIN))
    for change in changes:
        assert words in [s.text for s in sent(decided(doubted, change), THREAD)]
        assert words not in [s.text for s in sent(decided(given, change), THREAD)]


def test_where_the_platform_does_not_say_who_deleted_only_what_was_relayed_is_taken_back() -> None:
    relayed = Line("agent", "hi", 995.0, "Lin", ref=MessageRef("tg", "-1", "a1"))
    inside = Line("agent", "hm", 996.0, "Lin", internal=True, ref=MessageRef("tg", "-1", "a2"))
    given = structs.replace(conversation(State.HUMAN), story=written(SAID, relayed, inside))
    assert decided(given, MessageDeleted("e1", NOW, THREAD, "a1")).actions
    assert not decided(given, MessageDeleted("e1", NOW, THREAD, "a2")).actions
    assert not decided(given, MessageDeleted("e1", NOW, THREAD, "unknown")).actions
