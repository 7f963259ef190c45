"""Customers who are upset or in danger: they are heard, they reach a person, and agents see why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from bot.dialog.conversation import CRISIS_LINES, Conversation, Decision, Settings, State
from bot.dialog.engine import decide
from bot.dialog.transitions import TABLE, Trigger
from chat.actions import Card, Record, UpdateCard
from chat.events import ThreadOpened
from chat.phrases import say
from handoff.priority import Priority
from tests.dialog.situations import (
    CUSTOMER,
    LI,
    NOW,
    SETTINGS,
    THREAD,
    TICKET,
    agent_wrote,
    before,
    conversation,
    decided,
    edited,
    opened,
    sent,
    wrote,
)
from tests.scenarios.simulation.knowledge import KNOWLEDGE
from tests.scenarios.simulation.moods import DOUBT

DANGER, LEGAL, ANGER, FEAR = "我不想活了", "我会找律师", "你们就这样对待老用户的吗", "我好害怕"
GRUMBLE = "又是这样 {}"
REMINDER = say("customer.reminder", "zh")


def told(decision: Decision) -> str:
    """All that the customer reads."""
    return "\n".join(action.text for action in sent(decision, CUSTOMER))


def card(decision: Decision) -> Card:
    """The card that is drawn."""
    drawn = [a.card for a in decision.actions if isinstance(a, UpdateCard)]
    return (drawn or [a.card for a in opened(decision)])[-1]


def with_priority(state: State, priority: Priority | None) -> Conversation:
    given_ = conversation(state)
    assert given_.ticket is not None
    return structs.replace(given_, ticket=structs.replace(given_.ticket, priority=priority))


# ── the bot has the conversation ─────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "kind", "priority"),
    [(ANGER, "anger", "P2"), (LEGAL, "legal", "P1"), (FEAR, "anxiety", "P3")],
)
def test_who_is_upset_is_heard_and_handed_over(text: str, kind: str, priority: str) -> None:
    decision = decided(conversation(State.BOT), wrote(f"等了三天。{text}"))
    ticket = decision.conversation.ticket
    assert decision.conversation.state is State.OPENING
    assert ticket is not None
    assert (ticket.cause, ticket.mood, ticket.priority) == ("upset", kind, priority)
    assert say(f"customer.upset.{kind}", "zh") in told(decision)
    assert "3" in told(decision), "the place in line is told"
    assert say("customer.upset.when", "zh", minutes=5) in told(decision)
    assert told(decision).count(REMINDER) == 1


@pytest.mark.parametrize("text", [ANGER, LEGAL, FEAR, DANGER])
def test_the_card_names_the_reason_and_the_words_that_caused_it(text: str) -> None:
    decision = decided(conversation(State.BOT), wrote(f"等了三天了还没到账。{text}。"))
    shown = card(decision)
    ticket = decision.conversation.ticket
    assert ticket is not None
    lines = "\n".join(shown.lines)
    assert say("desk.card.evidence", "zh", evidence=text) in lines
    assert ticket.priority == shown.priority
    assert str(ticket.priority) in lines
    assert say(f"desk.mood.{ticket.mood}", "zh") in lines
    assert shown.reason in lines


def test_an_anxious_customer_gets_the_sure_answer_too_and_an_angry_one_does_not() -> None:
    answer = KNOWLEDGE.entries["deposit.missing"].answer["zh"]
    question = "充值没到账怎么办呢请帮我看看"
    afraid = decided(conversation(State.BOT), wrote(f"{question}，{FEAR}"))
    angry = decided(conversation(State.BOT), wrote(f"{question}，{ANGER}"))
    assert answer in told(afraid)
    assert answer not in told(angry)
    assert afraid.conversation.state is angry.conversation.state is State.OPENING


def test_the_problem_is_named_only_where_it_is_known_for_sure() -> None:
    title = KNOWLEDGE.entries["deposit.missing"].title["zh"]
    known = decided(conversation(State.BOT), wrote(f"充值没到账怎么办呢请帮我看看，{LEGAL}"))
    guessed = decided(conversation(State.BOT), wrote(f"充值 {LEGAL}"))
    assert say("customer.upset.about", "zh", topic=title) in told(known)
    assert title not in told(guessed)


def test_doubting_that_we_are_real_in_anger_reaches_a_person() -> None:
    assert decided(conversation(State.BOT), wrote("你们是骗子吗")).conversation.state is State.BOT
    angry = decided(conversation(State.BOT), wrote(f"你们是骗子吗，{ANGER}"))
    assert angry.conversation.state is State.OPENING


def test_an_urgent_topic_is_answered_also_for_who_is_upset() -> None:
    decision = decided(conversation(State.BOT), wrote(f"我的账号被盗了资产不见了，{FEAR}"))
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert (ticket.cause, ticket.priority, ticket.mood) == ("critical", "P1", "anxiety")
    assert KNOWLEDGE.entries["account.stolen"].answer["zh"] in told(decision)


def test_grumbling_gathers_until_a_person_is_called() -> None:
    given_ = conversation(State.BOT)
    settings = structs.replace(SETTINGS, misses_before_person=99)
    states = []
    for turn in range(4):
        event = wrote(GRUMBLE.format(f"xyzzy{turn}"), event=f"e{turn}", message=f"m{turn + 10}")
        given_ = decided(given_, event, settings).conversation
        states.append(given_.state)
    assert states == [State.BOT, State.BOT, State.BOT, State.OPENING] or states[:3] == [
        State.BOT,
        State.BOT,
        State.OPENING,
    ]
    assert given_.ticket is not None
    assert given_.ticket.priority == "P3"
    assert given_.temper.level == 0, "a new case begins afresh"


def test_the_same_question_again_reaches_a_person() -> None:
    settings = structs.replace(SETTINGS, misses_before_person=99)
    first = decided(conversation(State.BOT), wrote("xyzzy plugh"), settings).conversation
    again = decided(first, wrote("Xyzzy  plugh!!", event="e2", message="m10"), settings)
    assert first.state is State.BOT
    assert again.conversation.ticket is not None
    assert again.conversation.ticket.cause == "stuck"


def test_another_question_about_another_topic_is_no_repetition() -> None:
    first = decided(conversation(State.BOT), wrote("怎么重置登录密码")).conversation
    other = wrote("充值没到账怎么办呢请帮我看看", event="e2", message="m10")
    assert decided(first, other).conversation.state is State.BOT


def test_the_same_question_the_next_day_is_answered_again() -> None:
    first = decided(conversation(State.BOT), wrote("怎么重置登录密码")).conversation
    late = wrote("怎么重置登录密码", event="e2", message="m10")
    late = structs.replace(late, message=structs.replace(late.message, at=NOW + 86400.0))
    assert decided(first, late).conversation.state is State.BOT


def test_without_a_model_nobody_is_upset_and_no_score_is_kept() -> None:
    decision = decide(
        conversation(State.BOT), wrote(DANGER), settings=SETTINGS, knowledge=KNOWLEDGE
    )
    assert decision.conversation.state is State.BOT
    assert decision.conversation.temper.level == 0


# ── danger ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", State)
def test_danger_is_heard_in_every_state(state: State) -> None:
    decision = decided(conversation(state), wrote(DANGER))
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert ticket.priority == "P0"
    assert CRISIS_LINES["zh"] in told(decision)
    assert (state, Trigger.DANGER) in TABLE
    assert card(decision).title.startswith("🆘") if state is not State.OPENING else True
    if state in (State.WAITING, State.HUMAN):
        (call,) = [a for a in sent(decision, THREAD) if a.rings]
        assert DANGER in call.text


@pytest.mark.parametrize("state", State)
def test_danger_in_an_edit_is_heard_too(state: State) -> None:
    decision = decided(conversation(state), edited(DANGER, LI, CUSTOMER, "m1"))
    ticket = decision.conversation.ticket
    assert ticket is not None and ticket.priority == "P0"


def test_danger_comes_before_thanks_commands_and_an_earlier_case() -> None:
    assert decided(before(State.BOT, Trigger.CAME_BACK), wrote(DANGER)).conversation.state is (
        State.OPENING
    )


def test_the_first_line_in_a_new_thread_calls_everybody() -> None:
    opening = decided(conversation(State.BOT), wrote(DANGER)).conversation
    assert opening.ticket is not None
    event = ThreadOpened("e2", NOW + 1, CUSTOMER.key, opening.ticket.id, THREAD, "card")
    first = sent(decided(opening, event), THREAD)[0]
    assert first.rings
    assert DANGER in first.text


def test_the_operators_own_crisis_line_is_told() -> None:
    settings = structs.replace(SETTINGS, crisis_lines={"zh": "热线一二三", "en": "line 123"})
    assert "热线一二三" in told(decided(conversation(State.BOT), wrote(DANGER), settings))


@pytest.mark.parametrize("state", [State.OPENING, State.WAITING, State.HUMAN])
def test_whom_to_call_is_told_once_in_a_case(state: State) -> None:
    first = decided(conversation(state), wrote(DANGER)).conversation
    again = decided(first, wrote(DANGER, event="e2", message="m10"))
    assert CRISIS_LINES["zh"] not in told(again)


def test_the_wording_for_danger_names_no_business() -> None:
    text = told(decided(conversation(State.BOT), wrote(DANGER)))
    assert REMINDER not in text


# ── who may be in danger ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", State)
def test_who_may_be_in_danger_reads_whom_to_call_and_nobody_is_rung(state: State) -> None:
    decision = decided(conversation(state), wrote(DOUBT))
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert (ticket.priority, ticket.mood) == ("P1", "danger")
    assert CRISIS_LINES["zh"] in told(decision)
    assert not any(a.rings for a in sent(decision, THREAD))


def test_who_may_be_in_danger_still_gets_an_answer() -> None:
    question = "充值没到账怎么办呢请帮我看看"
    doubted = told(decided(conversation(State.BOT), wrote(f"{question}，{DOUBT}")))
    assert KNOWLEDGE.entries["deposit.missing"].answer["zh"] in doubted
    stolen = decided(conversation(State.BOT), wrote(f"我的账号被盗了资产不见了，{DOUBT}"))
    assert KNOWLEDGE.entries["account.stolen"].answer["zh"] in told(stolen)
    assert CRISIS_LINES["zh"] in told(stolen)


@pytest.mark.parametrize("state", [State.OPENING, State.WAITING, State.HUMAN])
def test_a_doubt_is_told_where_the_case_is_as_urgent_already(state: State) -> None:
    decision = decided(with_priority(state, "P1"), wrote(DOUBT))
    assert CRISIS_LINES["zh"] in told(decision)
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.mood == "danger"


@pytest.mark.parametrize("state", [State.OPENING, State.WAITING, State.HUMAN])
def test_a_second_doubt_rings_unless_somebody_has_the_case(state: State) -> None:
    first = decided(conversation(state), wrote(DOUBT)).conversation
    second = decided(first, wrote(DOUBT, event="e2", message="m10"))
    assert second.conversation.ticket is not None
    assert second.conversation.ticket.priority == ("P1" if state is State.HUMAN else "P0")
    assert CRISIS_LINES["zh"] not in told(second)


# ── while there is a case ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("state", [State.OPENING, State.WAITING, State.HUMAN])
@pytest.mark.parametrize("was", [None, "P0", "P1", "P2", "P3"])
@pytest.mark.parametrize(("text", "is_"), [(LEGAL, "P1"), (ANGER, "P2"), (FEAR, "P3")])
def test_a_case_is_raised_and_never_lowered(
    state: State, was: Priority | None, text: str, is_: Priority
) -> None:
    decision = decided(with_priority(state, was), wrote(text))
    ticket = decision.conversation.ticket
    assert ticket is not None
    raised = was is None or is_ < was
    assert ticket.priority == (is_ if raised else was)
    assert ticket.evidence == (text if raised else "")
    redrawn = [a.card for a in decision.actions if isinstance(a, UpdateCard)]
    assert bool(redrawn) is (raised and state is not State.OPENING)
    records = [a for a in decision.actions if isinstance(a, Record) and a.kind == "raised"]
    assert len(records) == raised


def test_a_closed_case_comes_back_calm_unless_its_customer_does_not() -> None:
    over = decided(with_priority(State.HUMAN, "P0"), agent_wrote("/close")).conversation
    for text, priority in (("one more thing", None), (LEGAL, "P1")):
        back = decided(over, wrote(text, event="e2", message="m10"))
        assert back.conversation.state is State.HUMAN
        assert back.conversation.ticket is not None
        assert back.conversation.ticket.priority == priority
        assert card(back).priority == (priority or "")


def test_the_bot_stays_silent_with_a_person_there_but_for_a_life() -> None:
    for text in (LEGAL, ANGER, FEAR):
        assert sent(decided(conversation(State.HUMAN), wrote(text)), CUSTOMER) == []
    speakers = {
        a.speaker.role for a in sent(decided(conversation(State.HUMAN), wrote(DANGER)), CUSTOMER)
    }
    assert speakers == {"system"}


def test_the_message_itself_is_shown_before_the_alarm() -> None:
    first, second, *_ = sent(decided(conversation(State.WAITING), wrote(LEGAL)), THREAD)
    assert (first.text, first.speaker.role) == (LEGAL, "customer")
    assert second.speaker.role == "system" and LEGAL in second.text


def test_what_was_raised_while_opening_is_on_the_card_once_the_thread_is_there() -> None:
    raised = decided(conversation(State.OPENING), wrote(LEGAL)).conversation
    event = ThreadOpened("e2", NOW + 1, CUSTOMER.key, TICKET.id, THREAD, "card")
    assert card(decided(raised, event)).priority == "P1"


@given(
    st.lists(st.sampled_from([DANGER, LEGAL, ANGER, FEAR, "more", "谢谢", "转人工"]), max_size=8)
)
def test_whatever_is_said_a_case_only_gets_more_urgent(texts: list[str]) -> None:
    given_ = conversation(State.WAITING)
    ranks = []
    for turn, text in enumerate(texts):
        given_ = decided(
            given_, wrote(text, event=f"e{turn}", message=f"m{turn + 10}")
        ).conversation
        assert given_.ticket is not None
        ranks.append(given_.ticket.priority or "P9")
    assert ranks == sorted(ranks, reverse=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_wording_tells_anybody_to_calm_down(lang: str) -> None:
    from chat.phrases import PHRASES

    heard = [v[lang].lower() for k, v in PHRASES.items() if k.startswith("customer.")]
    for words in ("calm down", "relax", "冷静", "别激动", "不要激动", "别着急", "不要着急"):
        assert not any(words in text for text in heard)


def test_a_desk_without_reminders_promises_no_time() -> None:
    settings: Settings = structs.replace(SETTINGS, reminders=())
    text = told(decided(conversation(State.BOT), wrote(ANGER), settings))
    assert "分钟" not in text
