"""Long text arrives whole, in pieces that read well."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.message import Span
from chat.rich import Rich, utf16_length
from chat.splitting import split
from tests.chat.strategies import CHARACTERS, rich_texts

LONG = st.text(CHARACTERS, min_size=1, max_size=200)
WORDS = st.lists(st.text("abcdefghijXYZ0189'-_", min_size=1, max_size=9), min_size=1, max_size=40)


def without_blanks(text: str) -> str:
    return "".join(text.split())


@given(rich_texts(LONG), st.integers(2, 40))
def test_nothing_is_lost_and_every_piece_fits(rich: Rich, limit: int) -> None:
    pieces = split(rich, limit)
    together = "".join(piece.text for piece in pieces)
    assert without_blanks(together) == without_blanks(rich.text)
    assert all(utf16_length(piece.text) <= limit for piece in pieces)
    assert all(piece.text.strip() for piece in pieces)


@given(LONG.filter(lambda text: not any(c.isspace() for c in text)), st.integers(2, 40))
def test_without_blanks_the_pieces_are_exactly_the_text(text: str, limit: int) -> None:
    assert "".join(piece.text for piece in split(Rich(text), limit)) == text


@given(rich_texts(LONG), st.integers(2, 40))
def test_formatting_lies_within_its_piece(rich: Rich, limit: int) -> None:
    for piece in split(rich, limit):
        for span in piece.spans:
            assert 0 <= span.start < span.end <= len(piece.text)


@given(WORDS, st.sampled_from([" ", "\n", "\n\n", ". ", ", "]), st.integers(20, 60))
def test_no_word_is_cut_that_fits(words: list[str], between: str, limit: int) -> None:
    text = between.join(words)
    pieces = split(Rich(text), limit)
    shown = [word for piece in pieces for word in piece.text.replace(between, " ").split()]
    assert [word.strip(".,") for word in shown] == [word.strip(".,") for word in words]


@pytest.mark.parametrize(
    ("text", "limit", "first"),
    [
        ("One two.\n\nThree four five", 18, "One two.\n\n"),
        ("One two three\nfour five six", 20, "One two three\n"),
        ("First one. Second one. Third", 25, "First one. Second one. "),
        ("先检查网络，再重新登录。然后联系客服处理", 14, "先检查网络，再重新登录。"),
        ("先检查网络是否正常，再重新登录一次试试看", 14, "先检查网络是否正常，"),
        ("没有标点的一句很长很长的话", 6, "没有标点的一"),
        ("word anotherword", 10, "word "),
        ("unbreakable", 5, "unbre"),
    ],
)
def test_it_is_cut_at_sense(text: str, limit: int, first: str) -> None:
    assert split(Rich(text), limit)[0].text == first


@pytest.mark.parametrize("glyph", ["👨‍👩‍👧", "👍🏽", "🇨🇳", "e\u0301", "1\ufe0f\u20e3"])
def test_what_looks_like_one_character_stays_together(glyph: str) -> None:
    text = glyph * 30
    for limit in range(utf16_length(glyph), 40):
        for piece in split(Rich(text), limit):
            assert piece.text == glyph * (len(piece.text) // len(glyph))


def test_short_text_is_one_piece_and_blank_text_none() -> None:
    rich = Rich("hello", (Span("bold", 0, 5),))
    assert split(rich, 4096) == [rich]
    assert split(Rich(" \n "), 4096) == []


def test_a_very_long_text_is_cut_quickly() -> None:
    pieces = split(Rich("字" * 200_000), 4096)
    assert sum(len(piece.text) for piece in pieces) == 200_000
