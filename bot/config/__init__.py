"""config.yaml: what the operator set, checked, with secrets filled in."""

from bot.config.checks import ConfigError, load, parse
from bot.config.shape import (
    BrandConfig,
    ChannelsConfig,
    Config,
    DeskConfig,
    DiscordConfig,
    FaqConfig,
    KnowledgeConfig,
    MoodConfig,
    SlackConfig,
    StoreConfig,
    TelegramConfig,
    WebConfig,
    WebhookConfig,
)

__all__ = [
    "BrandConfig",
    "ChannelsConfig",
    "Config",
    "ConfigError",
    "DeskConfig",
    "DiscordConfig",
    "FaqConfig",
    "KnowledgeConfig",
    "MoodConfig",
    "SlackConfig",
    "StoreConfig",
    "TelegramConfig",
    "WebConfig",
    "WebhookConfig",
    "load",
    "parse",
]
