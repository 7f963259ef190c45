"""Puts facts into the archive, and takes out what has been kept for long enough."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine, delete, null, or_, text, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.archive.database import explained
from bot.archive.fact import Fact, Limits, row
from bot.archive.schema import FACTS


def write(engine: Engine, facts: Sequence[Fact]) -> None:
    """Write all in one transaction; what is there already stays as it is.

    Raises ArchiveUnavailable: then nothing was written.
    """
    if not facts:
        return
    dialect = sqlite if engine.dialect.name == "sqlite" else postgresql
    insert = dialect.insert(FACTS).on_conflict_do_nothing(index_elements=["id"])
    with explained(str(engine.url)), engine.begin() as connection:
        connection.execute(insert, [row(fact) for fact in facts])


def forget(engine: Engine, limits: Limits) -> None:
    """Delete facts, and empty the texts of others, that are too old. Raises ArchiveUnavailable."""
    facts = FACTS.c
    worded = or_(facts.question.is_not(None), facts.answer.is_not(None))
    emptied = update(FACTS).where(facts.at < limits.texts, worded)
    with explained(str(engine.url)):
        with engine.begin() as connection:
            connection.execute(delete(FACTS).where(facts.at < limits.facts))
            connection.execute(emptied.values(question=null(), answer=null()))
        if engine.dialect.name == "sqlite":
            # The write-ahead log still has the words.
            with engine.connect() as connection:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
