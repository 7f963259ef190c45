"""Makes the channels that the configuration switches on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from adapters.discord.channel import DiscordChannel, DiscordSettings
from adapters.slack.channel import SlackChannel, SlackSettings
from adapters.telegram.channel import TelegramChannel, TelegramSettings
from adapters.web.channel import WebChannel
from adapters.web.settings import WebSettings
from bot.config import Config
from bot.desk_secrets import desk_password, session_key
from bot.files import Files
from bot.journal import RedisJournal
from chat.channel import Channel, Memory

_MB: Final = 1024 * 1024
ONE_LISTENER: Final = ("telegram", "discord")
"""Platforms that give the same events to whoever listens, so that only one process may."""


class Platform(Channel, Protocol):
    """A channel with connections of its own."""

    async def close(self) -> None: ...


def build_web(config: Config, journal: RedisJournal, files: Files) -> WebChannel | None:
    """The web channel, if it is switched on."""
    web = config.channels.web
    if web is None:
        return None
    data = Path(config.data)
    password = config.desk.password or _made_password(data)
    settings = WebSettings(
        host=web.host,
        port=web.port,
        files=data / "files",
        key=session_key(data),
        password=password,
        brand=config.brand,
        lang=config.language,
        desk_lang=config.desk.language,
        max_upload=web.max_upload_mb * _MB,
        public_url=web.public_url,
    )
    return WebChannel(settings, journal, files, time.time)


def _made_password(data: Path) -> str:
    password, new = desk_password(data)
    if new:
        print(f"\n  Desk password, made now and shown once: {password}", flush=True)  # noqa: T201
    return password


def build_platforms(config: Config, files: Files, memory: Memory) -> Iterator[Platform]:
    """The channels on other people's platforms that are switched on."""
    desk = config.desk_address
    channels = config.channels

    def desk_on(platform: str) -> str | None:
        return desk.channel if desk.platform == platform else None

    if telegram := channels.telegram:
        yield TelegramChannel(
            TelegramSettings(
                token=telegram.token,
                api_base=telegram.api_base,
                desk_chat=desk_on("telegram"),
            ),
            files=files,
            memory=memory,
            clock=time.time,
        )
    if discord := channels.discord:
        yield DiscordChannel(
            DiscordSettings(
                token=discord.token,
                api_base=discord.api_base,
                gateway=discord.gateway,
                desk_channel=desk_on("discord"),
                entrances=frozenset(discord.entrances),
            ),
            files=files,
            memory=memory,
            clock=time.time,
        )
    if slack := channels.slack:
        yield SlackChannel(
            SlackSettings(
                bot_token=slack.bot_token,
                app_token=slack.app_token,
                signing_secret=slack.signing_secret,
                api_base=slack.api_base,
                mode=slack.mode,
                host=slack.host,
                port=slack.port,
                desk_channel=desk_on("slack"),
                entrances=frozenset(slack.entrances),
            ),
            files=files,
            memory=memory,
            clock=time.time,
        )
