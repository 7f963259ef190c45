"""The language of a message."""

from __future__ import annotations

import pytest

from chat.phrases import Lang
from faq.language import detect
from faq.normal import normalise


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("充值没到账", "zh"),
        ("我的 USDT 用 TRC20 没到账", "zh"),
        ("where is my deposit", "en"),
        ("hello", "en"),
        ("MY MONEY IS GONE", "en"),
        ("what does 充值 mean in English please", "en"),
        ("ｗｈｅｒｅ ｉｓ ｍｙ ｍｏｎｅｙ", "en"),
    ],
)
@pytest.mark.parametrize("default", ["zh", "en"])
def test_words_tell_the_language(text: str, lang: Lang, default: Lang) -> None:
    assert detect(text, default) == lang


@pytest.mark.parametrize(
    "text",
    ["", "?", "😡😡", "123.45", "USDT", "0x52908400098527886E0F7030069857D2E4169EE7", "a@b.com"],
)
@pytest.mark.parametrize("default", ["zh", "en"])
def test_without_words_it_stays_as_it_was(text: str, default: Lang) -> None:
    assert detect(text, default) == default


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("充值，没到账！！", "充值没到账"),
        ("充 值 没 到 账", "充值没到账"),
        ("儲值沒到帳", "储值没到账"),
        ("我的帳戶被凍結了", "我的账户被冻结了"),
        ("Ｐａｓｓｗｏｒｄ　Ｒｅｓｅｔ", "password reset"),
        ("pass\u200bword", "password"),
        ("can’t 😭 log-in", "cant log in"),
    ],
)
def test_what_reads_alike_is_alike(text: str, same: str) -> None:
    assert normalise(text) == same
