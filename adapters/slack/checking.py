"""Looks at Slack before it is used: tokens, scopes, the desk's channel."""

from __future__ import annotations

from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.errors import BAD_TOKEN, code_of
from adapters.slack.settings import SlackSettings
from chat.checking import Finding

SCOPES: Final = (
    "app_mentions:read",
    "channels:history",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "reactions:read",
    "reactions:write",
    "users:read",
)
_AGAIN: Final = "install the app again with docs/slack-app-manifest.yaml, and copy the new tokens"


async def check(settings: SlackSettings) -> list[Finding]:
    """What is wrong; empty when all is well."""
    base = settings.api_base.rstrip("/") + "/"
    client = AsyncWebClient(settings.bot_token, base_url=base, retry_handlers=[])
    try:
        me = await client.auth_test()
        findings = _scopes(me.headers)
        if settings.mode == "socket":
            findings += await _app_token(client, settings.app_token or "")
        if settings.desk_channel is not None:
            findings += await _channel(
                client, settings.desk_channel, "the desk's channel", private=True
            )
        for entrance in sorted(settings.entrances):
            findings += await _channel(client, entrance, "the entrance")
        return findings
    except SlackApiError as error:
        if code_of(error) in BAD_TOKEN:
            return [Finding(f"Slack refuses the bot token ({code_of(error)})", _AGAIN)]
        return [Finding(f"Slack answers: {code_of(error)}", "see Slack's status page")]
    except (aiohttp.ClientError, OSError) as error:
        return [Finding(f"Slack cannot be reached: {error}", "see that the machine reaches it")]


def _scopes(headers: Any) -> list[Finding]:
    granted = next((v for k, v in headers.items() if k.lower() == "x-oauth-scopes"), None)
    if granted is None:
        return []
    missing = sorted(set(SCOPES) - {scope.strip() for scope in str(granted).split(",")})
    return [Finding(f"the app lacks the scopes {', '.join(missing)}", _AGAIN)] if missing else []


async def _app_token(client: AsyncWebClient, token: str) -> list[Finding]:
    try:
        await client.apps_connections_open(app_token=token)
    except SlackApiError as error:
        return [
            Finding(
                f"Slack refuses the app token ({code_of(error)})",
                "make one with the scope connections:write (Basic Information, App-Level Tokens)",
            )
        ]
    return []


async def _channel(
    client: AsyncWebClient, channel: str, what: str, *, private: bool = False
) -> list[Finding]:
    try:
        answer = await client.conversations_info(channel=channel)
    except SlackApiError as error:
        if code_of(error) != "channel_not_found":
            raise
        return [
            Finding(
                f"{what} {channel} cannot be seen",
                "write /invite @Kefu in the channel, and check the id",
            )
        ]
    found: dict[str, Any] = answer.get("channel") or {}
    if private and (found.get("is_ext_shared") or found.get("is_pending_ext_shared")):
        return [
            Finding(
                f"{what} #{found.get('name')} is shared with another organisation, whose people "
                "can read every case",
                "choose a channel that is your own; customers' shared channels are "
                "channels.slack.entrances",
            )
        ]
    if found.get("is_archived"):
        return [Finding(f"{what} #{found.get('name')} is archived", "choose another")]
    if not found.get("is_member"):
        return [
            Finding(
                f"the app is not in {what} #{found.get('name')}",
                "write /invite @Kefu in the channel",
            )
        ]
    return []
