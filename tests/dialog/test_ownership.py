"""Who owns the conversation, what may be said to the customer, and what stays inside."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.dialog.conversation import State
from chat.actions import Delete, Edit, MarkInternal, ShowTyping, UpdateCard
from chat.events import MessageDeleted, TypingStarted
from chat.message import MessageRef, Span
from tests.dialog.situations import (
    BO,
    CUSTOMER,
    LIN,
    NOW,
    OTHER_THREAD,
    SETTINGS,
    STRANGER,
    THREAD,
    TICKET,
    agent_wrote,
    conversation,
    decided,
    edited,
    opened,
    pressed,
    sent,
    wrote,
)

BOT_STATES = {"bot", "opening", "waiting"}


@pytest.mark.parametrize(
    "text", ["你好", "谢谢", "怎么重置登录密码", "充值 ⟦1⟧", "xyzzy", "转人工"]
)
def test_the_bot_speaks_only_until_a_person_takes_over(text: str) -> None:
    said = sent(decided(conversation(State.BOT), wrote(text)), CUSTOMER)
    assert said
    assert all(s.speaker.role == "bot" and set(s.only_in) <= BOT_STATES and s.only_in for s in said)


def test_with_a_person_the_bot_says_nothing() -> None:
    for text in ("你好", "谢谢", "怎么重置登录密码", "转人工", "/start", "/help", "/language en"):
        decision = decided(conversation(State.HUMAN), wrote(text))
        assert all(s.speaker.role != "bot" for s in sent(decision, CUSTOMER)), text
        assert decision.conversation.state is State.HUMAN


def test_a_hand_over_tells_the_place_in_the_queue_and_asks_for_one_thread() -> None:
    decision = decided(conversation(State.BOT), wrote("转人工"))
    assert "第 3 位" in sent(decision, CUSTOMER)[0].text
    (thread,) = opened(decision)
    assert thread.card.status == "waiting"
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.id == thread.card.ticket


def test_the_first_claim_wins_and_the_second_is_told() -> None:
    first = decided(conversation(State.WAITING), agent_wrote("/claim", BO))
    assert first.conversation.ticket is not None
    assert first.conversation.ticket.agent == BO
    second = decided(first.conversation, pressed(f"claim:{TICKET.id}", LIN, THREAD))
    assert second.conversation == first.conversation
    assert [("Bo" in s.text) for s in sent(second, THREAD)] == [True]
    assert sent(second, CUSTOMER) == []


def test_the_agents_words_go_out_under_the_agents_name() -> None:
    (reply,) = sent(decided(conversation(State.HUMAN), agent_wrote("您好 https://x.y")), CUSTOMER)
    assert (reply.text, reply.speaker.role, reply.speaker.name) == (
        "您好 https://x.y",
        "agent",
        "Lin",
    )
    assert reply.mirrors == MessageRef("tg", "-1", "a9")
    assert reply.only_in == ()


@pytest.mark.parametrize(
    "text", [".note", "。备注", "．note", "//note", "  . note", "/note it", "/typo", "/ clsoe"]
)
@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_notes_and_mistyped_commands_stay_inside_and_are_marked(text: str, state: State) -> None:
    decision = decided(conversation(state), agent_wrote(text))
    assert sent(decision, CUSTOMER) == []
    assert any(isinstance(a, MarkInternal) and a.message_id == "a9" for a in decision.actions)


@pytest.mark.parametrize("who", [BO, STRANGER])
@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_nobody_else_reaches_the_customer(who: object, state: State) -> None:
    decision = decided(conversation(state), agent_wrote("psst", who))  # type: ignore[arg-type]
    assert sent(decision, CUSTOMER) == []
    assert len(sent(decision, THREAD)) == 1
    assert decision.conversation.state is state


def test_whoever_is_in_the_channel_is_an_agent_when_none_are_listed() -> None:
    everybody = structs.replace(SETTINGS, agents=frozenset())
    decision = decided(conversation(State.WAITING), agent_wrote("/claim", STRANGER), everybody)
    assert decision.conversation.state is State.HUMAN


def test_a_stranger_can_neither_claim_nor_close() -> None:
    for value in ("claim", "close", "bot", "takeover"):
        event = pressed(f"{value}:{TICKET.id}", STRANGER, THREAD)
        assert decided(conversation(State.WAITING), event).conversation.state is State.WAITING


def test_words_in_another_thread_stay_there() -> None:
    decision = decided(conversation(State.HUMAN), agent_wrote("hello?", where=OTHER_THREAD))
    assert sent(decision, CUSTOMER) == sent(decision, THREAD) == []
    assert len(sent(decision, OTHER_THREAD)) == 1


def test_a_button_of_an_earlier_case_does_nothing_to_this_one() -> None:
    decision = decided(conversation(State.HUMAN), pressed("close:KOLD", LIN, THREAD))
    assert decision.conversation.state is State.HUMAN


def test_taking_over_changes_hands_and_tells_both_sides() -> None:
    decision = decided(conversation(State.HUMAN), agent_wrote("/takeover", BO))
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.agent == BO
    assert "Bo" in sent(decision, CUSTOMER)[0].text
    assert any(isinstance(a, UpdateCard) and a.card.agent == "Bo" for a in decision.actions)
    after = decided(decision.conversation, agent_wrote("me too", LIN))
    assert sent(after, CUSTOMER) == []


def test_a_reply_edited_into_a_note_does_not_change_the_copy() -> None:
    kept = decided(conversation(State.HUMAN), edited(". oops", LIN, THREAD, "a1"))
    assert not any(isinstance(a, Edit) for a in kept.actions)
    changed = decided(conversation(State.HUMAN), edited("better", LIN, THREAD, "a1"))
    (edit,) = [a for a in changed.actions if isinstance(a, Edit)]
    assert (edit.to, edit.text) == (CUSTOMER, "better")


def test_only_the_cases_agent_can_take_a_reply_back() -> None:
    for who, count in ((LIN, 1), (BO, 0)):
        event = MessageDeleted("e1", NOW, THREAD, "a1", who)
        decision = decided(conversation(State.HUMAN), event)
        assert len([a for a in decision.actions if isinstance(a, Delete)]) == count


def test_typing_is_shown_to_the_other_side_only() -> None:
    customer = decided(conversation(State.HUMAN), TypingStarted("e", NOW, CUSTOMER, LIN))
    agent = decided(conversation(State.HUMAN), TypingStarted("e", NOW, THREAD, LIN))
    other = decided(conversation(State.HUMAN), TypingStarted("e", NOW, THREAD, BO))
    assert [a.to for a in customer.actions if isinstance(a, ShowTyping)] == [THREAD]
    assert [a.to for a in agent.actions if isinstance(a, ShowTyping)] == [CUSTOMER]
    assert other.actions == ()


@pytest.mark.parametrize("agents", [frozenset(), SETTINGS.agents | {STRANGER.key}])
def test_people_of_another_organisation_are_never_agents(agents: frozenset[str]) -> None:
    outsider = structs.replace(STRANGER, outside=True)
    settings = structs.replace(SETTINGS, agents=agents)
    waiting, theirs = conversation(State.WAITING), conversation(State.HUMAN)
    assert theirs.ticket is not None
    theirs = structs.replace(theirs, ticket=structs.replace(theirs.ticket, agent=outsider))
    for given, event in (
        (waiting, agent_wrote("/claim", outsider)),
        (waiting, pressed(f"claim:{TICKET.id}", outsider, THREAD)),
        (theirs, agent_wrote("send me your key", outsider)),
        (theirs, agent_wrote("/close", outsider)),
        (theirs, edited("send me your key", outsider, THREAD, "a1")),
        (theirs, TypingStarted("", NOW, THREAD, outsider)),
    ):
        decision = decided(given, event, settings)
        assert decision.conversation.state is given.state
        assert decision.conversation.ticket == given.ticket
        assert not [a for a in decision.actions if getattr(a, "to", None) == CUSTOMER]


def test_a_case_is_not_transferred_to_another_organisation() -> None:
    settings = structs.replace(SETTINGS, agents=frozenset())
    transfer = agent_wrote("/transfer @Eve")
    mention = Span("mention", 10, 14, "tg:7")
    for outsiders, agent in (((), "tg:7"), (("tg:7",), LIN.key)):
        message = structs.replace(transfer.message, spans=(mention,), outsiders=outsiders)
        event = structs.replace(transfer, message=message)
        ticket = decided(conversation(State.HUMAN), event, settings).conversation.ticket
        assert ticket is not None and ticket.agent is not None
        assert ticket.agent.key == agent
