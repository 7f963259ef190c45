"""Running several things until one fails, and ending them for certain."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Final

_AGAIN: Final = 0.1


async def end(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel and wait until all have ended.

    Once is not enough: a client library may take a cancellation for a timeout of its own and
    report that instead, and whoever tries again on timeouts would then go on for ever.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=_AGAIN)


async def together(works: Iterable[Callable[[], Coroutine[Any, Any, None]]]) -> None:
    """Run all until they are done. The first failure ends the others and is raised."""
    tasks = [asyncio.create_task(work()) for work in works]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        await end(tasks)
    for task in done:
        task.result()
