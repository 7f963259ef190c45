"""Handlers for passing a case on."""

from __future__ import annotations

from bot.dialog.cases.card import redraw
from bot.dialog.cases.waiting import set_reminder
from bot.dialog.conversation import State
from bot.dialog.draft import WHILE_WAITING, Draft
from bot.dialog.reading import WAITING_TIMER, Reading
from chat.actions import CancelTimer, Speaker


def _by(reading: Reading) -> str:
    return reading.sender.name if reading.sender else ""


def transfer(draft: Draft, reading: Reading) -> None:
    """Another agent has the case from here."""
    agent, before = reading.target, draft.ticket.agent
    assert agent is not None
    draft.change(state=State.HUMAN)
    draft.change_ticket(agent=agent, claimed_at=draft.event.at)
    draft.act(CancelTimer(id=draft.next_id(), name=WAITING_TIMER))
    draft.tell_thread(draft.desk_phrase("desk.transferred", by=_by(reading), agent=agent.name))
    if reading.message is not None and agent.key in reading.message.away:
        draft.tell_thread(draft.desk_phrase("desk.transferred_away", agent=agent.name))
    redraw(draft, "open")
    key = "customer.agent_changed" if before else "customer.joined"
    draft.tell_customer(draft.phrase(key, agent=agent.name), speaker=Speaker("system"))
    draft.record("transferred", ticket=draft.ticket.id, agent=agent.key)


def refuse_transfer(draft: Draft, reading: Reading) -> None:
    """Nobody may get a case who is no agent."""
    name = reading.target.name if reading.target else ""
    draft.tell_thread(draft.desk_phrase("desk.transfer_refused", agent=name))


def release(draft: Draft, reading: Reading) -> None:
    """Whoever is free may claim it; the customer keeps their place by when they came."""
    draft.change(state=State.WAITING, reminders=0)
    draft.change_ticket(agent=None, claimed_at=None)
    draft.tell_thread(draft.desk_phrase("desk.released", by=_by(reading)))
    redraw(draft, "waiting")
    text = draft.phrase("customer.back_in_queue", position=draft.position)
    draft.tell_customer(text, speaker=Speaker("system"), only_in=WHILE_WAITING)
    set_reminder(draft)
    draft.record("released", ticket=draft.ticket.id)


def say_released(draft: Draft, reading: Reading) -> None:
    """It has nobody to be taken from."""
    draft.tell_thread(draft.desk_phrase("desk.in_queue"))
