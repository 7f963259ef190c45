"""Reads config.yaml, checks it and fills secrets in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from msgspec import structs

from bot.config.shape import (
    DISCORD_API,
    DISCORD_GATEWAY,
    SLACK_API,
    TELEGRAM_API,
    ArchiveConfig,
    ChannelsConfig,
    Config,
    DiscordConfig,
    FaqConfig,
    KnowledgeConfig,
    SlackConfig,
    StoreConfig,
    TelegramConfig,
)
from faq.located import InputError, decode, line_of

_TELEGRAM_TOKEN: Final = re.compile(r"\d+:[\w-]{5,}")
_DISCORD_TOKEN: Final = re.compile(r"[\w-]{10,}\.[\w-]{3,}\.[\w-]{10,}")
_DISCORD_ID: Final = re.compile(r"\d{15,20}")
_SLACK_CHANNEL: Final = re.compile(r"[CG][A-Z0-9]{5,}")
_DOMAIN: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,}")
_SPARE: Final = re.compile(r"telegram:-\d+")
_DRIVER: Final = "psycopg"
_POSTGRESQL: Final = ("postgres", "postgresql", f"postgresql+{_DRIVER}")
_DESKS: Final = {
    "web": re.compile(""),
    "telegram": re.compile(r"-\d+"),
    "discord": _DISCORD_ID,
    "slack": _SLACK_CHANNEL,
}


class ConfigError(Exception):
    """What is wrong in the file; one `file:line: problem; instead` a line."""


def load(path: Path, environment: Mapping[str, str] = os.environ) -> Config:
    """Read and check a file. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"{path}:1: there is no such file; name one with --config, or copy config.yaml"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}:1: the file cannot be read: {error}") from error
    return parse(text, str(path), path.parent, environment)


def parse(text: str, file: str, folder: Path, environment: Mapping[str, str]) -> Config:
    """Check a file's text; `file:` secrets are relative to `folder`. Raises ConfigError."""
    try:
        config = decode(text or "{}", file, Config)
        return _Checks(text, file, folder, environment).checked(config)
    except InputError as error:
        raise ConfigError(str(error)) from error


