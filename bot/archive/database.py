"""Opens the archive's database and makes what is missing in it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.archive.schema import EDITION, EDITIONS, METADATA, views

_PATIENCE: Final = 30.0


class ArchiveUnavailable(Exception):
    """The database cannot be reached or read; the message says why, without anybody's words."""


def open_archive(url: str) -> Engine:
    """The database, with its tables. Raises ArchiveUnavailable."""
    with explained(url):
        engine = _sqlite(url) if url.startswith("sqlite:") else _server(url)
        with engine.begin() as connection:
            _prepare(connection)
        return engine


def open_to_read(url: str) -> Engine | None:
    """The database as it is; None if nothing was ever written. Raises ArchiveUnavailable."""
    if url.startswith("sqlite:") and not Path(make_url(url).database or "").exists():
        return None
    with explained(url):
        engine = _sqlite(url) if url.startswith("sqlite:") else _server(url)
        with engine.connect() as connection:
            known = inspect(connection).has_table(EDITIONS.name)
            if known:
                _check_edition(connection)
        return engine if known else None


@contextmanager
def explained(url: str) -> Iterator[None]:
    """What SQLAlchemy raises, as ArchiveUnavailable."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        # Only what the driver says: SQLAlchemy would add the statement.
        said = str(getattr(error, "orig", None) or error).strip().splitlines()
        where = make_url(url).render_as_string(hide_password=True)
        raise ArchiveUnavailable(f"{where}: {said[0] if said else type(error).__name__}") from error


def _sqlite(url: str) -> Engine:
    file = Path(make_url(url).database or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        # It holds what customers wrote: nobody else on this machine shall read it.
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
    engine = create_engine(
        url, hide_parameters=True, json_serializer=_json, connect_args={"timeout": _PATIENCE}
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: Any) -> None:
        cursor = connection.cursor()
        # Reports read while facts are written. What was committed survives a power cut, as it is
        # taken out of the store afterwards; what was deleted is overwritten.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _server(url: str) -> Engine:
    return create_engine(
        url,
        hide_parameters=True,
        json_serializer=_json,
        pool_pre_ping=True,
        connect_args={"connect_timeout": int(_PATIENCE)},
    )


def _json(value: object) -> str:
    """As people write, not with a code for each Chinese character."""
    return msgspec.json.encode(value).decode()


def _prepare(connection: Connection) -> None:
    if inspect(connection).has_table(EDITIONS.name):
        _check_edition(connection)
        return
    METADATA.create_all(connection)
    for name, query in views().items():
        written = query.compile(connection, compile_kwargs={"literal_binds": True})
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {written}")
    connection.execute(insert(EDITIONS).values(number=EDITION))


def _check_edition(connection: Connection) -> None:
    found = connection.execute(select(EDITIONS.c.number)).scalar_one_or_none()
    if found != EDITION:
        raise ArchiveUnavailable(
            f"the archive has edition {found}, this Kefu knows edition {EDITION}; "
            "use the Kefu that wrote it, or name another archive.url"
        )
