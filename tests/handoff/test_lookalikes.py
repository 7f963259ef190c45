"""Links that imitate ours are found; ours, and everybody else's, are left alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.official import letters, official_of
from chat.message import Span
from handoff.lookalikes import is_official, lookalikes

OURS = official_of("Tokenim", ("tokenim.com", "tokenim.co.uk"))
LETTERS = letters()

FAKE = (
    "看看 tokenim-support.com 是真的吗",
    "打开tokenim官网.com",
    "t\u043ekenim.com",
    "to\u03bfkenim.com",
    "\u0442okenim.com",
    "xn--" + "t\u043ekenim".encode("punycode").decode() + ".com",
    "http://tökenim.com/login",
    "tokenim.com.evil.ru",
    "tokeniim.com",
    "tokennim.io",
    "tkoenim.com",
    "t0kenim.com",
    "tokenirn.com",
    "tokenlm.com",
    "TOKENIM.NET",
    "support@tokenim-mail.com",
    "token-im.com",
    "login-tokenim.net",
    "wallet.tokenim.io/claim",
    "ｔｏｋｅｎｉｍ．ｉｏ",
    "https://tokenim.com@evil.io/x",
    "https://tokenim.pdf/",
)
FINE = (
    "请打开tokenim.com吧",
    "help.tokenim.com/x",
    "https://tokenim.co.uk",
    "https://user:pw@tokenim.com/",
    "support@tokenim.com",
    "imtoken.com",
    "token.im",
    "tokenize.com",
    "screenshot tokenim.pdf",
    "me@gmail.com",
    "http://evil.io/tokenim.com",
    "我在tokenim.com充值.然后",
    "Tokenim. Really.",
    "https://t.me/tokenim",
    "USDT.TRC20",
    "",
)


@pytest.mark.parametrize("text", FAKE)
def test_what_imitates_ours_is_found(text: str) -> None:
    found = lookalikes(text, (), OURS)
    assert found
    assert found[0].domain in OURS.domains
    assert not is_official(found[0].host, OURS)


@pytest.mark.parametrize("text", FINE)
def test_what_is_ours_or_has_nothing_to_do_with_us_is_left_alone(text: str) -> None:
    assert lookalikes(text, (), OURS) == ()


def test_a_link_that_shows_our_address_and_leads_elsewhere_is_found() -> None:
    text = "点 tokenim.com 登录"
    leads = (Span("link", 2, 13, "https://evil.io/a"),)
    assert [fake.host for fake in lookalikes(text, leads, OURS)] == ["evil.io"]
    ours = (Span("link", 2, 13, "https://tokenim.com/a"),)
    assert lookalikes(text, ours, OURS) == ()


def test_without_domains_nothing_is_said() -> None:
    assert lookalikes("tokenim-support.com", (), official_of("Tokenim", ())) == ()


_ALIKE = {
    letter: [chr(c) for c, looks in LETTERS.items() if looks == letter and chr(c).isalpha()]
    for letter in "tokenim"
}


@given(st.integers(0, 6), st.data())
def test_any_one_letter_may_be_foreign(place: int, data: st.DataObject) -> None:
    choices = [c for c in _ALIKE["tokenim"[place]] if unicodedata.normalize("NFKC", c) == c]
    assume(choices)
    letter = data.draw(st.sampled_from(choices))
    name = "tokenim"[:place] + letter + "tokenim"[place + 1 :]
    assert lookalikes(f"https://{name}.com/", (), OURS)


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for fake in lookalikes(text, (), OURS):
        assert "." in fake.host


@given(st.from_regex(r"[a-z0-9]{1,10}(\.[a-z0-9]{1,10}){0,2}", fullmatch=True))
def test_whatever_lies_below_ours_is_ours(below: str) -> None:
    assert lookalikes(f"see https://{below}.tokenim.com/path", (), OURS) == ()
