"""A case from opening to coming back, with its thread lost on the way."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Conversation, State
from bot.dialog.transitions import Trigger
from chat.actions import CancelTimer, CloseThread, ReopenThread, SetTimer, UpdateCard
from chat.events import MessageDeleted, ThreadOpened
from chat.message import Attachment, MessageRef
from handoff.ticket import Line, line_of, lines_of, written
from tests.dialog.situations import (
    BO,
    CUSTOMER,
    EVENTS,
    LIN,
    NOW,
    OTHER_THREAD,
    SETTINGS,
    THREAD,
    TICKET,
    agent_wrote,
    closed,
    conversation,
    decided,
    edited,
    failed,
    holding,
    opened,
    relay,
    sent,
    wrote,
)
from tests.dialog.situations import LI as CUSTOMER_PERSON


def _relayed(conversation_: Conversation, event: object) -> list[str]:
    decision = decided(conversation_, event)  # type: ignore[arg-type]
    return [s.text for s in sent(decision, THREAD) if s.mirrors is not None]


def test_what_was_held_is_shown_in_order_and_once() -> None:
    decision = decided(holding("one", "two", "three"), EVENTS[Trigger.THREAD_OPENED]())
    assert [s.text for s in sent(decision, THREAD) if s.mirrors] == ["one", "two", "three"]
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.held == ()
    (story, *_) = sent(decision, THREAD)
    assert "help" in story.text
    assert not any(word in story.text for word in ("one", "two", "three"))


def test_an_edit_before_the_thread_is_there_keeps_both_versions() -> None:
    given = holding("one", "two")
    after = decided(given, edited("uno", CUSTOMER_PERSON, CUSTOMER, "h2")).conversation
    first, second = _relayed(after, EVENTS[Trigger.THREAD_OPENED]())
    assert "one" in first
    assert "uno" in first
    assert second == "two"


def test_a_picture_stays_when_its_caption_is_edited_before_the_thread_is_there() -> None:
    photo = Attachment("photo", "", "image/png", 10, "web:1")
    asked = decided(conversation(State.BOT), wrote("转人工")).conversation
    shown = wrote("look", event="e2", message="m10", attachments=(photo,), album="a")
    edit = edited("look here", CUSTOMER_PERSON, CUSTOMER, "m10")
    after = decided(decided(asked, shown).conversation, edit).conversation
    assert after.ticket is not None
    ready = ThreadOpened("e4", NOW, CUSTOMER.key, after.ticket.id, THREAD, "card")
    (told,) = [s for s in sent(decided(after, ready), THREAD) if s.attachments]
    assert told.attachments == (photo,)
    assert "look here" in told.text and told.album == "a"


def test_what_was_taken_back_before_the_thread_is_there_is_no_part_of_an_album() -> None:
    photo = Attachment("photo", "", "image/png", 10, "web:1")
    asked = decided(conversation(State.BOT), wrote("转人工")).conversation
    shown = wrote("", event="e2", message="m10", attachments=(photo,), album="a")
    gone = MessageDeleted("e3", NOW, CUSTOMER, "m10", CUSTOMER_PERSON)
    after = decided(decided(asked, shown).conversation, gone).conversation
    assert after.ticket is not None
    (held,) = [h.message for h in after.ticket.held]
    assert (held.attachments, held.album) == ((), None)


def test_a_files_message_does_not_hold_the_story_back() -> None:
    file = Attachment("file", "big.pdf", "application/pdf", 10, "web:1")
    given = decided(conversation(State.BOT), wrote("look", attachments=(file,))).conversation
    asked = decided(given, wrote("转人工", event="e2", message="m10")).conversation
    assert asked.ticket is not None
    event = ThreadOpened("e3", NOW, CUSTOMER.key, asked.ticket.id, THREAD, "card")
    said = sent(decided(asked, event), THREAD)
    assert said[0].attachments == ()
    assert "big.pdf" in said[0].text
    assert [s.attachments for s in said[1:]] == [(file,)]


def test_what_was_written_after_a_lost_message_is_told_after_it() -> None:
    """The bot had the conversation for a while, and its messages were never on their way."""
    given = holding("first", "second")
    assert given.ticket is not None
    story = written(
        *(line_of(held.message, "customer") for held in given.ticket.held),
        Line(role="customer", text="third", at=NOW, ref=MessageRef("web", "v1", "m3")),
    )
    given = structs.replace(given, story=story)
    said = sent(decided(given, EVENTS[Trigger.THREAD_OPENED]()), THREAD)
    told = "\n".join(each.text for each in said)
    assert told.index("first") < told.index("second") < told.index("third")
    assert [told.count(word) for word in ("first", "second", "third")] == [1, 1, 1]


def test_a_lost_thread_is_replaced_and_its_message_waits() -> None:
    decision = decided(conversation(State.HUMAN), failed(relay(), "thread_gone"))
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert (ticket.thread, ticket.attempt, ticket.agent) == (None, 2, LIN)
    assert [h.message.text for h in ticket.held] == ["lost words"]
    (thread,) = opened(decision)
    assert (thread.card.status, thread.instead_of) == ("open", THREAD)
    again = ThreadOpened("e2", NOW, CUSTOMER.key, ticket.id, OTHER_THREAD, "card2")
    filled = decided(decision.conversation, again)
    assert filled.conversation.state is State.HUMAN
    assert [s.text for s in sent(filled, OTHER_THREAD) if s.mirrors] == ["lost words"]


def test_an_edit_on_its_way_to_a_lost_thread_is_not_lost() -> None:
    notice = structs.replace(relay(), mirrors=None, text="edited from a to b")
    decision = decided(conversation(State.WAITING), failed(notice, "thread_gone"))
    assert decision.conversation.ticket is not None
    held = [h.message.text for h in decision.conversation.ticket.held]
    assert held == ["edited from a to b"]


def test_lost_messages_are_held_in_the_order_of_writing() -> None:
    given = conversation(State.WAITING)
    for number in (7, 5, 6):
        lost = structs.replace(relay(), id=f"e{number}/0", order=number, text=f"n{number}")
        event = structs.replace(failed(lost, "thread_gone"), id=f"f{number}")
        given = decided(given, event).conversation
    assert given.ticket is not None
    assert [h.message.text for h in given.ticket.held] == ["n5", "n6", "n7"]


def test_what_cannot_be_shown_is_told_to_both_sides() -> None:
    for state in (State.WAITING, State.HUMAN):
        decision = decided(conversation(state), failed(relay(), "too_large"))
        assert len(sent(decision, THREAD)) == len(sent(decision, CUSTOMER)) == 1
    over = decided(closed(NOW - 5), failed(relay(), "too_large"))
    assert len(sent(over, THREAD)) == len(sent(over, CUSTOMER)) == 1


def test_a_reply_that_did_not_arrive_is_told_to_the_thread() -> None:
    decision = decided(conversation(State.HUMAN), EVENTS[Trigger.REPLY_FAILED]())
    assert ["a reply" in s.text for s in sent(decision, THREAD)] == [True]
    assert "a reply" in lines_of(decision.conversation.story)[-1].text


def test_the_desk_in_trouble_is_told_once_and_tried_again() -> None:
    event = EVENTS[Trigger.THREAD_FAILED]()
    first = decided(conversation(State.OPENING), event)
    assert len(sent(first, CUSTOMER)) == 1
    assert [a.at for a in first.actions if isinstance(a, SetTimer)] == [
        NOW + SETTINGS.retry_open_after
    ]
    second = decided(first.conversation, structs.replace(event, id="e2"))
    assert sent(second, CUSTOMER) == []
    assert any(isinstance(a, SetTimer) for a in second.actions)


def test_reminders_come_at_growing_distances() -> None:
    given, distances = conversation(State.WAITING), []
    for number in range(5):
        event = structs.replace(EVENTS[Trigger.WAITED_LONG](), id=f"t{number}")
        decision = decided(given, event)
        assert any(isinstance(a, UpdateCard) for a in decision.actions)
        (timer,) = [a for a in decision.actions if isinstance(a, SetTimer)]
        distances.append(timer.at - NOW)
        given = decision.conversation
    assert distances == [900.0, 3600.0, 3600.0, 3600.0, 3600.0]


def test_closing_thanks_redraws_closes_and_forgets_the_timer() -> None:
    decision = decided(conversation(State.HUMAN), agent_wrote("/close"))
    assert decision.conversation.ticket is None
    assert decision.conversation.last is not None
    assert len(sent(decision, CUSTOMER)) == 1
    kinds = {type(action) for action in decision.actions}
    assert {UpdateCard, CloseThread, CancelTimer} <= kinds


def test_coming_back_reopens_for_the_same_agent() -> None:
    decision = decided(closed(NOW - 60), wrote("me again"))
    assert decision.conversation.state is State.HUMAN
    ticket = decision.conversation.ticket
    assert ticket is not None
    assert (ticket.id, ticket.agent) == (TICKET.id, LIN)
    assert any(isinstance(a, ReopenThread) and a.to == THREAD for a in decision.actions)
    assert [s.text for s in sent(decision, THREAD) if s.mirrors] == ["me again"]


def test_coming_back_to_a_case_without_an_agent_waits_again() -> None:
    decision = decided(closed(NOW - 60, agent=None), wrote("me again"))
    assert decision.conversation.state is State.WAITING
    assert any(isinstance(a, SetTimer) for a in decision.actions)


def test_coming_back_too_late_is_a_new_question() -> None:
    decision = decided(closed(NOW - SETTINGS.reopen_within - 1), wrote("me again"))
    assert decision.conversation.state is State.BOT
    assert decision.conversation.ticket is None


def test_thanks_after_closing_do_not_reopen() -> None:
    assert decided(closed(NOW - 60), wrote("谢谢")).conversation.state is State.BOT


def test_what_was_given_back_to_the_bot_does_not_reopen() -> None:
    given = decided(conversation(State.HUMAN), agent_wrote("/bot")).conversation
    assert given.last is None
    assert decided(given, wrote("怎么重置登录密码", event="e2")).conversation.state is State.BOT


def test_two_misses_in_a_row_hand_over_and_an_answer_between_does_not() -> None:
    once = decided(conversation(State.BOT), wrote("xyzzy")).conversation
    assert once.misses == 1
    answered = decided(once, wrote("怎么重置登录密码", event="e2")).conversation
    assert answered.misses == 0
    twice = decided(once, wrote("plugh", event="e2"))
    assert twice.conversation.state is State.OPENING
    assert twice.conversation.ticket is not None
    assert twice.conversation.ticket.cause == "missed"


def test_an_extra_thread_is_closed_and_points_to_the_right_one() -> None:
    decision = decided(conversation(State.HUMAN), EVENTS[Trigger.EXTRA_THREAD]())
    assert len(sent(decision, OTHER_THREAD)) == 1
    assert [a.to for a in decision.actions if isinstance(a, CloseThread)] == [OTHER_THREAD]
    assert decision.conversation.ticket is not None
    assert decision.conversation.ticket.thread == THREAD


def test_the_same_opening_told_twice_changes_nothing() -> None:
    event = ThreadOpened("e1", NOW, CUSTOMER.key, TICKET.id, THREAD, "card")
    decision = decided(conversation(State.WAITING), event)
    assert decision.actions == ()


def test_replies_after_closing_stay_inside() -> None:
    decision = decided(closed(NOW - 5), agent_wrote("one more thing", BO))
    assert sent(decision, CUSTOMER) == []
    assert len(sent(decision, THREAD)) == 1
