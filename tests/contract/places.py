"""Every platform from both of its sides."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from redis.asyncio import Redis

from tests.contract.discord_place import discord
from tests.contract.place import Place, Side
from tests.contract.slack_place import slack, slack_by_http
from tests.contract.telegram_place import telegram, telegram_by_webhook
from tests.contract.web_place import web

_Open = Callable[[Side, Redis, Path], AbstractAsyncContextManager[Place]]
_PLATFORMS: dict[str, _Open] = {
    "web": web,
    "telegram": telegram,
    "discord": discord,
    "slack": slack,
    "telegram by webhook": telegram_by_webhook,
    "slack by http": slack_by_http,
}
_SIDES: tuple[Side, ...] = ("customer", "desk")
_ALL: dict[str, tuple[str, Side]] = {
    f"{platform} {side}": (platform, side) for platform in _PLATFORMS for side in _SIDES
}
PLACES = [name for name in _ALL if " by " not in name]
HEARD_OTHERWISE = [name for name in _ALL if " by " in name]
"""The same places, but that events come in another way; nothing is said otherwise there."""


@asynccontextmanager
async def placed(name: str, redis: Redis, folder: Path) -> AsyncIterator[Place]:
    """One of them; at its end nothing has broken the platform's own description."""
    platform, side = _ALL[name]
    async with _PLATFORMS[platform](side, redis, folder) as place:
        yield place
        assert place.violations() == []
