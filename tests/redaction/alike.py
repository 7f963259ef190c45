"""Messages that look as if they held a secret and do not: each must come through as it is."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from tests.redaction import made

DEVELOPMENT_LINES: Final = (
    "我的密码是多少我忘了",
    "密码错误怎么办",
    "密码是不是要大小写",
    "登录密码和资金密码不一样吗",
    "密码至少要8位吗",
    "密码：忘了",
    "我忘记密码了，验证码也收不到",
    "验证码60秒还没到",
    "验证码 5 分钟内有效吗",
    "验证码错误，订单号是 20240918",
    "收不到短信验证码，手机号是 13800138000",
    "my password is wrong",
    "my password is incorrect, please help",
    "is my password safe with you?",
    "the password is not accepted",
    "password reset link expired",
    "How do I change my password to something longer?",
    "my password was changed yesterday and it was not me",
    "password: forgotten",
    "error code: 500123",
    "error code 40014 when I withdraw",
    "promo code: SAVE2024",
    "my referral code is 884213",
    "the zip code is 100001",
    "the status code is 200200",
    "I never got the code",
    "the code expires in 600 seconds",
    "what is a seed phrase?",
    "助记词是什么，一般是12个单词吗",
    "助记词丢了怎么办，资产还能找回吗",
    "私钥和助记词有什么区别",
    "how do I back up my private key",
    "I lost my private key for 0x52908400098527886E0F7030069857D2E4169EE7",
    "wrong address transfer",
    "please cancel order",
    "need help please",
    "Sorry, wrong window.",
    "wrong network transfer, please help",
    "when will you list this token",
    "manage address book",
    "please check order again because account still show wrong amount today",
    "急 急 急 在 线 等",
    "在 吗 在 吗 在 吗",
    "转 人 工 客 服",
    "谢 谢 你 们",
    "为什么我的提币还没有到账呢",
    "充值一个小时了还是没有到账",
    "你们的客服什么时候才能回复",
    "2024-05-06 12:30:45 提币 0.5 BTC",
    "amount 1000000000000000000 wei",
    "手续费 0.00012345678901234",
    "my uid is 4532015112830366",
    "订单号：4111111111111111",
    "the order 6212345678901234 is pending",
    "block 19283746 has 12 confirmations",
    "call me at +1 415-555-0132",
    "mail me: lin@example.com",
    "客服邮箱是 support@tokenim.com 吗",
    "api key 在哪里申请",
    "the API key page does not load",
    "my access token expired again and again",
    "token contract 0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "USDT 合约地址 TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "https://tronscan.org/#/transaction/e9873d79c6d87dc0fb6a5778633389f4453213303da61f20bd67fc233aa33262",
    "PIN 忘了怎么重置",
    "security code on my card is worn off",
    "卡号输错了怎么办",
    "身份证过期了还能实名吗",
    "身份证号 18 位都要填吗",
    "中奖号码 123456",
    "版本 10.2.345678",
    "the pin number is required every time",
    "passphrase is optional, right?",
    "my code is rejected each time",
)


def _generated(rng: random.Random) -> tuple[Callable[[], str], ...]:
    def tx() -> str:
        frames = (
            "交易哈希 {}",
            "txid: {}",
            "{}",
            "tx 0x{} still pending",
            "0x{}",
            "我的充值没到账，哈希是 {}",
            "transaction hash {} please check",
            "私钥没丢，但是这笔交易 {} 不是我做的",
            "https://etherscan.io/tx/0x{}",
        )
        return rng.choice(frames).replace("{}", made.hexadecimal(rng))

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
        frames = (
            "地址 {}",
            "{}",
            "my address is {}",
            "提到 {} 的币没到",
            "sent to {} by mistake",
            "钱包地址：{}",
        )
        return rng.choice(frames).replace("{}", make(rng))

    def solana_tx() -> str:
        return rng.choice(("{}", "signature {}", "交易签名 {}")).replace(
            "{}", made.solana_signature(rng)
        )

    def order() -> str:
        frames = (
            "订单号 {}",
            "order {} not paid",
            "单号：{}",
            "my order id is {}",
            "流水号{}",
            "uid {}",
        )
        return rng.choice(frames).replace(
            "{}", made.digits(rng, rng.choice((10, 16, 18, 19, 20)), "2")
        )

    def no_card() -> str:
        frames = ("{}", "卡号 {}", "number {}")
        number = made.no_card(rng, *rng.choice(made.CARDS))
        return rng.choice(frames).replace("{}", rng.choice((number, made.grouped(number))))

    def no_resident() -> str:
        return rng.choice(("{}", "编号 {}")).replace("{}", made.no_resident(rng))

    def amount() -> str:
        frames = ("{} USDT 没到账", "I sent {} and got nothing", "余额 {} 对吗", "{}")
        number = rng.choice(
            (made.digits(rng, 6, "1"), f"{made.digits(rng, 3, '4')}.{made.digits(rng, 12)}")
        )
        return rng.choice(frames).replace("{}", number)

    def identifier() -> str:
        frames = ("trace id {}", "request {} failed", "会话编号 {}", "{}")
        thing = rng.choice(
            (made.uuid(rng), made.hexadecimal(rng, 40), made.hexadecimal(rng, 32), made.xpub(rng))
        )
        return rng.choice(frames).replace("{}", thing)

    return (tx, tx, address, address, solana_tx, order, no_card, no_resident, amount, identifier)


def development(count: int = 300, seed: int = 2) -> list[str]:
    rng = random.Random(seed)
    makers = _generated(rng)
    lines = list(DEVELOPMENT_LINES)
    lines += [makers[index % len(makers)]() for index in range(count - len(lines))]
    rng.shuffle(lines)
    return lines
