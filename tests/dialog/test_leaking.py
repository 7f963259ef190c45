"""Who sends a secret is warned, the platform's copy goes, and agents know what it was."""

from __future__ import annotations

import pytest
from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, QueueView, State
from bot.dialog.engine import decide
from bot.knowledge import read_knowledge
from chat.actions import Delete, Record, UpdateCard, is_erasure
from chat.address import Address, Person
from chat.events import MessageDeleted, MessageEdited, MessageReceived
from chat.message import Attachment, Message, SecretKind
from chat.phrases import say
from faq.knowledge_base import KnowledgeBase
from handoff.secrets.finder import marker
from handoff.ticket import lines_of
from tests.dialog.situations import (
    CUSTOMER,
    LI,
    LIN,
    NOW,
    OTHER_THREAD,
    SETTINGS,
    THREAD,
    conversation,
    decided,
    leaked,
    opened,
    sent,
    wrote,
)

PHOTO = Attachment("photo", "screen.png", "image/png", 9, "web:1")
CASES = [State.OPENING, State.WAITING, State.HUMAN]


def _erased(decision: Decision) -> list[Delete]:
    return [a for a in decision.actions if isinstance(a, Delete) and is_erasure(a)]


def _told(decision: Decision) -> str:
    return "\n".join(send.text for send in sent(decision, CUSTOMER))


def _inside(decision: Decision) -> str:
    """What agents read: in the thread, or in the story that the thread will be told."""
    story = [line.text for line in lines_of(decision.conversation.story) if line.internal]
    return "\n".join([*(send.text for send in sent(decision, THREAD)), *story])


def test_a_seed_phrase_is_answered_and_handed_over_at_once() -> None:
    decision = decided(conversation(State.BOT), leaked("seed"))
    assert decision.conversation.state is State.OPENING
    told = _told(decision)
    assert say("secret.name.seed", "zh") in told
    assert say("customer.leak_handover", "zh", position=3) in told
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert (ticket.cause, ticket.priority) == ("leaked", "P1")
    assert opened(decision)


def test_the_topic_of_leaked_keys_is_what_is_answered(built_in: KnowledgeBase) -> None:
    decision = decide(
        conversation(State.BOT),
        leaked("private_key"),
        settings=SETTINGS,
        knowledge=built_in,
        queue=QueueView(0),
    )
    assert built_in.get("security.key_leaked").answer["zh"] in _told(decision)
    assert decision.conversation.topics == ("security.key_leaked",)


@pytest.fixture(scope="module")
def built_in() -> KnowledgeBase:
    return read_knowledge(None)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("kind", ["seed", "card", "password"])
def test_whoever_has_the_case_the_sender_is_warned_and_the_message_erased(
    state: State, kind: SecretKind
) -> None:
    decision = decided(conversation(state), leaked(kind, "为什么登不上"))
    assert say(f"secret.name.{kind}", "zh") in _told(decision)
    assert [action.target.id for action in _erased(decision)] == ["m9"]
    assert any(isinstance(a, Record) and a.kind == "secret_removed" for a in decision.actions)


@pytest.mark.parametrize("state", CASES)
def test_agents_read_what_was_removed(state: State) -> None:
    decision = decided(conversation(state), leaked("card", "绑不上"))
    assert say("desk.secret_removed", "zh", what=say("secret.name.card", "zh")) in _inside(decision)


@pytest.mark.parametrize("state", CASES)
def test_a_leak_raises_the_case(state: State) -> None:
    decision = decided(conversation(state), leaked("private_key"))
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert ticket.priority == "P1"
    if state is not State.OPENING:
        assert any(isinstance(action, UpdateCard) for action in decision.actions)


def test_a_life_in_danger_stays_before_a_leak() -> None:
    given = conversation(State.WAITING)
    assert given.ticket is not None
    given = structs.replace(given, ticket=structs.replace(given.ticket, priority="P0"))
    after = decided(given, leaked("seed")).conversation.ticket
    assert after is not None
    assert after.priority == "P0"


def test_what_else_was_asked_is_answered() -> None:
    plain = _told(decided(conversation(State.BOT), wrote("怎么重置登录密码")))
    decision = decided(conversation(State.BOT), leaked("password", "怎么重置登录密码"))
    assert plain in _told(decision)


