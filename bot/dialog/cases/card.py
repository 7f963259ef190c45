"""A case's card and its alarm, as the thread shows them."""

from __future__ import annotations

from bot.dialog.draft import Draft
from chat.actions import (
    Card,
    CardStatus,
    UpdateCard,
)
from handoff.story import draw_card


def card(draft: Draft, status: CardStatus) -> Card:
    """The present case's card."""
    conversation = draft.conversation
    person = conversation.person
    return draw_card(
        draft.ticket,
        status=status,
        customer=conversation.customer,
        customer_name=person.name if person else "",
        customer_lang=conversation.lang,
        topics=draft.ticket.topics,
        lang=draft.settings.desk_lang,
        linked=conversation.linked,
    )


def redraw(draft: Draft, status: CardStatus) -> None:
    """Show the card as it now is."""
    draft.act(
        UpdateCard(
            id=draft.next_id(),
            to=draft.thread,
            card=card(draft, status),
            message_id=draft.ticket.card_message,
        )
    )


def tell_alarm(draft: Draft) -> None:
    """Tell the thread how urgent the case is and why; a life in danger rings for everybody."""
    ticket = draft.ticket
    what = f"desk.mood.{ticket.mood}" if ticket.mood else f"desk.cause.{ticket.cause}"
    danger = ticket.priority == "P0"
    text = draft.desk_phrase(
        "desk.alarm_danger" if danger else "desk.alarm",
        priority=ticket.priority,
        what=draft.desk_phrase(what),
        evidence=ticket.evidence or ticket.quote,
    )
    draft.tell_thread(text, rings=danger)
