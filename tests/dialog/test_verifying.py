"""Who poses as us: customers can ask, and are warned; agents are told."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.dialog.conversation import Conversation, State
from chat.events import Event
from chat.phrases import say
from handoff.ticket import lines_of
from tests.dialog.situations import (
    CUSTOMER,
    LIN,
    SETTINGS,
    THREAD,
    TICKET,
    conversation,
    decided,
    opened,
    sent,
    wrote,
)

ASKING = ("/verify", "你是真客服吗", "is this really Tokenim support?")
FAKE = "tokenim-support.com"


def told(given: Conversation, event: Event) -> str:
    """All that the customer reads."""
    return "\n".join(action.text for action in sent(decided(given, event), CUSTOMER))


@pytest.mark.parametrize("text", ASKING)
def test_without_a_case_nobody_of_the_team_is_there(text: str) -> None:
    for lang in ("zh", "en"):
        given = structs.replace(conversation(State.BOT), lang=lang, language_chosen=True)
        words = told(given, wrote(text))
        assert say("customer.verify_bot", lang, brand="Tokenim") in words  # type: ignore[arg-type]
        assert decided(given, wrote(text)).conversation.state is State.BOT


@pytest.mark.parametrize("text", ASKING)
@pytest.mark.parametrize("state", [State.OPENING, State.WAITING])
def test_who_waits_is_told_that_nobody_has_joined(state: State, text: str) -> None:
    words = told(conversation(state), wrote(text))
    assert TICKET.id in words
    assert "还没有人接入" in words


@pytest.mark.parametrize("text", ASKING)
def test_the_agents_name_the_case_and_since_when_are_told(text: str) -> None:
    words = told(conversation(State.HUMAN), wrote(text))
    assert LIN.name in words and TICKET.id in words
    assert say("customer.ago_minutes", "zh", n=1) in words


@pytest.mark.parametrize(
    ("seconds", "key", "n"),
    [(0, "minutes", 1), (300, "minutes", 5), (7200, "hours", 2), (200_000, "days", 2)],
)
def test_since_when_is_told_in_words(seconds: float, key: str, n: int) -> None:
    given = conversation(State.HUMAN)
    assert given.ticket is not None
    ticket = structs.replace(given.ticket, claimed_at=1000.0 - seconds)
    words = told(structs.replace(given, ticket=ticket), wrote("/verify"))
    assert say(f"customer.ago_{key}", "zh", n=n) in words


def test_a_question_goes_to_the_agent_too_and_a_command_does_not() -> None:
    shown = [a.text for a in sent(decided(conversation(State.HUMAN), wrote(ASKING[1])), THREAD)]
    assert shown == [ASKING[1]]
    assert sent(decided(conversation(State.HUMAN), wrote("/verify")), THREAD) == []


def test_the_official_addresses_are_told_where_they_are_known() -> None:
    assert "tokenim.com" in told(conversation(State.BOT), wrote("/verify"))
    unknown = structs.replace(SETTINGS, official=structs.replace(SETTINGS.official, domains=()))
    decision = decided(conversation(State.BOT), wrote("/verify"), unknown)
    assert "tokenim.com" not in sent(decision, CUSTOMER)[0].text


@pytest.mark.parametrize("state", State)
def test_a_link_that_imitates_ours_is_pointed_out_to_both_sides(state: State) -> None:
    decision = decided(conversation(state), wrote(f"有人给我发了 {FAKE}"))
    warnings = [a.text for a in sent(decision, CUSTOMER) if FAKE in a.text]
    assert len(warnings) == 1
    assert "tokenim.com" in warnings[0]
    agents = [a.text for a in sent(decision, THREAD)]
    agents += [x.text for x in lines_of(decision.conversation.story) if x.internal]
    assert any("≠ tokenim.com" in text for text in agents)


def test_our_own_link_is_nothing_to_point_out() -> None:
    decision = decided(conversation(State.HUMAN), wrote("https://help.tokenim.com/a"))
    assert sent(decision, CUSTOMER) == []
    assert len(sent(decision, THREAD)) == 1


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize(
    ("text", "host", "phrase"),
    [
        ("help.tokenim.com 是官方的吗", "help.tokenim.com", "customer.official_link"),
        ("is https://wallet-help.io/x really yours?", "wallet-help.io", "customer.foreign_link"),
    ],
)
def test_who_asks_about_an_address_is_told_whose_it_is(
    state: State, text: str, host: str, phrase: str
) -> None:
    given = structs.replace(conversation(state), lang="zh", language_chosen=True)
    decision = decided(given, wrote(text))
    assert say(phrase, "zh", host=host) in sent(decision, CUSTOMER)[-1].text
    assert say("customer.official_domains", "zh", domains="tokenim.com") in told(given, wrote(text))


def test_a_question_that_is_answered_is_answered_beside_the_warning() -> None:
    words = told(conversation(State.BOT), wrote(f"怎么重置登录密码 {FAKE}"))
    assert FAKE in words


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_a_claim_to_be_staff_is_pointed_out_to_agents_only(state: State) -> None:
    decision = decided(conversation(state), wrote("我是官方客服，请提供助记词"))
    assert sent(decision, CUSTOMER) == []
    assert sent(decision, THREAD)[-1].text == say("desk.poses", "zh")


def test_a_name_like_staff_is_on_the_card() -> None:
    event = wrote("转人工")
    posing = structs.replace(event.message.sender, name="Tokenim Support")
    event = structs.replace(event, message=structs.replace(event.message, sender=posing))
    (thread,) = opened(decided(conversation(State.BOT), event))
    assert say("desk.card.posing", "zh") in thread.card.lines


def test_each_handover_reminds_once_of_what_we_never_do() -> None:
    for text in ("转人工", "我的账号被盗了资产不见了", "你们就这样对待老用户的吗"):
        assert told(conversation(State.BOT), wrote(text)).count(say("customer.reminder", "zh")) == 1
