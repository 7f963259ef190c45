"""Reads from the archive what the knowledge base did not answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from msgspec import Struct, structs
from sqlalchemy import Engine, select

from bot.archive.database import explained
from bot.archive.schema import FACTS
from chat.phrases import Lang
from faq.clustering import key_of
from faq.gaps import Happening, Outcome
from handoff.wordings import wants_person

_KINDS: Final[dict[str, Outcome]] = {
    "missed": "missed",
    "not_helped": "not_helped",
    "step_failed": "step_failed",
    "suggestion_taken": "taken",
}
_CASE_KINDS: Final = ("case_opened", "agent_answered")
_CAUSES: Final = ("asked", "missed", "not_helped", "stuck")
"""Cases that began with a question; of others the question is not what matters."""

_SAME_TALK: Final = 24 * 3600.0
"""Seconds between a question and the case that still is about it."""


class Row(Struct, frozen=True):
    """A fact as far as it matters here."""

    at: float
    kind: str
    conversation: str
    ticket: str | None
    topic: str | None
    lang: str | None
    question: str | None
    answer: str | None
    data: dict[str, Any]


def unanswered(engine: Engine, since: float) -> list[Happening]:
    """What happened since a moment (seconds since the epoch). Raises ArchiveUnavailable."""
    facts = FACTS.c
    columns = [facts[name] for name in Row.__struct_fields__]
    asked = (
        select(*columns)
        .where(facts.kind.in_((*_KINDS, *_CASE_KINDS)), facts.at >= since)
        .order_by(facts.conversation, facts.at, facts.id)
    )
    with explained(str(engine.url)), engine.connect() as connection:
        return happenings(Row(*row) for row in connection.execute(asked))


def happenings(rows: Iterable[Row]) -> list[Happening]:
    """What facts tell, given conversation by conversation and by time."""
    found: list[Happening] = []
    talk = _Talk("")
    for row in rows:
        if row.conversation != talk.conversation:
            found += talk.found
            talk = _Talk(row.conversation)
        talk.take(row)
    return found + talk.found


class _Talk:
    """One conversation: agents' answers belong to the questions that led to their case."""

    def __init__(self, conversation: str) -> None:
        self.conversation = conversation
        self.found: list[Happening] = []
        self._of_case: dict[str, list[int]] = {}

    def take(self, row: Row) -> None:
        if row.kind == "case_opened":
            self._open(row)
        elif row.kind == "agent_answered":
            for at in self._of_case.get(row.ticket or "", ()):
                self.found[at] = structs.replace(self.found[at], reply=row.answer or "")
        elif row.question:
            outcome = _KINDS[row.kind]
            if row.kind == "missed" and row.data.get("why") == "refused":
                outcome = "refused"
            happening = self._happening(row, row.question, outcome)
            for at, before in enumerate(self.found):
                # What was picked did not help either.
                if outcome == "not_helped" and _is_taken(before, happening):
                    self.found[at] = happening
                    return
            self.found.append(happening)

    def _open(self, row: Row) -> None:
        recent = [
            at
            for at, each in enumerate(self.found)
            if row.at - each.at <= _SAME_TALK and each.outcome != "taken" and not each.reply
        ]
        question = row.question or ""
        keys = {key_of(self.found[at].question) for at in recent}
        telling = row.data.get("cause") in _CAUSES and not wants_person(question)
        if question and telling and key_of(question) not in keys:
            self.found.append(self._happening(row, question, "asked"))
            recent.append(len(self.found) - 1)
        self._of_case[row.ticket or ""] = recent

    def _happening(self, row: Row, question: str, outcome: Outcome) -> Happening:
        lang: Lang = "en" if row.lang == "en" else "zh"
        offered = str(row.data.get("candidates") or "").split(",")
        return Happening(
            question,
            lang,
            outcome,
            row.conversation,
            row.at,
            topic=row.topic or "",
            offered=tuple(filter(None, offered)),
        )


def _is_taken(before: Happening, now: Happening) -> bool:
    return before.outcome == "taken" and key_of(before.question) == key_of(now.question)
