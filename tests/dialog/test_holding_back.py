"""Agents' replies that break a service norm: kept back, mended, sent anyway, never twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import json, structs

from bot.dialog.conversation import Conversation, Decision, State
from chat.actions import Delete, Edit, MarkInternal, Record, Send
from chat.events import Event, MessageDeleted, ThreadOpened
from chat.message import Attachment, MessageRef
from chat.phrases import say
from handoff.ticket import lines_of
from tests.dialog.situations import (
    BO,
    CUSTOMER,
    LIN,
    NOW,
    OTHER_THREAD,
    THREAD,
    TICKET,
    agent_wrote,
    conversation,
    decided,
    edited,
    failed,
    holding_back,
    pressed,
    relay,
    sent,
)

PROMISE, SECRET, CLEAN = "it is guaranteed", "send me your seed phrase", "I will look after it"


def reply(text: str, number: int = 1, **more: object) -> Event:
    """Lin writes in the thread."""
    event = agent_wrote(text, event=f"e{number}")
    return structs.replace(event, message=structs.replace(event.message, id=f"a{number}", **more))


def buttons(decision: Decision) -> list[str]:
    """What can be pressed in the thread."""
    return [b.value for a in sent(decision, THREAD) for row in a.buttons for b in row]


def held(text: str = PROMISE) -> tuple[Conversation, str]:
    """A conversation with a held reply, and the value that sends it."""
    decision = decided(conversation(State.HUMAN), reply(text))
    return decision.conversation, buttons(decision)[0]


def test_a_reply_against_the_norms_waits_with_a_private_hint() -> None:
    decision = decided(conversation(State.HUMAN), reply(PROMISE))
    assert sent(decision, CUSTOMER) == []
    (hint,) = sent(decision, THREAD)
    assert hint.reply_to == MessageRef("tg", "-1", "a1")
    assert "guaranteed" in hint.text and "请换个说法" in hint.text
    assert len(buttons(decision)) == 1
    assert any(isinstance(a, MarkInternal) for a in decision.actions)
    assert [a.kind for a in decision.actions if isinstance(a, Record)] == ["reply_held"]
    assert lines_of(decision.conversation.story)[-1].internal


def test_a_button_names_ticket_and_reply_and_fits_every_platform() -> None:
    _, value = held()
    assert value.startswith(f"send:{TICKET.id}:")
    assert len(value.encode()) <= 64


def test_one_press_sends_once() -> None:
    waiting, value = held()
    first = decided(waiting, pressed(value, LIN, THREAD))
    assert [(a.text, a.mirrors) for a in sent(first, CUSTOMER)] == [
        (PROMISE, MessageRef("tg", "-1", "a1"))
    ]
    assert not lines_of(first.conversation.story)[-1].internal
    again = decided(first.conversation, pressed(value, LIN, THREAD))
    assert sent(again, CUSTOMER) == []
    assert sent(again, THREAD)[0].text == say("desk.send_refused", "zh")


def test_only_its_author_sends_it() -> None:
    waiting, value = held()
    assert sent(decided(waiting, pressed(value, BO, THREAD)), CUSTOMER) == []
    taken = decided(waiting, agent_wrote("/takeover", BO, event="e5")).conversation
    for who in (LIN, BO):
        assert sent(decided(taken, pressed(value, who, THREAD)), CUSTOMER) == []


def test_asking_for_a_secret_has_no_button_and_no_press_sends_it() -> None:
    decision = decided(conversation(State.HUMAN), reply(SECRET))
    assert buttons(decision) == []
    assert say("desk.held_never", "zh") in sent(decision, THREAD)[0].text
    ticket = decision.conversation.ticket
    assert ticket is not None
    forged = f"send:{TICKET.id}:{ticket.held_replies[0].key}"
    assert sent(decided(decision.conversation, pressed(forged, LIN, THREAD)), CUSTOMER) == []


@pytest.mark.parametrize("text", [PROMISE, SECRET])
def test_better_words_go_out_at_once(text: str) -> None:
    waiting = decided(conversation(State.HUMAN), reply(text)).conversation
    mended = decided(waiting, edited(CLEAN, LIN, THREAD, "a1"))
    assert [a.text for a in sent(mended, CUSTOMER)] == [CLEAN]
    assert lines_of(mended.conversation.story)[-1].text == CLEAN
    assert mended.conversation.ticket is not None
    assert mended.conversation.ticket.held_replies == ()


def test_files_of_a_held_reply_are_sent_with_its_better_words() -> None:
    file = Attachment("file", "a.pdf", "application/pdf", 1, "tg:x")
    waiting = decided(conversation(State.HUMAN), reply(PROMISE, attachments=(file,))).conversation
    (out,) = sent(decided(waiting, edited(CLEAN, LIN, THREAD, "a1")), CUSTOMER)
    assert out.attachments == (file,)


def test_an_edit_is_looked_at_again_and_the_old_button_is_dead() -> None:
    waiting, value = held()
    edit = edited("all of it is guaranteed", LIN, THREAD, "a1")
    worse = decided(waiting, structs.replace(edit, id="e2"))
    assert sent(worse, CUSTOMER) == []
    new = buttons(worse)[0]
    assert sent(decided(worse.conversation, pressed(value, LIN, THREAD)), CUSTOMER) == []
    (out,) = sent(decided(worse.conversation, pressed(new, LIN, THREAD)), CUSTOMER)
    assert out.text == "all of it is guaranteed"


def test_a_sent_reply_cannot_be_edited_into_a_breach() -> None:
    said = decided(conversation(State.HUMAN), reply(CLEAN)).conversation
    worse = decided(said, edited(PROMISE, LIN, THREAD, "a1"))
    assert not any(isinstance(a, Edit) for a in worse.actions)
    decision = decided(worse.conversation, pressed(buttons(worse)[0], LIN, THREAD))
    (change,) = [a for a in decision.actions if isinstance(a, Edit)]
    assert (change.to, change.text) == (CUSTOMER, PROMISE)
    assert sent(decision, CUSTOMER) == [], "it is changed, not said again"


@pytest.mark.parametrize(
    "event",
    [
        MessageDeleted("e2", NOW, THREAD, "a1", LIN),
        MessageDeleted("e2", NOW, THREAD, "a1", None),
        edited(". a note after all", LIN, THREAD, "a1"),
    ],
)
def test_a_held_reply_can_be_taken_back(event: Event) -> None:
    waiting, value = held()
    dropped = decided(waiting, event)
    assert not any(isinstance(a, Delete) for a in dropped.actions)
    assert dropped.conversation.ticket is not None
    assert dropped.conversation.ticket.held_replies == ()
    assert sent(decided(dropped.conversation, pressed(value, LIN, THREAD)), CUSTOMER) == []


def test_a_reply_that_is_taken_back_cannot_be_changed_any_more() -> None:
    said = decided(conversation(State.HUMAN), reply(CLEAN)).conversation
    worse = decided(said, edited(PROMISE, LIN, THREAD, "a1"))
    gone = decided(worse.conversation, MessageDeleted("e3", NOW, THREAD, "a1", LIN))
    assert [a.to for a in gone.actions if isinstance(a, Delete)] == [CUSTOMER]
    press = pressed(buttons(worse)[0], LIN, THREAD)
    assert not any(isinstance(a, Edit) for a in decided(gone.conversation, press).actions)


def test_somebody_elses_deletion_changes_nothing() -> None:
    waiting, _ = held()
    assert decided(waiting, MessageDeleted("e2", NOW, THREAD, "a1", BO)).conversation == waiting


def test_a_held_reply_survives_a_restart() -> None:
    waiting, value = held()
    loaded = json.decode(json.encode(waiting), type=Conversation)
    assert [a.text for a in sent(decided(loaded, pressed(value, LIN, THREAD)), CUSTOMER)] == [
        PROMISE
    ]


def test_a_held_reply_is_offered_again_in_a_new_thread() -> None:
    waiting, value = held()
    lost = decided(waiting, failed(relay(), "thread_gone")).conversation
    new = decided(lost, ThreadOpened("e8", NOW, CUSTOMER.key, TICKET.id, OTHER_THREAD, "card"))
    values = [b.value for a in sent(new, OTHER_THREAD) for row in a.buttons for b in row]
    assert values == [value]
    out = decided(new.conversation, pressed(value, LIN, OTHER_THREAD))
    assert [a.text for a in sent(out, CUSTOMER)] == [PROMISE]


def test_notes_and_commands_and_others_words_are_not_looked_at() -> None:
    for text, who in ((f". {PROMISE}", LIN), (f"/note {PROMISE}", LIN), (PROMISE, BO)):
        decision = decided(conversation(State.HUMAN), agent_wrote(text, who))
        assert buttons(decision) == []


def test_a_press_from_before_the_case_was_given_back_is_refused() -> None:
    assert (
        sent(
            decided(holding_back(never=True), pressed(f"send:{TICKET.id}:k1", LIN, THREAD)),
            CUSTOMER,
        )
        == []
    )


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("write"), st.sampled_from([PROMISE, SECRET, CLEAN])),
        st.tuples(st.just("edit"), st.sampled_from([PROMISE, SECRET, CLEAN, ". note"])),
        st.tuples(st.just("press"), st.integers(0, 5)),
        st.tuples(st.just("delete"), st.just(0)),
    ),
    max_size=12,
)


@given(STEPS)
def test_nothing_that_breaks_a_norm_goes_out_without_its_press(
    steps: list[tuple[str, object]],
) -> None:
    """And asking for a secret never does, whatever is written, edited, deleted and pressed."""
    given_, values, written = conversation(State.HUMAN), [""], 0
    for number, (what, how) in enumerate(steps, start=1):
        event: Event
        if what == "write":
            written = number
            event = reply(str(how), number)
        elif what == "edit":
            event = structs.replace(edited(str(how), LIN, THREAD, f"a{written}"), id=f"e{number}")
        elif what == "delete":
            event = MessageDeleted(f"e{number}", NOW, THREAD, f"a{written}", LIN)
        else:
            assert isinstance(how, int)
            press = pressed(values[how % len(values)] or "send:x:y", LIN, THREAD)
            event = structs.replace(press, id=f"e{number}")
        decision = decided(given_, event)
        given_ = decision.conversation
        values += buttons(decision)
        out = [a.text for a in decision.actions if isinstance(a, Send | Edit) and a.to == CUSTOMER]
        assert SECRET not in out
        assert what == "press" or PROMISE not in out
        assert len(out) <= 1
