"""The embedded server: found, restarted, guarded, private."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected

from bot.store.connect import open_redis
from bot.store.embedded import AlreadyRunning, EmbeddedServer, begun

ROOT = Path(__file__).parents[2]

_LEAVE_IT_RUNNING = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.store.connect import open_redis

async def main():
    async with open_redis("embedded", Path(sys.argv[1])) as redis:
        await redis.set("left", "behind")
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


def _client(server: EmbeddedServer) -> Redis:
    return Redis(unix_socket_path=str(server.socket), retry=Retry(NoBackoff(), 0))


async def _server_pid(redis: Redis) -> int:
    return int((await redis.info("server"))["process_id"])


async def test_it_is_found_when_a_killed_process_left_it_running(tmp_path: Path) -> None:
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _LEAVE_IT_RUNNING, str(tmp_path / "d"), cwd=ROOT
    )
    assert await killed.wait() == -signal.SIGKILL
    async with _client(EmbeddedServer(tmp_path / "d")) as left:
        pid = await _server_pid(left)
    async with open_redis("embedded", tmp_path / "d") as redis:
        assert await _server_pid(redis) == pid
        assert await redis.get("left") == b"behind"


async def test_it_is_stopped_with_the_program_and_keeps_its_data(tmp_path: Path) -> None:
    for round_ in range(3):
        async with open_redis("embedded", tmp_path / "d") as redis:
            assert await redis.incr("rounds") == round_ + 1
        async with _client(EmbeddedServer(tmp_path / "d")) as gone:
            with pytest.raises(Disconnected):
                await gone.ping()


async def test_it_is_started_again_when_it_is_killed(tmp_path: Path) -> None:
    async with open_redis("embedded", tmp_path / "d") as redis:
        await redis.set("written", "before")
        pid = await _server_pid(redis)
        os.kill(pid, signal.SIGKILL)
        while True:
            try:
                if await _server_pid(redis) != pid:
                    break
            except (Disconnected, OSError):
                await asyncio.sleep(0)
        assert await redis.get("written") == b"before"


async def test_a_second_program_is_refused_and_does_no_harm(tmp_path: Path) -> None:
    async with open_redis("embedded", tmp_path / "d") as redis:
        with pytest.raises(AlreadyRunning):
            async with open_redis("embedded", tmp_path / "d"):
                pass
        assert await redis.ping()


async def test_it_may_begin_before_there_is_an_event_loop(tmp_path: Path) -> None:
    with begun(tmp_path / "d") as server:
        async with open_redis("embedded", tmp_path / "d", server) as redis:
            assert await redis.ping()
            with begun(tmp_path / "d") as second, pytest.raises(AlreadyRunning):
                async with open_redis("embedded", tmp_path / "d", second):
                    pass
            assert await redis.ping()


async def test_what_began_and_was_never_entered_is_stopped(tmp_path: Path) -> None:
    with begun(tmp_path / "d") as server:
        pass
    async with _client(server) as gone:
        with pytest.raises(Disconnected):
            await gone.ping()
    async with open_redis("embedded", tmp_path / "d") as redis:
        assert await redis.ping()


async def test_it_listens_on_no_port_and_its_socket_is_private(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path / "d")
    async with server, _client(server) as redis:
        assert (await redis.config_get("port"))["port"] == "0"
        assert (await redis.info("server"))["tcp_port"] == 0
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700


async def test_every_write_is_on_disk_before_it_is_acknowledged(tmp_path: Path) -> None:
    async with open_redis("embedded", tmp_path / "d") as redis:
        settings = await redis.config_get("append*", "maxmemory-policy")
        assert settings["appendonly"] == "yes"
        assert settings["appendfsync"] == "always"
        assert settings["maxmemory-policy"] == "noeviction"


async def test_a_deep_folder_gets_a_short_socket_elsewhere(tmp_path: Path) -> None:
    deep = tmp_path / ("a-long-name-" * 8) / ("another-long-name-" * 6)
    server = EmbeddedServer(deep)
    assert len(str(server.socket).encode()) <= 100
    assert EmbeddedServer(deep / "other").socket != server.socket
    async with server, _client(server) as redis:
        assert await redis.ping()
        assert stat.S_IMODE(server.socket.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.socket.stat().st_mode) == 0o700
