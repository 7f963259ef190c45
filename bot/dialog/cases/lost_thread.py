"""Handlers for a case whose thread is gone: what was on its way goes to the next one."""

from __future__ import annotations

from bot.dialog.cases.before_thread import hold_message
from bot.dialog.cases.opening import ask_for_thread
from bot.dialog.cases.showing import relay_message
from bot.dialog.conversation import State
from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.actions import (
    Send,
)
from chat.address import Person
from chat.events import (
    DeliveryFailed,
)
from chat.message import Message
from handoff.ticket import Held


def recreate(draft: Draft, reading: Reading) -> None:
    """The thread is gone: back to opening; what was on its way waits for the new one."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    gone = draft.thread
    draft.change(state=State.OPENING)
    draft.change_ticket(thread=None, card_message=None, attempt=draft.ticket.attempt + 1)
    _hold_failed(draft, event)
    ask_for_thread(draft, gone)
    draft.record("thread_lost", ticket=draft.ticket.id)


def hold_again(draft: Draft, reading: Reading) -> None:
    """One more message found the old thread gone: it waits too."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    _hold_failed(draft, event)


def _hold_failed(draft: Draft, event: DeliveryFailed) -> None:
    action = event.action
    if isinstance(action, Send) and action.speaker.role == "customer":
        hold_message(draft, Held(action.order, _as_message(draft, action)))


def _as_message(draft: Draft, action: Send) -> Message:
    """The message that was relayed; for an edit or a deletion what was said about it."""
    customer = draft.conversation.customer
    return Message(
        id=action.mirrors.id if action.mirrors else action.id,
        at=draft.event.at,
        sender=Person(customer.platform, customer.channel, action.speaker.name),
        address=customer,
        text=action.text,
        spans=action.spans,
        attachments=action.attachments,
        reply_to=action.reply_to.id if action.reply_to else None,
        album=action.album,
    )


def relay_again(draft: Draft, reading: Reading) -> None:
    """A message was on its way to a thread that is gone: show it in the present one."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    if isinstance(event.action, Send):
        message = _as_message(draft, event.action)
        relay_message(draft, message, event.action.order, keep=False)
