"""Commands that are ready together share a round trip; each caller gets its own answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.store import commands as module
from bot.store.commands import GroupedCommands, StoreUnavailable
from bot.store.store import Store
from tests.store.examples import decision, written


async def test_many_calls_share_few_round_trips(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    await commands.call("PING")
    before = commands.round_trips
    answers = await asyncio.gather(*(commands.call("INCR", "n") for _ in range(200)))
    assert sorted(answers) == list(range(1, 201))
    assert commands.round_trips - before < 20


async def test_a_lone_call_goes_at_once(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    await commands.call("PING")
    before = commands.round_trips
    for _ in range(5):
        await commands.call("PING")
    assert commands.round_trips - before == 5


async def test_a_call_right_after_a_batch_is_not_forgotten(redis: Redis) -> None:
    """In the very turn of the loop in which the batch before it ends."""
    commands = GroupedCommands(redis)
    ended = 0

    async def call_again_and_again() -> None:
        nonlocal ended
        for _ in range(20):
            await commands.call("INCR", "n")
            for _ in range(ended % 5):
                await asyncio.sleep(0)
            ended += 1

    await asyncio.gather(*(call_again_and_again() for _ in range(7)))
    assert await redis.get("n") == b"140"


async def test_an_error_reaches_who_asked_and_nobody_else(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    await commands.call("SET", "text", "x")
    results = await asyncio.gather(
        commands.call("GET", "text"),
        commands.call("LPUSH", "text", "y"),
        commands.call("GET", "text"),
        return_exceptions=True,
    )
    assert results[0] == results[2] == b"x"
    assert isinstance(results[1], StoreUnavailable)
    assert "WRONGTYPE" in str(results[1])


async def test_an_error_of_a_lone_call(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    await commands.call("SET", "text", "x")
    with pytest.raises(StoreUnavailable, match="WRONGTYPE"):
        await commands.call("LPUSH", "text", "y")


async def test_who_gives_up_does_not_harm_the_others(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    impatient = asyncio.create_task(commands.call("INCR", "n"))
    patient = asyncio.create_task(commands.call("INCR", "n"))
    await asyncio.sleep(0)
    impatient.cancel()
    assert await patient == 2


async def test_scripts_are_loaded_again_when_the_server_forgot_them(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    store = Store(commands)
    assert await store.commit(written("e1"), 0, decision()) == "OK"
    await redis.script_flush()
    assert await store.commit(written("e2"), 1, decision()) == "OK"
    await redis.script_flush()
    leases = await asyncio.gather(*(store.hold_lease(f"l{n}", "me", 5.0) for n in range(10)))
    assert leases == [True] * 10


async def test_a_server_that_is_away_is_unavailable() -> None:
    retry = Retry(NoBackoff(), 0)
    gone = Redis(unix_socket_path="/nonexistent/valkey.sock", retry=retry)
    commands = GroupedCommands(gone)
    for _ in range(2):
        with pytest.raises(StoreUnavailable):
            await commands.call("PING")
    with pytest.raises(StoreUnavailable):
        await commands.wait("XREAD", "STREAMS", "s", "0", seconds=0.01)
    await gone.aclose()


async def test_waiting_does_not_hold_up_calls(redis: Redis) -> None:
    """With a single connection for calls and waits a call would have to wait its turn."""
    commands = GroupedCommands(redis)
    waiting = asyncio.create_task(
        commands.wait("XREAD", "COUNT", 1, "STREAMS", "s", "$", seconds=60.0)
    )
    while not await redis.execute_command("CLIENT", "LIST", "FLAGS", "b"):
        await commands.call("PING")
    await commands.call("XADD", "s", "*", "k", "v")
    assert await waiting


async def test_nothing_to_read_is_told_as_nothing(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    assert not await commands.wait("XREAD", "STREAMS", "s", "0", seconds=0.0)
    assert not await commands.wait("XREAD", "STREAMS", "s", "0", seconds=0.001)


async def test_more_callers_than_connections_wait_their_turn(valkey_socket: Path) -> None:
    pool = BlockingConnectionPool.from_url(f"unix://{valkey_socket}", max_connections=2)
    async with Redis.from_pool(pool) as narrow:
        commands = GroupedCommands(narrow)
        await commands.call("DEL", "n")
        await asyncio.gather(*(commands.call("INCR", "n") for _ in range(3000)))
        assert await commands.call("GET", "n") == b"3000"


def test_every_script_is_known_by_its_name() -> None:
    assert set(module.SCRIPTS) == {"commit", "done", "lease", "load"}
