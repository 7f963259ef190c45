"""Real processes, killed with -9 at random moments: what was acknowledged has its effect once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from redis import Redis

from bot.archive.database import open_archive
from bot.archive.fact import Keeping
from bot.archive.writer import Writer
from bot.store import keys
from bot.store.commands import GroupedCommands
from bot.store.connect import open_redis
from bot.store.embedded import EmbeddedServer
from bot.store.store import Store
from chat.actions import Send
from handoff.ticket import lines_of
from tests.archive.direct import Direct, ids, url_in
from tests.store.numbered_events import CONVERSATIONS, customer

ROOT = Path(__file__).parents[2]
KILLS = 36


class Worker:
    """The process under test and the numbers that it acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.acknowledged: set[int] = set()
        self._process: subprocess.Popen[str] | None = None

    def start(self, first: int) -> None:
        """Start from a number."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.numbered_events", str(self.folder), str(first)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def acknowledge(self, count: int) -> None:
        """Wait for so many acknowledgements."""
        assert self._process is not None and self._process.stdout is not None
        for _ in range(count):
            line = self._process.stdout.readline()
            assert line, "the worker ended by itself"
            self.acknowledged.add(int(line))

    def kill(self) -> None:
        """Kill it; what it printed before counts."""
        assert self._process is not None and self._process.stdout is not None
        self._process.kill()
        rest = self._process.stdout.read()
        complete = rest[: rest.rfind("\n") + 1]
        self.acknowledged.update(int(line) for line in complete.splitlines())
        self._process.wait()
        self._process.stdout.close()

    def kill_server(self) -> None:
        """Kill the server under it."""
        socket = EmbeddedServer(self.folder).socket
        with Redis(unix_socket_path=str(socket)) as redis:
            pid = int(redis.info("server")["process_id"])
        os.kill(pid, signal.SIGKILL)

    def first_missing(self) -> int:
        """The lowest number not acknowledged, of a whole round of conversations."""
        number = 0
        while number in self.acknowledged:
            number += 1
        return number - number % CONVERSATIONS


@pytest.mark.slow
async def test_acknowledged_events_have_their_effect_once(tmp_path: Path) -> None:
    random = Random(2026)
    worker = Worker(tmp_path / "d")
    worker.start(0)
    kills: Counter[str] = Counter()
    try:
        while sum(kills.values()) < KILLS:
            worker.acknowledge(random.randint(1, 120))
            if random.random() < 0.5:
                worker.kill()
                kills["process"] += 1
                back = random.choice((0, 0, 16))
                worker.start(max(0, worker.first_missing() - back))
            else:
                worker.kill_server()
                kills["server"] += 1
        worker.acknowledge(100)
    finally:
        worker.kill()
    assert min(kills["process"], kills["server"]) >= 10
    async with open_redis("embedded", tmp_path / "d") as redis:
        store = Store(GroupedCommands(redis))
        archive = Direct(url_in(tmp_path / "d"))
        early = len(ids(open_archive(url_in(tmp_path / "d"))))
        await Writer(store, archive, Keeping(days=10**6), clock=lambda: 1.0).write_all()
        relayed = await _relayed(store)
        order: dict[str, list[int]] = {}
        for number in relayed:
            order.setdefault(customer(number).key, []).append(number)
        archived = [id.partition("/")[0] for id in ids(open_archive(url_in(tmp_path / "d")))]
        assert early > KILLS
        assert sorted(n for n in archived if n[1:].isdigit()) == sorted(f"e{n}" for n in relayed)
        assert await store.oldest_records(1) == []
        assert {n for n, times in Counter(relayed).items() if times > 1} == set()
        assert worker.acknowledged - set(relayed) == set()
        for name, numbers in order.items():
            assert numbers == sorted(numbers)
            conversation, version = await store.load(name)
            assert conversation is not None
            # Two more events opened the case; the message that asked for a person counts too.
            assert version == len(numbers) + 2
            assert conversation.seq == len(numbers) + 1
            told = [line.text for line in lines_of(conversation.story)]
            last = [text for text in told if text.startswith("message")]
            assert last == [f"message {n}" for n in numbers[-len(last) :]]


async def _relayed(store: Store) -> list[int]:
    """The numbers of all relayed messages in the outbox, in order."""
    after = dict.fromkeys(range(keys.PARTITIONS), b"0")
    found: list[int] = []
    while entries := await store.read_outbox(after, 0):
        for entry in entries:
            after[entry.partition] = entry.id
            action = entry.action
            if isinstance(action, Send) and action.text.startswith("message "):
                found.append(int(action.text.removeprefix("message ")))
    return found
