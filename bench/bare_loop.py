"""The reference for durable work: a read and a commit, each a round trip of its own."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Sequence
from time import perf_counter
from typing import Any

from redis.asyncio import Redis

from bench.figures import Run, run_of
from bot.dialog.conversation import Decision
from bot.store.commands import SCRIPTS
from bot.store.keys import OUTBOXES, RECORDS
from bot.store.store import Store
from chat.events import Event
from handoff.ticket import Story

_STATE, _SEEN, _STORY, _VERSION = 0, 1, 6, 7


class _Listening:
    """Commands that go nowhere."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []

    async def call(self, *command: Any) -> Any:
        self.heard.append(command)
        return b"OK"

    async def wait(self, *command: Any, seconds: float) -> Any:
        return None


class Commit:
    """What the store sends for one decision: the script's keys and arguments; and the lines of the
    story before it."""

    def __init__(self, arguments: Sequence[Any], lines: Sequence[bytes]) -> None:
        self._arguments = [*arguments]
        for place in (_STATE, _STORY):
            self._arguments[place] += ":bare"
        self.state = self._arguments[_STATE]
        self.story = self._arguments[_STORY]
        self.lines = lines

    def again(self, event: str, version: Any) -> list[Any]:
        """The same for another event, on a version."""
        arguments = self._arguments.copy()
        # No event of Kefu's is called so: one that was seen already would never be answered.
        arguments[_SEEN] += f":bare:{event}"
        arguments[_VERSION] = version
        return arguments


async def commit_of(event: Event, decision: Decision, story: Story) -> Commit:
    """The commit that the store makes of a decision, after this story."""
    listening = _Listening()
    await Store(listening).commit(event, 0, decision, story)
    ((_, _, _, *arguments),) = listening.heard
    return Commit(arguments, [bytes(line) for line in story])


class BareLoop:
    """Workers that do nothing but read a conversation and commit what Kefu would commit."""

    def __init__(self, redis: Redis, commits: Sequence[Commit]) -> None:
        self._redis = redis
        self._commits = commits
        self._events = itertools.count(1)

    async def measure(self, workers: int, seconds: float) -> Run:
        """So many workers at once, for so long. What they put into streams is taken away."""
        load = await self._redis.script_load(SCRIPTS["load"])
        digest = await self._redis.script_load(SCRIPTS["commit"])
        for commit in self._commits[:workers]:
            await self._redis.delete(commit.story)
            await self._redis.rpush(commit.story, *commit.lines)
        latencies: list[float] = []

        async def work(commit: Commit) -> None:
            while (started := perf_counter()) < until:
                version, *_ = await self._redis.evalsha(load, 2, commit.state, commit.story)
                arguments = commit.again(str(next(self._events)), version or 0)
                outcome = await self._redis.evalsha(digest, 7, *arguments)
                if outcome != b"OK":
                    raise RuntimeError(f"the reference's commit was refused: {outcome}")
                latencies.append(perf_counter() - started)

        began = perf_counter()
        until = began + seconds
        await asyncio.gather(*(work(commit) for commit in self._commits[:workers]))
        took = perf_counter() - began
        await self._redis.delete(*OUTBOXES, *RECORDS)
        return run_of(workers, took, latencies)
