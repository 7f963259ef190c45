"""No command is ever left behind, however calls and the ends of batches meet."""

from __future__ import annotations

import asyncio
import random

import pytest
from redis.asyncio import Redis

from bot.store.commands import GroupedCommands


@pytest.mark.parametrize("seed", range(20))
async def test_every_call_is_answered(redis: Redis, seed: int) -> None:
    chance = random.Random(seed)
    commands = GroupedCommands(redis)

    async def caller(number: int) -> int:
        for _ in range(30):
            for _ in range(chance.randrange(4)):
                await asyncio.sleep(0)
            await commands.call("INCR", f"counter-{number}")
        return int(await commands.call("GET", f"counter-{number}"))

    # Nothing else wakes a call that was forgotten, so without this bound it would hang.
    async with asyncio.timeout(60):
        counts = await asyncio.gather(*(caller(n) for n in range(chance.choice([1, 2, 9, 80]))))
    assert set(counts) == {30}


async def test_a_waiting_read_wakes_at_a_write(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    waiting = asyncio.create_task(
        commands.wait("XREAD", "COUNT", 9, "STREAMS", "news", "0", seconds=60)
    )
    await commands.call("XADD", "news", "*", "a", "b")
    async with asyncio.timeout(30):
        found = await waiting
    assert len(found) == 1


async def test_a_waiting_read_wakes_after_many_wrote_together(redis: Redis) -> None:
    commands = GroupedCommands(redis)
    async with asyncio.timeout(30):
        await asyncio.gather(*(commands.call("PING") for _ in range(100)))
        waiting = asyncio.create_task(
            commands.wait("XREAD", "COUNT", 9, "STREAMS", "news", "0", seconds=60)
        )
        for _ in range(5):
            await asyncio.sleep(0)
        await commands.call("XADD", "news", "*", "a", "b")
        assert len(await waiting) == 1
