"""Files of Telegram, read for whoever asks."""

import asyncio

import pytest

from chat.channel import RetryLater, Undeliverable
from chat.events import MessageReceived
from chat.message import Attachment
from tests.adapters.telegram.conftest import Stage

MIB = 1024 * 1024


async def heard(stage: Stage) -> Attachment:
    await stage.sink.next()
    return stage.sink.of(MessageReceived)[0].message.attachments[0]


async def test_a_file_is_read(stage: Stage) -> None:
    await stage.start()
    stage.customer().send_document(b"\x00\xff" * 5000, name="a.bin")
    assert await stage.channel.fetch(await heard(stage)) == b"\x00\xff" * 5000


async def test_every_kind_is_read(stage: Stage) -> None:
    await stage.start()
    ann = stage.customer()
    ann.send_animation(b"gif")
    ann.send_video_note(b"note")
    await stage.sink.next(2)
    files = [event.message.attachments[0] for event in stage.sink.of(MessageReceived)]
    assert [await stage.channel.fetch(file) for file in files] == [b"gif", b"note"]


async def test_a_file_too_large_is_not_asked_for(stage: Stage) -> None:
    await stage.start()
    stage.customer().send_document(b"x", size=20 * MIB + 1)
    with pytest.raises(Undeliverable) as never:
        await stage.channel.fetch(await heard(stage))
    assert never.value.reason == "too_large"
    assert stage.double.calls_of("getFile") == []


async def test_a_file_that_proves_too_large(stage: Stage) -> None:
    await stage.start()
    sent = stage.customer().send_document(b"x")
    file = await heard(stage)
    assert sent.file is not None
    sent.file.size = 20 * MIB + 1
    with pytest.raises(Undeliverable) as never:
        await stage.channel.fetch(file)
    assert never.value.reason == "too_large"


@pytest.mark.parametrize("ref", ["telegram:unknown", "telegram:../x", "web:1"])
async def test_no_such_file(stage: Stage, ref: str) -> None:
    with pytest.raises(Undeliverable) as never:
        await stage.channel.fetch(Attachment("file", "x", "", 0, ref))
    assert never.value.reason == "not_found"


async def test_a_file_that_vanishes_in_between(stage: Stage) -> None:
    await stage.start()
    sent = stage.customer().send_document(b"x")
    file = await heard(stage)
    delayed = stage.double.faults.add("getFile", "commit_then_delay")
    fetching = asyncio.ensure_future(stage.channel.fetch(file))
    await stage.double.until(lambda: delayed.struck)
    assert sent.file is not None
    sent.file.path = "elsewhere"
    delayed.release()
    with pytest.raises(Undeliverable) as never:
        await fetching
    assert never.value.reason == "not_found"


async def test_trouble_with_the_network_is_no_reason_to_give_up(stage: Stage) -> None:
    await stage.start()
    stage.customer().send_document(b"x")
    file = await heard(stage)
    stage.double.faults.add("getFile", "before_commit")
    with pytest.raises(RetryLater):
        await stage.channel.fetch(file)
    assert await stage.channel.fetch(file) == b"x"
