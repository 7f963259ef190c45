"""Visitors: nothing they say or are told is lost or repeated."""

from __future__ import annotations

import pytest

from chat.actions import Button, Delete, Edit, ShowTyping, Speaker
from chat.address import Address
from chat.events import ButtonPressed, MessageReceived, TypingStarted
from chat.message import Attachment, MessageRef, Span
from tests.adapters.web.conftest import Site


async def test_a_message_becomes_an_event_and_stands_in_the_journal(site: Site) -> None:
    visitor = await site.visitor(lang="zh-CN")
    await visitor.send(type="message", client="a1", text="充值没到账")
    await visitor.until("ack", client="a1")
    await visitor.until_entries(1)
    (event,) = site.sink.submitted
    assert isinstance(event, MessageReceived)
    assert event.message.text == "充值没到账"
    assert event.message.address == Address("web", visitor.id)
    assert event.message.sender.locale == "zh-CN"
    assert visitor.texts == ["充值没到账"]
    assert visitor.entries[0]["id"] == event.message.id


async def test_the_acknowledgement_waits_for_the_commit(site: Site) -> None:
    site.sink.hold()
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="hello")
    await visitor.until("entry")
    await site.sink.until(lambda: site.sink.begun)
    await visitor.send(type="nonsense", client="x")
    assert not [frame for frame in visitor.frames if frame["type"] == "ack"]
    site.sink.release()
    await visitor.until("ack", client="a1")


async def test_a_message_sent_again_is_the_same_event_and_one_entry(site: Site) -> None:
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="hello")
    await visitor.until("ack")
    await visitor.close()
    again = await site.visitor(visitor.token)
    await again.send(type="message", client="a1", text="hello")
    await again.until("ack")
    await again.send(type="message", client="a2", text="more")
    await again.until("ack", client="a2")
    await again.until_entries(2)
    assert again.texts == ["hello", "more"]
    ids = [event.id for event in site.sink.submitted]
    assert ids[0] == ids[1] != ids[2]


async def test_a_reconnect_gets_what_it_missed_once_and_in_order(site: Site) -> None:
    visitor = await site.visitor()
    here = Address("web", visitor.id)
    await site.channel.send(site.say(here, "one"), None)
    last = await visitor.until("entry")
    await visitor.close()
    for text in ("two", "three"):
        await site.channel.send(site.say(here, text), None)
    again = await site.visitor(visitor.token, after=last["id"])
    await again.until("caught_up")
    assert again.texts == ["two", "three"]
    await site.channel.send(site.say(here, "four"), None)
    await again.until("entry")
    assert again.texts == ["two", "three", "four"]


async def test_order_is_kept_within_a_visitor(site: Site) -> None:
    visitor = await site.visitor()
    for n in range(8):
        await visitor.send(type="message", client=f"c{n}", text=str(n))
    await visitor.until("ack", client="c7")
    await visitor.until_entries(8)
    texts = [e.message.text for e in site.sink.submitted if isinstance(e, MessageReceived)]
    assert texts == visitor.texts == [str(n) for n in range(8)]


async def test_two_pages_of_one_visitor_show_the_same(site: Site) -> None:
    first = await site.visitor()
    second = await site.visitor(first.token)
    await first.send(type="message", client="a1", text="hello")
    await second.until("entry", text="hello")
    assert second.id == first.id


async def test_another_visitor_sees_nothing_of_it(site: Site) -> None:
    one, other = await site.visitor(), await site.visitor()
    assert one.id != other.id
    await one.send(type="message", client="a1", text="mine")
    await one.until("ack")
    await site.channel.send(site.say(Address("web", other.id), "yours"), None)
    await other.until("entry")
    assert other.texts == ["yours"]


async def test_the_public_id_does_not_open_the_conversation(site: Site) -> None:
    visitor = await site.visitor()
    stranger = await site.visitor(visitor.id)
    assert stranger.id != visitor.id


async def test_buttons_come_back(site: Site) -> None:
    visitor = await site.visitor()
    here = Address("web", visitor.id)
    action = site.say(here, "which?", buttons=((Button("pick:x", "X"),),))
    await site.channel.send(action, None)
    entry = await visitor.until("entry")
    assert entry["buttons"] == [[{"value": "pick:x", "label": "X"}]]
    await visitor.send(type="press", client="p1", target=entry["id"], value="pick:x", label="X")
    await visitor.until("ack", client="p1")
    await visitor.until_entries(2)
    (event,) = site.sink.submitted
    assert isinstance(event, ButtonPressed)
    assert (event.value, event.address) == ("pick:x", here)
    assert visitor.entries[-1]["kind"] == "pressed"


