"""Actions, laid out as messages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from adapters.telegram.refs import file_of
from adapters.telegram.render import (
    FilePart,
    Part,
    PlacePart,
    TextPart,
    albums_of,
    card_text,
    keyboard_of,
    parts_of,
    topic_name,
)
from adapters.telegram.text import TEXT_LIMIT
from chat.actions import Button, Card, Send, Speaker
from chat.address import Address
from chat.channel import Undeliverable
from chat.message import Attachment, Span
from chat.rich import Rich, utf16_length
from tests.chat.strategies import TEXTS

TO = Address("telegram", "7")
PHOTO = Attachment("photo", "a.jpg", "image/jpeg", 10, "web:1")
OWN_PHOTO = Attachment("photo", "photo.jpg", "image/jpeg", 10, "telegram:AAA")
FILE = Attachment("file", "a.pdf", "application/pdf", 10, "web:2")
STICKER = Attachment("sticker", "🙏", "image/webp", 10, "telegram:BBB")
PLACE = Attachment("location", "", "", 0, "geo:1.5,-2")
BUTTONS = ((Button("a:1", "A", "primary"), Button("b:1", "B")), (Button("c:1", "C", "danger"),))


def send(text: str = "", *attachments: Attachment, **more: object) -> Send:
    return Send(id="e/0", to=TO, text=text, attachments=attachments, **more)  # type: ignore[arg-type]


def kinds(parts: list[Part]) -> list[str]:
    return [part.medium if isinstance(part, FilePart) else type(part).__name__ for part in parts]


@given(TEXTS)
def test_text_goes_over_as_it_is_whatever_it_looks_like(text: str) -> None:
    marked = f"<b>*_{text}_*</b>"
    (part,) = parts_of(send(marked, speaker=Speaker("agent", "Bo")))
    assert isinstance(part, TextPart)
    assert part.said == Rich(marked.replace("\0", "\ufffd"))


@given(st.text("*_[]()~`>#<@U123>&;:/ \n\u200f\u202e中文🎉ab1", min_size=1, max_size=40))
def test_hostile_text_of_any_length_arrives_whole_within_the_limit(text: str) -> None:
    action = structs.replace(send(f"@lin {text}" * 300), to=TO.in_thread("5"))
    texts = [part.said.text for part in parts_of(action) if isinstance(part, TextPart)]
    assert all(utf16_length(shown) <= TEXT_LIMIT for shown in texts)
    together = "".join("".join(texts).replace("\u2060", "").split())
    assert together == "".join(action.text.split())


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (send("hi"), ["TextPart"]),
        (send("x" * 4097), ["TextPart", "TextPart"]),
        (send("", PHOTO), ["photo"]),
        (send("caption", PHOTO), ["photo"]),
        (send("x" * 1024, PHOTO), ["photo"]),
        (send("x" * 1025, PHOTO), ["TextPart", "photo"]),
        (send("👍" * 513, PHOTO), ["TextPart", "photo"]),
        (send("text", PHOTO, FILE), ["TextPart", "photo", "document"]),
        (send("text", STICKER), ["TextPart", "sticker"]),
        (send("text", PLACE), ["TextPart", "PlacePart"]),
    ],
)
def test_which_messages_show_an_action(action: Send, expected: list[str]) -> None:
    assert kinds(parts_of(action)) == expected


@pytest.mark.parametrize("action", [send(), send(" \n")])
def test_nothing_to_show_is_said(action: Send) -> None:
    with pytest.raises(Undeliverable, match="invalid"):
        parts_of(action)


def test_a_caption_keeps_its_formatting() -> None:
    (part,) = parts_of(send("hi", PHOTO, spans=(Span("bold", 0, 2),)))
    assert isinstance(part, FilePart)
    assert part.caption == Rich("hi", (Span("bold", 0, 2),))


def test_buttons_stand_under_the_last_message() -> None:
    text, photo = parts_of(send("x" * 1100, PHOTO, buttons=BUTTONS))
    assert (text.buttons, photo.buttons) == ((), BUTTONS)


@pytest.mark.parametrize(
    "button", [Button("x" * 65, "A"), Button("充" * 22, "A"), Button("", "A"), Button("x", " ")]
)
def test_a_button_that_telegram_cannot_show(button: Button) -> None:
    with pytest.raises(Undeliverable, match="invalid"):
        parts_of(send("text", buttons=((button,),)))


def test_a_keyboard() -> None:
    keyboard = keyboard_of(BUTTONS)
    assert keyboard is not None
    shown = [[(b.text, b.callback_data, b.style) for b in row] for row in keyboard.inline_keyboard]
    assert shown == [[("A", "a:1", "primary"), ("B", "b:1", None)], [("C", "c:1", "danger")]]
    assert keyboard_of(()) is None


@pytest.mark.parametrize(
    ("attachment", "medium"),
    [
        (Attachment("photo", "", "image/png", 1, "web:1"), "photo"),
        (Attachment("photo", "", "image/svg+xml", 1, "web:1"), "document"),
        (Attachment("photo", "", "image/heic", 1, "telegram:A"), "photo"),
        (Attachment("voice", "", "audio/ogg; codecs=opus", 1, "web:1"), "voice"),
        (Attachment("voice", "", "audio/webm", 1, "web:1"), "document"),
        (Attachment("audio", "", "audio/mpeg", 1, "web:1"), "audio"),
        (Attachment("audio", "", "audio/flac", 1, "web:1"), "document"),
        (Attachment("video", "", "video/mp4", 1, "web:1"), "video"),
        (Attachment("video", "", "video/webm", 1, "web:1"), "document"),
        (Attachment("video", "", "video/mp4", 1, "telegram:animation:A"), "animation"),
        (Attachment("video", "", "video/mp4", 1, "telegram:video_note:A"), "video_note"),
        (Attachment("sticker", "", "image/png", 1, "slack:1"), "photo"),
        (Attachment("sticker", "", "application/x-lottie", 1, "discord:1"), "document"),
        (Attachment("file", "", "image/png", 1, "web:1"), "document"),
    ],
)
def test_as_what_a_file_is_shown(attachment: Attachment, medium: str) -> None:
    assert kinds(parts_of(send("", attachment))) == [medium]


@pytest.mark.parametrize(
    "ref",
    ["telegram:../etc/passwd", "telegram:/etc/passwd", "telegram:", "telegram:other:A", "web:A"],
)
def test_a_path_is_no_file_of_telegram(ref: str) -> None:
    assert file_of(Attachment("file", "x", "", 0, ref)) is None


@pytest.mark.parametrize(
    ("name", "ref", "expected"),
    [
        ("", "geo:1.5,-2", PlacePart(1.5, -2.0)),
        ("Café, Main St 1, Rome", "geo:1,2;u=5", PlacePart(1.0, 2.0, "Café", "Main St 1, Rome")),
        ("Café", "geo:1,2", PlacePart(1.0, 2.0, "Café", "1.0, 2.0")),
    ],
)
def test_a_place(name: str, ref: str, expected: PlacePart) -> None:
    assert parts_of(send("", Attachment("location", name, "", 0, ref))) == [expected]


@pytest.mark.parametrize("ref", ["geo:", "geo:1", "geo:a,b", "web:1"])
def test_no_place(ref: str) -> None:
    with pytest.raises(Undeliverable, match="invalid"):
        parts_of(send("", Attachment("location", "", "", 0, ref)))


def test_which_files_share_an_album() -> None:
    video = Attachment("video", "v.mp4", "video/mp4", 10, "web:3")
    actions = [
        send("", PHOTO),
        send("caption", video),
        send("x" * 1025, PHOTO),
        send("", FILE),
        send("", FILE),
        send("", STICKER),
        send("", STICKER),
        send("", PHOTO, PHOTO),
        send("", PHOTO, buttons=BUTTONS),
        send("only text"),
    ]
    assert [len(album) for album in albums_of(actions)] == [2, 1, 2, 1, 1, 1, 1, 1]
    assert [action for album in albums_of(actions) for action in album] == actions


def test_an_album_has_ten_files_at_most() -> None:
    assert [len(album) for album in albums_of([send("", OWN_PHOTO)] * 23)] == [10, 10, 3]


def card(title: str = "T1 · Ann", lines: tuple[str, ...] = ("Status: open",)) -> Card:
    return Card(ticket="T1", status="open", title=title, lines=lines)


def test_a_card() -> None:
    assert card_text(card()) == Rich("T1 · Ann\nStatus: open", (Span("bold", 0, 8),))


def test_a_card_is_one_message_however_much_it_says() -> None:
    text = card_text(card(lines=("长" * 5000,))).text
    assert utf16_length(text) <= 4096
    assert text.endswith("…")


@given(TEXTS)
def test_a_topic_has_a_name_within_limits(title: str) -> None:
    name = topic_name(card(title=title * 20))
    assert 1 <= utf16_length(name) <= 128
    assert name.strip() == name
