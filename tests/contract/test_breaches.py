"""A contract that nothing can break proves nothing: planted faults of adapters must be noticed."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, structs
from redis.asyncio import Redis

from adapters.discord import files as discord_files
from adapters.discord import gateway, posting, rest
from adapters.discord import markup as discord_markup
from adapters.parts import InParts
from adapters.slack import channel as slack_channel
from adapters.slack import listening, web_api
from adapters.slack import markup as slack_markup
from adapters.slack import render as slack_render
from adapters.telegram import channel as telegram_channel
from adapters.telegram import connection, parse, render
from adapters.web import channel as web_channel
from adapters.web import desk, visitor
from chat.channel import Receipt, RetryLater, Undeliverable
from chat.rich import Rich
from tests.contract import test_hearing as hearing
from tests.contract import test_refusals as refusals
from tests.contract import test_saying as saying
from tests.contract.place import Place
from tests.contract.places import placed

Plant = Callable[[pytest.MonkeyPatch], None]
Behaviour = Callable[[Place], Awaitable[None]]


class Breach(Struct, frozen=True):
    """A fault of an adapter, a place where it shows, and the behaviour that notices it."""

    name: str
    place: str
    plant: Plant
    noticed_by: Behaviour


def setting(owner: Any, name: str, value: Any) -> Plant:
    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(owner, name, value)

    return plant


def wrapping(owner: Any, name: str, around: Callable[..., Any]) -> Plant:
    """`around` is called with what was there before, and then as that was."""

    def plant(patch: pytest.MonkeyPatch) -> None:
        real = getattr(owner, name)
        patch.setattr(owner, name, lambda *args, **more: around(real, *args, **more))

    return plant


_NUMBERS = itertools.count()


def _renamed(real: Any, event_id: str, *rest: Any) -> Any:
    return real(f"{event_id}/{next(_NUMBERS)}", *rest)


def _by_somebody(real: Any, event_id: str, at: float, message: Any) -> Any:
    sender = structs.replace(message.sender, id="somebody")
    return real(event_id, at, structs.replace(message, sender=sender))


def _of_another_message(real: Any, event_id: str, at: float, message: Any) -> Any:
    return real(event_id, at, structs.replace(message, id="another"))


def _impatient(real: Any, error: Exception) -> Any:
    meant = real(error)
    return RetryLater(str(meant)) if isinstance(meant, RetryLater) else meant


def _hopeful(real: Any, error: Exception) -> Any:
    meant = real(error)
    return RetryLater(str(meant)) if isinstance(meant, Undeliverable) else meant


def _cut(rich: Rich, limit: int) -> list[Rich]:
    return [Rich(rich.text[at : at + limit]) for at in range(0, len(rich.text), limit)]


async def _another_action(real: Any, self: Any, action: Any, *rest: Any) -> Any:
    return await real(self, structs.replace(action, id=f"{action.id}/{next(_NUMBERS)}"), *rest)


async def _last_id_only(real: Any, *args: Any) -> Receipt:
    receipt: Receipt = await real(*args)
    return Receipt(receipt.message_ids[-1:])


async def _nothing_found(*_: Any, **__: Any) -> None:
    return None


async def _first_only(self: Any, action: Any, message_id: str, remove: Any) -> None:
    await remove(message_id)


async def _nameless(real: Any, *args: Any) -> Any:
    _, content = await real(*args)
    return "file", content


async def _left_running(real: Any, *args: Any) -> Any:
    forgotten.append(asyncio.create_task(asyncio.Event().wait()))
    return await real(*args)


forgotten: list[asyncio.Task[Any]] = []
_hostile = partial(saying.test_hostile_text_shows_as_itself_and_calls_nobody, text=saying.HOSTILE)
_too_large = partial(refusals.test_a_file_too_large_is_refused_whole, told=False)

BREACHES = [
    Breach(
        "a task goes on after the end",
        "telegram customer",
        wrapping(telegram_channel.TelegramChannel, "run", _left_running),
        hearing.test_it_starts_and_stops_cleanly,
    ),
    Breach(
        "an event has another id each time (Telegram)",
        "telegram customer",
        wrapping(parse, "MessageReceived", _renamed),
        hearing.test_what_is_told_twice_is_one_event,
    ),
    Breach(
        "an event has another id each time (Discord)",
        "discord desk",
        wrapping(gateway, "MessageReceived", _renamed),
        hearing.test_what_is_told_twice_is_one_event,
    ),
    Breach(
        "an event has another id each time (Slack)",
        "slack customer",
        wrapping(listening, "MessageReceived", _renamed),
        hearing.test_what_is_told_twice_is_one_event,
    ),
    Breach(
        "an event has another id each time (web)",
        "web desk",
        wrapping(desk, "MessageReceived", _renamed),
        hearing.test_what_is_told_twice_is_one_event,
    ),
    Breach(
        "somebody else is named as the sender",
        "slack desk",
        wrapping(listening, "MessageReceived", _by_somebody),
        hearing.test_a_text_is_one_event_with_its_sender_and_place,
    ),
    Breach(
        "an edit names another message",
        "web customer",
        wrapping(visitor, "MessageEdited", _of_another_message),
        hearing.test_an_edit_names_what_was_said,
    ),
    Breach(
        "files may be as large as they like",
        "discord customer",
        setting(discord_files, "_allow", lambda *_: None),
        hearing.test_a_vast_file_is_never_read,
    ),
    Breach(
        "what is uploaded may be as large as it likes",
        "discord desk",
        setting(discord_files, "_allow", lambda *_: None),
        _too_large,
    ),
    Breach(
        "a file loses its name",
        "discord desk",
        wrapping(discord_files.Files, "to_send", _nameless),
        saying.test_a_file_is_shown_with_its_name,
    ),
    Breach(
        "a long text is cut anywhere",
        "slack desk",
        setting(slack_markup, "split", _cut),
        saying.test_a_long_text_is_cut_at_sense_and_nothing_is_lost,
    ),
    Breach(
        "of a long text only the last message is answered",
        "telegram customer",
        wrapping(telegram_channel.TelegramChannel, "send", _last_id_only),
        saying.test_a_long_text_is_cut_at_sense_and_nothing_is_lost,
    ),
    Breach(
        "markup is not escaped",
        "discord customer",
        setting(discord_markup, "_escape", str),
        _hostile,
    ),
    Breach(
        "names call people",
        "telegram desk",
        setting(render, "without_mentions", lambda rich: rich),
        _hostile,
    ),
    Breach(
        "what notifications show is markup",
        "slack customer",
        setting(slack_render, "fallback_of", str),
        _hostile,
    ),
    Breach(
        "the action is not named (Discord)",
        "discord customer",
        wrapping(posting, "nonce_of", lambda real, *_: f"n{next(_NUMBERS)}"),
        saying.test_said_again_it_is_there_once,
    ),
    Breach(
        "the action is not named (web)",
        "web customer",
        wrapping(web_channel.WebChannel, "send", _another_action),
        saying.test_said_again_it_is_there_once,
    ),
    Breach(
        "an earlier try is not looked for",
        "slack desk",
        setting(slack_channel.SlackChannel, "find", _nothing_found),
        saying.test_whose_answer_was_lost_is_there_once_after_the_next_try,
    ),
    Breach(
        "only the first part is taken back",
        "discord desk",
        setting(InParts, "delete", _first_only),
        saying.test_a_deletion_takes_all_of_it_back_and_again_does_no_harm,
    ),
    Breach(
        "how long to wait is not passed on (Telegram)",
        "telegram customer",
        wrapping(connection, "translated", _impatient),
        refusals.test_slow_down_is_passed_on_with_the_platforms_delay,
    ),
    Breach(
        "how long to wait is not passed on (Discord)",
        "discord desk",
        wrapping(rest, "translated", _impatient),
        refusals.test_slow_down_is_passed_on_with_the_platforms_delay,
    ),
    Breach(
        "a refusal is tried again for ever",
        "slack customer",
        wrapping(web_api, "translated", _hopeful),
        refusals.test_who_cannot_be_reached_any_more_is_never_asked_again,
    ),
    Breach(
        "a case that is asked for again opens twice",
        "telegram desk",
        wrapping(telegram_channel.TelegramChannel, "open_thread", _another_action),
        saying.test_a_case_is_opened_once_however_often_it_is_asked_for,
    ),
]


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.name)
async def test_a_planted_breach_is_noticed(
    breach: Breach,
    redis: Redis,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    turns_pass: None,
) -> None:
    behaviour = breach.noticed_by
    if behaviour is hearing.test_it_starts_and_stops_cleanly:
        behaviour = partial(behaviour, caplog=caplog)
    breach.plant(monkeypatch)
    with pytest.raises((AssertionError, RetryLater, pytest.fail.Exception)):
        async with placed(breach.place, redis, tmp_path) as place:
            await behaviour(place)
    for task in forgotten:
        task.cancel()
    forgotten.clear()


@pytest.mark.parametrize("breach", BREACHES, ids=lambda breach: breach.name)
def test_what_is_planted_was_there(breach: Breach) -> None:
    """A breach of what is not there any more would break nothing."""
    with pytest.MonkeyPatch.context() as patch:
        breach.plant(patch)