def test_nothing_but_a_card_is_no_question() -> None:
    decision = decided(conversation(State.BOT), leaked("card"))
    assert decision.conversation.state is State.BOT
    assert say("customer.missed", "zh") not in _told(decision)


def test_parts_of_one_phrase_bring_one_warning() -> None:
    first = decided(conversation(State.HUMAN), leaked("seed"))
    second = decided(first.conversation, leaked("seed"))
    assert say("secret.name.seed", "zh") in _told(first)
    assert sent(second, CUSTOMER) == []
    assert _erased(second)


def test_a_masked_phone_number_is_no_reason_to_warn() -> None:
    decision = decided(conversation(State.HUMAN), leaked("phone"))
    assert sent(decision, CUSTOMER) == []
    assert _erased(decision) == []


@pytest.mark.parametrize("kind", ["seed", "card"])
def test_an_edit_that_brings_a_secret_in_is_warned_of(kind: SecretKind) -> None:
    message = Message("m0", NOW, LI, CUSTOMER, marker(kind), removed=(kind,))
    decision = decided(conversation(State.BOT), MessageEdited("e1", NOW, message))
    assert say(f"secret.name.{kind}", "zh") in _told(decision)
    assert _erased(decision)


def test_a_deletion_of_ours_is_not_taken_for_the_customers() -> None:
    first = decided(conversation(State.HUMAN), leaked("seed"))
    gone = MessageDeleted("e2", NOW, CUSTOMER, "m9")
    assert decided(first.conversation, gone).actions == ()
    assert decided(conversation(State.HUMAN), gone).actions != ()


# ── pictures ─────────────────────────────────────────────────────────────────────────────────


CAUTION = say("desk.picture_caution", "zh")


def _after(given: Conversation, *events: MessageReceived) -> Decision:
    decision = Decision(given, ())
    for number, event in enumerate(events):
        decision = decided(decision.conversation, structs.replace(event, id=f"e{number}"))
    return decision


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
@pytest.mark.parametrize(
    "events",
    [
        [wrote(marker("seed"), removed=("seed",), attachments=(PHOTO,))],
        [leaked("seed"), wrote("", attachments=(PHOTO,))],
        [wrote("", attachments=(PHOTO,)), leaked("seed")],
        [wrote("这是我的助记词截图", attachments=(PHOTO,))],
        [wrote("私钥导不进去"), wrote("", attachments=(PHOTO,))],
        [wrote("", attachments=(structs.replace(PHOTO, name="助记词.png"),))],
    ],
)
def test_agents_are_cautioned_of_pictures_that_may_show_a_secret(
    state: State, events: list[MessageReceived]
) -> None:
    assert CAUTION in _inside(_after(conversation(state), *events))


def test_an_ordinary_picture_brings_no_caution() -> None:
    events = wrote("充值没到账"), wrote("", attachments=(PHOTO,))
    assert CAUTION not in _inside(_after(conversation(State.HUMAN), *events))


# ── agents ───────────────────────────────────────────────────────────────────────────────────


def _by(agent: Person, where: Address = THREAD) -> MessageReceived:
    text = f"您的临时密码是 {marker('password')}"
    return MessageReceived("e1", NOW, Message("a9", NOW, agent, where, text, removed=("password",)))


def test_an_agents_secret_does_not_reach_the_customer_and_they_are_told() -> None:
    decision = decided(conversation(State.HUMAN), _by(LIN))
    assert marker("password") in _told(decision)
    hint = say("desk.own_secret_removed", "zh", what=say("secret.name.password", "zh"))
    assert hint in _inside(decision)
    assert [(action.to, action.target.id) for action in _erased(decision)] == [(THREAD, "a9")]


def test_erasing_an_agents_message_does_not_take_the_reply_back() -> None:
    first = decided(conversation(State.HUMAN), _by(LIN))
    gone = MessageDeleted("e2", NOW, THREAD, "a9", LIN)
    assert decided(first.conversation, gone).actions == ()


def test_in_the_thread_of_a_case_that_is_over_they_are_told_too() -> None:
    decision = decided(conversation(State.HUMAN), _by(LIN, OTHER_THREAD))
    assert [action.to for action in _erased(decision)] == [OTHER_THREAD]
