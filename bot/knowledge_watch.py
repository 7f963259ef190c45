"""Takes edits of the knowledge base into use while the program runs."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final, Literal, TypeAlias

from bot.config import Config
from bot.knowledge import knowledge_files, knowledge_folder, today
from bot.memory import give_back
from bot.tasks import in_thread
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError

log = logging.getLogger(__name__)

PERIOD: Final = 1.0
"""Seconds between two looks."""

State: TypeAlias = Literal["current", "stale"]
Fingerprint: TypeAlias = tuple[object, ...]
"""Changes whenever the base would be read differently; two are compared, nothing else."""


def fingerprint(config: Config) -> Fingerprint:
    """What the files look like from outside, and the day, as entries hold from day to day."""
    paths = list(knowledge_files(knowledge_folder(config)))
    paths += [config.own_values] if config.own_values else []
    return (today(), *((str(path), *_looks(path)) for path in paths))


def _looks(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_mtime_ns, found.st_size, found.st_ino)


class KnowledgeWatch:
    """Reads and learns the base at the start, as the one that is there has learnt nothing, and
    anew when its files have changed and then stayed the same for one look.

    It is read off the event loop's thread and handed on when it is whole. What cannot be read is
    told once in the log, and the base that was there stays.
    """

    def __init__(
        self,
        config: Config,
        read: Callable[[threading.Event], KnowledgeBase],
        use: Callable[[KnowledgeBase], None],
        period: float = PERIOD,
    ) -> None:
        """`read` may take seconds, and ends early when its event is set."""
        self.state: State = "current"
        self._config = config
        self._read_base = read
        self._use = use
        self._period = period
        self._asked = asyncio.Event()

    def reload(self) -> None:
        """Read it anew, changed or not. For the event loop's thread."""
        self._asked.set()

    async def run(self) -> None:
        """Look until cancelled."""
        before = read_when = await self._look()
        await self._read()
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), self._period)
            asked = self._asked.is_set()
            self._asked.clear()
            now = await self._look()
            if asked or (now == before and now != read_when):
                read_when = now
                await self._read()
            before = now

    async def _look(self) -> Fingerprint:
        return await asyncio.to_thread(fingerprint, self._config)

    async def _read(self) -> None:
        try:
            base = await in_thread(self._read_base)
        except KnowledgeBaseError as error:
            self.state = "stale"
            log.error("the knowledge base was edited and cannot be used; the old one stays")
            for problem in error.problems:
                log.error("%s", problem)
        except Exception:
            self.state = "stale"
            log.exception("the knowledge base could not be read; the old one stays")
        else:
            self._use(base)
            self.state = "current"
            log.info("the knowledge base was read and learnt: %d entries", len(base.entries))
            await asyncio.to_thread(give_back)
