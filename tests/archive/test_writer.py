"""Records reach the archive once, whatever dies between which two steps."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from redis.asyncio import Redis

from bot.archive.apart import Apart, ArchiveFails
from bot.archive.database import ArchiveUnavailable, open_archive
from bot.archive.fact import Fact, Keeping, Limits
from bot.archive.writer import Writer
from bot.store import keys
from bot.store.commands import GroupedCommands
from bot.store.store import Noted, Store
from chat.actions import Record
from chat.address import Address
from tests.archive.direct import Direct, fact, ids, url_in
from tests.archive.postgres import Postgres, missing
from tests.store.examples import conversation, decision, written

CUSTOMERS = [Address("web", f"v{n}") for n in range(5)]


class Dies(Exception):
    """The process is gone."""


class Steps:
    """Counts steps and dies at one of them."""

    def __init__(self, last: int) -> None:
        self._left = last

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Dies


class MortalStore(Store):
    def __init__(self, redis: Redis, steps: Steps) -> None:
        super().__init__(GroupedCommands(redis))
        self._steps = steps

    async def oldest_records(self, most: int) -> list[Noted]:
        self._steps.step()
        # Few at once, so that there is more than one round.
        found = await super().oldest_records(2)
        self._steps.step()
        return found

    async def forget_records(self, records: Iterable[Noted]) -> None:
        for noted in records:
            self._steps.step()
            await super().forget_records([noted])
        self._steps.step()


class MortalArchive(Direct):
    def __init__(self, url: str, steps: Steps) -> None:
        super().__init__(url)
        self._steps = steps

    async def write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        self._steps.step()
        await super().write(facts, limits)
        self._steps.step()


@pytest.fixture
def store(redis: Redis) -> Store:
    return Store(GroupedCommands(redis))


async def commit(store: Store, event: str, customer: Address, count: int = 2) -> set[str]:
    """Facts of one event; their ids."""
    facts = [Record(f"{event}/{n}", "missed", 100.0, {"question": "?"}) for n in range(count)]
    then = conversation(customer=customer)
    _, version = await store.load(customer.key)
    assert await store.commit(written(event), version, decision(*facts, then=then)) == "OK"
    return {each.id for each in facts}


async def in_streams(redis: Redis) -> int:
    return sum([await redis.xlen(key) for key in keys.RECORDS])


async def test_death_between_any_two_steps_loses_nothing_and_repeats_nothing(
    store: Store, redis: Redis, tmp_path: Path
) -> None:
    url = url_in(tmp_path)
    expected: set[str] = set()
    deaths = 0
    for last in range(1000):
        # New facts come in all the while.
        for customer in CUSTOMERS:
            expected |= await commit(store, f"e{last}-{customer.channel}", customer)
        steps = Steps(last)
        writer = Writer(
            MortalStore(redis, steps), MortalArchive(url, steps), Keeping(), clock=lambda: 200.0
        )
        try:
            await writer.write_all()
            break
        except Dies:
            deaths += 1
    assert deaths > 10
    assert ids(open_archive(url)) == sorted(expected)
    assert await in_streams(redis) == 0


async def test_nothing_leaves_the_store_while_the_archive_cannot_be_written(
    store: Store, redis: Redis, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    bad = Apart(f"sqlite:///{tmp_path}/file/archive.sqlite3")
    expected = await commit(store, "e1", CUSTOMERS[0])
    with pytest.raises(ArchiveFails):
        await Writer(store, bad, Keeping(), clock=lambda: 200.0).write_all()
    assert await in_streams(redis) == 2
    good = Apart(url_in(tmp_path))
    await Writer(store, good, Keeping(), clock=lambda: 200.0).write_all()
    assert ids(open_archive(url_in(tmp_path))) == sorted(expected)


async def test_a_process_that_is_killed_is_started_again(
    store: Store, redis: Redis, tmp_path: Path
) -> None:
    archive = Apart(url_in(tmp_path))
    writer = Writer(store, archive, Keeping(), clock=lambda: 200.0)
    expected = await commit(store, "e1", CUSTOMERS[0])
    await writer.write_some()
    assert archive._process is not None
    archive._process.kill()
    await archive._process.wait()
    expected |= await commit(store, "e2", CUSTOMERS[1])
    with pytest.raises(ArchiveFails):
        await writer.write_some()
    await writer.write_all()
    await archive.rest()
    assert ids(open_archive(url_in(tmp_path))) == sorted(expected)
    assert await in_streams(redis) == 0


async def test_the_process_is_gone_when_there_is_nothing_to_write(
    store: Store, tmp_path: Path
) -> None:
    archive = Apart(url_in(tmp_path))
    writer = Writer(store, archive, Keeping(), clock=lambda: 200.0)
    await commit(store, "e1", CUSTOMERS[0])
    await writer.write_all()
    process = archive._process
    assert process is not None and process.returncode is None
    await writer.write_all()
    assert process.returncode is not None


async def test_cancelled_while_writing_it_leaves_no_process(store: Store, tmp_path: Path) -> None:
    archive = Apart(url_in(tmp_path))
    writer = Writer(store, archive, Keeping(), clock=lambda: 200.0)
    await commit(store, "e1", CUSTOMERS[0])
    await writer.write_some()
    process = archive._process
    assert process is not None
    process.send_signal(signal.SIGSTOP)  # it will never answer
    await commit(store, "e2", CUSTOMERS[1])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await writer.write_all()
    assert process.returncode is not None


async def test_a_record_from_before_conversations_were_noted_is_taken_too(
    store: Store, redis: Redis, tmp_path: Path
) -> None:
    old = b'{"type":"Record","id":"old/0","kind":"missed","at":1.0,"data":{}}'
    await redis.xadd(keys.RECORDS[3], {"r": old})
    await Writer(store, Direct(url_in(tmp_path)), Keeping(), clock=lambda: 2.0).write_all()
    assert ids(open_archive(url_in(tmp_path))) == ["old/0"]


@pytest.mark.slow
@pytest.mark.skipif(missing(), reason="no PostgreSQL server on this machine")
async def test_facts_reach_postgresql_once(store: Store, redis: Redis, tmp_path: Path) -> None:
    with Postgres(tmp_path) as server:
        url = server.new_database()
        expected: set[str] = set()
        for event in ("e1", "e2"):
            for customer in CUSTOMERS:
                expected |= await commit(store, f"{event}-{customer.channel}", customer)
            archive = Apart(url)
            await archive.write([fact("e1-v0/0")], None)
            await Writer(store, archive, Keeping(), clock=lambda: 200.0).write_all()
            await archive.rest()
        engine = open_archive(url)
        assert ids(engine) == sorted(expected)
        engine.dispose()
    assert await in_streams(redis) == 0


async def test_while_the_archive_is_away_it_tries_again_ever_more_rarely(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """And goes on as before once it is back."""
    await commit(store, "e1", CUSTOMERS[0])
    pauses: list[float] = []
    directory = tmp_path / "later"
    directory.write_text("in the way")

    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 4:
            directory.unlink()
        if len(pauses) == 6:
            raise Dies

    archive = Explained(Direct(url_in(directory)))
    writer = Writer(store, archive, Keeping(), clock=lambda: 200.0, sleep=pause)
    with pytest.raises(Dies):
        await writer.run()
    assert pauses == [5.0, 10.0, 20.0, 40.0, 5.0, 5.0]
    assert "facts wait" in caplog.text
    assert len(ids(open_archive(url_in(directory)))) == 2


class Explained:
    """Fails as the process of its own does."""

    def __init__(self, archive: Direct) -> None:
        self._archive = archive

    async def write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        try:
            await self._archive.write(facts, limits)
        except ArchiveUnavailable as error:
            raise ArchiveFails(str(error)) from error

    async def rest(self) -> None:
        pass
