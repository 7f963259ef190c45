"""Keeps what a customer said or pressed, whatever is done about it."""

from __future__ import annotations

from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from handoff.ticket import Line, line_of


def hear(draft: Draft, reading: Reading) -> None:
    """Keep what the customer said or pressed in the story, and who said it."""
    if reading.lang is not None:
        draft.change(lang=reading.lang)
    if reading.temper is not None:
        draft.change(temper=reading.temper, asked=reading.asked)
    message = reading.message
    if message is not None:
        draft.change(person=message.sender, seq=draft.conversation.seq + 1)
        draft.keep(line_of(message, "customer"))
        draft.record("message", role="customer")
    elif reading.sender is not None:
        label = draft.phrase(f"customer.button.{reading.label}") if reading.label else reading.text
        draft.change(person=reading.sender)
        draft.keep(
            Line(
                role="customer",
                text=draft.desk_phrase("desk.pressed", label=label),
                at=draft.event.at,
                name=reading.sender.name,
            )
        )
