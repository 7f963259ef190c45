"""config.yaml: what the operator set, checked, with secrets filled in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from msgspec import Meta, Struct, field

from chat.address import Address
from chat.phrases import Lang
from faq.located import InputError, decode, line_of

Port = Annotated[int, Meta(ge=0, le=65535)]

TELEGRAM_API: Final = "https://api.telegram.org"
_TELEGRAM_CHAT = re.compile(r"-\d+")
_TELEGRAM_TOKEN = re.compile(r"\d+:[\w-]{5,}")


class StoreConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """`embedded`, or a `redis://`, `rediss://` or `unix://` URL."""

    url: str = "embedded"


class WebConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The visitor page and the web desk. `public_url` is how browsers reach them, if not by
    host and port. `max_upload_mb` bounds one file."""

    host: str = "127.0.0.1"
    port: Port = 8080
    public_url: str | None = None
    max_upload_mb: Annotated[int, Meta(ge=1, le=100)] = 20


class TelegramConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The bot's token from @BotFather, and the Bot API server to use."""

    token: str
    api_base: str = TELEGRAM_API


class ChannelsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The platforms that are switched on."""

    web: WebConfig | None = None
    telegram: TelegramConfig | None = None


class DeskConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The shared channel: `web`, or `telegram:<chat id>`. `agents` lists who may act there, as
    `telegram:<user id>` or `web:<name>`; empty: whoever is in the channel. `password` opens the
    web desk."""

    channel: str = "web"
    language: Lang = "zh"
    agents: tuple[str, ...] = ()
    password: str | None = None


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. Paths are relative to it. `knowledge` is a folder of YAML files."""

    brand: str = "Tokenim"
    language: Lang = "zh"
    data: str = "data"
    knowledge: str | None = None
    store: StoreConfig = field(default_factory=StoreConfig)
    channels: ChannelsConfig = field(default_factory=lambda: ChannelsConfig(web=WebConfig()))
    desk: DeskConfig = field(default_factory=DeskConfig)

    @property
    def desk_address(self) -> Address:
        """Where cases are shown. The channel was checked by `parse`."""
        platform, _, channel = self.desk.channel.partition(":")
        return Address(platform, channel or "desk")


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
        telegram = config.channels.telegram
        if telegram is not None:
            telegram = self._telegram(telegram)
        self._desk(config)
        return Config(
            brand=config.brand,
            language=config.language,
            data=str((self._folder / config.data).resolve()),
            knowledge=self._knowledge(config),
            store=StoreConfig(self._secret(config.store.url, "store.url")),
            channels=ChannelsConfig(web=config.channels.web, telegram=telegram),
            desk=DeskConfig(
                channel=config.desk.channel,
                language=config.desk.language,
                agents=config.desk.agents,
                password=self._secret(config.desk.password, "desk.password")
                if config.desk.password is not None
                else None,
            ),
        )

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

    def _telegram(self, telegram: TelegramConfig) -> TelegramConfig:
        token = self._secret(telegram.token, "channels.telegram.token")
        if not _TELEGRAM_TOKEN.fullmatch(token):
            raise self._wrong(
                "channels.telegram.token",
                "this does not look like a bot token",
                "take the token that @BotFather gave, such as 123456:ABC-def, best as "
                "${KEFU_TELEGRAM_TOKEN}",
            )
        base = telegram.api_base.rstrip("/")
        if urlsplit(base).scheme not in ("http", "https"):
            raise self._wrong(
                "channels.telegram.api_base",
                f"“{telegram.api_base}” is not a web address",
                f"write {TELEGRAM_API}, or your own server's, such as http://127.0.0.1:8081",
            )
        return TelegramConfig(token=token, api_base=base)

    def _desk(self, config: Config) -> None:
        platform, _, chat = config.desk.channel.partition(":")
        if platform == "web" and not chat:
            self._needs(config.channels.web, "web")
        elif platform == "telegram" and _TELEGRAM_CHAT.fullmatch(chat):
            self._needs(config.channels.telegram, "telegram")
        else:
            raise self._wrong(
                "desk.channel",
                f"“{config.desk.channel}” is not a shared channel Kefu knows",
                "write web, or telegram:<chat id> with the forum group's id, such as "
                "telegram:-1001234567890",
            )
        for index, agent in enumerate(config.desk.agents):
            if not re.fullmatch(r"(web|telegram):\S.*", agent):
                raise self._wrong(
                    f"desk.agents[{index}]",
                    f"“{agent}” does not name an agent",
                    "write telegram:<user id> or web:<name>",
                )

    def _needs(self, channel: object, name: str) -> None:
        if channel is None:
            raise self._wrong(
                "desk.channel",
                f"the desk is on {name}, but channels.{name} is not set up",
                f"add a {name}: section under channels, or choose another desk.channel",
            )

    def _knowledge(self, config: Config) -> str | None:
        if config.knowledge is None:
            return None
        folder = (self._folder / config.knowledge).resolve()
        if not folder.is_dir():
            raise self._wrong(
                "knowledge",
                f"there is no folder {folder}",
                "name a folder of YAML files, or leave the line out for the built-in base",
            )
        return str(folder)
