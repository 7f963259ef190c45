"""Ending tasks for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any, Final

_AGAIN: Final = 0.1


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel and wait until all have ended; how they ended is not told.

    Once is not enough: a client's library may swallow a cancellation, as `asyncio.wait_for` of
    Python 3.11 does where it comes as what is waited for is done.
    """
    every = tuple(tasks)
    while pending := [task for task in every if not task.done()]:
        for task in pending:
            task.cancel()
        await asyncio.wait(pending, timeout=_AGAIN)
    await asyncio.gather(*every, return_exceptions=True)
