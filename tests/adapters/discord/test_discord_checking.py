"""The look at Discord ends, whatever its client makes of being told to."""

from __future__ import annotations

import asyncio

from adapters.discord.checking import ended


async def test_a_task_that_forgets_a_cancellation_is_cancelled_again() -> None:
    begun = asyncio.Event()
    forgotten = 0

    async def calls_again() -> None:
        nonlocal forgotten
        while True:
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                if forgotten == 2:
                    raise
                forgotten += 1

    task = asyncio.create_task(calls_again())
    await begun.wait()
    await ended(task)
    assert (forgotten, task.cancelled()) == (2, True)


async def test_how_a_task_ended_is_not_told_again() -> None:
    async def fails() -> None:
        raise ValueError("closed")

    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    await ended(task)
    assert task.done()
