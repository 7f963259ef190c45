"""Tasks end, whatever a client's library makes of being told to."""

from __future__ import annotations

import asyncio

from adapters.ending import end


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
    await end([task])
    assert (forgotten, task.cancelled()) == (2, True)


async def test_what_a_task_failed_with_is_not_raised_again() -> None:
    begun = asyncio.Event()

    async def fails() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            raise ValueError("closed")

    task = asyncio.create_task(fails())
    await begun.wait()
    await end([task])
    assert isinstance(task.exception(), ValueError)
