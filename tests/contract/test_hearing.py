"""What people do on a platform is heard: once, in order, by its name, from whom and where."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from chat.actions import Button, Send
from chat.channel import TypingChannel, Undeliverable
from chat.events import (
    ButtonPressed,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    TypingStarted,
)
from tests.contract.place import Place
from tests.fidelity.observing import PDF

NAME = "收据 & co (1).pdf"


async def test_it_starts_and_stops_cleanly(place: Place, caplog: pytest.LogCaptureFixture) -> None:
    before = asyncio.all_tasks()
    for text in ("first", "second"):
        if text == "second":
            await place.restart()
        else:
            await place.start()
        await place.person.say(text)
        await place.sink.until(lambda text=text: heard(place)[-1].message.text == text)
        await place.stop()
    left = {task for task in asyncio.all_tasks() - before if not is_of_a_double(task)}
    if left:
        _, left = await asyncio.wait(left, timeout=5)
    assert not left
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []


def is_of_a_double(task: asyncio.Task[Any]) -> bool:
    """Telegram goes on pushing when nobody is there."""
    code = getattr(task.get_coro(), "cr_code", None)
    return code is not None and "doubles" in Path(code.co_filename).parts


def heard(place: Place) -> list[MessageReceived]:
    return place.sink.of(MessageReceived)


async def test_a_text_is_one_event_with_its_sender_and_place(place: Place) -> None:
    await place.start()
    await place.person.say("my deposit is late")
    (event,) = await place.sink.next()
    assert isinstance(event, MessageReceived)
    assert event.message.text == "my deposit is late"
    assert (event.message.sender.key, event.message.address) == (place.who, place.at)
    assert event.id and event.message.id


async def test_texts_are_heard_in_order_each_under_its_own_name(place: Place) -> None:
    await place.start()
    said = [f"line {n}" for n in range(8)]
    for text in said:
        await place.person.say(text)
    await place.sink.next(8)
    assert [event.message.text for event in heard(place)] == said
    assert len({event.id for event in heard(place)}) == 8
    assert len({event.message.id for event in heard(place)}) == 8


async def test_what_is_told_twice_is_one_event(place: Place) -> None:
    await place.start()
    await place.say_told_twice("once")
    first, second = await place.sink.next(2)
    assert isinstance(first, MessageReceived) and isinstance(second, MessageReceived)
    assert first.id == second.id
    assert first.message.id == second.message.id


async def test_an_edit_names_what_was_said(place: Place) -> None:
    await place.start()
    said = await place.person.say("one")
    await place.sink.next()
    await place.person.edit(said, "won")
    await place.sink.next(2)
    (edit,) = place.sink.of(MessageEdited)
    assert (edit.message.id, edit.message.text) == (heard(place)[0].message.id, "won")
    assert (edit.message.sender.key, edit.message.address) == (place.who, place.at)


async def test_a_deletion_names_what_was_said(place: Place) -> None:
    await place.start()
    said = await place.person.say("one")
    await place.sink.next()
    await place.person.delete(said)
    if place.fidelity.hears["deletes"] == "none":
        await place.person.say("two")
        await place.sink.next(2)
        assert place.sink.of(MessageDeleted) == []
        return
    await place.sink.next(2)
    (gone,) = place.sink.of(MessageDeleted)
    assert (gone.message_id, gone.address) == (heard(place)[0].message.id, place.at)


async def test_a_file_is_heard_with_its_name_and_size_and_can_be_read(place: Place) -> None:
    await place.start()
    await place.person.send_file(NAME, PDF)
    await place.sink.next()
    (file,) = heard(place)[0].message.attachments
    assert (file.kind, file.name, file.size) == ("file", NAME, len(PDF))
    assert file.ref.startswith(place.at.platform + ":")
    assert await place.channel.fetch(file) == PDF


async def test_a_vast_file_is_never_read(place: Place) -> None:
    await place.start()
    if not await place.send_vast():
        assert place.sink.submitted == []
        return
    await place.sink.next()
    (file,) = heard(place)[0].message.attachments
    assert file.size > place.largest_download
    with pytest.raises(Undeliverable) as caught:
        await place.channel.fetch(file)
    assert caught.value.reason == "too_large"


async def test_who_begins_to_write_is_seen(place: Place) -> None:
    await place.start()
    if place.fidelity.hears["typing"] == "none":
        return
    await place.type()
    await place.sink.until(lambda: place.sink.hints)
    (hint,) = place.sink.hints
    assert isinstance(hint, TypingStarted)
    assert (hint.sender.key, hint.address) == (place.who, place.at)


async def test_a_press_comes_back_as_the_choice(place: Place) -> None:
    await place.start()
    buttons = ((Button("choice:yes", "Yes"), Button("choice:no", "No")),)
    receipt = await place.channel.send(Send("e/0", place.at, "Well?", buttons=buttons), None)
    await place.shown()
    await place.person.press("No")
    await place.sink.next()
    (press,) = place.sink.of(ButtonPressed)
    assert (press.value, press.sender.key, press.address) == ("choice:no", place.who, place.at)
    assert press.message_id in (None, *receipt.message_ids)


def test_abilities(place: Place) -> None:
    shows = place.fidelity.shows["typing"] == "native"
    assert isinstance(place.channel, TypingChannel) is shows
