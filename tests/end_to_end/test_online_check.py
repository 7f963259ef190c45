"""`kefu check --online` says in plain words what a platform would refuse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.pairs import discord_side, slack_side, telegram_side
from tests.running import KEFU

PLATFORMS: dict[str, Callable[[], AbstractAsyncContextManager[Any]]] = {
    "telegram": telegram_side.platform,
    "discord": discord_side.platform,
    "slack": slack_side.platform,
}


async def checked(folder: Path, platform: Any, **changed: object) -> tuple[int, str, str]:
    """Exit code, output and errors of the real command."""
    settings = {
        "channels": {"web": {}, platform.name: {**platform.settings(), **changed}},
        "desk": {"channel": platform.desk_channel},
    }
    config = folder / "config.yaml"
    config.write_text(yaml.safe_dump(settings), encoding="utf-8")
    process = await asyncio.create_subprocess_exec(
        str(KEFU), "check", "--online", "--config", str(config), "--log-level", "error",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, error = await process.communicate()
    return process.returncode or 0, out.decode(), error.decode()


@pytest.fixture(params=PLATFORMS)
async def platform(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    async with PLATFORMS[request.param]() as made:
        yield made


async def test_what_is_well_is_said_to_be(platform: Any, tmp_path: Path) -> None:
    code, out, error = await checked(tmp_path, platform)
    assert (code, error) == (0, "")
    assert f"{platform.name}: well" in out
    assert platform.violations() == []


WRONG_TOKENS = {
    "telegram": {"token": "123456:not-the-right-one"},
    "discord": {"token": "MTIzNDU2Nzg5MDEyMw.abcdef.not-the-right-one-at-all"},
    "slack": {"bot_token": "xoxb-not-the-right-one"},
}


async def test_a_wrong_token_is_told(platform: Any, tmp_path: Path) -> None:
    code, _, error = await checked(tmp_path, platform, **WRONG_TOKENS[platform.name])
    assert code == 1
    assert "refuses the" in error and "token" in error and "Traceback" not in error


def spoil(platform: Any) -> str:
    """Take something away that the desk needs; what must be told."""
    double = platform._double
    match platform.name:
        case "telegram":
            double.group(telegram_side.DESK).set_bot_rights()
            return "right to manage topics"
        case "discord":
            double.deny(platform._desk, "create_public_threads", "add_reactions")
            return "Add Reactions, Create Public Threads"
        case _:
            double.remove_app(platform._desk, platform._people["Lin"])
            return "/invite"


async def test_a_missing_permission_is_told(platform: Any, tmp_path: Path) -> None:
    expected = spoil(platform)
    code, _, error = await checked(tmp_path, platform)
    assert code == 1
    assert expected in error and "Traceback" not in error


async def test_the_missing_intent_is_told(tmp_path: Path) -> None:
    async with discord_side.platform() as platform:
        platform._double.sessions.allows_privileged_intents = False
        code, _, error = await checked(tmp_path, platform)
        assert code == 1
        assert "Message Content Intent" in error


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (4004, "refuses the bot token (4004)"),
        (4014, "Message Content Intent"),
        (4011, "shared out in another way (4011)"),
        (4012, "closed the connection for good (4012)"),
    ],
)
async def test_why_the_gateway_closes_is_told(code: int, told: str, tmp_path: Path) -> None:
    async with discord_side.platform() as platform:
        platform._double.sessions.refuses_with = code
        exit_code, _, error = await checked(tmp_path, platform)
        assert exit_code == 1
        assert told in error and "Traceback" not in error


async def test_a_platform_that_cannot_be_reached_is_told(platform: Any, tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9" + {"discord": "/api/v10", "slack": "/api/"}.get(
        platform.name, ""
    )
    code, _, error = await checked(tmp_path, platform, api_base=nowhere)
    assert code == 1
    assert platform.name in error and "Traceback" not in error
