"""How customers say what the help was worth."""

from __future__ import annotations

from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.actions import Button, Speaker
from handoff.ticket import Ticket


def stars(ticket: Ticket) -> tuple[tuple[Button, ...], ...]:
    """The buttons with which a customer rates a case."""
    return (tuple(Button(f"rate:{ticket.id}:{n}", f"{n} ★") for n in range(1, 6)),)


def note_rating(draft: Draft, reading: Reading) -> None:
    """Thank the customer for their rating; the agent sees it."""
    score, last = reading.score, draft.conversation.last
    draft.tell_customer(draft.phrase("customer.rated"), speaker=Speaker("system"))
    if last is not None and last.ticket.thread is not None:
        draft.tell_thread(draft.desk_phrase("desk.rated", score=score), to=last.ticket.thread)
    agent = last.ticket.agent if last else None
    draft.record("rated", ticket=reading.text, score=score, agent=agent.key if agent else None)
