"""What is said arrives, once where Telegram lets us know, and as it was meant."""

from typing import Any

import pytest

from chat.actions import Button, Send, ShowTyping, Speaker
from chat.address import Address
from chat.channel import RetryLater, Undeliverable
from chat.message import Attachment, Span
from tests.adapters.telegram.conftest import DESK, Stage
from tests.doubles.telegram_errors import bad_request

MIB = 1024 * 1024


def send(to: Address, text: str = "", **more: Any) -> Send:
    return Send(id="telegram:1:5/0", to=to, text=text, **more)


def photo(name: str = "a.jpg", size: int = 3) -> Attachment:
    return Attachment("photo", name, "image/jpeg", size, f"web:{name}")


def file(name: str, size: int = 3) -> Attachment:
    return Attachment("file", name, "application/pdf", size, f"web:{name}")


async def test_text_with_formatting_and_buttons(stage: Stage) -> None:
    ann = stage.customer()
    action = send(
        stage.at(ann),
        "👋 您好 <b>不是粗体</b> https://example.org",
        spans=(Span("bold", 2, 4), Span("link", 0, 1, "https://example.org")),
        buttons=((Button("person", "转人工", "primary"), Button("lang:en", "English")),),
        speaker=Speaker("agent", "Bo"),
    )
    receipt = await stage.channel.send(action, None)
    (shown,) = ann.messages
    assert receipt.message_ids == (str(shown.id),)
    assert shown.text == action.text
    assert {"type": "bold", "offset": 3, "length": 2} in shown.entities
    assert shown.buttons == [["转人工", "English"]]
    (call,) = stage.double.calls_of("sendMessage")
    assert "parse_mode" not in call
    assert call["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize("may_pin", [True, False])
async def test_an_alarm_is_pinned_which_rings_for_everybody(stage: Stage, may_pin: bool) -> None:
    desk = stage.desk()
    desk.bot_rights = {"can_manage_topics", *(["can_pin_messages"] if may_pin else [])}
    topic = desk.member(1, "Idle").create_topic("case")
    action = send(stage.in_topic(topic), "🆘 P0", rings=True)
    receipt = await stage.channel.send(action, None)
    (call,) = stage.double.calls_of("pinChatMessage")
    assert str(call["message_id"]) == receipt.message_ids[0]
    assert call.get("disable_notification", False) is False
    assert [m.text for m in topic.messages if m.text] == ["🆘 P0"]


async def test_an_answer(stage: Stage) -> None:
    ann = stage.customer()
    asked = ann.send("how?")
    await stage.channel.send(send(stage.at(ann), "so"), str(asked.id))
    assert ann.messages[-1].reply_to == asked.id
    ann.delete_message(asked)
    await stage.channel.send(send(stage.at(ann), "so again"), str(asked.id))
    assert (ann.messages[-1].text, ann.messages[-1].reply_to) == ("so again", None)
    assert len(stage.double.calls_of("sendMessage")) == 2


async def test_long_text_arrives_whole(stage: Stage) -> None:
    ann = stage.customer()
    text = "".join(f"第{n}句话，说明一个步骤。" for n in range(900))
    asked = ann.send("how?")
    buttons = ((Button("helped", "Yes"),),)
    receipt = await stage.channel.send(send(stage.at(ann), text, buttons=buttons), str(asked.id))
    shown = ann.messages[1:]
    assert "".join(message.text or "" for message in shown) == text
    assert receipt.message_ids == tuple(str(message.id) for message in shown)
    assert [message.reply_to for message in shown] == [asked.id, *[None] * (len(shown) - 1)]
    assert [message.labels for message in shown] == [*[[]] * (len(shown) - 1), ["Yes"]]


KINDS = [
    ("photo", Attachment("photo", "a.png", "image/png", 3, "web:1")),
    ("document", Attachment("file", "报告.pdf", "application/pdf", 3, "web:1")),
    ("voice", Attachment("voice", "v.ogg", "audio/ogg", 3, "web:1")),
    ("audio", Attachment("audio", "a.mp3", "audio/mpeg", 3, "web:1")),
    ("video", Attachment("video", "v.mp4", "video/mp4", 3, "web:1")),
]


@pytest.mark.parametrize(("kind", "attachment"), KINDS, ids=[kind for kind, _ in KINDS])
async def test_files_from_elsewhere(stage: Stage, kind: str, attachment: Attachment) -> None:
    ann = stage.customer()
    stage.shelf.files["web:1"] = b"abc"
    action = send(stage.at(ann), "看", attachments=(attachment,), spans=(Span("bold", 0, 1),))
    receipt = await stage.channel.send(action, None)
    (shown,) = ann.messages
    assert receipt.message_ids == (str(shown.id),)
    assert (shown.kind, shown.file_bytes, shown.text) == (kind, b"abc", "看")
    assert shown.entities == [{"type": "bold", "offset": 0, "length": 1}]
    if kind == "document":
        assert shown.file is not None
        assert shown.file.name == "报告.pdf"


async def test_every_file_of_telegram_is_sent_again_as_what_it_is(stage: Stage) -> None:
    ann, bob = stage.customer(7), stage.customer(8)
    await stage.start()
    ann.send_photo(b"1", "a photo")
    ann.send_document(b"2", "a file")
    ann.send_voice(b"3")
    ann.send_audio(b"4")
    ann.send_video(b"5")
    ann.send_animation(b"6")
    ann.send_video_note(b"7")
    ann.send_sticker("🙏")
    ann.send_location(31.2, 121.5)
    for event in list(await stage.sink.next(9)):
        heard = event.message  # type: ignore[union-attr]
        relayed = send(stage.at(bob), heard.text, attachments=heard.attachments, mirrors=heard.ref)
        await stage.channel.send(relayed, None)
    there, here = ann.messages, bob.messages
    assert [(m.kind, m.text, m.file) for m in here] == [(m.kind, m.text, m.file) for m in there]
    assert here[-1].content["location"] == {"latitude": 31.2, "longitude": 121.5}


async def test_a_venue(stage: Stage) -> None:
    ann = stage.customer()
    place = Attachment("location", "Café, Main St 1", "", 0, "geo:1.5,-2.5")
    await stage.channel.send(send(stage.at(ann), attachments=(place,)), None)
    venue = ann.messages[0].content["venue"]
    assert (venue["title"], venue["address"]) == ("Café", "Main St 1")


async def test_text_too_long_for_a_caption_comes_first(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files["web:a.jpg"] = b"abc"
    receipt = await stage.channel.send(
        send(stage.at(ann), "x" * 1025, attachments=(photo(),)), None
    )
    assert [message.kind for message in ann.messages] == ["text", "photo"]
    assert receipt.message_ids == tuple(str(message.id) for message in ann.messages)


@pytest.mark.parametrize("told", [0, 51 * MIB])
async def test_a_file_too_large(stage: Stage, told: int) -> None:
    ann = stage.customer()
    stage.shelf.files["web:a.pdf"] = b"x" * (50 * MIB + 1)
    with pytest.raises(Undeliverable) as never:
        await stage.channel.send(
            send(stage.at(ann), "see", attachments=(file("a.pdf", told),)), None
        )
    assert never.value.reason == "too_large"
    assert stage.double.calls == []


async def test_a_picture_too_large_to_be_shown_arrives_as_a_file(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files["web:a.jpg"] = b"x" * (10 * MIB + 1)
    await stage.channel.send(send(stage.at(ann), "see", attachments=(photo(),)), None)
    assert [(m.kind, m.text) for m in ann.messages] == [("document", "see")]


@pytest.fixture
def without_pictures(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Telegram find fault with every picture that is uploaded."""
    actor = stage.double.bot
    usual = actor.file_from

    def file_from(kind: str, value: Any, params: Any) -> Any:
        if kind == "photo":
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        return usual(kind, value, params)

    monkeypatch.setattr(actor, "file_from", file_from)


@pytest.mark.usefixtures("without_pictures")
async def test_a_picture_that_cannot_be_shown_arrives_as_a_file(stage: Stage) -> None:
    ann = stage.customer()
    asked = ann.send("picture?")
    stage.shelf.files["web:a.jpg"] = b"abc"
    await stage.channel.send(send(stage.at(ann), "see", attachments=(photo(),)), str(asked.id))
    shown = ann.messages[-1]
    assert (shown.kind, shown.text, shown.reply_to) == ("document", "see", asked.id)


@pytest.mark.usefixtures("without_pictures")
async def test_an_album_of_pictures_that_cannot_be_shown(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files = {"web:1.jpg": b"1", "web:2.jpg": b"2"}
    await stage.channel.send_album(album(stage.at(ann), photo("1.jpg"), photo("2.jpg")), None)
    assert [m.kind for m in ann.messages] == ["document", "document"]


@pytest.mark.usefixtures("without_pictures")
async def test_a_picture_of_telegram_itself_that_cannot_be_shown(stage: Stage) -> None:
    ann = stage.customer()
    own = Attachment("photo", "x", "image/jpeg", 1, "telegram:AAA")
    with pytest.raises(Undeliverable) as never:
        await stage.channel.send(send(stage.at(ann), attachments=(own,)), None)
    assert never.value.reason == "invalid"


async def test_a_file_that_is_gone(stage: Stage) -> None:
    ann = stage.customer()
    for attachment in (photo(), Attachment("photo", "x", "", 0, "telegram:unknown")):
        with pytest.raises(Undeliverable) as never:
            await stage.channel.send(send(stage.at(ann), "see", attachments=(attachment,)), None)
        assert never.value.reason == "not_found"
    assert ann.messages == []


async def test_all_files_are_there_before_anything_is_said(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files["web:a.jpg"] = b"abc"
    action = send(stage.at(ann), "see", attachments=(photo("a.jpg"), photo("gone.jpg")))
    with pytest.raises(Undeliverable):
        await stage.channel.send(action, None)
    assert ann.messages == []


async def test_an_interrupted_message_goes_on_where_it_was(stage: Stage) -> None:
    ann = stage.customer()
    stage.double.faults.add("sendMessage", "before_commit", nth=2)
    action = send(stage.at(ann), "字" * 9000)
    with pytest.raises(RetryLater):
        await stage.channel.send(action, None)
    receipt = await stage.channel.send(action, None)
    assert "".join(message.text or "" for message in ann.messages) == "字" * 9000
    assert receipt.message_ids == tuple(str(message.id) for message in ann.messages)


# ── albums ───────────────────────────────────────────────────────────────────────────────────


def album(to: Address, *attachments: Attachment, text: str = "") -> list[Send]:
    return [
        Send(f"telegram:1:{n}/0", to=to, text=text if n == 0 else "", attachments=(one,), album="a")
        for n, one in enumerate(attachments)
    ]


async def test_an_album(stage: Stage) -> None:
    ann = stage.customer()
    asked = ann.send("pictures?")
    names = ["1.jpg", "2.jpg", "3.jpg"]
    stage.shelf.files = {f"web:{name}": name.encode() for name in names}
    actions = album(stage.at(ann), *(photo(name) for name in names), text="看")
    receipt = await stage.channel.send_album(actions, str(asked.id))
    shown = ann.messages[1:]
    assert receipt.message_ids == tuple(str(message.id) for message in shown)
    assert [message.file_bytes for message in shown] == [b"1.jpg", b"2.jpg", b"3.jpg"]
    assert len({message.album for message in shown}) == 1
    assert [message.text for message in shown] == ["看", None, None]
    assert shown[0].reply_to == asked.id


async def test_what_shares_no_album_comes_one_by_one(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files = {"web:1.jpg": b"1", "web:2.jpg": b"2", "web:3.pdf": b"3"}
    actions = album(stage.at(ann), photo("1.jpg"), photo("2.jpg"), file("3.pdf"))
    receipt = await stage.channel.send_album(actions, None)
    assert [message.kind for message in ann.messages] == ["photo", "photo", "document"]
    assert receipt.message_ids == tuple(str(message.id) for message in ann.messages)
    assert ann.messages[0].album == ann.messages[1].album is not None
    assert ann.messages[2].album is None


async def test_an_album_with_a_picture_too_large(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files = {"web:1.jpg": b"1", "web:2.jpg": b"x" * (10 * MIB + 1)}
    receipt = await stage.channel.send_album(
        album(stage.at(ann), photo("1.jpg"), photo("2.jpg")), None
    )
    assert [message.kind for message in ann.messages] == ["photo", "document"]
    assert len(receipt.message_ids) == 2


async def test_after_a_failed_album_each_may_be_sent_alone_and_comes_once(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files = {"web:1.pdf": b"1", "web:2.jpg": b"2"}
    actions = album(stage.at(ann), file("1.pdf"), photo("2.jpg"), photo("gone.jpg"))
    with pytest.raises(Undeliverable):
        await stage.channel.send_album(actions, None)
    assert [message.kind for message in ann.messages] == ["document"]
    for action in actions[:2]:
        await stage.channel.send(action, None)
    with pytest.raises(Undeliverable):
        await stage.channel.send(actions[2], None)
    assert [message.kind for message in ann.messages] == ["document", "photo"]


async def test_an_interrupted_album_is_sent_again(stage: Stage) -> None:
    ann = stage.customer()
    stage.shelf.files = {"web:1.jpg": b"1", "web:2.jpg": b"2"}
    actions = album(stage.at(ann), photo("1.jpg"), photo("2.jpg"))
    stage.double.faults.add("sendMediaGroup", "rate_limited", retry_after=3)
    with pytest.raises(RetryLater) as later:
        await stage.channel.send_album(actions, None)
    assert later.value.after == 3
    await stage.channel.send_album(actions, None)
    assert len(ann.messages) == 2


# ── what goes wrong ──────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("kind", "arrived"),
    [
        ("commit_then_drop", True),
        ("commit_then_5xx", True),
        ("drop_before_commit", False),
        ("before_commit", False),
    ],
)
async def test_without_an_answer_nobody_knows(stage: Stage, kind: str, arrived: bool) -> None:
    ann = stage.customer()
    stage.double.faults.add("sendMessage", kind)
    with pytest.raises(RetryLater) as later:
        await stage.channel.send(send(stage.at(ann), "hi"), None)
    assert later.value.ambiguous
    assert bool(ann.messages) == arrived


async def test_without_a_connection_nothing_was_sent(stage: Stage) -> None:
    ann = stage.customer()
    await stage.double.stop()
    with pytest.raises(RetryLater) as later:
        await stage.channel.send(send(stage.at(ann), "hi"), None)
    assert not later.value.ambiguous
    await stage.double.start()


async def test_those_who_cannot_be_reached(stage: Stage) -> None:
    blocking, gone = stage.customer(7), stage.customer(8)
    stage.double.user(9)
    blocking.block()
    gone.deactivate()
    stage.desk().remove_bot()
    for channel, reason in {
        "7": "blocked",
        "8": "blocked",
        "9": "not_found",
        "1234": "not_found",
        "nobody": "not_found",
        str(DESK): "forbidden",
    }.items():
        with pytest.raises(Undeliverable) as never:
            await stage.channel.send(send(Address("telegram", channel), "hi"), None)
        assert never.value.reason == reason


@pytest.mark.parametrize(
    "action",
    [
        send(Address("telegram", "7"), " \n"),
        send(Address("telegram", "7", "no-thread"), "hi"),
        send(Address("telegram", "7"), "hi", buttons=((Button("x" * 65, "A"),),)),
    ],
)
async def test_what_telegram_cannot_show(stage: Stage, action: Send) -> None:
    stage.customer()
    stage.unforgiven = lambda where: where != "request sendMessage"
    with pytest.raises(Undeliverable) as never:
        await stage.channel.send(action, None)
    assert never.value.reason == "invalid"


async def test_typing(stage: Stage) -> None:
    ann = stage.customer()
    topic = stage.desk().member(50).create_topic("case")
    await stage.channel.show_typing(ShowTyping("e/0", stage.at(ann), Speaker("agent")))
    await stage.channel.show_typing(ShowTyping("e/1", stage.in_topic(topic), Speaker("customer")))
    assert stage.double.chat_actions == [(7, None, "typing"), (DESK, topic.id, "typing")]


async def test_the_store_being_away_is_no_reason_to_give_up(stage: Stage) -> None:
    ann = stage.customer()
    stage.memory.failing_puts.append(ConnectionError("no store"))
    action = send(stage.at(ann), "字" * 5000)
    with pytest.raises(RetryLater) as later:
        await stage.channel.send(action, None)
    assert not later.value.ambiguous
    receipt = await stage.channel.send(action, None)
    assert receipt.message_ids == tuple(str(message.id) for message in ann.messages)
    assert "".join(message.text or "" for message in ann.messages) == "字" * 5000
