"""How the Telegram double reads markup."""

import pytest

from tests.doubles.telegram_errors import ApiError
from tests.doubles.telegram_markup import formatted

BOLD = ("bold", 0, 1)


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("<b>a</b>", "a", [BOLD]),
        ("a &lt; b &#38; c", "a < b & c", []),
        ("<b>😀</b><i>x</i>", "😀x", [("bold", 0, 2), ("italic", 2, 1)]),
        ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<blockquote expandable>q</blockquote>", "q", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">s</span>', "s", [("spoiler", 0, 1)]),
        ("  <b> a </b>  ", "a", [BOLD]),
    ],
)
def test_html(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    shown, entities = formatted(source, "HTML")
    assert shown == text
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == marks


@pytest.mark.parametrize(
    ("source", "text", "marks"),
    [
        ("*a*", "a", [BOLD]),
        ("__u__ _i_", "u i", [("underline", 0, 1), ("italic", 2, 1)]),
        ("~s~ ||h||", "s h", [("strikethrough", 0, 1), ("spoiler", 2, 1)]),
        (r"1\.5 \*", "1.5 *", []),
        ("```py\nx = 1\n```", "x = 1", [("pre", 0, 5)]),
        (r"`a\`b`", "a`b", [("code", 0, 3)]),
        (">one\n>two\nthree", "one\ntwo\nthree", [("blockquote", 0, 7)]),
        (r"[l](http://x/\))", "l", [("text_link", 0, 1)]),
    ],
)
def test_markdown(source: str, text: str, marks: list[tuple[str, int, int]]) -> None:
    shown, entities = formatted(source, "MarkdownV2")
    assert shown == text
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == marks


@pytest.mark.parametrize(
    ("source", "mode"),
    [
        ("<b>a", "HTML"),
        ("a</b>", "HTML"),
        ("<b><i>a</b></i>", "HTML"),
        ("<blink>a</blink>", "HTML"),
        ("a < b", "HTML"),
        ("*a", "MarkdownV2"),
        ("1.5", "MarkdownV2"),
        ("`a", "MarkdownV2"),
        ("[a] b", "MarkdownV2"),
        ("a", "Markdown"),
    ],
)
def test_what_cannot_be_read(source: str, mode: str) -> None:
    with pytest.raises(ApiError) as caught:
        formatted(source, mode)
    assert caught.value.code == 400


def test_what_telegram_marks_unasked() -> None:
    _, entities = formatted("/start see https://a.b/c, me@x.org or @kefu_bot")
    assert [(e["type"], e["offset"], e["length"]) for e in entities] == [
        ("bot_command", 0, 6),
        ("url", 11, 13),
        ("email", 26, 8),
        ("mention", 38, 9),
    ]
