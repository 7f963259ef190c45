"""The archive's tables and views."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Double,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    case,
    func,
    select,
)

EDITION: Final = 1
"""Raised with every change; `bot.archive.database` refuses what a newer Kefu has made."""

METADATA: Final = MetaData()

FACTS: Final = Table(
    "facts",
    METADATA,
    Column("id", String, primary_key=True),
    Column("at", Double, nullable=False),
    Column("kind", String, nullable=False),
    Column("conversation", String, nullable=False),
    Column("platform", String, nullable=False),
    Column("ticket", String),
    Column("agent", String),
    Column("topic", String),
    Column("lang", String),
    Column("question", Text),
    Column("answer", Text),
    Column("data", JSON, nullable=False),
    Index("facts_kind_at", "kind", "at"),
    Index("facts_at", "at"),
    Index("facts_case", "conversation", "ticket"),
)
"""One row a fact (docs/records.md). `question` and `answer` are what people wrote."""

EDITIONS: Final = Table("edition", METADATA, Column("number", Integer, nullable=False))

QUESTIONS: Final = ("answered", "suggested", "missed")
"""What becomes of a question to the knowledge base."""


def views() -> dict[str, Select[tuple[object, ...]]]:
    """What reports begin with: each case with its clocks, each question with what became of it."""
    return {"cases": _cases(), "questions": _questions()}


def _cases() -> Select[tuple[object, ...]]:
    facts = FACTS.c

    def first(kind: str) -> ColumnElement[Any]:
        return func.min(case((facts.kind == kind, facts.at)))

    def told(kind: str, name: str) -> ColumnElement[Any]:
        return func.max(case((facts.kind == kind, facts.data[name].as_string())))

    over = facts.kind.in_(("closed", "returned"))
    columns: list[ColumnElement[Any]] = [
        facts.conversation,
        facts.ticket,
        func.max(facts.platform).label("platform"),
        func.max(facts.lang).label("lang"),
        told("case_opened", "cause").label("cause"),
        told("case_opened", "priority").label("priority"),
        first("case_opened").label("opened_at"),
        first("claimed").label("claimed_at"),
        first("first_reply").label("replied_at"),
        func.max(case((over, facts.at))).label("closed_at"),
        func.max(case((facts.kind == "rated", facts.data["score"].as_integer()))).label("score"),
    ]
    grouped = select(*columns).where(facts.ticket.is_not(None))
    found: Select[tuple[object, ...]] = grouped.group_by(facts.conversation, facts.ticket)
    return found


def _questions() -> Select[tuple[object, ...]]:
    facts = FACTS.c
    return select(
        facts.id,
        facts.at,
        facts.conversation,
        facts.platform,
        facts.lang,
        facts.kind.label("outcome"),
        facts.topic,
        facts.question,
    ).where(facts.kind.in_(QUESTIONS))
