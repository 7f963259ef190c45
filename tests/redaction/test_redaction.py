"""Everything of an event is looked at, and what comes over several messages is put together."""

from __future__ import annotations

import itertools

import pytest

from bot.redaction import Redaction
from chat.actions import Record
from chat.address import Address, Person
from chat.events import ButtonPressed, MessageEdited, MessageReceived, ReactionChanged
from chat.message import Attachment, Message, Span
from handoff.secrets.finder import marker
from handoff.secrets.policy import Policy

PLACE = Address("web", "v1")
LI = Person("web", "v1", "Li")
PHRASE = "mimic cruel vapor hover lizard quiz orbit fossil nephew clay tornado bench"
HEX = "e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262"
SEED = marker("seed")


def message(text: str, at: float = 1000.0, **fields: object) -> Message:
    return Message("m1", at, LI, PLACE, text, **fields)  # type: ignore[arg-type]


def said(*texts: str, apart: float = 5.0) -> list[str]:
    redaction = Redaction()
    return [
        redaction.message(message(text, at=1000.0 + apart * n)).text for n, text in enumerate(texts)
    ]


def test_a_message_says_what_was_taken_out() -> None:
    assert Redaction().message(message(PHRASE)).removed == ("seed",)
    assert Redaction().message(message("hello")).removed == ()


def test_an_edit_is_looked_at_too() -> None:
    event = Redaction().event(MessageEdited("e1", 1000.0, message(PHRASE)))
    assert isinstance(event, MessageEdited)
    assert event.message.text == SEED


def test_names_of_files_and_people_are_looked_at() -> None:
    file = Attachment("file", PHRASE.replace(" ", "_") + ".txt", "text/plain", 1, "web:1")
    sender = Person("web", "v1", f"private key {HEX}")
    given = Message("m1", 1000.0, sender, PLACE, "", attachments=(file,))
    event = Redaction().event(MessageReceived("e1", 1000.0, given))
    assert isinstance(event, MessageReceived)
    assert event.message.attachments[0].name == f"{SEED}.txt"
    assert HEX not in event.message.sender.name
    assert event.message.removed == ("seed", "private_key")


def test_what_a_button_brings_back_is_looked_at() -> None:
    event = Redaction().event(ButtonPressed("e1", 1000.0, PLACE, LI, "password: hunter22"))
    assert isinstance(event, ButtonPressed)
    assert "hunter22" not in event.value


def test_a_reaction_is_looked_at() -> None:
    event = Redaction().event(ReactionChanged("e1", 1000.0, PLACE, LI, "m0", PHRASE))
    assert isinstance(event, ReactionChanged)
    assert event.emoji == SEED


def test_formatting_stays_where_it_was() -> None:
    text = f"see this {PHRASE} now"
    spans = (
        Span("bold", 0, 3),
        Span("code", 9, 9 + len(PHRASE)),
        Span("italic", len(text) - 3, len(text)),
    )
    redacted = Redaction().message(message(text, spans=spans))
    shown = [redacted.text[span.start : span.end] for span in redacted.spans]
    assert shown == ["see", SEED, "now"]


def test_a_link_that_carries_a_secret_is_no_link() -> None:
    span = Span("link", 0, 4, f"https://a.example/?private_key={HEX}")
    assert Redaction().message(message("here", spans=(span,))).spans == ()


def test_a_message_is_looked_at_once() -> None:
    redaction = Redaction()
    once = redaction.message(message("mimic"))
    assert redaction.message(once) is once


@pytest.mark.parametrize("sizes", [(6, 6), (4, 8), (4, 4, 4)])
def test_a_phrase_in_parts_is_found_part_by_part(sizes: tuple[int, ...]) -> None:
    words = iter(PHRASE.split())
    parts = [" ".join(itertools.islice(words, size)) for size in sizes]
    assert said(*parts) == [SEED] * len(parts)


def test_word_by_word_no_more_than_two_get_through() -> None:
    shown = said(*PHRASE.split())
    assert [text for text in shown if text != SEED] == PHRASE.split()[:2]


@pytest.mark.parametrize("text", ["答 1.0", "税", "ripple", "ocean 1.0"])
def test_a_word_said_again_is_no_further_part(text: str) -> None:
    assert said(*[text] * 8) == [text] * 8


def test_a_phrase_that_holds_a_word_twice_is_found_word_by_word() -> None:
    words = [*PHRASE.split()[:8], *PHRASE.split()[5:8]]
    assert [text for text in said(*words) if text != SEED] == words[:2]


def test_words_far_apart_are_no_phrase() -> None:
    words = PHRASE.split()[:4]
    assert said(*words, apart=3600.0) == words


def test_two_people_do_not_make_one_phrase() -> None:
    redaction = Redaction()
    words = PHRASE.split()[:4]
    shown = [
        redaction.message(Message("m", 1000.0, Person("web", f"v{n}", ""), PLACE, word)).text
        for n, word in enumerate(words)
    ]
    assert shown == words


@pytest.mark.parametrize(
    ("announced", "given"),
    [
        ("我的密码是", "sunny88"),
        ("my password is:", "sunny"),
        ("验证码：", "839201"),
        ("这是我的私钥", HEX),
    ],
)
def test_what_was_announced_is_taken_out_when_it_comes(announced: str, given: str) -> None:
    shown = said(announced, given)
    assert shown[0] == announced
    assert given not in shown[1]


def test_an_announcement_counts_for_one_message() -> None:
    assert said("我的密码是", "算了不说了", "abc12345")[2] == "abc12345"


@pytest.mark.parametrize(
    "between", ["我的私钥还在钱包里", "where can I see my private key", PHRASE]
)
def test_a_hash_after_talk_of_keys_stays(between: str) -> None:
    assert said(between, HEX)[1] == HEX


def test_contacts_are_shown_unless_the_operator_says_otherwise() -> None:
    text = "13800138000, lin@example.com"
    assert Redaction().message(message(text)).text == text
    strict = Redaction(Policy(phones="mask", emails="mask")).message(message(text))
    assert strict.removed == ("phone", "email")


def test_agents_may_say_how_to_reach_somebody() -> None:
    strict = Redaction(Policy(phones="mask", emails="mask"))
    text = "请写信到 support@example.com，不要发密码：abc12345"
    redacted = strict.message(message(text), by_agent=True)
    assert "support@example.com" in redacted.text
    assert redacted.removed == ("password",)


def test_records_and_logs_have_no_contacts() -> None:
    redaction = Redaction()
    record = Record(
        "r1", "note", 1.0, {"text": "call 13800138000", "agent": "telegram:13800138000", "n": 3}
    )
    assert redaction.record(record).data == {
        "text": f"call {marker('phone')}",
        "agent": "telegram:13800138000",
        "n": 3,
    }
    assert "lin@" not in redaction.log_line("could not reach lin@example.com")
