"""The whole program, `kefu run`: from its start to the first answer, and its memory at rest."""

from __future__ import annotations

import asyncio
import signal
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from aiohttp import ClientError, ClientSession
from msgspec import Struct

from bench.memory import children_of, resident_mb
from tests.running import Program

_REST, _PATIENCE = 3.0, 180.0
_LEARNT = "the knowledge base was read and learnt"


class Whole(Struct, frozen=True):
    """Seconds from the start to serving and to the first answer; megabytes at rest."""

    serving: float
    first_answer: float
    python_mb: float | None
    server_mb: float | None


async def measure_program(folder: Path, question: str) -> Whole | None:
    """As below; None, and a line that says why, when the program does not do its part."""
    doing = ["start"]
    try:
        async with asyncio.timeout(_PATIENCE):
            return await _measure(folder, question, doing)
    except TimeoutError:
        print(f"`kefu run` did not {doing[-1]} within {_PATIENCE:g} s", file=sys.stderr)
        return None
    except (OSError, RuntimeError, TypeError, ClientError) as error:
        print(f"`kefu run` could not be measured: {error!r}", file=sys.stderr)
        return None


async def _measure(folder: Path, question: str, doing: list[str]) -> Whole:
    """Start Kefu as shipped with an empty data folder, ask once over its WebSocket, let it learn
    its knowledge base and then rest. What it is at comes last in `doing`."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        program = Program(Path(place), {"faq": {}})
        began = perf_counter()
        try:
            await program.start()
            serving = perf_counter() - began
            doing.append("answer")
            await _ask(program.url, question)
            answered = perf_counter() - began
            doing.append("learn its knowledge base")
            await program.says(_LEARNT)
            await asyncio.sleep(_REST)
            servers = [resident_mb(child) for child in children_of(program.pid)]
            known = [megabytes for megabytes in servers if megabytes is not None]
            return Whole(
                serving=serving,
                first_answer=answered,
                python_mb=resident_mb(program.pid),
                server_mb=sum(known) if known else None,
            )
        finally:
            await _stop(program)


async def _stop(program: Program) -> None:
    try:
        async with asyncio.timeout(_REST):
            await program.stop()
    except TimeoutError:
        print("`kefu run` did not stop when it was asked to", file=sys.stderr)
        try:
            async with asyncio.timeout(_REST):
                await program.stop(signal.SIGKILL)
        except TimeoutError:
            print("a child of `kefu run` holds its output open", file=sys.stderr)


async def _ask(url: str, question: str) -> None:
    """See docs/web-protocol.md."""
    async with ClientSession() as session, session.ws_connect(f"{url}/ws/visitor") as socket:
        await socket.send_json({"type": "hello"})
        await socket.send_json({"type": "message", "client": "bench-1", "text": question})
        while True:
            frame = await socket.receive_json(timeout=30)
            if frame.get("kind") == "message" and frame.get("role") == "bot":
                return
