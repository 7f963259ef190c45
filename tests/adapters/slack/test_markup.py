"""Any text in, the same visible text out, and within Slack's limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.markup import TEXT_LIMIT, block_of, fallback_of, pieces_of
from adapters.slack.reading import rich_of, rich_of_markup
from chat.message import Span, SpanKind
from chat.rich import Rich, utf16_length
from tests.chat.strategies import rich_texts

HOSTILE = "*_[]()~`>#+-=|{}.!\\<@U123>&;:/ \n\u200f\u202e中文🎉ab1"
TEXTS = st.text(HOSTILE, max_size=60)
SOME = st.text(HOSTILE, min_size=1, max_size=60)


def back(rich: Rich) -> Rich:
    return rich_of({"blocks": [block_of(rich)]}, str)


def lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


@given(TEXTS)
def test_plain_text_shows_as_itself(text: str) -> None:
    assert back(Rich(text)) == Rich(text)


@given(rich_texts(SOME))
def test_formatted_text_shows_the_same_characters(rich: Rich) -> None:
    assert "".join(lines(back(rich).text)) == "".join(lines(rich.text))


@given(rich_texts(SOME))
def test_every_element_says_something(rich: Rich) -> None:
    for frame in block_of(rich)["elements"]:
        assert frame["elements"]
        assert all(element["text"] for element in frame["elements"])


@given(st.text(HOSTILE, max_size=300))
def test_the_fallback_holds_no_markup(text: str) -> None:
    fallback = fallback_of(text)
    assert "<" not in fallback and ">" not in fallback
    assert rich_of_markup(fallback, str) == Rich(text)


@given(st.text("ab 。\n", min_size=1, max_size=50).map(lambda text: text * 400))
def test_every_piece_fits_and_nothing_is_lost(text: str) -> None:
    pieces = pieces_of(Rich(text))
    assert all(utf16_length(piece.text) <= TEXT_LIMIT for piece in pieces)
    assert "".join("".join(p.text for p in pieces).split()) == "".join(text.split())


@pytest.mark.parametrize("kind", ["bold", "italic", "strike", "code", "pre", "quote"])
def test_formatting_survives_there_and_back(kind: SpanKind) -> None:
    rich = Rich("say it loud", (Span(kind, 0, 11),))
    assert back(rich) == rich


def test_a_link_survives_and_only_as_an_address_of_the_web() -> None:
    rich = Rich("see the page", (Span("link", 8, 12, "https://example.org/a"),))
    assert back(rich) == rich
    script = Rich("see", (Span("link", 0, 3, "javascript:alert(1)"),))
    assert back(script) == Rich("see")


def test_what_people_write_is_read() -> None:
    blocks = [
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_section",
                    "elements": [
                        {"type": "text", "text": "ask "},
                        {"type": "user", "user_id": "U1"},
                        {"type": "text", "text": " now", "style": {"bold": True}},
                        {"type": "emoji", "name": "tada", "unicode": "1f389"},
                    ],
                },
                {
                    "type": "rich_text_list",
                    "style": "ordered",
                    "elements": [
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "one"}],
                        },
                        {
                            "type": "rich_text_section",
                            "elements": [{"type": "text", "text": "two"}],
                        },
                    ],
                },
            ],
        }
    ]
    read = rich_of({"blocks": blocks, "text": "ignored"}, {"U1": "Lin"}.__getitem__)
    assert read.text == "ask @Lin now🎉\n1. one\n2. two"
    assert read.spans == (Span("mention", 4, 8, "slack:U1"), Span("bold", 8, 12))


def test_markup_without_blocks_is_read_too() -> None:
    read = rich_of_markup("hi <@U1> see <https://x.example|this> &lt;b&gt; <!here>", str)
    assert read.text == "hi @U1 see this <b> @here"
