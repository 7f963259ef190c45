"""Facts, and an archive that is written without a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Engine, select

from bot.archive.database import open_archive
from bot.archive.fact import Datum, Fact, Limits
from bot.archive.schema import FACTS
from bot.archive.writing import forget, write


class Direct:
    """Writes into a database from a thread."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._engine: Engine | None = None

    async def write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        await asyncio.to_thread(self._write, facts, limits)

    def _write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        if self._engine is None:
            self._engine = open_archive(self._url)
        write(self._engine, facts)
        if limits is not None:
            forget(self._engine, limits)

    async def rest(self) -> None:
        pass


def url_in(folder: Path) -> str:
    return f"sqlite:///{folder}/archive.sqlite3"


def fact(id: str, kind: str = "missed", at: float = 100.0, **data: Datum) -> Fact:
    return Fact(id, at, kind, "web:v1", data)


def ids(engine: Engine) -> list[str]:
    """All ids in an archive, in order."""
    with engine.connect() as connection:
        return list(connection.execute(select(FACTS.c.id).order_by(FACTS.c.id)).scalars())
