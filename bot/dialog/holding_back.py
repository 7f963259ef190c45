"""Handlers for agents' replies that break a service norm: kept back, mended, sent anyway."""

from __future__ import annotations

import hashlib
from typing import Final

from msgspec import structs

from bot.dialog.draft import Draft
from bot.dialog.hints import show_hint
from bot.dialog.reading import Reading, held_reply
from bot.dialog.relaying import keep_internal, pass_edit_on, pass_reply_on
from chat.events import MessageDeleted
from chat.message import MessageRef
from handoff.ticket import HeldReply, Line, lines_of, written

_HELD_MOST: Final = 10


def hold_reply(draft: Draft, reading: Reading) -> None:
    """Keep the reply, or the new form of one, inside; tell its author why and what to do."""
    message, breach = reading.message, reading.breach
    assert message is not None and breach is not None
    earlier = held_reply(draft.conversation, message.ref)
    edited = reading.edited
    held = HeldReply(
        key=hashlib.blake2s(draft.event.id.encode(), digest_size=5).hexdigest(),
        message=message,
        norm=breach.norm,
        phrase=breach.phrase,
        never=breach.never,
        changes=edited and (earlier is None or earlier.changes),
    )
    rest = tuple(h for h in draft.ticket.held_replies if h.message.ref != message.ref)
    draft.change_ticket(held_replies=(*rest, held)[-_HELD_MOST:])
    if edited:
        _rewrite_line(draft, message.ref, text=message.text)
    else:
        keep_internal(draft, message, message.text)
    show_hint(draft, held)
    draft.record("reply_held", ticket=draft.ticket.id, norm=breach.norm, agent=message.sender.key)


def _forget(draft: Draft, held: HeldReply) -> None:
    rest = tuple(h for h in draft.ticket.held_replies if h.key != held.key)
    draft.change_ticket(held_replies=rest)


def send_anyway(draft: Draft, reading: Reading) -> None:
    """Its author stands by it: it goes out as it is, once."""
    held = reading.held
    assert held is not None
    _let_out(draft, held)
    text = draft.desk_phrase("desk.sent_anyway", agent=held.message.sender.name)
    draft.tell_thread(text, reply_to=held.message.ref)
    draft.record(
        "sent_anyway", ticket=draft.ticket.id, norm=held.norm, agent=held.message.sender.key
    )


def send_mended(draft: Draft, reading: Reading) -> None:
    """Its author put it in better words: those go out."""
    held, message = reading.held, reading.message
    assert held is not None and message is not None
    # An edit tells the new words only; what else the message held is kept.
    mended = structs.replace(held.message, text=message.text, spans=message.spans)
    _rewrite_line(draft, message.ref, text=message.text)
    _let_out(draft, structs.replace(held, message=mended))
    draft.tell_thread(draft.desk_phrase("desk.sent_mended"), reply_to=message.ref)
    draft.record("reply_mended", ticket=draft.ticket.id, norm=held.norm)


def _let_out(draft: Draft, held: HeldReply) -> None:
    _forget(draft, held)
    if held.changes:
        pass_edit_on(draft, held.message)
        return
    known = any(line.ref == held.message.ref for line in lines_of(draft.conversation.story))
    if known:
        _rewrite_line(draft, held.message.ref, internal=False)
    pass_reply_on(draft, held.message, keep=not known)


def _rewrite_line(draft: Draft, ref: MessageRef, **fields: object) -> None:
    lines: tuple[Line, ...] = lines_of(draft.conversation.story)
    if any(line.ref == ref for line in lines):
        new = (structs.replace(line, **fields) if line.ref == ref else line for line in lines)
        draft.change(story=written(*new))


def drop_held(draft: Draft, reading: Reading) -> None:
    """Its author took it back, or made a note of it: nothing goes out."""
    held = reading.held
    assert held is not None
    _forget(draft, held)
    deleted = isinstance(draft.event, MessageDeleted)
    draft.tell_thread(
        draft.desk_phrase("desk.held_dropped"), reply_to=None if deleted else held.message.ref
    )


def refuse_to_send(draft: Draft, reading: Reading) -> None:
    """A press that cannot be obeyed: sent already, changed since, somebody else's, or never."""
    draft.tell_thread(draft.desk_phrase("desk.send_refused"))
