"""Texts as people write them, with formatting."""

from hypothesis import strategies as st

from chat.message import Span, SpanKind
from chat.rich import Rich

CHARACTERS = st.sampled_from([*"ab 。\n转人工é👍🏽👨👩👧🇨🇳𠮷", "\u200d", "\ufe0f"]) | st.characters(
    exclude_categories=["Cs"]
)
TEXTS = st.text(CHARACTERS, min_size=1, max_size=60)
KINDS: list[SpanKind] = [
    "bold",
    "italic",
    "underline",
    "strike",
    "spoiler",
    "code",
    "pre",
    "quote",
    "link",
]


@st.composite
def rich_texts(draw: st.DrawFn, texts: st.SearchStrategy[str] = TEXTS) -> Rich:
    text = draw(texts)
    spans = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        kind = draw(st.sampled_from(KINDS))
        spans.append(Span(kind, start, end, "https://example.org/" if kind == "link" else None))
    return Rich(text, tuple(spans))
