"""Updates of the Bot API, read as events."""

from typing import Any

import pytest
from telegram import Update

from adapters.telegram.parse import Event, GroupMoved, Reader, parse
from chat.address import Address, Person
from chat.events import ButtonPressed, MessageEdited, MessageReceived, ThreadClosed
from chat.message import Attachment, Message, Span

DESK = -1001234567890
READER = Reader(123, "KefuBot", ((str(DESK), DESK),))
ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "last_name": "Lee", "language_code": "en"}
BOT = {"id": 123, "is_bot": True, "first_name": "Kefu", "username": "KefuBot"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Ann"}
FORUM = {"id": DESK, "type": "supergroup", "title": "Support", "is_forum": True}
OTHER = {"id": -55, "type": "group", "title": "Friends"}
IN_TOPIC = {"chat": FORUM, "message_thread_id": 42, "is_topic_message": True}


def update(kind: str, payload: dict[str, Any]) -> Update:
    return Update.de_json({"update_id": 900, kind: payload}, None)


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 5, "date": 1_700_000_000, "chat": PRIVATE, "from": ANN, **fields}


def read(payload: dict[str, Any], kind: str = "message", reader: Reader = READER) -> Any:
    return parse(update(kind, payload), reader, now=1.5)


def said(payload: dict[str, Any]) -> Message:
    event = read(payload)
    assert isinstance(event, MessageReceived)
    return event.message


def test_a_message_of_a_customer() -> None:
    event = read(message(text="hello"))
    assert event == MessageReceived(
        id="telegram:123:900",
        at=1_700_000_000.0,
        message=Message(
            id="5",
            at=1_700_000_000.0,
            sender=Person("telegram", "7", "Ann Lee", "en"),
            address=Address("telegram", "7"),
            text="hello",
        ),
    )


def test_formatting_is_counted_in_code_points() -> None:
    bold = {"type": "bold", "offset": 3, "length": 2}
    link = {"type": "text_link", "offset": 6, "length": 2, "url": "https://example.org"}
    event = said(message(text="😀 粗体 链接", entities=[bold, link]))
    assert event.spans == (Span("bold", 2, 4), Span("link", 5, 7, "https://example.org"))


FILE = {"file_id": "AgAD-x_1", "file_unique_id": "u", "file_size": 900}


@pytest.mark.parametrize(
    ("content", "attachment"),
    [
        (
            {
                "photo": [
                    {**FILE, "file_id": "small", "width": 90, "height": 60},
                    {**FILE, "width": 1280, "height": 960},
                ]
            },
            Attachment("photo", "photo.jpg", "image/jpeg", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"document": {**FILE, "file_name": "报告.pdf", "mime_type": "application/pdf"}},
            Attachment("file", "报告.pdf", "application/pdf", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"document": {"file_id": "AgAD-x_1", "file_unique_id": "u"}},
            Attachment("file", "file", "application/octet-stream", 0, "telegram:AgAD-x_1"),
        ),
        (
            {"voice": {**FILE, "duration": 3}},
            Attachment("voice", "voice.ogg", "audio/ogg", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"audio": {**FILE, "duration": 3, "performer": "A", "title": "B"}},
            Attachment("audio", "A - B", "audio/mpeg", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"video": {**FILE, "width": 1, "height": 1, "duration": 3, "file_name": "v.mp4"}},
            Attachment("video", "v.mp4", "video/mp4", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"video_note": {**FILE, "length": 9, "duration": 3}},
            Attachment("video", "video.mp4", "video/mp4", 900, "telegram:video_note:AgAD-x_1"),
        ),
        (
            {
                "animation": {**FILE, "width": 1, "height": 1, "duration": 3},
                "document": {**FILE, "file_name": "x.gif"},
            },
            Attachment("video", "animation.mp4", "video/mp4", 900, "telegram:animation:AgAD-x_1"),
        ),
        (
            {
                "sticker": {
                    **FILE,
                    "type": "regular",
                    "width": 1,
                    "height": 1,
                    "is_animated": True,
                    "is_video": False,
                    "emoji": "🙏",
                }
            },
            Attachment("sticker", "🙏", "application/x-tgsticker", 900, "telegram:AgAD-x_1"),
        ),
        (
            {"location": {"latitude": 31.2304, "longitude": -0.00001}},
            Attachment("location", "", "", 0, "geo:31.230400,-0.000010"),
        ),
        (
            {
                "location": {"latitude": 1.0, "longitude": 2.0},
                "venue": {
                    "location": {"latitude": 1.0, "longitude": 2.0},
                    "title": "Café",
                    "address": "Main St 1",
                },
            },
            Attachment("location", "Café, Main St 1", "", 0, "geo:1.000000,2.000000"),
        ),
    ],
)
def test_files_and_places(content: dict[str, Any], attachment: Attachment) -> None:
    assert said(message(**content)).attachments == (attachment,)


