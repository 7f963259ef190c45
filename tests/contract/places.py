"""Every platform from both of its sides."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from tests.contract.discord_place import discord
from tests.contract.place import Place, Side
from tests.contract.slack_place import slack
from tests.contract.telegram_place import telegram
from tests.contract.web_place import web

_Open = Callable[[Side, Redis, Path], AbstractAsyncContextManager[Place]]
_PLATFORMS: dict[str, _Open] = {
    "web": web,
    "telegram": telegram,
    "discord": discord,
    "slack": slack,
}
_SIDES: tuple[Side, ...] = ("customer", "desk")
PLACES: dict[str, tuple[str, Side]] = {
    f"{platform} {side}": (platform, side) for platform in _PLATFORMS for side in _SIDES
}


@asynccontextmanager
async def placed(name: str, redis: Redis, folder: Path) -> AsyncIterator[Place]:
    """One of them; at its end nothing has broken the platform's own description."""
    platform, side = PLACES[name]
    async with _PLATFORMS[platform](side, redis, folder) as place:
        yield place
        assert place.violations() == []
