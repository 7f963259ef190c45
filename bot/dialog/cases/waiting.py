"""Handlers for a case that waits: the customer is told that they are not forgotten."""

from __future__ import annotations

from bot.dialog.cases.card import redraw
from bot.dialog.conversation import State
from bot.dialog.draft import WHILE_WAITING, Draft
from bot.dialog.reading import WAITING_TIMER, Reading
from chat.actions import (
    SetTimer,
)


def set_reminder(draft: Draft) -> None:
    """Wake up when it is time to tell the customer that they are not forgotten."""
    steps = draft.settings.reminders
    if steps:
        wait = steps[min(draft.conversation.reminders, len(steps) - 1)]
        draft.act(SetTimer(id=draft.next_id(), name=WAITING_TIMER, at=draft.event.at + wait))


def remind(draft: Draft, reading: Reading) -> None:
    """Tell the customer that they are not forgotten, and prove that the card is still there."""
    text = draft.phrase("customer.still_waiting", position=draft.position)
    draft.tell_customer(text, only_in=WHILE_WAITING)
    draft.change(reminders=draft.conversation.reminders + 1)
    set_reminder(draft)
    if draft.conversation.state is State.WAITING:
        redraw(draft, "waiting")
