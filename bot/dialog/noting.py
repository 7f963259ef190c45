"""Facts about questions and what became of them (docs/records.md). What a fact holds of people's
words is redacted once more before it is stored (`bot/redaction.py`)."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from bot.dialog.conversation import Question
from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from faq.entry import Entry
from handoff.ticket import Ticket, lines_of

_LONGEST: Final = 500
_NEAREST: Final = 3


def words_of(text: str) -> str:
    """As much of a text as a fact holds."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def question_of(ticket: Ticket) -> str | None:
    """What a case is about. What somebody in danger of their life wrote is not for reports."""
    return None if _in_danger(ticket) else words_of(ticket.quote)


def _in_danger(ticket: Ticket) -> bool:
    return ticket.cause == "danger" or ticket.mood == "danger" or ticket.priority == "P0"


def _names(ids: tuple[str, ...]) -> str:
    return ",".join(ids)


def note_answered(draft: Draft, entry: Entry, reading: Reading) -> None:
    """An entry's answer was given: to a question, or because it was picked from an offer."""
    before = draft.conversation.question
    picked = reading.message is None
    if picked and entry.id in before.offered:
        draft.record(
            "suggestion_taken",
            topic=entry.id,
            place=before.offered.index(entry.id) + 1,
            candidates=_names(before.offered),
            question=before.text,
            lang=draft.conversation.lang,
        )
    text = before.text if picked else words_of(reading.text)
    offered = before.offered if picked else ()
    at = draft.event.at
    draft.change(question=Question(text, at, offered, entry.id, text, at))
    draft.record(
        "answered",
        topic=entry.id,
        question=text,
        lang=draft.conversation.lang,
        confidence=reading.match.confidence if reading.match else None,
    )


def note_suggested(draft: Draft, reading: Reading) -> None:
    """Entries were offered as what might be meant."""
    ids = tuple(entry.id for entry in reading.candidates)
    text = words_of(reading.text)
    question = draft.conversation.question
    at = draft.event.at
    draft.change(question=structs.replace(question, text=text, at=at, offered=ids))
    draft.record(
        "suggested",
        candidates=_names(ids),
        question=text,
        lang=draft.conversation.lang,
        confidence=reading.match.confidence if reading.match else None,
    )


def note_missed(draft: Draft, reading: Reading) -> None:
    """A question stayed without an answer, and why."""
    before = draft.conversation.question
    if reading.message is None:
        refused = reading.label == "none"
        text, near, why = before.text, before.offered, "refused" if refused else "gone"
        if refused:
            draft.record(
                "suggestion_refused",
                candidates=_names(near),
                question=text,
                lang=draft.conversation.lang,
            )
    else:
        text = words_of(reading.text)
        near = tuple(draft.knowledge.closest(text, _NEAREST)) if text else ()
        why = "nothing" if text else "no_words"
    draft.change(question=structs.replace(before, text=text, at=draft.event.at, offered=()))
    draft.record(
        "missed", why=why, question=text, candidates=_names(near), lang=draft.conversation.lang
    )


def note_verdict(draft: Draft, kind: str) -> None:
    """The customer said what the last answer was worth: `helped` or `not_helped`."""
    question, topics = draft.conversation.question, draft.conversation.topics
    topic = question.topic or (topics[-1] if topics else "")
    draft.record(kind, topic=topic, question=question.asked, lang=draft.conversation.lang)


def note_resolution(draft: Draft, ticket: Ticket) -> None:
    """What the case's agents answered, beside what it was about; nothing if they wrote nothing."""
    since = ticket.claimed_at or ticket.opened_at
    replies = [
        line.text
        for line in lines_of(draft.conversation.story)
        if line.role == "agent" and not line.internal and line.at >= since and line.text
    ]
    if replies and not _in_danger(ticket):
        draft.record(
            "agent_answered",
            ticket=ticket.id,
            question=question_of(ticket),
            answer=words_of("\n".join(replies)),
            lang=draft.conversation.lang,
        )
