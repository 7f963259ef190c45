"""What Telegram and the network say when they refuse, as the two errors a channel may raise.

Telegram has no error codes beyond HTTP's, so its wording decides; the texts are those of
github.com/tdlib/telegram-bot-api and of the MTProto errors that it passes on.
"""

from __future__ import annotations

import logging
import warnings
from datetime import timedelta
from typing import Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from chat.actions import Reason
from chat.channel import OperatorNeeded, RetryLater, Undeliverable

log = logging.getLogger(__name__)

_TOKEN_PAUSE: Final = 60.0
_MOST_SAID: Final = 300
# RuntimeError is what a closed client raises.
_NEVER_SENT: Final = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    RuntimeError,
)


class TokenRefused(OperatorNeeded):
    """Telegram does not know the bot's token; the operator must act."""

    def __init__(self) -> None:
        super().__init__(
            "Telegram refuses the bot token; copy the current one from @BotFather into "
            "channels.telegram.token (and if channels.telegram.api_base is set, see that a Bot "
            "API server answers there)"
        )


class TopicClosed(Undeliverable):
    """The topic is closed and we may not write in it."""


class NotModified(Undeliverable):
    """It is already as it should be."""


class ReplyGone(Undeliverable):
    """The message to answer is not there."""


class MessageGone(Undeliverable):
    """The message to change is not there, or can no longer be changed."""


class HasNoText(Undeliverable):
    """The message to change is a file with a caption."""


class PictureRefused(Undeliverable):
    """Telegram cannot show this file as a picture."""


_REFUSALS: Final[tuple[tuple[str, type[Undeliverable], Reason], ...]] = (
    ("topic_closed", TopicClosed, "forbidden"),
    ("topic_not_modified", NotModified, "invalid"),
    ("message is not modified", NotModified, "invalid"),
    ("message_not_modified", NotModified, "invalid"),
    ("thread not found", Undeliverable, "thread_gone"),
    ("topic_deleted", Undeliverable, "thread_gone"),
    ("topic_id_invalid", Undeliverable, "thread_gone"),
    ("there is no text in the message", HasNoText, "invalid"),
    ("message to be replied not found", ReplyGone, "not_found"),
    ("message to edit not found", MessageGone, "not_found"),
    ("message to delete not found", MessageGone, "not_found"),
    ("message to react not found", MessageGone, "not_found"),
    ("message_id_invalid", MessageGone, "not_found"),
    ("message can't be edited", MessageGone, "unsupported"),
    ("message can't be deleted", Undeliverable, "unsupported"),
    ("voice_messages_forbidden", Undeliverable, "forbidden"),
    ("reaction_invalid", Undeliverable, "unsupported"),
    ("is not a forum", Undeliverable, "unsupported"),
    ("photo_invalid_dimensions", PictureRefused, "invalid"),
    ("image_process_failed", PictureRefused, "invalid"),
    ("photo_save_file_invalid", PictureRefused, "invalid"),
    ("entity too large", Undeliverable, "too_large"),
    ("file is too large", Undeliverable, "too_large"),
    ("file is too big", Undeliverable, "too_large"),
    ("blocked by the user", Undeliverable, "blocked"),
    ("user is deactivated", Undeliverable, "blocked"),
    ("can't initiate conversation", Undeliverable, "blocked"),
    ("chat not found", Undeliverable, "not_found"),
    ("user not found", Undeliverable, "not_found"),
    ("peer_id_invalid", Undeliverable, "not_found"),
    ("file identifier", Undeliverable, "not_found"),
    ("invalid file_id", Undeliverable, "not_found"),
    ("not enough rights", Undeliverable, "forbidden"),
    ("have no rights", Undeliverable, "forbidden"),
    ("need administrator rights", Undeliverable, "forbidden"),
    ("chat_admin_required", Undeliverable, "forbidden"),
    ("chat_write_forbidden", Undeliverable, "forbidden"),
    ("chat_restricted", Undeliverable, "forbidden"),
    ("chat_send_", Undeliverable, "forbidden"),
)


def translated(error: TelegramError) -> RetryLater | Undeliverable:
    """What the error means for whoever asked."""
    said = error.message[:_MOST_SAID]
    match error:
        case RetryAfter():
            return RetryLater(said, seconds_of(error))
        case InvalidToken():
            log.error("%s", TokenRefused())
            return RetryLater("the bot token is refused", _TOKEN_PAUSE)
        case Conflict() | ChatMigrated():
            return RetryLater(said)
        case BadRequest():
            return _refusal(said) or Undeliverable("invalid", said)
        case Forbidden():
            return _refusal(said) or Undeliverable("forbidden", said)
        case NetworkError():
            return _disturbance(error.__cause__, said)
        case _:
            return RetryLater(said, ambiguous=True)


def seconds_of(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    with warnings.catch_warnings():
        # The library announces that this will be a timedelta; both are read here.
        warnings.simplefilter("ignore")
        after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)


def _refusal(said: str) -> Undeliverable | None:
    lower = said.lower()
    for words, kind, reason in _REFUSALS:
        if words in lower:
            return kind(reason, said)
    return None


def _disturbance(cause: BaseException | None, said: str) -> RetryLater | Undeliverable:
    """What went wrong at the network, in writing the request, or inside of Telegram (5xx).

    The library gives the network's error as the cause; an answer that is no JSON also has one.
    """
    if isinstance(cause, ValueError | TypeError):
        return Undeliverable("invalid", f"the request cannot be written: {cause!r}")
    if "entity too large" in said.lower():
        return Undeliverable("too_large", said)
    return RetryLater(said, ambiguous=not isinstance(cause, _NEVER_SENT))
