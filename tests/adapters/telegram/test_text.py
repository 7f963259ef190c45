"""Spans and entities: what is bold here is bold there, whatever is counted how."""

from hypothesis import example, given
from hypothesis import strategies as st
from telegram import MessageEntity

from adapters.telegram.text import entities_of, spans_of, without_mentions
from chat.message import Span, SpanKind
from chat.rich import Rich, cut, sendable, shortened, utf16_length
from tests.chat.strategies import KINDS, TEXTS, rich_texts
from tests.doubles.telegram_markup import entities_in


@given(rich_texts())
def test_formatting_survives_the_way_to_telegram_and_back(rich: Rich) -> None:
    assert spans_of(rich.text, entities_of(rich)) == rich.spans


@given(rich_texts())
def test_entities_count_as_telegram_does(rich: Rich) -> None:
    encoded = rich.text.encode("utf-16-le")
    for span, entity in zip(rich.spans, entities_of(rich), strict=True):
        marked = encoded[2 * entity.offset : 2 * (entity.offset + entity.length)]
        assert marked.decode("utf-16-le") == rich.text[span.start : span.end]


@given(TEXTS)
def test_length_is_in_utf16_units(text: str) -> None:
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


@given(
    TEXTS,
    st.integers(-5, 200),
    st.integers(-5, 200),
    st.sampled_from([MessageEntity.BOLD, MessageEntity.TEXT_LINK, MessageEntity.URL]),
)
def test_entities_out_of_place_never_lead_out_of_the_text(
    text: str, offset: int, length: int, kind: str
) -> None:
    for span in spans_of(text, [MessageEntity(kind, offset, length, url="https://a.b")]):
        assert 0 <= span.start < span.end <= len(text)


@given(rich_texts(), st.data())
def test_formatting_is_cut_along_with_its_text(rich: Rich, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rich.text)))
    head, tail = cut(rich, 0, place), cut(rich, place, len(rich.text))
    assert head.text + tail.text == rich.text

    def marked(kind: SpanKind, part: Rich, shift: int) -> set[int]:
        found = (s for s in part.spans if s.kind == kind)
        return {place + shift for s in found for place in range(s.start, s.end)}

    for kind in KINDS:
        assert marked(kind, head, 0) | marked(kind, tail, place) == marked(kind, rich, 0)


def test_known_kinds_have_names_of_their_own() -> None:
    text = "粗 quote"
    entities = [
        MessageEntity(MessageEntity.BOLD, 0, 1),
        MessageEntity(MessageEntity.EXPANDABLE_BLOCKQUOTE, 2, 5),
        MessageEntity(MessageEntity.MENTION, 2, 5),
    ]
    assert spans_of(text, entities) == (Span("bold", 0, 1), Span("quote", 2, 7))


def test_a_link_that_telegram_would_refuse_stays_text() -> None:
    rich = Rich("click", (Span("link", 0, 5, "javascript:alert(1)"), Span("link", 0, 5)))
    assert entities_of(rich) == []


HOSTILE = "*_[]()~`>#+-=|{}.!\\<@U123>&;:/ \n\u200f\u202e中文🎉ab1"


@given(rich_texts(st.text(HOSTILE, min_size=1, max_size=60)))
@example(Rich("@lin_desk, (@bob_b) x@y.example", (Span("bold", 0, 9), Span("italic", 1, 9))))
def test_nobody_is_called_by_name_and_the_reader_sees_the_same(rich: Rich) -> None:
    quiet = without_mentions(rich)
    assert quiet.text.replace("\u2060", "") == rich.text
    assert not [e for e in entities_in(quiet.text) if e["type"] == "mention"]
    for before, after in zip(rich.spans, quiet.spans, strict=True):
        marked = quiet.text[after.start : after.end]
        assert marked.replace("\u2060", "") == rich.text[before.start : before.end]


def test_what_would_call_somebody_can_be_seen_by_the_test_above() -> None:
    assert [e["type"] for e in entities_in("hi @lin_desk")] == ["mention"]


def test_a_link_that_calls_somebody_stays_text() -> None:
    assert entities_of(Rich("hi", (Span("link", 0, 2, "tg://user?id=9"),))) == []


def test_half_a_surrogate_pair_does_not_stop_a_message() -> None:
    assert sendable("a\ud83db\0").text == "a\ufffdb\ufffd"


@given(TEXTS, st.integers(1, 40))
def test_shortened_text_fits(text: str, limit: int) -> None:
    short = shortened(text, limit)
    assert utf16_length(short) <= limit
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