class _Checks:
    """Checks beyond types, and secrets from the environment or from files."""

    def __init__(self, text: str, file: str, folder: Path, environment: Mapping[str, str]) -> None:
        self._text = text
        self._file = file
        self._folder = folder
        self._environment = environment

    def checked(self, config: Config) -> Config:
        self._store(config)
        self._domains(config)
        channels = self._channels(config.channels)
        self._desk(config)
        return structs.replace(
            config,
            channels=channels,
            data=str((self._folder / config.data).resolve()),
            faq=self._faq(config.faq),
            knowledge=self._knowledge(config),
            archive=self._archive(config.archive),
            store=StoreConfig(self._secret(config.store.url, "store.url")),
            desk=structs.replace(
                config.desk,
                password=self._optional(config.desk.password, "desk.password"),
                norms=self._norms(config),
            ),
        )

    def _faq(self, faq: FaqConfig) -> FaqConfig:
        cache = str((self._folder / faq.cache).resolve()) if faq.cache else None
        return structs.replace(faq, cache=cache)

    def _channels(self, channels: ChannelsConfig) -> ChannelsConfig:
        return ChannelsConfig(
            web=channels.web,
            telegram=self._telegram(channels.telegram) if channels.telegram else None,
            discord=self._discord(channels.discord) if channels.discord else None,
            slack=self._slack(channels.slack) if channels.slack else None,
        )

    def _optional(self, value: str | None, path: str) -> str | None:
        return None if value is None else self._secret(value, path)

    def _wrong(self, path: str, problem: str, instead: str) -> InputError:
        return InputError(self._file, line_of(self._text, path), problem, instead)

    def _secret(self, value: str, path: str) -> str:
        """`${NAME}` from the environment, `file:<path>` from a file, else the value itself."""
        named = re.fullmatch(r"\$\{(\w+)\}", value)
        if named:
            found = self._environment.get(named[1], "")
            if not found:
                raise self._wrong(
                    path,
                    f"the environment variable {named[1]} is not set",
                    f"set it before starting, for example: export {named[1]}=…",
                )
            return found
        if value.startswith("file:"):
            secret = self._folder / value.removeprefix("file:")
            try:
                return secret.read_text(encoding="utf-8").strip()
            except (OSError, UnicodeDecodeError):
                raise self._wrong(
                    path,
                    f"the file {secret} cannot be read",
                    "create it with nothing but the secret in it",
                ) from None
        return value

    def _store(self, config: Config) -> None:
        url = config.store.url
        if url == "embedded" or url.startswith(("${", "file:")):
            return
        if urlsplit(url).scheme not in ("redis", "rediss", "unix"):
            raise self._wrong(
                "store.url",
                f"“{url}” is not a store Kefu knows",
                "write embedded, or a URL such as redis://127.0.0.1:6379/0",
            )

    def _archive(self, archive: ArchiveConfig) -> ArchiveConfig:
        if archive.url is None:
            return archive
        url = self._secret(archive.url, "archive.url")
        scheme, separator, rest = url.partition("://")
        if scheme == "sqlite" and rest.startswith("/") and rest.strip("/"):
            file = (self._folder / rest.removeprefix("/")).resolve()
            return structs.replace(archive, url=f"sqlite:///{file}")
        if separator and scheme in _POSTGRESQL:
            if find_spec(_DRIVER) is None:
                raise self._wrong(
                    "archive.url",
                    "PostgreSQL needs a driver that is not installed",
                    "run: pip install 'psycopg[binary]'",
                )
            return structs.replace(archive, url=f"postgresql+{_DRIVER}://{rest}")
        # The whole URL may hold a password.
        raise self._wrong(
            "archive.url",
            f"“{scheme}://…” is not an archive Kefu knows" if separator else "this is not a URL",
            "write sqlite:///data/archive.sqlite3, or postgresql://user:password@host/database",
        )

    def _domains(self, config: Config) -> None:
        for index, domain in enumerate(config.domains):
            if not _DOMAIN.fullmatch(domain):
                raise self._wrong(
                    f"brand.domains[{index}]",
                    f"“{domain}” is not a domain",
                    "write it in small letters without https:// or a path, such as example.com",
                )

    def _norms(self, config: Config) -> str | None:
        if config.desk.norms is None:
            return None
        file = (self._folder / config.desk.norms).resolve()
        if not file.is_file():
            raise self._wrong(
                "desk.norms",
                f"there is no file {file}",
                "name a YAML file of rules, or leave the line out for the built-in ones",
            )
        return str(file)

    def _telegram(self, telegram: TelegramConfig) -> TelegramConfig:
        token = self._secret(telegram.token, "channels.telegram.token")
        if not _TELEGRAM_TOKEN.fullmatch(token):
            raise self._wrong(
                "channels.telegram.token",
                "this does not look like a bot token",
                "take the token that @BotFather gave, such as 123456:ABC-def, best as "
                "${KEFU_TELEGRAM_TOKEN}",
            )
        base = self._address(
            telegram.api_base, "channels.telegram.api_base", ("http", "https"), TELEGRAM_API
        )
        webhook = telegram.webhook
        if telegram.mode == "webhook" and webhook is None:
            raise self._wrong(
                "channels.telegram.mode",
                "a webhook needs to know how Telegram reaches it",
                "add channels.telegram.webhook with public_url: https://…, or write mode: polling",
            )
        if webhook is not None:
            secret = self._optional(webhook.secret, "channels.telegram.webhook.secret")
            webhook = structs.replace(webhook, secret=secret)
        return structs.replace(telegram, token=token, api_base=base, webhook=webhook)

    def _address(self, value: str, path: str, schemes: tuple[str, ...], usual: str) -> str:
        if urlsplit(value).scheme not in schemes:
            raise self._wrong(path, f"“{value}” is not an address", f"write one such as {usual}")
        return value.rstrip("/")

    def _discord(self, discord: DiscordConfig) -> DiscordConfig:
        token = self._secret(discord.token, "channels.discord.token")
        if not _DISCORD_TOKEN.fullmatch(token):
            raise self._wrong(
                "channels.discord.token",
                "this does not look like a bot token",
                "take the token from the Developer Portal (your application, Bot, Reset Token), "
                "best as ${KEFU_DISCORD_TOKEN}",
            )
        self._ids(discord.entrances, "channels.discord.entrances", _DISCORD_ID, "1234567890123456")
        return structs.replace(
            discord,
            token=token,
            api_base=self._address(
                discord.api_base, "channels.discord.api_base", ("http", "https"), DISCORD_API
            ),
            gateway=self._address(
                discord.gateway, "channels.discord.gateway", ("ws", "wss"), DISCORD_GATEWAY
            ),
        )

    def _slack(self, slack: SlackConfig) -> SlackConfig:
        path = "channels.slack"
        bot_token = self._secret(slack.bot_token, f"{path}.bot_token")
        if not bot_token.startswith("xoxb-"):
            raise self._wrong(
                f"{path}.bot_token",
                "this does not look like a bot token",
                "take the Bot User OAuth Token (xoxb-…) from OAuth & Permissions, best as "
                "${KEFU_SLACK_BOT_TOKEN}",
            )
        app_token = self._optional(slack.app_token, f"{path}.app_token")
        secret = self._optional(slack.signing_secret, f"{path}.signing_secret")
        if slack.mode == "socket" and not (app_token or "").startswith("xapp-"):
            raise self._wrong(
                f"{path}.app_token" if slack.app_token else path,
                "Socket Mode needs an app-level token",
                "add app_token: xapp-… with the scope connections:write, or write mode: http",
            )
        if slack.mode == "http" and not secret:
            raise self._wrong(
                path,
                "events over HTTP need the signing secret, or anybody could send them",
                "add signing_secret: from Basic Information, or write mode: socket",
            )
        self._ids(slack.entrances, f"{path}.entrances", _SLACK_CHANNEL, "C0123456789")
        return structs.replace(
            slack,
            bot_token=bot_token,
            app_token=app_token,
            signing_secret=secret,
            api_base=self._address(
                slack.api_base, f"{path}.api_base", ("http", "https"), SLACK_API
            ),
        )

    def _ids(self, ids: tuple[str, ...], path: str, pattern: re.Pattern[str], example: str) -> None:
        for index, one in enumerate(ids):
            if not pattern.fullmatch(one):
                raise self._wrong(
                    f"{path}[{index}]",
                    f"“{one}” is not a channel's id",
                    f'write the id in quotes, such as "{example}"',
                )

    def _desk(self, config: Config) -> None:
        platform, _, channel = config.desk.channel.partition(":")
        known = _DESKS.get(platform)
        if known is None or not known.fullmatch(channel):
            raise self._wrong(
                "desk.channel",
                f"“{config.desk.channel}” is not a shared channel Kefu knows",
                "write web, telegram:<chat id> (a forum group's, such as -1001234567890), "
                "discord:<channel id> or slack:<channel id>",
            )
        self._needs(getattr(config.channels, platform), platform)
        for index, spare in enumerate(config.desk.spare):
            if platform != "telegram" or not _SPARE.fullmatch(spare):
                raise self._wrong(
                    f"desk.spare[{index}]",
                    f"“{spare}” cannot stand in for {config.desk.channel}",
                    "write further forum groups, such as telegram:-1009876543210, where the desk "
                    "is one",
                )
        for index, agent in enumerate(config.desk.agents):
            if not re.fullmatch(rf"({'|'.join(_DESKS)}):\S.*", agent):
                raise self._wrong(
                    f"desk.agents[{index}]",
                    f"“{agent}” does not name an agent",
                    "write <platform>:<user id>, such as telegram:123456, or web:<name>",
                )

    def _needs(self, channel: object, name: str) -> None:
        if channel is None:
            raise self._wrong(
                "desk.channel",
                f"the desk is on {name}, but channels.{name} is not set up",
                f"add a {name}: section under channels, or choose another desk.channel",
            )

    def _knowledge(self, config: Config) -> KnowledgeConfig:
        nested = isinstance(config.knowledge, KnowledgeConfig)
        folder = values = None
        if config.knowledge_folder is not None:
            path = (self._folder / config.knowledge_folder).resolve()
            if not path.is_dir():
                raise self._wrong(
                    "knowledge.folder" if nested else "knowledge",
                    f"there is no folder {path}",
                    "name a folder of YAML files, or leave the line out for the built-in base",
                )
            folder = str(path)
        if config.own_values is not None:
            path = (self._folder / config.own_values).resolve()
            if not path.is_file():
                raise self._wrong(
                    "knowledge.values",
                    f"there is no file {path}",
                    "name a YAML file with lines such as 'fees: {btc_withdraw: 0.0005 BTC}'",
                )
            values = str(path)
        return KnowledgeConfig(folder, values)
