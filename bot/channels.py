"""Makes the channels that the configuration switches on."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from adapters.discord.settings import DiscordSettings
from adapters.slack.settings import SlackSettings
from adapters.telegram.settings import TelegramSettings, WebhookSettings
from adapters.web.channel import WebChannel
from adapters.web.settings import WebSettings
from bot.config import Config, DiscordConfig, SlackConfig, TelegramConfig
from bot.desk_secrets import desk_password, session_key
from bot.files import Files
from bot.journal import RedisJournal
from chat.channel import Channel, Memory

_MB: Final = 1024 * 1024


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
        brand=config.brand_name,
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
    """The channels on other people's platforms that are switched on.

    Their libraries are large, so each is loaded only where it is used.
    """
    channels = config.channels
    if channels.telegram is not None:
        yield _telegram(config, channels.telegram, files, memory)
    if channels.discord is not None:
        yield _discord(config, channels.discord, files, memory)
    if channels.slack is not None:
        yield _slack(config, channels.slack, files, memory)


def _desk_on(platform: str, config: Config) -> str | None:
    desk = config.desk_address
    return desk.channel if desk.platform == platform else None


def _telegram(config: Config, set_up: TelegramConfig, files: Files, memory: Memory) -> Platform:
    from adapters.telegram.channel import TelegramChannel

    settings = telegram_settings(config, set_up)
    return TelegramChannel(settings, files=files, memory=memory, clock=time.time)


def telegram_settings(config: Config, set_up: TelegramConfig) -> TelegramSettings:
    """What the operator set for Telegram."""

    webhook = None
    if set_up.mode == "webhook" and set_up.webhook is not None:
        webhook = WebhookSettings(
            public_url=set_up.webhook.public_url,
            host=set_up.webhook.host,
            port=set_up.webhook.port,
            secret=set_up.webhook.secret,
        )
    return TelegramSettings(
        token=set_up.token,
        api_base=set_up.api_base,
        desk_chat=_desk_on("telegram", config),
        spare_chats=tuple(desk.channel for desk in config.spare_desks),
        webhook=webhook,
    )


def _discord(config: Config, set_up: DiscordConfig, files: Files, memory: Memory) -> Platform:
    from adapters.discord.channel import DiscordChannel

    settings = discord_settings(config, set_up)
    return DiscordChannel(settings, files=files, memory=memory, clock=time.time)


def discord_settings(config: Config, set_up: DiscordConfig) -> DiscordSettings:
    """What the operator set for Discord."""

    return DiscordSettings(
        token=set_up.token,
        api_base=set_up.api_base,
        gateway=set_up.gateway,
        desk_channel=_desk_on("discord", config),
        entrances=frozenset(set_up.entrances),
    )


def _slack(config: Config, set_up: SlackConfig, files: Files, memory: Memory) -> Platform:
    from adapters.slack.channel import SlackChannel

    settings = slack_settings(config, set_up)
    return SlackChannel(settings, files=files, memory=memory, clock=time.time)


def slack_settings(config: Config, set_up: SlackConfig) -> SlackSettings:
    """What the operator set for Slack."""

    return SlackSettings(
        bot_token=set_up.bot_token,
        app_token=set_up.app_token,
        signing_secret=set_up.signing_secret,
        api_base=set_up.api_base,
        mode=set_up.mode,
        host=set_up.host,
        port=set_up.port,
        desk_channel=_desk_on("slack", config),
        entrances=frozenset(set_up.entrances),
    )


def shares_events(config: Config, platform: str) -> bool:
    """Whether every listener of a platform would get the same events, so that only one may be."""
    telegram = config.channels.telegram
    if platform == "telegram" and telegram is not None:
        return telegram.mode == "polling"
    return platform == "discord"
