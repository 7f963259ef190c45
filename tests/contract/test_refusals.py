"""What a platform refuses comes out as one of two errors, and says what to do next."""

from __future__ import annotations

import pytest
from msgspec import structs

from chat.actions import Send
from chat.channel import RetryLater, Undeliverable
from chat.message import Attachment
from tests.contract.place import Place, vast

FILE = Attachment("file", "a.bin", "application/octet-stream", 0, "elsewhere:vast")


async def test_a_failing_platform_is_asked_later(remote: Place) -> None:
    remote.strike("before_commit")
    with pytest.raises(RetryLater):
        await remote.channel.send(Send("e/0", remote.at, "hello"), None)
    assert await remote.shown() == []
    await remote.channel.send(Send("e/0", remote.at, "hello"), None)
    assert [one.text for one in await remote.shown()] == ["hello"]


async def test_slow_down_is_passed_on_with_the_platforms_delay(remote: Place) -> None:
    remote.strike("rate_limited")
    with pytest.raises(RetryLater) as caught:
        await remote.channel.send(Send("e/0", remote.at, "hello"), None)
    assert (caught.value.after, caught.value.ambiguous) == (remote.longest_wait, False)
    assert await remote.shown() == []


async def test_who_cannot_be_reached_any_more_is_never_asked_again(remote: Place) -> None:
    await remote.end()
    with pytest.raises(Undeliverable) as caught:
        await remote.channel.send(Send("e/0", remote.at, "hello?"), None)
    assert caught.value.reason == remote.ends_with


async def test_what_is_no_place_is_not_found(remote: Place) -> None:
    for at in (remote.nowhere, structs.replace(remote.nowhere, channel="nonsense")):
        with pytest.raises(Undeliverable) as caught:
            await remote.channel.send(Send("e/0", at, "hello?"), None)
        assert caught.value.reason == "not_found"


@pytest.mark.parametrize("told", [True, False], ids=["told", "not told"])
async def test_a_file_too_large_is_refused_whole(remote: Place, told: bool) -> None:
    size = remote.largest_upload + 1
    file = structs.replace(FILE, size=size if told else 0)
    with vast(remote.shelf, file.ref, size), pytest.raises(Undeliverable) as caught:
        await remote.channel.send(Send("e/0", remote.at, "", attachments=(file,)), None)
    assert caught.value.reason == "too_large"
    assert await remote.shown() == []


async def test_a_file_that_is_gone_is_not_found(place: Place) -> None:
    with pytest.raises(Undeliverable) as caught:
        await place.channel.send(Send("e/0", place.at, "", attachments=(FILE,)), None)
    assert caught.value.reason == "not_found"
    assert await place.shown() == []
