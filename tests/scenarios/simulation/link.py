"""What a simulated process has in place of `redis.asyncio.Redis`.

Commands take effect on the real server at once, one after the other; before, between and after
them the seed decides who else gets a turn and whether the process dies or is cut off.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from redis.exceptions import ConnectionError as Disconnected

from bot.store.commands import SCRIPTS
from tests.scenarios.simulation.chance import Chance
from tests.scenarios.simulation.clock import VirtualLoop
from tests.scenarios.simulation.history import History
from tests.scenarios.simulation.server import Connection

if TYPE_CHECKING:
    from tests.scenarios.simulation.process import Process


_ROUTE = "kefu:route:"


class SharedServer:
    """The one server. Tells the history what was committed and wakes who waits for a stream."""

    def __init__(self, connection: Connection, history: History, loop: VirtualLoop) -> None:
        self._connection = connection
        self._history = history
        self._loop = loop
        self._leases: dict[str, float] = {}
        self.written = asyncio.Event()
        self._names = {
            hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest(): name
            for name, text in SCRIPTS.items()
        }
        self.requests = 0
        connection.execute("FLUSHALL")
        connection.execute("SCRIPT", "FLUSH")

    def execute(self, process: str, *command: Any) -> Any:
        """Carry a command out."""
        self.requests += 1
        script = self._names.get(command[1]) if command[0] == "EVALSHA" else None
        if script == "lease":
            self._expire_lease(command[3])
        answer = self._connection.execute(*command)
        if script == "commit" and answer == b"OK":
            self._history.committed(self._loop.time(), process, command[3:])
            self.written.set()
            self.written = asyncio.Event()
        elif command[0] == "SET" and command[1].startswith(_ROUTE):
            self._history.routed.setdefault(command[1].removeprefix(_ROUTE), self._history.tick())
        elif script == "lease" and answer == 1:
            self._leases[command[3]] = self._loop.time() + int(command[5]) / 1000
        return answer

    def _expire_lease(self, key: str) -> None:
        """The server's clock is real; leases end by the virtual one."""
        until = self._leases.get(key)
        if until is not None and until <= self._loop.time():
            self._connection.execute("DEL", key)


class StoreLink:
    """The part of `redis.asyncio.Redis` that `GroupedCommands` uses, and its trips."""

    def __init__(self, server: SharedServer, process: Process, chance: Chance) -> None:
        self._server = server
        self._process = process
        self._chance = chance

    async def script_load(self, text: str) -> str:
        """See redis-py."""
        digest = await self._carry_out([("SCRIPT", "LOAD", text)])
        return str(bytes(digest[0]).decode())

    async def together(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        """See `bot.store.trips.Trips`. `BLOCK` waits in virtual time."""
        first, *others = commands
        if first[:2] == ("XREAD", "BLOCK"):
            assert not others, "what goes along with a read that blocks would wait for it"
            return [await self._read(first)]
        return await self._carry_out(commands)

    async def _read(self, command: tuple[Any, ...]) -> Any:
        seconds = 0.0
        if command[1] == "BLOCK":
            seconds = command[2] / 1000
            command = ("XREAD", *command[3:])
        until = asyncio.get_running_loop().time() + seconds
        while True:
            written = self._server.written
            found = (await self._carry_out([command]))[0]
            left = until - asyncio.get_running_loop().time()
            if found or left <= 0:
                return found
            try:
                await asyncio.wait_for(written.wait(), left)
            except TimeoutError:
                return None

    def _answer(self, command: tuple[Any, ...]) -> Any:
        answer = self._server.execute(self._process.name, *command)
        return _streams(answer) if command[0] == "XREAD" else answer

    async def _carry_out(self, commands: Sequence[tuple[Any, ...]]) -> list[Any]:
        await self._chance.hesitate()
        await self._process.running()
        mishap = self._chance.store_mishap()
        stop = len(commands)
        if mishap != "none":
            stop = self._chance.random.randint(0, len(commands))
        answers = [self._answer(command) for command in commands[:stop]]
        if mishap == "crash":
            self._process.die(f"at the store, after {stop} of {len(commands)} commands")
        await self._chance.hesitate()
        await self._process.running()
        if mishap == "disconnect":
            raise Disconnected(f"cut off after {stop} of {len(commands)} commands")
        return answers


def _streams(found: Any) -> Any:
    """Streams in the form in which redis-py gives them."""
    return [
        (name, [(entry, dict(zip(flat[::2], flat[1::2], strict=True))) for entry, flat in entries])
        for name, entries in found or ()
    ]