def test_a_caption_is_the_text() -> None:
    bold = [{"type": "bold", "offset": 0, "length": 3}]
    got = said(
        message(photo=[{**FILE, "width": 1, "height": 1}], caption="see", caption_entities=bold)
    )
    assert (got.text, got.spans) == ("see", (Span("bold", 0, 3),))


POLL = {
    "id": "1",
    "question": "Which?",
    "options": [
        {"persistent_id": "a", "text": "A", "voter_count": 0},
        {"persistent_id": "b", "text": "B", "voter_count": 0},
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}


@pytest.mark.parametrize(
    ("content", "language", "line"),
    [
        (
            {"contact": {"phone_number": "+861", "first_name": "王", "last_name": "五"}},
            "zh-hans",
            "[名片] 王 五 +861",
        ),
        ({"contact": {"phone_number": "+1", "first_name": "Bo"}}, "en", "[contact] Bo +1"),
        ({"poll": POLL}, "en", "[poll] Which? (A / B)"),
        ({"dice": {"emoji": "🎲", "value": 4}}, "en", "[dice] 🎲 4"),
        ({"dice": {"emoji": "🎲", "value": 4}}, None, "[骰子] 🎲 4"),
        ({"story": {"chat": PRIVATE, "id": 3}}, "en", "[a shared story]"),
        ({"invented_in_2030": {"x": 1}}, "de", "[a message that cannot be shown here]"),
    ],
)
def test_what_has_no_form_here_is_named(
    content: dict[str, Any], language: str | None, line: str
) -> None:
    sender = {**ANN, "language_code": language} if language else {**ANN}
    if language is None:
        del sender["language_code"]
    assert said(message(**{"from": sender}, **content)).text == line


def test_what_is_named_keeps_its_caption() -> None:
    paid = {"star_count": 5, "paid_media": []}
    italic = [{"type": "italic", "offset": 0, "length": 4}]
    got = said(message(paid_media=paid, caption="look", caption_entities=italic))
    assert got.text == "[paid content]\nlook"
    assert [got.text[s.start : s.end] for s in got.spans] == ["look"]


def test_answers_and_albums() -> None:
    earlier = message(message_id=3, text="first")
    quote = {"text": "fir", "position": 0, "is_manual": True}
    got = said(message(text="x", reply_to_message=earlier, quote=quote, media_group_id="77"))
    assert (got.reply_to, got.album) == ("3", "77")


def test_a_message_of_an_agent_in_a_topic() -> None:
    beginning = {
        "message_id": 42,
        "date": 1,
        "chat": FORUM,
        "from": BOT,
        "forum_topic_created": {"name": "x", "icon_color": 1},
    }
    got = said(message(**IN_TOPIC, text="hi", reply_to_message=beginning))
    assert got.address == Address("telegram", str(DESK), "42")
    assert got.reply_to is None


@pytest.mark.parametrize(
    "fields",
    [
        {"chat": FORUM, "text": "in General"},
        {"chat": FORUM, "message_thread_id": 9, "text": "a reply in General"},
        {"chat": OTHER, "text": "another group"},
        {"chat": {"id": -5, "type": "channel", "title": "News"}, "text": "a channel"},
        {**IN_TOPIC, "from": BOT, "text": "ours"},
        {"from": {**BOT, "id": 9}, "text": "another bot"},
        {**IN_TOPIC, "from": BOT, "forum_topic_closed": {}},
        {**IN_TOPIC, "forum_topic_reopened": {}},
        {**IN_TOPIC, "forum_topic_edited": {"name": "new"}},
        {"pinned_message": {"message_id": 3, "date": 0, "chat": PRIVATE}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}},
        {"write_access_allowed": {}},
    ],
)
def test_what_does_not_concern_us(fields: dict[str, Any]) -> None:
    assert read(message(**fields)) is None


