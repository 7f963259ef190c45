"""An entry that knows more languages answers in the one it is asked in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from faq.entry import Entry
from faq.spoken import language_of

ENTRY = Entry(
    id="fees.withdraw",
    dept="funds",
    urgency="normal",
    title={"zh": "提币手续费", "en": "Withdrawal fees"},
    answer={"zh": "一", "en": "one", "fr": "un"},
    phrasings={
        "zh": ("提币手续费是多少",),
        "en": ("what is the withdrawal fee",),
        "fr": ("quels sont les frais de retrait", "combien coûte un retrait"),
        "de": ("was kostet eine auszahlung",),
    },
)


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("Quels sont les frais de retrait ?", "fr"),
        ("combien ça coûte un retrait", "fr"),
        ("what is the withdrawal fee", "en"),
        ("what are the withdrawal fees", "en"),
        ("提币手续费是多少", "en"),
        ("fees", "en"),
        ("was kostet eine auszahlung", "en"),
        ("", "en"),
    ],
)
def test_the_nearest_wording_tells_the_language(question: str, lang: str) -> None:
    assert language_of(ENTRY, question, "en") == lang


@given(st.text(max_size=200), st.sampled_from(["zh", "en"]))
def test_the_answer_is_there_in_whatever_is_told(question: str, usual: str) -> None:
    assert language_of(ENTRY, question, usual) in {usual, "fr"}
