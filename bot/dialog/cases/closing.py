"""Handlers for a case that ends, and for a customer who comes back to it."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.cases.card import redraw
from bot.dialog.cases.showing import relay_message
from bot.dialog.cases.waiting import set_reminder
from bot.dialog.conversation import Question, State
from bot.dialog.draft import WHILE_WAITING, Draft
from bot.dialog.noting import note_resolution
from bot.dialog.rating import stars
from bot.dialog.reading import WAITING_TIMER, Reading
from chat.actions import (
    CancelTimer,
    CardStatus,
    CloseThread,
    ReopenThread,
    Speaker,
)
from chat.address import Person
from handoff.temper import Temper
from handoff.ticket import ClosedTicket, Ticket


def end(draft: Draft, status: CardStatus, sender: Person | None) -> Ticket:
    """Close the case's card and thread and give the conversation back to the bot."""
    by = sender.name if sender else ""
    key = "desk.closed" if status == "closed" else "desk.returned"
    ticket = draft.ticket
    draft.tell_thread(draft.desk_phrase(key, agent=by))
    redraw(draft, status)
    draft.act(CloseThread(id=draft.next_id(), to=draft.thread))
    draft.act(CancelTimer(id=draft.next_id(), name=WAITING_TIMER))
    note_resolution(draft, ticket)
    draft.record(status, ticket=ticket.id, agent=sender.key if sender else None)
    draft.change(
        state=State.BOT,
        ticket=None,
        last=None,
        misses=0,
        topics=(),
        reminders=0,
        temper=Temper(),
        asked="",
        question=Question(),
        guide=None,
    )
    return ticket


def close(draft: Draft, reading: Reading) -> None:
    """Thank the customer; the case can be reopened for a while."""
    key = "customer.closed" if draft.ticket.agent else "customer.closed_unclaimed"
    rated = draft.ticket.agent is not None
    ticket = end(draft, "closed", reading.sender)
    text = draft.phrase(key)
    if rated:
        text += "\n" + draft.phrase("customer.rate")
    draft.tell_customer(text, speaker=Speaker("system"), buttons=stars(ticket) if rated else ())
    # Its agent has dealt with it: whoever comes back begins with a case like any other.
    calm = structs.replace(ticket, priority=None, mood=None, evidence="", held_replies=())
    draft.change(last=ClosedTicket(calm, draft.event.at))


def give_back(draft: Draft, reading: Reading) -> None:
    """Thank the customer and let the bot go on."""
    end(draft, "returned", reading.sender)
    draft.tell_customer(draft.phrase("customer.returned"), speaker=Speaker("system"))


def reopen(draft: Draft, reading: Reading) -> None:
    """The customer is back soon after closing: the same case, the same agent."""
    last, message = draft.conversation.last, reading.message
    assert last is not None and message is not None
    agent = last.ticket.agent
    draft.change(
        ticket=last.ticket,
        last=None,
        reminders=0,
        state=State.HUMAN if agent else State.WAITING,
        seq=draft.conversation.seq + 1,
        person=message.sender,
    )
    draft.record("reopened", ticket=last.ticket.id)
    draft.act(ReopenThread(id=draft.next_id(), to=draft.thread))
    if agent:
        draft.tell_customer(
            draft.phrase("customer.reopened", agent=agent.name), speaker=Speaker("system")
        )
        draft.tell_thread(draft.desk_phrase("desk.reopened", agent=agent.name))
        redraw(draft, "open")
    else:
        text = draft.phrase("customer.reopened_queue", position=draft.position)
        draft.tell_customer(text, only_in=WHILE_WAITING)
        draft.tell_thread(draft.desk_phrase("desk.reopened_queue"))
        redraw(draft, "waiting")
        set_reminder(draft)
    relay_message(draft, message, draft.conversation.seq, keep=True)
    draft.record("message", role="customer")
