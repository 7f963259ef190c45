"""`kefu check --online`: asks each platform whether what is set up will work."""

from __future__ import annotations

from bot.channels import discord_settings, slack_settings, telegram_settings
from bot.config import Config
from chat.checking import Finding


async def look(config: Config) -> dict[str, list[Finding]]:
    """What is wrong on each platform that is switched on; their libraries are loaded here."""
    found: dict[str, list[Finding]] = {}
    channels = config.channels
    if channels.telegram is not None:
        from adapters.telegram.checking import check as check_telegram

        found["telegram"] = await check_telegram(telegram_settings(config, channels.telegram))
    if channels.discord is not None:
        from adapters.discord.checking import check as check_discord

        found["discord"] = await check_discord(discord_settings(config, channels.discord))
    if channels.slack is not None:
        from adapters.slack.checking import check as check_slack

        found["slack"] = await check_slack(slack_settings(config, channels.slack))
    return found
