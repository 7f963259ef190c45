"""The archive as the program sees it: a process that is there while there is something to write.

SQLAlchemy takes some 30 MB and half a second to load. A process that mostly rests need not carry
that, and no customer waits for it.
"""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Sequence
from contextlib import suppress

import msgspec

from bot.archive.fact import Fact, Limits
from bot.archive.task import Done, Task


class ArchiveFails(Exception):
    """Nothing was written, or it is unknown; the message says why."""


class Apart:
    """Starts the process when it is needed, and ends it when there is nothing to do."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._process: Process | None = None

    async def write(self, facts: Sequence[Fact], limits: Limits | None) -> None:
        """Return when the facts are in the database. Raises ArchiveFails."""
        process = self._process
        try:
            if process is None:
                process = self._process = await self._start()
            assert process.stdin is not None and process.stdout is not None  # noqa: S101 - pipes
            process.stdin.write(_line(Task(list(facts), limits)))
            await process.stdin.drain()
            answer = await process.stdout.readline()
        except OSError as error:
            await self.rest()
            raise ArchiveFails(str(error)) from error
        except asyncio.CancelledError:
            # What it would answer belongs to nobody any more.
            await self.rest()
            raise
        if not answer:
            await self.rest()
            raise ArchiveFails("the process that writes it ended by itself")
        problem = msgspec.json.decode(answer, type=Done).problem
        if problem:
            await self.rest()
            raise ArchiveFails(problem)

    async def rest(self) -> None:
        """End the process, if there is one."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def _start(self) -> Process:
        # A session of its own: Ctrl+C is for us, and ends it too.
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot.archive",
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,
        )
        assert process.stdin is not None  # noqa: S101 - a pipe
        process.stdin.write(_line(self._url))
        return process


def _line(what: object) -> bytes:
    return msgspec.json.encode(what) + b"\n"