def test_without_a_desk_on_telegram_groups_are_ignored() -> None:
    assert read(message(**IN_TOPIC, text="x"), reader=Reader(123, "KefuBot")) is None
    assert parse(update("poll", POLL), READER, 0) is None


def test_a_hidden_administrator_is_a_person() -> None:
    group_bot = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
    got = said(message(**IN_TOPIC, **{"from": group_bot}, sender_chat=FORUM, text="hello"))
    assert got.sender == Person("telegram", str(DESK), "Support")


def test_a_topic_closed_by_a_person() -> None:
    event = read(message(**IN_TOPIC, forum_topic_closed={}))
    assert isinstance(event, ThreadClosed)
    assert event.thread == Address("telegram", str(DESK), "42")
    assert event.sender.name == "Ann Lee"


def test_an_edit_keeps_the_id_and_has_its_own_time() -> None:
    event = read(message(text="new", edit_date=1_700_000_100), "edited_message")
    assert isinstance(event, MessageEdited)
    assert (event.at, event.message.at) == (1_700_000_100.0, 1_700_000_000.0)
    assert (event.message.id, event.message.text) == ("5", "new")


def test_a_moving_live_location_says_nothing() -> None:
    place = {"latitude": 1.0, "longitude": 2.0, "live_period": 60}
    assert read(message(location=place), "edited_message") is None


def press(message: dict[str, Any], **fields: Any) -> dict[str, Any]:
    query = {"id": "1", "from": ANN, "chat_instance": "c", "data": "claim:T1"}
    return {**query, "message": message, **fields}


def test_a_press_in_a_topic() -> None:
    event = read(press(message(**IN_TOPIC, **{"from": BOT}, text="card")), "callback_query")
    assert event == ButtonPressed(
        id="telegram:123:900",
        at=1.5,
        address=Address("telegram", str(DESK), "42"),
        sender=Person("telegram", "7", "Ann Lee", "en"),
        value="claim:T1",
        message_id="5",
    )


@pytest.mark.parametrize(
    ("chat", "thread", "address"),
    [
        (PRIVATE, None, Address("telegram", "7")),
        (FORUM, "42", Address("telegram", str(DESK), "42")),
        (FORUM, None, None),
        (OTHER, None, None),
    ],
)
def test_a_press_under_an_old_message(
    chat: dict[str, Any], thread: str | None, address: Address | None
) -> None:
    old = {"message_id": 5, "date": 0, "chat": chat}
    event = parse(update("callback_query", press(old)), READER, 1.5, thread)
    assert (event.address if isinstance(event, ButtonPressed) else None) == address


def test_a_press_without_data_or_message() -> None:
    assert read(press(message(text="x"), data=None), "callback_query") is None
    query = {"id": "1", "from": ANN, "chat_instance": "c", "data": "x", "inline_message_id": "9"}
    assert read(query, "callback_query") is None


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("/help@KefuBot", "/help"),
        ("/help@kefubot now", "/help now"),
        ("/help@OtherBot", "/help@OtherBot"),
        ("see /help@KefuBot", "see /help@KefuBot"),
        ("/help", "/help"),
    ],
)
def test_commands_addressed_to_us(text: str, read_as: str) -> None:
    assert said(message(text=text)).text == read_as


def test_formatting_moves_with_a_shortened_command() -> None:
    entities = [
        {"type": "bold", "offset": 14, "length": 4},
        {"type": "italic", "offset": 5, "length": 8},
        {"type": "code", "offset": 0, "length": 13},
    ]
    got = said(message(text="/note@KefuBot text", entities=entities))
    assert got.text == "/note text"
    assert [(s.kind, got.text[s.start : s.end]) for s in got.spans] == [
        ("bold", "text"),
        ("code", "/note"),
    ]


def test_the_group_moves_and_keeps_its_name_for_us() -> None:
    new = -1009999999999
    assert read(message(chat=FORUM, migrate_to_chat_id=new)) == GroupMoved(str(DESK), new)
    notice = message(chat={**FORUM, "id": new}, migrate_from_chat_id=DESK)
    assert read(notice) == GroupMoved(str(DESK), new)

    moved = Reader(123, "KefuBot", ((str(DESK), new),))
    for chat_id in (new, DESK):
        event: Event = read(
            message(**{**IN_TOPIC, "chat": {**FORUM, "id": chat_id}}, text="x"), reader=moved
        )
        assert isinstance(event, MessageReceived)
        assert event.message.address.channel == str(DESK)
