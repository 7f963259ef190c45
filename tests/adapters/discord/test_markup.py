"""Any text in, the same visible text out, and within Discord's limits."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from adapters.discord.markup import markdown_of, pieces_of
from adapters.discord.reading import rich_of
from chat.message import Span, SpanKind
from chat.rich import Rich, utf16_length
from tests.chat.strategies import rich_texts

HOSTILE = "*_[]()~`>#+-=|{}.!\\<@U123>:/ \n\u200f\u202e中文🎉ab1"
TEXTS = st.text(HOSTILE, max_size=60)
SOME = st.text(HOSTILE, min_size=1, max_size=60)


def visible(text: str) -> list[str]:
    """What a reader sees, blanks apart: lines without the blanks at their ends."""
    return [line.strip() for line in text.strip().split("\n") if line.strip()]


@given(TEXTS)
@example("@everyone <@123> <@&5> <#7> <:smile:99> <t:0:R>")
@example("> quoted\n>>> more\n# title\n-# small\n1. one\n- two\n* three")
@example("[a](https://evil.example) ||x|| ```y``` `z`")
@example("https://a.example/x_y_z?q=*1*&r=~~2~~")
@example("a\\*b \\\\ c\\")
def test_plain_text_shows_as_itself(text: str) -> None:
    shown = rich_of(markdown_of(Rich(text)))
    assert visible(shown.text) == visible(text)
    assert not [s for s in shown.spans if s.kind != "link"]


@given(rich_texts(SOME))
@example(Rich("11 1", (Span("italic", 2, 4), Span("code", 2, 4))))
@example(Rich("111", (Span("italic", 1, 3), Span("bold", 0, 3))))
@example(Rich("中文字", (Span("italic", 1, 3), Span("bold", 0, 3))))
@example(Rich("中文字", (Span("italic", 0, 2), Span("bold", 0, 3))))
def test_formatted_text_shows_the_same_characters(rich: Rich) -> None:
    assert visible(rich_of(markdown_of(rich)).text) == visible(rich.text)


@given(rich_texts(st.text(HOSTILE, min_size=1, max_size=300)), st.integers(40, 120))
def test_every_piece_fits_and_nothing_is_lost(rich: Rich, limit: int) -> None:
    pieces = pieces_of(rich, limit)
    assert all(utf16_length(piece) <= limit for piece in pieces)
    together = "".join(rich_of(piece).text for piece in pieces)
    assert "".join(together.split()) == "".join(rich.text.split())


@pytest.mark.parametrize("kind", ["bold", "italic", "underline", "strike", "spoiler", "code"])
def test_formatting_survives_there_and_back(kind: SpanKind) -> None:
    rich = Rich("say it loud", (Span(kind, 4, 6),))
    assert rich_of(markdown_of(rich)) == rich


def test_formatting_inside_of_formatting_survives() -> None:
    rich = Rich("abc def", (Span("bold", 0, 7), Span("italic", 4, 7)))
    assert rich_of(markdown_of(rich)) == rich


def test_a_link_survives_and_only_as_an_address_of_the_web() -> None:
    rich = Rich("see the page", (Span("link", 8, 12, "https://example.org/a"),))
    assert rich_of(markdown_of(rich)) == rich
    script = Rich("see", (Span("link", 0, 3, "javascript:alert(1)"),))
    assert markdown_of(script) == "see"


def test_what_people_write_is_read() -> None:
    read = rich_of("**bold** and `code` and ||secret|| with <@42>")
    assert read.text == "bold and code and secret with @42"
    kinds: list[SpanKind] = ["bold", "code", "spoiler", "mention"]
    assert [span.kind for span in read.spans] == kinds
    assert read.spans[-1].url == "discord:42"


def test_underscores_inside_of_words_are_letters() -> None:
    assert rich_of("snake_case_name").text == "snake_case_name"


def test_a_quote_is_read_as_one() -> None:
    read = rich_of("> they said\nno")
    assert (read.text, read.spans) == ("they said\nno", (Span("quote", 0, 10),))
