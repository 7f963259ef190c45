"""Handlers for what a customer does before the thread is there: it is held."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.cases.showing import customer_name, edit_text
from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.events import (
    MessageDeleted,
)
from chat.message import Message, MessageRef
from handoff.ticket import Held, Line


def hold(draft: Draft, reading: Reading) -> None:
    """Keep a message until the thread is there."""
    assert reading.message is not None
    seq = draft.conversation.seq + 1
    draft.change(seq=seq, person=reading.message.sender)
    hold_message(draft, Held(seq, reading.message))
    draft.record("message", role="customer")


def hold_message(draft: Draft, held: Held) -> None:
    """Keep a message until the thread is there, in its place among the others."""
    everything = sorted((*draft.ticket.held, held), key=lambda h: h.seq)
    draft.change_ticket(held=tuple(everything))


def hold_edit(draft: Draft, reading: Reading) -> None:
    """An edit before the thread is there; the earlier words stay readable."""
    message = reading.message
    assert message is not None
    for held in draft.ticket.held:
        if held.message.ref == message.ref:
            text = draft.desk_phrase(
                "desk.customer_edited_from", old=held.message.text, new=message.text
            )
            # What came with it stays: an edit of a caption brings no picture anew.
            _change_held(draft, held, structs.replace(held.message, text=text, spans=()))
            return
    _keep_line(draft, edit_text(draft, message))


def hold_deletion(draft: Draft, reading: Reading) -> None:
    """The customer took something back before anybody saw it: only that much is told."""
    event = draft.event
    assert isinstance(event, MessageDeleted)
    gone = MessageRef(event.address.platform, event.address.channel, event.message_id)
    text = draft.desk_phrase("desk.customer_deleted")
    for held in draft.ticket.held:
        if held.message.ref == gone:
            told = structs.replace(held.message, text=text, spans=(), attachments=(), album=None)
            _change_held(draft, held, told)
            return
    _keep_line(draft, text)


def _change_held(draft: Draft, held: Held, message: Message) -> None:
    rest = tuple(h for h in draft.ticket.held if h.seq != held.seq)
    draft.change_ticket(held=rest)
    hold_message(draft, Held(held.seq, message))


def _keep_line(draft: Draft, text: str) -> None:
    draft.keep(Line(role="customer", text=text, at=draft.event.at, name=customer_name(draft)))
