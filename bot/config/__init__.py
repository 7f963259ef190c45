"""config.yaml: what the operator set, checked, with secrets filled in."""

from bot.config.checks import ConfigError, load, parse
from bot.config.shape import (
    ChannelsConfig,
    Config,
    DeskConfig,
    DiscordConfig,
    SlackConfig,
    StoreConfig,
    TelegramConfig,
    WebConfig,
    WebhookConfig,
)

__all__ = [
    "ChannelsConfig",
    "Config",
    "ConfigError",
    "DeskConfig",
    "DiscordConfig",
    "SlackConfig",
    "StoreConfig",
    "TelegramConfig",
    "WebConfig",
    "WebhookConfig",
    "load",
    "parse",
]
