"""A PostgreSQL server for tests, on a unix socket in a folder of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path

_NUMBER = count(1)


def _binaries() -> Path | None:
    """Where Debian, or the PATH, has the server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).parent if on_path else None


def missing() -> bool:
    """Whether there is none to start, or nobody to run it as: it refuses to run as root."""
    return (
        _binaries() is None
        or find_spec("psycopg") is None
        or (os.getuid() == 0 and shutil.which("runuser") is None)
    )


class Postgres:
    """Runs while it is entered."""

    def __init__(self, folder: Path) -> None:
        binaries = _binaries()
        assert binaries is not None
        self._binaries = binaries
        # pytest's own folders are too deep for a unix socket's path, and closed to other users.
        self._folder = Path(tempfile.mkdtemp(prefix="kefu-pg-"))
        self._data = self._folder / "data"
        self._as: list[str] = []
        if os.getuid() == 0:
            shutil.chown(self._folder, "postgres")
            self._as = ["runuser", "-u", "postgres", "--"]

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as, str(self._binaries / program), *arguments]
        subprocess.run(command, cwd=self._folder, check=True, stdout=subprocess.DEVNULL)

    def __enter__(self) -> Postgres:
        self._run("initdb", "-D", str(self._data), "-U", "kefu", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories='{self._folder}'"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", str(self._data), "-l", log, "-w", "-o", options, "start")
        return self

    def __exit__(self, *_: object) -> None:
        self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "immediate", "stop")
        shutil.rmtree(self._folder)

    def new_database(self) -> str:
        """The URL of an empty one."""
        name = f"kefu{next(_NUMBER)}"
        self._run("createdb", "-h", str(self._folder), "-U", "kefu", name)
        return f"postgresql+psycopg://kefu@/{name}?host={self._folder}"
