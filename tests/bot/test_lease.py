"""One holder at a time; a holder that is gone is followed by another."""

from __future__ import annotations

import asyncio

import pytest
from redis.asyncio import Redis

from bot.lease import LEASE_SECONDS, Lease, run_while_held
from bot.store.commands import GroupedCommands
from bot.store.store import Store


@pytest.fixture
def store(redis: Redis) -> Store:
    return Store(GroupedCommands(redis))


async def test_only_one_holds_it(store: Store) -> None:
    assert await store.hold_lease("x", "one", 60)
    assert not await store.hold_lease("x", "two", 60)
    assert await store.hold_lease("x", "one", 60)
    assert await store.hold_lease("y", "two", 60)


async def test_a_released_lease_can_be_taken(store: Store) -> None:
    await store.hold_lease("x", "one", 60)
    assert not await store.hold_lease("x", "two", 0)
    assert not await store.hold_lease("x", "one", 0)
    assert await store.hold_lease("x", "two", 60)


async def test_a_lease_runs_out(store: Store, redis: Redis) -> None:
    await store.hold_lease("x", "one", 60)
    assert 0 < await redis.pttl("kefu:lease:x") <= 60_000


async def test_the_work_ends_with_its_error_and_releases(store: Store) -> None:
    async def work() -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError):
        await run_while_held(store, "x", "one", work)
    assert await store.hold_lease("x", "two", 60)


async def test_whoever_is_stopped_lets_go(store: Store) -> None:
    working = asyncio.Event()

    async def work() -> None:
        working.set()
        await asyncio.Event().wait()

    running = asyncio.create_task(run_while_held(store, "x", "one", work))
    await working.wait()
    assert not await store.hold_lease("x", "two", 60)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert await store.hold_lease("x", "two", 60)


async def test_after_a_long_pause_it_is_not_held_for_certain(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease, working = Lease(store, "x", "one"), asyncio.Event()

    async def work() -> None:
        working.set()
        await asyncio.Event().wait()

    assert not lease.is_held()
    waiting = asyncio.create_task(lease.held())
    running = asyncio.create_task(lease.run(work))
    await working.wait()
    await waiting
    assert lease.is_held()
    loop = asyncio.get_running_loop()
    now = loop.time
    monkeypatch.setattr(loop, "time", lambda: now() + LEASE_SECONDS)
    assert not lease.is_held()
    monkeypatch.undo()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert not lease.is_held()
