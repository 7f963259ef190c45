"""What the archive holds, for how long, and what it says when it cannot be used."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, select, text, update

from bot.archive.database import ArchiveUnavailable, open_archive, open_to_read
from bot.archive.fact import Keeping, limits
from bot.archive.schema import EDITIONS, FACTS
from bot.archive.writing import forget, write
from tests.archive.direct import fact, ids, url_in
from tests.archive.postgres import Postgres, missing

DAY = 24 * 3600.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with Postgres(tmp_path_factory.mktemp("postgres")) as running:
        yield running


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param(
            "postgresql",
            marks=[
                pytest.mark.slow,
                pytest.mark.skipif(missing(), reason="no PostgreSQL server on this machine"),
            ],
        ),
    ]
)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return url_in(tmp_path)
    server: Postgres = request.getfixturevalue("server")
    return server.new_database()


@pytest.fixture
def archive(url: str) -> Iterator[Engine]:
    engine = open_archive(url)
    yield engine
    engine.dispose()


def test_the_same_fact_is_written_once(archive: Engine) -> None:
    write(archive, [fact("a"), fact("b")])
    write(archive, [fact("b"), fact("c")])
    assert ids(archive) == ["a", "b", "c"]


def test_a_case_has_its_clocks(archive: Engine) -> None:
    write(
        archive,
        [
            fact("1", "case_opened", 100.0, ticket="K1", cause="missed", priority="P1", lang="zh"),
            fact("2", "claimed", 130.0, ticket="K1", agent="web:Lin", waited=30.0),
            fact("3", "first_reply", 150.0, ticket="K1", agent="web:Lin", waited=50.0),
            fact("4", "closed", 300.0, ticket="K1", agent="web:Lin"),
            fact("5", "reopened", 400.0, ticket="K1"),
            fact("6", "closed", 500.0, ticket="K1", agent="web:Lin"),
            fact("7", "rated", 510.0, ticket="K1", score=4, agent="web:Lin"),
            fact("8", "case_opened", 600.0, ticket="K2", cause="asked", priority=None),
            fact("9", "answered", 601.0, topic="fees", question="fee?", lang="en"),
        ],
    )
    with archive.connect() as connection:
        cases = connection.execute(text("SELECT * FROM cases ORDER BY ticket")).mappings().all()
        questions = connection.execute(text("SELECT * FROM questions")).mappings().all()
    assert [dict(case) for case in cases] == [
        {
            "conversation": "web:v1",
            "ticket": "K1",
            "platform": "web",
            "lang": "zh",
            "cause": "missed",
            "priority": "P1",
            "opened_at": 100.0,
            "claimed_at": 130.0,
            "replied_at": 150.0,
            "closed_at": 500.0,
            "score": 4,
        },
        {
            "conversation": "web:v1",
            "ticket": "K2",
            "platform": "web",
            "lang": None,
            "cause": "asked",
            "priority": None,
            "opened_at": 600.0,
            "claimed_at": None,
            "replied_at": None,
            "closed_at": None,
            "score": None,
        },
    ]
    assert [(q["outcome"], q["topic"], q["question"]) for q in questions] == [
        ("answered", "fees", "fee?")
    ]


def test_texts_go_before_the_facts_about_them(archive: Engine) -> None:
    now = 1000 * DAY
    write(
        archive,
        [
            fact("new", at=now - DAY, question="new"),
            fact("older", at=now - 91 * DAY, question="older words", why="nothing"),
            fact("old", "agent_answered", at=now - 91 * DAY, answer="their words", ticket="K1"),
            fact("oldest", at=now - 366 * DAY, question="oldest"),
        ],
    )
    forget(archive, limits(Keeping(days=365, texts_days=90), now))
    with archive.connect() as connection:
        rows = connection.execute(
            select(FACTS.c.id, FACTS.c.question, FACTS.c.answer, FACTS.c.data).order_by(FACTS.c.id)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("new", "new", None, {}),
        ("old", None, None, {}),
        ("older", None, None, {"why": "nothing"}),
    ]


def test_what_was_forgotten_is_in_no_byte_of_the_file(tmp_path: Path) -> None:
    archive = open_archive(url_in(tmp_path))
    write(archive, [fact(f"f{n}", at=1.0, question=f"forgetme {n} " * 40) for n in range(200)])
    forget(archive, limits(Keeping(texts_days=0, days=10**6), 2.0))
    assert len(ids(archive)) == 200
    for file in tmp_path.iterdir():
        assert b"forgetme" not in file.read_bytes(), file


def test_any_text_can_be_kept(archive: Engine) -> None:
    odd = "a\0b \U0001f600 'quoted' \u202e %s :name"
    write(archive, [fact("a", question=odd, note=odd)])
    with archive.connect() as connection:
        kept = connection.execute(select(FACTS.c.question, FACTS.c.data)).one()
    assert kept.question == kept.data["note"] == odd.replace("\0", "")


def test_what_is_kept_is_there_after_opening_again(url: str) -> None:
    first = open_archive(url)
    write(first, [fact("a")])
    first.dispose()
    again = open_archive(url)
    assert ids(again) == ["a"]
    again.dispose()
    read = open_to_read(url)
    assert read is not None and ids(read) == ["a"]
    read.dispose()


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    archive = open_archive(url_in(tmp_path))
    write(archive, [fact("a")])
    for file in tmp_path.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file


def test_reading_makes_nothing(url: str, tmp_path: Path) -> None:
    assert open_to_read(url) is None
    assert list(tmp_path.iterdir()) == []


def test_an_archive_of_a_newer_kefu_is_left_alone(url: str) -> None:
    archive = open_archive(url)
    with archive.begin() as connection:
        connection.execute(update(EDITIONS).values(number=99))
    archive.dispose()
    for opening in (open_archive, open_to_read):
        with pytest.raises(ArchiveUnavailable, match="edition 99"):
            opening(url)


def test_a_file_that_is_no_database_is_named_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "archive.sqlite3").write_bytes(b"this is a shopping list, not a database" * 100)
    with pytest.raises(ArchiveUnavailable, match=r"archive\.sqlite3: file is not a database"):
        open_archive(url_in(tmp_path))


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    url = "postgresql+psycopg://kefu:hunter2@127.0.0.1:9/kefu"
    with pytest.raises(ArchiveUnavailable) as caught:
        open_archive(url)
    assert "127.0.0.1:9" in str(caught.value)
    assert "hunter2" not in str(caught.value)


def test_what_a_database_says_has_nobodys_words(tmp_path: Path) -> None:
    archive = open_archive(url_in(tmp_path))
    with archive.begin() as connection:
        connection.execute(text("DROP VIEW cases"))
        connection.execute(text("DROP VIEW questions"))
        connection.execute(text("DROP TABLE facts"))
        connection.execute(insert(EDITIONS).values(number=1))
    with pytest.raises(ArchiveUnavailable) as caught:
        write(archive, [fact("a", question="private words")])
    assert "private words" not in str(caught.value)
