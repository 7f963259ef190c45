"""Handlers for a case that is opened: handed over, its thread asked for, awaited and filled."""

from __future__ import annotations

from bot.dialog.cases.card import card, redraw, tell_alarm
from bot.dialog.cases.retelling import tell_all
from bot.dialog.cases.waiting import set_reminder
from bot.dialog.conversation import State
from bot.dialog.draft import SYSTEM, WHILE_WAITING, Draft
from bot.dialog.guide import has_changed, is_walking
from bot.dialog.hints import show_hint
from bot.dialog.noting import question_of
from bot.dialog.reading import OPENING_TIMER, Reading
from chat.actions import (
    CancelTimer,
    CardStatus,
    CloseThread,
    OpenThread,
    SetTimer,
)
from chat.address import Address
from chat.events import (
    ThreadFailed,
    ThreadOpened,
)
from handoff.priority import most_urgent
from handoff.temper import Temper
from handoff.ticket import StepReached, Ticket, lines_of, ticket_id
from handoff.wordings import wants_person


def hand_over(
    draft: Draft,
    reading: Reading,
    *,
    told: str,
    first: str = "",
    last: str = "",
    safety: bool = True,
    quote: str = "",
) -> None:
    """Open a case: queue it, tell the customer, ask for a thread, all in one decision.

    `told` names the phrase that says so; `first` stands before it and `last` after it. `safety`:
    the customer is reminded of what we never ask for. `quote`: what it is about, if that is not
    what they wrote last.
    """
    conversation = draft.conversation
    spoken = [
        line.text for line in lines_of(conversation.story) if line.role == "customer" and line.ref
    ]
    telling = [text for text in spoken if text and not wants_person(text)]
    concern = reading.concern
    priority = concern.priority if concern else None
    ticket = Ticket(
        id=ticket_id(draft.event.id),
        cause=reading.cause,
        quote=quote or (telling[-1] if telling else reading.text),
        opened_at=draft.event.at,
        topics=_titles(draft),
        step=_step(draft),
        priority=most_urgent(priority, "P1" if reading.cause in ("critical", "leaked") else None),
        mood=concern.kind if concern else None,
        evidence=concern.evidence if concern else "",
    )
    draft.change(
        state=State.OPENING,
        ticket=ticket,
        last=None,
        misses=0,
        reminders=0,
        temper=Temper(),
        guide=None,
    )
    reminder = draft.phrase("customer.reminder") if safety else ""
    words = (first, draft.phrase(told, position=draft.position), last, reminder)
    draft.tell_customer("\n".join(filter(None, words)), only_in=WHILE_WAITING)
    ask_for_thread(draft)
    set_reminder(draft)
    draft.record(
        "case_opened",
        ticket=ticket.id,
        cause=ticket.cause,
        priority=ticket.priority,
        mood=ticket.mood,
        question=question_of(ticket),
        lang=draft.conversation.lang,
    )


def _step(draft: Draft) -> StepReached | None:
    """Where in a procedure the customer was."""
    guide, lang = draft.conversation.guide, draft.settings.desk_lang
    if guide is None or not is_walking(guide, draft.event.at):
        return None
    entry = draft.knowledge.entries.get(guide.entry)
    text = guide.text
    if entry is not None and not has_changed(guide, entry):
        text = entry.steps[guide.step - 1][lang]
    title = entry.title[lang] if entry else guide.entry
    return StepReached(title, guide.step, guide.of, text)


def _titles(draft: Draft) -> tuple[str, ...]:
    """The topics that the customer was given before, as agents know them."""
    known = draft.knowledge.entries
    lang = draft.settings.desk_lang
    return tuple(known[t].title[lang] for t in draft.conversation.topics if t in known)


def ask_for_thread(draft: Draft, instead_of: Address | None = None) -> None:
    """Ask for a thread for the present case; `instead_of` is the one that is gone."""
    status: CardStatus = "open" if draft.ticket.agent else "waiting"
    draft.act(
        OpenThread(
            id=draft.next_id(),
            desk=draft.settings.desk,
            conversation=draft.conversation.id,
            card=card(draft, status),
            instead_of=instead_of,
        )
    )


def fill_thread(draft: Draft, reading: Reading) -> None:
    """The thread is there: tell the story so far, then what was held, in order."""
    event = draft.event
    assert isinstance(event, ThreadOpened)
    ticket = draft.ticket
    draft.change_ticket(thread=event.thread, card_message=event.card_message, held=())
    draft.change(state=State.HUMAN if ticket.agent else State.WAITING)
    draft.act(CancelTimer(id=draft.next_id(), name=OPENING_TIMER))
    if ticket.priority in ("P0", "P1"):
        tell_alarm(draft)
    if "raised" in ticket.told or "linked" in ticket.told:
        redraw(draft, "open" if ticket.agent else "waiting")
    if ticket.attempt > 1:
        draft.tell_thread(draft.desk_phrase("desk.thread_lost"))
    tell_all(draft, ticket.held)
    for reply in ticket.held_replies:
        show_hint(draft, reply)


def retry_later(draft: Draft, reading: Reading) -> None:
    """The desk cannot be reached: tell the customer once, try again in a while."""
    event = draft.event
    assert isinstance(event, ThreadFailed)
    if "desk_trouble" not in draft.ticket.told:
        draft.change_ticket(told=(*draft.ticket.told, "desk_trouble"))
        draft.tell_customer(draft.phrase("customer.desk_trouble"), speaker=SYSTEM)
    again = event.at + draft.settings.retry_open_after
    draft.act(SetTimer(id=draft.next_id(), name=OPENING_TIMER, at=again))
    draft.record("thread_failed", ticket=draft.ticket.id, reason=event.reason)


def open_again(draft: Draft, reading: Reading) -> None:
    """Ask for the thread once more."""
    ask_for_thread(draft)


def close_extra(draft: Draft, reading: Reading) -> None:
    """A thread came twice: send whoever sees it to the right one, and close it."""
    event = draft.event
    assert isinstance(event, ThreadOpened)
    draft.tell_thread(draft.desk_phrase("desk.extra_thread", ticket=event.ticket), to=event.thread)
    draft.act(CloseThread(id=draft.next_id(), to=event.thread))
