"""What Slack and the network say when they refuse, as the two errors a channel may raise.

Source of the codes: the 'Errors' of each method at https://docs.slack.dev/reference/methods.
"""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from chat.actions import Reason
from chat.channel import RetryLater, Undeliverable

BAD_TOKEN: Final = (
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
)
_AGAIN: Final = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
_REASONS: Final[dict[str, Reason]] = {
    "channel_not_found": "not_found",
    "user_not_found": "not_found",
    "users_not_found": "not_found",
    "file_not_found": "not_found",
    "file_deleted": "not_found",
    "message_not_found": "not_found",
    "thread_not_found": "thread_gone",
    "cannot_reply_to_message": "thread_gone",
    "user_disabled": "blocked",
    "cannot_dm_bot": "blocked",
    "messages_tab_disabled": "blocked",
    "not_in_channel": "forbidden",
    "is_archived": "forbidden",
    "missing_scope": "forbidden",
    "no_permission": "forbidden",
    "restricted_action": "forbidden",
    "restricted_action_read_only_channel": "forbidden",
    "restricted_action_thread_only_channel": "forbidden",
    "ekm_access_denied": "forbidden",
    "msg_too_long": "too_large",
    "msg_blocks_too_long": "too_large",
    "file_upload_size_restricted": "too_large",
    "cant_update_message": "unsupported",
    "cant_delete_message": "unsupported",
    "edit_window_closed": "unsupported",
    "invalid_name": "unsupported",
    "too_many_emoji": "unsupported",
    "too_many_reactions": "unsupported",
}
_TOKEN_PAUSE: Final = 60.0
_MOST_SAID: Final = 300


class Gone(Undeliverable):
    """The message is not there."""


class Already(Undeliverable):
    """It is already as it should be."""


def code_of(error: SlackApiError) -> str:
    """Slack's word for what is wrong; empty when the answer has none."""
    data = error.response.data if hasattr(error.response, "data") else error.response
    return str(data.get("error", "")) if isinstance(data, dict) else ""


def translated(error: Exception) -> RetryLater | Undeliverable | None:
    """What the error means for whoever asked; None when it is neither Slack's nor the network's."""
    match error:
        case SlackApiError():
            return _refusal(error)
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Slack cannot be reached: {error}"[:_MOST_SAID])
        case aiohttp.ClientError() | asyncio.TimeoutError() | OSError() | SlackClientError():
            return RetryLater(f"the connection to Slack broke: {error!r}", ambiguous=True)
        case _:
            return None


def _refusal(error: SlackApiError) -> RetryLater | Undeliverable:
    code = code_of(error)
    status = getattr(error.response, "status_code", 200)
    headers = getattr(error.response, "headers", None) or {}
    if code == "ratelimited" or status == 429:
        return RetryLater("Slack asks us to wait", float(headers.get("Retry-After", 1)))
    if code in BAD_TOKEN:
        return RetryLater(f"Slack refuses the bot token ({code})", _TOKEN_PAUSE)
    if code in _AGAIN or status >= 500 or not code:
        return RetryLater(f"Slack failed: {code or status}", ambiguous=True)
    if code == "message_not_found":
        return Gone("not_found", code)
    if code in ("already_reacted", "no_reaction"):
        return Already("invalid", code)
    return Undeliverable(_REASONS.get(code, "invalid"), code)
