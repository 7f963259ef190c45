"""What counts as a secret, kind by kind, and what does not."""

from __future__ import annotations

import random
from typing import get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.seed_lists import read_seed_lists
from chat.message import SecretKind
from chat.phrases import PHRASES
from handoff.secrets.finder import Finder, marker
from tests.redaction import alike, made, planted, reporting
from tests.redaction.planted import Planted

FINDER = Finder(read_seed_lists(), ("phone", "email"))
STRICT = Finder(read_seed_lists())

PHRASE = "legal winner thank year wave sausage worth useful legal winner thank yellow"
ZEROS = "abandon " * 11 + "about"
HEX = "e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262"
WIF = "5HueCGU8rMjxEXxiPuD5BDku4MkFqeZyd4dZ1jvhTVqvbTLvyTJ"
RNG = random.Random(7)

SECRETS: list[tuple[SecretKind, str, str]] = [
    ("seed", PHRASE, PHRASE),
    ("seed", ZEROS, ZEROS),
    ("seed", f"我的助记词是 {PHRASE} 谢谢", PHRASE),
    ("seed", PHRASE.upper(), PHRASE.upper()),
    ("seed", PHRASE.replace(" ", "，"), PHRASE.replace(" ", "，")),
    ("seed", made.wide(PHRASE), made.wide(PHRASE)),
    (
        "seed",
        "mimic cruel vapor hover lizzard quiz orbit fossil nephew clay tornado bench",
        "mimic",
    ),
    ("seed", PHRASE.replace(" ", ""), "legalwinner"),
    ("seed", "①mimic②cruel③vapor④hover⑤lizard⑥quiz⑦orbit⑧fossil", "lizard"),
    ("private_key", f"private key: {HEX}", HEX),
    ("private_key", f'{{"privateKey":"0x{HEX}"}}', HEX),
    ("private_key", f"私钥 0x{HEX}", HEX),
    ("private_key", f"{HEX} is my private key", HEX),
    ("private_key", f"transaction failed. my private key is {HEX}", HEX),
    ("private_key", WIF, WIF),
    ("private_key", made.xprv(RNG), "xprv"),
    ("private_key", made.pem(RNG), "PRIVATE KEY"),
    ("private_key", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0B", "MIIEvQ"),
    ("private_key", f"here {made.keystore(RNG)} ok", "ciphertext"),
    ("private_key", made.to_base58(made.solana_pair(RNG)), ""),
    ("card", "卡号 4111 1111 1111 1111", "4111"),
    ("card", "4111-1111-1111-1111", "4111"),
    ("card", "４１１１１１１１１１１１１１１１", "４"),
    ("card", "cvv 123", "123"),
    ("id_number", "11010519491231002X", "1949"),
    ("password", "我的密码是Abc12345，登不上", "Abc12345"),
    ("password", "password: hunter2", "hunter2"),
    ("password", "密码我设的是 Lin@2024", "Lin@2024"),
    ("password", "账号13800138000密码a123456", "a123456"),
    ("password", "my password is sunshine", "sunshine"),
    ("code", "验证码是 839201", "839201"),
    ("code", "my code is 839201", "839201"),
    ("code", "123 456 is my code", "123 456"),
    ("api_key", "ghp_" + made.token(RNG, 36), "ghp_"),
    ("api_key", "api key: " + made.token(RNG, 64), ""),
]


@pytest.mark.parametrize(("kind", "text", "gone"), SECRETS)
def test_a_secret_is_taken_out(kind: SecretKind, text: str, gone: str) -> None:
    redacted = FINDER.redact(text)
    assert redacted.kinds == (kind,)
    assert marker(kind) in redacted.text
    assert not gone or gone not in redacted.text


def test_only_the_secret_goes() -> None:
    redacted = FINDER.redact("我的密码是Abc12345，帮我登录")
    assert redacted.text == f"我的密码是{marker('password')}，帮我登录"
    assert FINDER.redact("密码:a123456").text == f"密码:{marker('password')}"


@pytest.mark.parametrize(
    "text",
    [
        HEX,
        f"0x{HEX}",
        f"tx {HEX}",
        f"私钥没丢，但交易 {HEX} 不是我做的",
        made.xpub(RNG),
        made.solana_signature(RNG),
        "my password is wrong",
        "密码是什么",
        "error code: 500123",
        "订单号 4111111111111111",
        "4111 1111 1111 1112",
        "110105194912310021",
        "what is a seed phrase?",
        "13800138000",
        "lin@example.com",
        "为什么我的提币还没有到账呢",
    ],
)
def test_what_only_looks_like_one_stays(text: str) -> None:
    assert FINDER.redact(text).text == text


def test_a_key_pair_is_told_from_a_signature_by_its_second_half() -> None:
    rng = random.Random(3)
    pairs = [made.to_base58(made.solana_pair(rng)) for _ in range(20)]
    signatures = [made.solana_signature(rng) for _ in range(20)]
    assert all(FINDER.find(pair) for pair in pairs)
    assert not any(FINDER.find(signature) for signature in signatures)


@pytest.mark.parametrize("text", ["13800138000", "+1 415-555-0132", "打 +86 138 0013 8000"])
def test_phones_are_masked_where_they_are_not_shown(text: str) -> None:
    assert STRICT.redact(text).kinds == ("phone",)


def test_mail_is_masked_where_it_is_not_shown() -> None:
    assert STRICT.redact("mail lin@example.com please").text == f"mail {marker('email')} please"


@pytest.mark.parametrize("text", ["订单 138001380001", "0.13800138000", "uid 13800138000"])
def test_other_numbers_are_no_phones(text: str) -> None:
    assert STRICT.redact(text).text == text


def test_invisible_characters_hide_nothing() -> None:
    hidden = "\u200b".join(HEX)
    redacted = FINDER.redact(f"private key: {hidden}!")
    assert redacted.text == f"private key: {marker('private_key')}!"


@given(st.text(max_size=200))
def test_findings_lie_in_the_text_in_order(text: str) -> None:
    findings = STRICT.find(text)
    ends = [0, *(finding.end for finding in findings)]
    assert all(end <= f.start < f.end for end, f in zip(ends, findings, strict=False))
    assert not findings or findings[-1].end <= len(text)


@given(st.text(max_size=120), st.sampled_from(SECRETS))
@example("WEB0DESK0NOSE", next(each for each in SECRETS if each[2] == "ciphertext"))
def test_what_was_redacted_has_nothing_more_to_find(
    text: str, secret: tuple[SecretKind, str, str]
) -> None:
    redacted = FINDER.redact(f"{text}\n{secret[1]}")
    assert redacted.kinds
    assert FINDER.redact(redacted.text).text == redacted.text


def test_a_marker_is_no_secret() -> None:
    for kind in get_args(SecretKind):
        assert STRICT.redact(marker(kind)).kinds == ()


def test_every_kind_has_its_phrases() -> None:
    for kind in get_args(SecretKind):
        assert f"secret.{kind}" in PHRASES
        assert f"secret.name.{kind}" in PHRASES


def _recall(cases: list[Planted]) -> float:
    whole = [case for case in cases if len(case.messages) == 1]
    missed = [
        case
        for case in whole
        if any(needle in FINDER.redact(case.messages[0]).text for needle in case.needles)
    ]
    return 1 - len(missed) / len(whole)


@pytest.mark.parametrize("seed", range(1, 5))
def test_development_secrets_are_found(seed: int) -> None:
    assert _recall(planted.development(seed=seed)) >= 0.995


@pytest.mark.parametrize("seed", range(1, 5))
def test_development_look_alikes_stay(seed: int) -> None:
    lines = alike.development(seed=seed)
    hurt = [line for line in lines if FINDER.redact(line).text != line]
    assert len(hurt) <= 0.005 * len(lines), hurt


def test_reporting_secrets_are_found_and_look_alikes_stay() -> None:
    assert _recall(reporting.planted()) >= 0.995
    hurt = [line for line in reporting.alike() if FINDER.redact(line).text != line]
    assert len(hurt) <= 0.005 * 300, hurt
