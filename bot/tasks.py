"""Running several things until one fails, and ending them for certain."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, Final, TypeVar

T = TypeVar("T")

_AGAIN: Final = 0.1


async def in_thread(work: Callable[[threading.Event], T]) -> T:
    """What `work` returns, computed in a thread.

    The event that it is given is set when nobody waits any more: it should end soon then, as the
    process does not end before it.
    """
    loop = asyncio.get_running_loop()
    done: asyncio.Future[T] = loop.create_future()
    unwanted = threading.Event()

    def settle(result: T | None, error: BaseException | None) -> None:
        if done.cancelled():
            return
        if error is not None:
            done.set_exception(error)
        else:
            done.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = work(unwanted)
        except BaseException as found:
            error = found
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, result, error)

    threading.Thread(target=run).start()
    try:
        return await done
    finally:
        unwanted.set()


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
