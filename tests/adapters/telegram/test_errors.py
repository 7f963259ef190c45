"""What every refusal means, in the words in which the library hands it on."""

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from adapters.telegram.errors import TopicClosed, translated
from chat.channel import RetryLater, Undeliverable

PREFIX = "Bad Request: "


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), "blocked"),
        (Forbidden("Forbidden: user is deactivated"), "blocked"),
        (Forbidden("Forbidden: bot can't initiate conversation with a user"), "blocked"),
        (Forbidden("Forbidden: bot was kicked from the supergroup chat"), "forbidden"),
        (BadRequest(f"{PREFIX}chat not found"), "not_found"),
        (BadRequest(f"{PREFIX}wrong file identifier/HTTP URL specified"), "not_found"),
        (BadRequest(f"{PREFIX}message thread not found"), "thread_gone"),
        (BadRequest(f"{PREFIX}TOPIC_DELETED"), "thread_gone"),
        (BadRequest(f"{PREFIX}TOPIC_ID_INVALID"), "thread_gone"),
        (BadRequest(f"{PREFIX}TOPIC_CLOSED"), "forbidden"),
        (BadRequest(f"{PREFIX}not enough rights to send text messages to the chat"), "forbidden"),
        (BadRequest(f"{PREFIX}CHAT_SEND_PHOTOS_FORBIDDEN"), "forbidden"),
        (BadRequest(f"{PREFIX}file is too big"), "too_large"),
        (NetworkError("Request Entity Too Large"), "too_large"),
        (BadRequest(f"{PREFIX}REACTION_INVALID"), "unsupported"),
        (BadRequest(f"{PREFIX}can't parse entities"), "invalid"),
        (BadRequest("anything new"), "invalid"),
    ],
)
def test_refusals(error: TelegramError, reason: str) -> None:
    meaning = translated(error)
    assert isinstance(meaning, Undeliverable)
    assert meaning.reason == reason


def caused(error: NetworkError, cause: Exception) -> NetworkError:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "ambiguous"),
    [
        (caused(NetworkError("x"), httpx.ConnectError("refused")), False),
        (caused(TimedOut(), httpx.ConnectTimeout("")), False),
        (caused(TimedOut(), httpx.PoolTimeout("")), False),
        (caused(NetworkError("x"), RuntimeError("the client is closed")), False),
        (caused(TimedOut(), httpx.ReadTimeout("")), True),
        (caused(TimedOut(), httpx.WriteTimeout("")), True),
        (caused(NetworkError("x"), httpx.ReadError("reset")), True),
        (caused(NetworkError("x"), httpx.RemoteProtocolError("disconnected")), True),
        (NetworkError("Bad Gateway"), True),
        (caused(NetworkError("Bad Gateway (502)"), TelegramError("no JSON")), True),
        (TelegramError("Invalid server response"), True),
        (Conflict("x"), False),
        (ChatMigrated(-1), False),
    ],
)
def test_what_may_pass(error: TelegramError, ambiguous: bool) -> None:
    meaning = translated(error)
    assert isinstance(meaning, RetryLater)
    assert (meaning.ambiguous, meaning.after) == (ambiguous, None)


@pytest.mark.parametrize("as_timedelta", ["true", "false"])
def test_how_long_to_wait(as_timedelta: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", as_timedelta)
    meaning = translated(RetryAfter(12))
    assert isinstance(meaning, RetryLater)
    assert (meaning.after, meaning.ambiguous) == (12.0, False)


def test_a_refused_token_is_the_operators_to_mend() -> None:
    meaning = translated(InvalidToken())
    assert isinstance(meaning, RetryLater)
    assert meaning.after == 60.0


def test_what_cannot_be_written_is_not_tried_for_ever() -> None:
    meaning = translated(caused(NetworkError("x"), ValueError("surrogates")))
    assert isinstance(meaning, Undeliverable)
    assert meaning.reason == "invalid"


def test_a_closed_topic_has_a_name_of_its_own() -> None:
    assert isinstance(translated(BadRequest(f"{PREFIX}TOPIC_CLOSED")), TopicClosed)


def test_a_long_complaint_is_shortened() -> None:
    assert len(str(translated(NetworkError("x" * 5000)))) < 400