async def test_typing_is_passed_both_ways_and_not_kept(site: Site) -> None:
    visitor = await site.visitor()
    await visitor.until("caught_up")
    await visitor.send(type="typing")
    await site.sink.until(lambda: len(site.sink.hints) == 1)
    assert isinstance(site.sink.hints[0], TypingStarted)
    here = Address("web", visitor.id)
    await site.channel.show_typing(ShowTyping("t", here, Speaker("agent", "Lin")))
    assert (await visitor.until("typing"))["name"] == "Lin"
    again = await site.visitor(visitor.token)
    await again.until("caught_up")
    assert again.entries == []


async def test_edits_and_deletions_reach_later_pages_too(site: Site) -> None:
    visitor = await site.visitor()
    here = Address("web", visitor.id)
    receipt = await site.channel.send(site.say(here, "fisrt"), None)
    (shown,) = receipt.message_ids
    target = MessageRef("telegram", "1", "2")
    await site.channel.edit(Edit("e1", here, target, "first"), shown)
    await site.channel.delete(Delete("d1", here, target), shown)
    again = await site.visitor(visitor.token)
    await again.until("caught_up")
    kinds = [(entry["kind"], entry.get("target", "")) for entry in again.entries]
    assert kinds == [("message", ""), ("edited", shown), ("deleted", shown)]


@pytest.mark.parametrize(
    ("frame", "reason"),
    [
        ({"type": "message", "client": "a", "text": "x" * 4001}, "too_long"),
        ({"type": "message", "client": "a", "text": "a\x00b"}, "too_long"),
        ({"type": "message", "client": "a", "text": "  "}, "empty"),
        ({"type": "message", "client": "a", "text": "x", "files": ["../../etc"]}, "bad_file"),
        ({"type": "message", "client": "a", "text": "x", "files": "no"}, "bad_file"),
        ({"type": "press", "client": "a", "value": 3}, "bad_frame"),
        ({"type": "dance", "client": "a"}, "bad_frame"),
        ({"type": "message", "client": 7, "text": "x"}, "bad_frame"),
    ],
)
async def test_bad_frames_are_told_and_change_nothing(
    site: Site, frame: dict[str, object], reason: str
) -> None:
    visitor = await site.visitor()
    await visitor.send(**frame)
    assert (await visitor.until("error"))["reason"] == reason
    assert site.sink.submitted == []
    await visitor.send(type="message", client="b", text="still here")
    await visitor.until("ack", client="b")


async def test_what_is_no_json_object_is_told(site: Site) -> None:
    visitor = await site.visitor()
    for text in ("{", "[1]", "null"):
        await visitor.socket.send_str(text)
        assert (await visitor.until("error"))["reason"] == "bad_frame"


async def test_a_flood_is_slowed_and_told(site: Site) -> None:
    visitor = await site.visitor()
    for n in range(30):
        await visitor.send(type="message", client=f"c{n}", text="flood")
    assert (await visitor.until("error"))["reason"] == "too_fast"
    assert len(site.sink.submitted) < 30


async def test_spans_and_files_from_elsewhere_are_shown(site: Site) -> None:
    visitor = await site.visitor()
    photo = Attachment("photo", "proof.png", "image/png", 9, "telegram:photo")
    place = Attachment("location", "Office", "", 0, "geo:1.5,2.5")
    action = site.say(
        Address("web", visitor.id), "bold", spans=(Span("bold", 0, 4),), attachments=(photo, place)
    )
    await site.channel.send(action, None)
    entry = await visitor.until("entry")
    assert entry["spans"] == [{"kind": "bold", "start": 0, "end": 4}]
    picture, location = entry["files"]
    assert location["url"] == "geo:1.5,2.5"
    async with site.client.get(site.url + picture["url"]) as answer:
        assert await answer.read() == b"\x89PNG\r\n\x1a\nfrom elsewhere"
        assert answer.content_type == "image/png"


async def test_hostile_text_stays_text(site: Site) -> None:
    hostile = "<img src=x onerror=alert(1)>\u202e${7*7}{{7*7}}"
    visitor = await site.visitor()
    await visitor.send(type="message", client="a", text=hostile)
    await visitor.until_entries(1)
    assert visitor.texts == [hostile]
