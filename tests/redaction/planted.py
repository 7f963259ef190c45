"""Planted messages: each with a secret in it, and what of it must never be found again.

`development` was used to write the finder; what is only for the figures is in `reporting`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from chat.message import SecretKind
from tests.redaction import made


class Planted(Struct, frozen=True):
    """One secret over one or more messages. `needles` are what nobody may find."""

    kind: SecretKind
    messages: tuple[str, ...]
    needles: tuple[str, ...]


def of_words(kind: SecretKind, frame: str, written: str) -> Planted:
    """A seed phrase as it was written; any three words of it in a row are a find."""
    spans = [m.span() for m in re.finditer(r"[A-Za-zａ-ｚＡ-Ｚ]+|[\u3400-\u9fff]", written)]
    step = 3 if written[:1].isascii() or written[0] >= "ａ" else 6
    needles = {written[a[0] : b[1]] for a, b in zip(spans, spans[step - 1 :], strict=False)}
    return Planted(kind, (frame.replace("{}", written),), tuple(sorted(needles)))


def of_one(kind: SecretKind, frame: str, secret: str) -> Planted:
    needles = {secret}
    if len(secret) > 40:
        third = len(secret) // 3
        needles |= {secret[third : 2 * third], secret[:third], secret[-third:]}
    return Planted(kind, (frame.replace("{}", secret),), tuple(sorted(n.strip() for n in needles)))


Style = Callable[[Sequence[str]], str]


def shuffled(
    rng: random.Random, makers: Sequence[Callable[[], Planted]], count: int
) -> list[Planted]:
    made_ones = [makers[index % len(makers)]() for index in range(count)]
    rng.shuffle(made_ones)
    return made_ones


def _parts(words: Sequence[str], sizes: Sequence[int], join: str) -> Iterator[str]:
    at = 0
    for size in sizes:
        yield join.join(words[at : at + size])
        at += size


def in_parts(words: Sequence[str], sizes: Sequence[int], first: str, join: str = " ") -> Planted:
    parts = list(_parts(words, sizes, join))
    step = 3 if words[0].isascii() else 4
    needles = {join.join(words[at : at + step]) for at in range(len(words) - step + 1)}
    within = tuple(sorted(n for n in needles if any(n in part for part in parts)))
    return Planted("seed", (first.replace("{}", parts[0]), *parts[1:]), within)


def development(count: int = 300, seed: int = 1) -> list[Planted]:
    rng = random.Random(seed)
    styles: tuple[Style, ...] = (
        " ".join,
        ", ".join,
        "，".join,
        "\n".join,
        lambda w: " ".join(w).upper(),
        lambda w: " ".join(x.title() for x in w),
        lambda w: "\n".join(f"{n}. {x}" for n, x in enumerate(w, 1)),
        lambda w: " ".join(f"{n}.{x}" for n, x in enumerate(w, 1)),
        lambda w: " ".join(f"({n}) {x}" for n, x in enumerate(w, 1)),
        lambda w: made.wide(" ".join(w)),
        " - ".join,
    )
    seed_frames = (
        "{}",
        "我的助记词是 {}",
        "助记词：{} 帮我看看钱包为什么打不开",
        "my seed phrase is {} please restore my wallet",
        "here are the words: {}",
        "{}\nI cannot open the wallet with these, can you check?",
        "recovery phrase = {}",
    )

    def english() -> Planted:
        w = made.words(rng, made.ENGLISH, rng.choice((12, 12, 12, 15, 18, 21, 24)))
        return of_words("seed", rng.choice(seed_frames), rng.choice(styles)(w))

    def chinese() -> Planted:
        language = rng.choice((made.SIMPLIFIED, made.TRADITIONAL))
        w = made.words(rng, language, rng.choice((12, 12, 15, 24)))
        join = rng.choice((" ", "、", ", ", "\n", "　"))
        frame = rng.choice(("{}", "我的助记词：{}", "助記詞是：{}，麻煩幫我恢復", "帮我导入 {}"))
        return of_words("seed", frame, join.join(w))

    def chinese_joined() -> Planted:
        language = rng.choice((made.SIMPLIFIED, made.TRADITIONAL))
        w = made.words(rng, language, rng.choice((12, 24)))
        return of_words("seed", rng.choice(("助记词：{}", "我的助記詞是 {} 。")), "".join(w))

    def split() -> Planted:
        w = made.words(rng, made.ENGLISH, 12)
        sizes = rng.choice(((6, 6), (4, 4, 4), (5, 7), (8, 4)))
        return in_parts(w, sizes, rng.choice(("{}", "{}", "my seed phrase: {}")))

    def split_long() -> Planted:
        w = made.words(rng, made.ENGLISH, 24)
        return in_parts(w, (12, 12), "{}", rng.choice((" ", "\n")))

    def split_chinese() -> Planted:
        w = made.words(rng, made.SIMPLIFIED, 12)
        return in_parts(w, (6, 6), rng.choice(("{}", "助记词 {}")), " ")

    key_frames = (
        "我的私钥是 {}",
        "私钥：{}",
        "private key: {}",
        "my private key is {} can you import it for me",
        "{} 这是我的私钥",
        "privkey={}",
        "metamask 导出的私钥 0x{}",
        "Here is the secret key of my wallet\n{}",
        "密钥 {}，余额对不上",
    )

    def hex_key() -> Planted:
        key = made.hexadecimal(rng)
        return of_one("private_key", rng.choice(key_frames), rng.choice((key, key.upper())))

    free_frames = ("{}", "帮我看看这个 {} 能导入吗", "import {} fails", "here: {}", "key：{}")

    def wif() -> Planted:
        return of_one(
            "private_key", rng.choice(free_frames), made.wif(rng, compressed=rng.random() < 0.5)
        )

    def solana() -> Planted:
        pair = made.solana_pair(rng)
        if rng.random() < 0.3:
            return of_one("private_key", rng.choice(free_frames), str(list(pair)))
        return of_one("private_key", rng.choice(free_frames), made.to_base58(pair))

    def other_key() -> Planted:
        make = rng.choice(
            (
                lambda: made.xprv(rng),
                lambda: made.pem(rng),
                lambda: made.pem(rng, "EC PRIVATE KEY"),
                lambda: made.keystore(rng),
                lambda: made.keystore(rng, indent=2),
            )
        )
        return of_one("private_key", rng.choice(("{}", "我的文件 {}", "this is it:\n{}")), make())

    def card() -> Planted:
        number = made.card(rng, *rng.choice(made.CARDS + made.UNIONPAY))
        if len(number) == 16 and rng.random() < 0.6:
            number = made.grouped(number, rng.choice(" -"))
        frames = (
            "{}",
            "卡号 {}",
            "我的银行卡号是{}，绑定不了",
            "card number {} was declined",
            "visa {} 12/27",
        )
        return of_one("card", rng.choice(frames), number)

    def resident() -> Planted:
        number = made.resident(rng)
        frames = (
            "身份证 {}",
            "{}",
            "我的身份证号是{}，实名一直失败",
            "ID number {} for KYC",
            "证件号：{}",
        )
        return of_one("id_number", rng.choice(frames), rng.choice((number, number.lower())))

    passwords = (
        lambda: made.token(rng, 10),
        lambda: rng.choice(("sunshine", "dragon", "iloveyou", "xiaoming")) + made.digits(rng, 4),
        lambda: made.token(rng, 6) + rng.choice("!@#$%") + made.digits(rng, 2),
        lambda: made.digits(rng, 6),
    )

    def password() -> Planted:
        frames = (
            "我的密码是{}",
            "密码：{}",
            "登录密码是 {} 帮我看看为什么登不上",
            "my password is {}",
            "password: {}",
            "my password is {}, why can't I log in?",
            "账号 lin8 密码 {}",
            "支付密码为{}，提示错误",
            "pwd={}",
            "I changed my password to {} and now it fails",
        )
        return of_one("password", rng.choice(frames), rng.choice(passwords)())

    def code() -> Planted:
        frames = (
            "验证码是{}",
            "验证码：{}",
            "我收到的短信验证码是 {}，帮我登录",
            "the code is {}",
            "my verification code is {}",
            "otp {}",
            "2FA code: {}",
            "{} is my code",
            "谷歌验证码 {} 不对",
            "动态码{}",
        )
        return of_one("code", rng.choice(frames), made.digits(rng, 6))

    def api_key() -> Planted:
        if rng.random() < 0.4:
            said = (
                "api key: {}",
                "我的 API key 是 {}",
                "api secret {}",
                "API密钥：{} 报错",
                "access token = {}",
            )
            return of_one("api_key", rng.choice(said), made.token(rng, rng.choice((32, 40, 64))))
        return of_one(
            "api_key",
            rng.choice(("{}", "my bot uses {}", "密钥 {}")),
            rng.choice(made.API_KEYS)(rng),
        )

    makers = (
        english, english, english, chinese, chinese, chinese_joined, split, split, split_long,
        split_chinese, hex_key, hex_key, wif, solana, other_key, card, card, resident, password,
        password, code, code, api_key,
    )  # fmt: skip
    return shuffled(rng, makers, count)
