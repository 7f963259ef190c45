"""Starts the real program as a process of its own, as an operator would."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import tempfile
from functools import cache
from pathlib import Path

import yaml

from bot.config import Config
from bot.knowledge import read_knowledge
from bot.learning import is_learnt, learn

KEFU = Path(sys.executable).parent / "kefu"
PASSWORD = "a-password-for-tests"

# What is learnt of the built-in base is the same in every test.
CACHE = Path(tempfile.gettempdir()) / f"kefu-tests-{os.getuid()}"


FEES = """\
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: 'Fee: {{ fees.btc }}.', en: 'Fee: {{ fees.btc }}.'}
  phrasings:
    zh: [提币手续费是多少]
    en: [what is the withdrawal fee]
"""


def small_base(folder: Path) -> str:
    """A knowledge base of one entry, for `knowledge` in the settings: it is learnt in no time."""
    answers = folder / "answers"
    answers.mkdir()
    (answers / "fees.yaml").write_text(FEES, encoding="utf-8")
    (answers / "values.yaml").write_text("fees: {btc: 1 sat}\n", encoding="utf-8")
    return answers.name


@cache
def learn_built_in_base() -> None:
    """So that no program begins to learn it, only to be stopped before the end."""
    base, promised = read_knowledge(), Config().faq.promised_precision
    if not is_learnt(list(base.wordings()), None, promised, CACHE):
        learn(base, None, promised, CACHE)


class Program:
    """`kefu run` with its own data directory, on a free port."""

    def __init__(self, folder: Path, settings: dict[str, object] | None = None) -> None:
        self.folder = folder
        self.url = ""
        self.output: list[str] = []
        self._process: asyncio.subprocess.Process | None = None
        self._reader: asyncio.Task[None] | None = None
        self._said = asyncio.Condition()
        self._port = 0
        self._settings = settings or {}

    @property
    def pid(self) -> int:
        """The process id. Only while it runs."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start and wait until it serves; after the first time on the same port."""
        settings: dict[str, object] = {
            "channels": {"web": {"port": self._port}},
            "desk": {"password": "${TEST_PASSWORD}"},
            "faq": {"encoder": "none", "cache": str(CACHE)},
            **self._settings,
        }
        if "knowledge" not in settings and "faq" not in self._settings:
            await asyncio.to_thread(learn_built_in_base)
        config = self.folder / "config.yaml"
        config.write_text(yaml.safe_dump(settings), encoding="utf-8")
        self._process = await asyncio.create_subprocess_exec(
            str(KEFU),
            "run",
            "--config",
            str(config),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env={**os.environ, "TEST_PASSWORD": PASSWORD, "PYTHONUNBUFFERED": "1"},
        )
        started: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._reader = asyncio.create_task(self._read(started))
        self.url = await started
        self._port = int(self.url.rpartition(":")[2])

    async def _read(self, started: asyncio.Future[str]) -> None:
        assert self._process is not None and self._process.stdout is not None
        async for line in self._process.stdout:
            async with self._said:
                self.output.append(line.decode().rstrip())
                self._said.notify_all()
            found = re.search(r"Customers\s+(http://\S+?)/$", self.output[-1])
            if found and not started.done():
                started.set_result(found[1])
        if not started.done():
            started.set_exception(RuntimeError("kefu did not start:\n" + "\n".join(self.output)))

    async def says(self, what: str, times: int = 1) -> None:
        """Wait until a text stands in that many lines of the output."""
        async with self._said, asyncio.timeout(120):
            await self._said.wait_for(lambda: sum(what in line for line in self.output) >= times)

    async def stop(self, sig: signal.Signals = signal.SIGTERM) -> int:
        """Stop it and return its exit code."""
        if self._process is None:
            return 0
        if self._process.returncode is None:
            self._process.send_signal(sig)
        code = await self._process.wait()
        if self._reader:
            await self._reader
        self._process = None
        return code

    async def __aenter__(self) -> Program:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()
