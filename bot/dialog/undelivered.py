"""Handlers for what could not be delivered: whoever would believe that it was is told."""

from __future__ import annotations

from typing import Final

from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.actions import Send, Speaker
from chat.address import Address
from chat.events import DeliveryFailed, DeliveryUncertain
from handoff.story import plain
from handoff.ticket import Line

_EXCERPT: Final = 80
_DOUBTED_MOST: Final = 50


def _reason(draft: Draft, event: DeliveryFailed, *, for_desk: bool) -> str:
    phrase = draft.desk_phrase if for_desk else draft.phrase
    return phrase(f"reason.{event.reason}")


def _excerpt(draft: Draft, action: Send) -> str:
    return plain(action.text, action.attachments, draft.settings.desk_lang)[:_EXCERPT]


def note_failure(draft: Draft, reading: Reading) -> None:
    """Something did not reach the customer: whoever has the case is told."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    draft.record("not_delivered", reason=event.reason)
    reason = _reason(draft, event, for_desk=True)
    if isinstance(event.action, Send):
        text = draft.desk_phrase(
            "desk.not_delivered", text=_excerpt(draft, event.action), reason=reason
        )
    else:
        text = draft.desk_phrase("desk.edit_not_delivered", reason=reason)
    _tell_desk(draft, text)


def _tell_desk(draft: Draft, text: str) -> None:
    """In the thread of the present or last case, and in the story: the thread may be gone before
    anybody reads it there."""
    draft.keep(Line(role="system", text=text, at=draft.event.at))
    thread = _last_thread(draft)
    if thread is not None:
        draft.tell_thread(text, to=thread)


def _last_thread(draft: Draft) -> Address | None:
    conversation = draft.conversation
    if conversation.ticket is not None:
        return conversation.ticket.thread
    return conversation.last.ticket.thread if conversation.last else None


def note_doubt(draft: Draft, reading: Reading) -> None:
    """The customer may have got something twice."""
    event = draft.event
    assert isinstance(event, DeliveryUncertain)
    if isinstance(event.action, Send):
        text = _excerpt(draft, event.action)
        draft.tell_thread(draft.desk_phrase("desk.maybe_twice", text=text))
        if event.action.mirrors is not None:
            doubted = (*draft.ticket.doubted, event.action.mirrors)
            draft.change_ticket(doubted=doubted[-_DOUBTED_MOST:])


def tell_both(draft: Draft, reading: Reading) -> None:
    """A customer's message cannot be shown to the desk: neither side may believe that it was."""
    event = draft.event
    assert isinstance(event, DeliveryFailed) and isinstance(event.action, Send)
    text = draft.desk_phrase(
        "desk.relay_failed",
        text=_excerpt(draft, event.action),
        reason=_reason(draft, event, for_desk=True),
    )
    _tell_desk(draft, text)
    draft.tell_customer(
        draft.phrase("customer.not_delivered", reason=_reason(draft, event, for_desk=False)),
        speaker=Speaker("system"),
    )
