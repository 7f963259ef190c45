"""What Discord and the network say when they refuse, as the two errors a channel may raise.

Source of the codes: Discord's documentation, 'Opcodes and Status Codes', JSON error codes.
"""

from __future__ import annotations

import asyncio
from typing import Final

import aiohttp
import discord

from chat.actions import Reason
from chat.channel import RetryLater, Undeliverable

_REASONS: Final[dict[int, Reason]] = {
    10003: "thread_gone",  # unknown channel
    10008: "not_found",  # unknown message
    10013: "not_found",  # unknown user
    10014: "unsupported",  # unknown emoji
    30010: "unsupported",  # as many reactions as there may be
    40005: "too_large",
    50001: "forbidden",  # missing access
    50006: "invalid",  # empty message
    50007: "blocked",  # cannot send messages to this user
    50013: "forbidden",  # missing permissions
    50024: "unsupported",
    50035: "invalid",
    50045: "too_large",
    50083: "forbidden",  # thread is archived
    90001: "unsupported",  # reaction blocked
    160005: "forbidden",  # thread is locked
}
ARCHIVED, LOCKED = 50083, 160005
THREAD_EXISTS = 160004
_MOST_SAID: Final = 300
_REFUSED_PAUSE: Final = 60.0


class Closed(Undeliverable):
    """The thread is archived or locked."""


class Gone(Undeliverable):
    """The message is not there."""


def translated(error: Exception) -> RetryLater | Undeliverable | None:
    """What the error means for whoever asked; None when it is neither's."""
    match error:
        case discord.RateLimited():
            return RetryLater("Discord asks us to wait", error.retry_after)
        case discord.LoginFailure():
            return RetryLater("Discord refuses the bot token", _REFUSED_PAUSE)
        case discord.DiscordServerError():
            return RetryLater(str(error)[:_MOST_SAID], ambiguous=True)
        case discord.HTTPException():
            return _refusal(error)
        case aiohttp.ClientConnectorError():
            return RetryLater(f"Discord cannot be reached: {error}"[:_MOST_SAID])
        case aiohttp.ClientError() | asyncio.TimeoutError() | OSError():
            return RetryLater(f"the connection to Discord broke: {error!r}", ambiguous=True)
        case _:
            return None


def _asked_wait(error: discord.HTTPException) -> float | None:
    """Seconds to wait, as the answer's header tells."""
    asked = error.response.headers.get("Retry-After", "")
    return float(asked) if asked.isdigit() else None


def _refusal(error: discord.HTTPException) -> RetryLater | Undeliverable:
    said = error.text[:_MOST_SAID]
    match error.code, error.status:
        case ((50083 | 160005), _):
            return Closed("forbidden", said)
        case 10008, _:
            return Gone("not_found", said)
        case code, _ if code in _REASONS:
            return Undeliverable(_REASONS[code], said)
        case _, 429:
            return RetryLater(said or "Discord asks us to wait", _asked_wait(error))
        case _, 413:
            return Undeliverable("too_large", said)
        case _, 401:
            return RetryLater("Discord refuses the bot token", _REFUSED_PAUSE)
        case _, 403:
            return Undeliverable("forbidden", said)
        case _, 404:
            return Undeliverable("not_found", said)
        case _:
            return Undeliverable("invalid", said)
