"""Planted messages and look-alikes that were written apart from those the finder was made with.

They are only for the figures: what they show is reported, not mended here.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Final

from tests.redaction import made
from tests.redaction.planted import Planted, in_parts, of_one, of_words, shuffled

_EN_WORDS: Final = (
    "Hi, wallet says invalid, I typed {} so what is wrong?",
    "{}",
    "Backup words below\n{}",
    "你好 我换手机了 这是我的12个单词 {} 能帮我登录吗",
    "助記詞備份：{}",
    "restore with: {} thanks",
    "{}\n\nplease check whether this one is empty",
    "imToken 提示错误，词是：{}",
)
_ZH_WORDS: Final = ("{}", "恢复钱包用的：{}", "助记词给你 {} 快帮我看", "下面是助記詞\n{}")
_KEYS: Final = (
    "private key (hex): {}",
    "钱包私钥如下：{}",
    "pls help, privatekey is {}",
    "导出来的私钥\n{}\n导入说格式不对",
    "priv_key={}",
    "私鑰 {} 幫我看一下",
    "I pasted my private key 0x{} into a site, am I in danger?",
    "{} <- my private key, is it valid?",
)
_FREE: Final = ("{}", "which wallet takes {} ?", "这串 {} 是什么意思", "backup:{}", "“{}”")
_CARDS: Final = (
    "My card {} got charged twice",
    "用{}这张卡买币失败了",
    "银行卡 {} 绑不上",
    "debit card no. {} exp 09/28",
    "{}",
    "信用卡：{}，麻烦解绑",
)
_RESIDENTS: Final = (
    "实名信息：李雷 {}",
    "我的身份证号码 {} 被别人注册了",
    "my Chinese ID is {}",
    "{}",
    "姓名李雷，身份證 {}",
)
_PASSWORDS: Final = (
    "登录不上，账号没错，密码就是{}啊",
    "新密码: {}",
    "Login: bob88 / Password: {}",
    "my old password was {}",
    "交易密码设置为{}之后就锁了",
    "the passcode is {} but it is refused",
    "passphrase = {}",
    "PIN: {}",
    "資金密碼是{}，為什麼說錯誤",
    "password is “{}” , still denied",
)
_CODES: Final = (
    "收到验证码了：{}",
    "短信验证码 {}",
    "【Tokenim】您的验证码为{}，5分钟内有效",
    "Your verification code is {}. Do not share it with anyone.",
    "sms code {} not accepted",
    "authenticator code: {}",
    "驗證碼是 {}",
    "here's the otp: {}",
    "{} 是刚收到的验证码",
    "email code is {}",
)
_API: Final = (
    "API Key: {}\nplease check its rights",
    "apikey={}",
    "secret key: {}",
    "我的 api secret 是 {} 一直签名错误",
    "Authorization: Bearer {}",
)

LINES: Final = (
    "修改密码之后提币要等24小时吗",
    "密码输错五次被锁了",
    "我不记得密码，邮箱也换了",
    "密码是对的，就是登不上",
    "设置密码的时候提示太简单",
    "两步验证怎么关",
    "验证码为什么一直发不过来",
    "验证码发到旧手机上了",
    "我没有收到6位验证码",
    "输入验证码后页面白屏",
    "My password doesn't work anymore",
    "password is too short, it says",
    "your site says my password is expired",
    "I forgot both my password and my email",
    "Is the password case sensitive?",
    "do I need a passcode to withdraw",
    "the code you sent never arrives",
    "code is invalid, tried 3 times",
    "got error code 10086 again",
    "use coupon code WELCOME50",
    "what is the swift code for your bank",
    "country code +86 is missing in the list",
    "QR code does not load",
    "I wrote my seed phrase on paper, is that enough?",
    "never share your seed phrase, right?",
    "助记词可以截图保存吗",
    "私钥忘了还能找回来吗",
    "12个助记词顺序错了怎么办",
    "导入私钥和导入助记词有什么不同",
    "can I have two wallets with one seed phrase",
    "where can I see my private key",
    "some coin still not there, please help find out what happen",
    "can you tell when this order will open",
    "cancel this order now please thank you",
    "today price then buy more",
    "wait until tomorrow then",
    "still nothing",
    "great service, thank you",
    "long time no answer, sad",
    "等 等 等 要 等 到 什 么 时 候",
    "请 问 有 人 吗",
    "客 服 快 点 回 复",
    "怎么这么久还没有人回答我啊",
    "提现手续费怎么比昨天高了这么多",
    "我想问一下这个活动什么时候开始",
    "交易记录里面看不到昨天的那一笔",
    "I paid 4111 USDT for 1111 tokens, 1111 missing and 1111 late",
    "sent 12,345.678901 on 2024-11-03 at 14:22:10",
    "gas used 21000, nonce 4521, block 20483911",
    "1 ETH = 2650.1234567890123456 USDT?",
    "订单 20241103142210004512 显示处理中",
    "工单号 KF-2024-110300451",
    "快递单号 SF1234567890123",
    "my user id 5500005555555559 was renamed",
    "UID：4000123412341239",
    "merchant order no 6011000990139424",
    "电话 010-62345678 打不通",
    "call 400-820-8820",
    "手机号 13912345678 换绑",
    "contact me at wang.lei@example.org",
    "api 文档在哪",
    "API key permissions: read only or trade?",
    "how long is an access token valid",
    "contract 0x6B175474E89094C44Da98b954EedeAC495271d0F",
    "TRC20 地址 TJRyWwFs9wTFGZg3JbrVriFbNfCug5tDeC 没到账",
    "is bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq yours?",
    "https://bscscan.com/tx/0x5c504ed432cb51138bcf09aa5e8a410dd4a1e204ef84bfed1be16dfba1b22060",
    "https://t.me/tokenim_support 是官方吗",
    "版本号 5.12.0 build 20241103",
    "pin the message please",
    "PIN码在哪里改",
    "卡号填错一位怎么改",
    "the card was declined with code 05",
    "身份证照片上传不了",
    "生日 1990-01-01 填错了",
    "KYC 等级 2 限额 100000",
    "中午12点到现在18点了",
)


def planted(count: int = 300, seed: int = 90210) -> list[Planted]:
    """Secrets, each kind as often as in `planted.development`."""
    rng = random.Random(seed)

    def pick(frames: Sequence[str]) -> str:
        return rng.choice(frames)

    def english() -> Planted:
        words = made.words(rng, made.ENGLISH, rng.choice((12, 12, 15, 18, 21, 24)))
        written = rng.choice(
            (
                " ".join(words),
                "  ".join(words),
                "; ".join(words),
                " | ".join(words),
                " / ".join(words),
                ",".join(words),
                "、".join(words),
                "\n".join(f"{n}) {word}" for n, word in enumerate(words, 1)),
                "\n".join(f"{n} {word.upper()}" for n, word in enumerate(words, 1)),
                " ".join(f"{n}:{word}" for n, word in enumerate(words, 1)),
                "\n".join(f"第{n}个 {word}" for n, word in enumerate(words, 1)),
                made.wide(" ".join(words)),
                "\n".join(" ".join(words[at : at + 4]) for at in range(0, len(words), 4)),
                " ".join(word.capitalize() for word in words),
            )
        )
        return of_words("seed", pick(_EN_WORDS), written)

    def chinese() -> Planted:
        words = made.words(rng, rng.choice((made.SIMPLIFIED, made.TRADITIONAL)), 12)
        join = rng.choice((" ", "  ", "，", "/", "\n", "。"))
        return of_words("seed", pick(_ZH_WORDS), join.join(words))

    def chinese_joined() -> Planted:
        words = made.words(
            rng, rng.choice((made.SIMPLIFIED, made.TRADITIONAL)), rng.choice((12, 15))
        )
        return of_words("seed", rng.choice(("我的助记词：{}", "助記詞 {}")), "".join(words))

    def split() -> Planted:
        words = made.words(rng, made.ENGLISH, rng.choice((12, 18)))
        half = len(words) // 2
        sizes = rng.choice(((half, half), (5, len(words) - 5), (len(words) - 5, 5)))
        return in_parts(
            words, sizes, rng.choice(("{}", "first half: {}", "我的助记词，分两次发：{}"))
        )

    def split_numbered() -> Planted:
        words = made.words(rng, made.ENGLISH, 24)
        return in_parts([f"{n}.{word}" for n, word in enumerate(words, 1)], (8, 8, 8), "{}")

    def split_chinese() -> Planted:
        return in_parts(made.words(rng, made.TRADITIONAL, 12), (5, 7), "{}")

    def hexadecimal() -> Planted:
        key = made.hexadecimal(rng)
        return of_one("private_key", pick(_KEYS), rng.choice((key, key.upper())))

    def wif() -> Planted:
        return of_one("private_key", pick(_FREE), made.wif(rng, compressed=rng.random() < 0.5))

    def solana() -> Planted:
        pair = made.solana_pair(rng)
        written = rng.choice((made.to_base58(pair), str(list(pair)).replace(" ", "")))
        return of_one("private_key", pick(_FREE), written)

    def file() -> Planted:
        written = rng.choice(
            (
                made.xprv(rng),
                made.pem(rng, "RSA PRIVATE KEY"),
                made.pem(rng, "ENCRYPTED PRIVATE KEY"),
                made.keystore(rng),
                made.keystore(rng, indent=4),
            )
        )
        return of_one(
            "private_key", rng.choice(("{}", "文件内容：\n{}", "see {} - cannot import")), written
        )

    def card() -> Planted:
        number = made.card(rng, *rng.choice(made.CARDS + made.UNIONPAY))
        written = number
        if len(number) == 16:
            written = rng.choice(
                (number, made.grouped(number), made.grouped(number, "-"), made.wide(number))
            )
        return of_one("card", pick(_CARDS), written)

    def resident() -> Planted:
        number = made.resident(rng)
        spaced = f"{number[:6]} {number[6:14]} {number[14:]}"
        return of_one(
            "id_number", pick(_RESIDENTS), rng.choice((number, spaced, made.wide(number)))
        )

    def password() -> Planted:
        value = rng.choice(
            (
                made.token(rng, 9) + made.digits(rng, 1),
                rng.choice(("Summer", "Beijing", "btc", "qwerty"))
                + made.digits(rng, 4)
                + rng.choice(("", "!", "#")),
                made.digits(rng, 6),
                made.token(rng, 4, "abcdefghjk") + "_" + made.digits(rng, 3),
            )
        )
        return of_one("password", pick(_PASSWORDS), value)

    def code() -> Planted:
        return of_one("code", pick(_CODES), made.digits(rng, 6))

    def api_key() -> Planted:
        if rng.random() < 0.5:
            return of_one("api_key", pick(_API), made.token(rng, rng.choice((24, 36, 48, 64))))
        return of_one(
            "api_key",
            rng.choice(("{}", "bot token {} stopped", "key={}")),
            rng.choice(made.API_KEYS)(rng),
        )

    makers = (
        english, english, english, chinese, chinese, chinese_joined, split, split, split_numbered,
        split_chinese, hexadecimal, hexadecimal, wif, solana, file, card, card, resident, password,
        password, code, code, api_key,
    )  # fmt: skip
    return shuffled(rng, makers, count)


def alike(count: int = 300, seed: int = 40404) -> list[str]:
    """Look-alikes: the lines above and made ones."""
    rng = random.Random(seed)

    def filled(frames: Sequence[str], thing: str) -> str:
        return rng.choice(frames).replace("{}", thing)

    def transaction() -> str:
        frames = (
            "{}",
            "hash {}",
            "TxHash：{}",
            "这笔 {} 卡住了",
            "see tx {} and tell me",
            "链上显示成功：{}",
            "https://tronscan.org/#/transaction/{}",
            "deposit 0x{} is missing",
            "block hash {}",
        )
        return filled(frames, made.hexadecimal(rng))

    def address() -> str:
        make = rng.choice(
            (
                made.evm_address,
                made.tron_address,
                made.bitcoin_address,
                made.segwit_address,
                made.solana_address,
            )
        )
        return filled(
            ("{}", "转到 {} 了", "from {} to you", "私钥还在，地址 {} 里的币没了", "收款地址：{}"),
            make(rng),
        )

    def signature() -> str:
        return filled(("{}", "solscan 上的 {}", "sig {} confirmed"), made.solana_signature(rng))

    def order() -> str:
        number = made.digits(rng, rng.choice((12, 15, 17, 18, 19, 21)), rng.choice("1789"))
        return filled(
            ("订单编号：{}", "P2P order {}", "{}", "流水 {} 查一下", "request id {}"), number
        )

    def near_card() -> str:
        number = made.no_card(rng, *rng.choice(made.CARDS + made.UNIONPAY))
        return filled(("银行卡 {}", "{}", "card {} ?"), number)

    def near_resident() -> str:
        return filled(("{}", "身份证 {}", "no {}"), made.no_resident(rng))

    def amount() -> str:
        number = f"{made.digits(rng, 4, '7')}.{made.digits(rng, 8)}"
        return filled(("买了 {} 个", "balance shows {}", "{} -> 0", "充了{}U"), number)

    def other_id() -> str:
        thing = rng.choice(
            (made.uuid(rng), made.hexadecimal(rng, 32), made.hexadecimal(rng, 40), made.xpub(rng))
        )
        return filled(("{}", "device {}", "commit {}", "错误追踪 {}"), thing)

    makers = (
        transaction,
        transaction,
        address,
        address,
        signature,
        order,
        near_card,
        near_resident,
        amount,
        other_id,
    )
    lines = list(LINES)
    lines += [makers[index % len(makers)]() for index in range(count - len(lines))]
    rng.shuffle(lines)
    return lines
