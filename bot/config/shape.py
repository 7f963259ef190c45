"""What config.yaml may hold."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct, field

from chat.address import Address
from chat.phrases import Lang
from handoff.secrets.policy import Policy

Port = Annotated[int, Meta(ge=0, le=65535)]

TELEGRAM_API: Final = "https://api.telegram.org"
DISCORD_API: Final = "https://discord.com/api/v10"
DISCORD_GATEWAY: Final = "wss://gateway.discord.gg/"
SLACK_API: Final = "https://slack.com/api/"


class BrandConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The name customers know, and the `domains` that are really ours, such as `example.com`:
    links that imitate them are pointed out."""

    name: str = "Tokenim"
    domains: tuple[str, ...] = ()


class MoodConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Whether upset customers are handed over by themselves. `crisis_lines` says, by language,
    whom somebody in danger of their life can reach at once."""

    enabled: bool = True
    crisis_lines: dict[Lang, str] = field(default_factory=dict)


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


class WebhookConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a platform's own requests come in. `public_url` is how it reaches us, with https."""

    public_url: str
    host: str = "127.0.0.1"
    port: Port = 8082
    secret: str | None = None


class TelegramConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The bot's token from @BotFather, and the Bot API server to use. `mode: webhook` needs
    `webhook`."""

    token: str
    api_base: str = TELEGRAM_API
    mode: Literal["polling", "webhook"] = "polling"
    webhook: WebhookConfig | None = None


class DiscordConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The bot's token; the REST root up to and including `/api/v10`, and the gateway's address.
    `entrances` are the ids of text channels in which anybody may open a case."""

    token: str
    api_base: str = DISCORD_API
    gateway: str = DISCORD_GATEWAY
    entrances: tuple[str, ...] = ()


class SlackConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The app's tokens. `mode: socket` needs `app_token`; `mode: http` needs `signing_secret` and
    takes events at `/slack/events` on `host` and `port`. `entrances` are the ids of channels in
    which customers may mention the app."""

    bot_token: str
    app_token: str | None = None
    signing_secret: str | None = None
    api_base: str = SLACK_API
    mode: Literal["socket", "http"] = "socket"
    host: str = "127.0.0.1"
    port: Port = 8081
    entrances: tuple[str, ...] = ()


class ChannelsConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The platforms that are switched on."""

    web: WebConfig | None = None
    telegram: TelegramConfig | None = None
    discord: DiscordConfig | None = None
    slack: SlackConfig | None = None


class DeskConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """The shared channel: `web`, `telegram:<chat id>`, `discord:<channel id>` or
    `slack:<channel id>`. `spare` are further Telegram groups, for when the first takes no more
    topics. `agents` lists who may act there, as `<platform>:<user id>` or
    `web:<name>`; empty: whoever is in the channel. `password` opens the web desk. `norms` is a
    file of rules for replies."""

    channel: str = "web"
    spare: tuple[str, ...] = ()
    language: Lang = "zh"
    agents: tuple[str, ...] = ()
    password: str | None = None
    norms: str | None = None


class KnowledgeConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """A folder of YAML files; without one the built-in base answers. `values` is a file that says
    what the variables in answers stand for, over the `values.yaml` beside them."""

    folder: str | None = None
    values: str | None = None


class FaqConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """How questions are matched. `encoder` compares meanings: `use`, `e5` (slower, better; to be
    installed) or `none`. Of the answers given, `promised_precision` shall be right. What is learnt
    is kept in `cache`, by default below `data`."""

    encoder: Literal["use", "e5", "none"] = "use"
    promised_precision: Annotated[float, Meta(ge=0.5, le=0.999)] = 0.95
    cache: str | None = None


class ArchiveConfig(Struct, frozen=True, forbid_unknown_fields=True):
    """Where facts for reports are kept: `sqlite:///<file>` or `postgresql://…`, by default a file
    below `data`. What customers and agents wrote is forgotten after `keep_texts_days`, the facts
    about it after `keep_days`."""

    url: str | None = None
    keep_days: Annotated[int, Meta(ge=1)] = 365
    keep_texts_days: Annotated[int, Meta(ge=0)] = 90


class Config(Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file. Paths are relative to it."""

    brand: str | BrandConfig = "Tokenim"
    language: Lang = "zh"
    data: str = "data"
    knowledge: str | KnowledgeConfig | None = None
    faq: FaqConfig = field(default_factory=FaqConfig)
    store: StoreConfig = field(default_factory=StoreConfig)
    archive: ArchiveConfig = field(default_factory=ArchiveConfig)
    channels: ChannelsConfig = field(default_factory=lambda: ChannelsConfig(web=WebConfig()))
    desk: DeskConfig = field(default_factory=DeskConfig)
    mood: MoodConfig = field(default_factory=MoodConfig)
    secrets: Policy = field(default_factory=Policy)

    @property
    def cache(self) -> Path:
        """Where what was learnt is kept."""
        return Path(self.faq.cache or f"{self.data}/cache")

    @property
    def archive_url(self) -> str:
        """The archive, as SQLAlchemy names it."""
        return self.archive.url or f"sqlite:///{self.data}/archive.sqlite3"

    @property
    def brand_name(self) -> str:
        """The name customers know."""
        return self.brand if isinstance(self.brand, str) else self.brand.name

    @property
    def domains(self) -> tuple[str, ...]:
        """The domains that are really ours."""
        return () if isinstance(self.brand, str) else self.brand.domains

    @property
    def knowledge_folder(self) -> str | None:
        """The folder of the knowledge base; None for the built-in one."""
        known = self.knowledge
        return known.folder if isinstance(known, KnowledgeConfig) else known

    @property
    def own_values(self) -> Path | None:
        """The file of values that prevails over those beside the entries."""
        known = self.knowledge
        named = known.values if isinstance(known, KnowledgeConfig) else None
        return Path(named) if named else None

    @property
    def desk_address(self) -> Address:
        """Where cases are shown. The channel was checked by `parse`."""
        platform, _, channel = self.desk.channel.partition(":")
        return Address(platform, channel or "desk")

    @property
    def spare_desks(self) -> tuple[Address, ...]:
        """Where cases are shown when the first place takes no more."""
        parts = (spare.partition(":") for spare in self.desk.spare)
        return tuple(Address(platform, channel) for platform, _, channel in parts)
