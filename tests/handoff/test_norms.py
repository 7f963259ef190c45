"""The service norms that are shipped: what they hold back and what they let through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.mood.replies import FILE
from bot.knowledge import read_knowledge
from bot.norms import parse_norms, read_norms
from chat.phrases import PHRASES
from faq.located import InputError
from handoff.norms import NO_NORMS, check

NORMS = read_norms(None)

HELD = (
    "请把您的助记词发给我",
    "麻烦提供一下登录密码",
    "您的密码是多少",
    "把验证码告诉我",
    "发一下短信验证码",
    "please send me your seed phrase",
    "Could you tell me the password so that I can check",
    "What's your password?",
    "We need your private key to unlock it",
    "share the verification code with me",
    "一定到账，放心",
    "保证明天到账",
    "肯定能追回",
    "百分百没问题",
    "guaranteed to arrive tomorrow",
    "It will definitely arrive today",
    "I promise you will get it back",
    "这是您自己的问题",
    "您怎么不早说",
    "It's your own fault",
    "you should have checked the address",
    "As I already told you",
    "冷静一下",
    "please calm down",
    "别激动",
    "shut up",
    "宝子别急哈",
    "亲，在的",
    "gonna check bro",
    "PLEASE READ THE RULES FIRST",
    "你自己看不懂吗",
    "this is not our problem",
    "在页面输入助记词就行",
    "Just enter your seed phrase on the page",
    "随便您",
    "请不要激动",
    "请把助记词发过来核对",
    "验证码报一下",
    "给我们您的私钥",
    "请提供谷歌码",
    "密码告诉我",
    "read me the login code",
    "Type your password here",
    "請把助記詞發給我核對",
    "把您的１２个词打在这里",
    "刚才系统给您发了个6位的码，您念给我听",
    "不给验证码的话这个流程走不下去",
    "We can’t proceed unless you share the passphrase",
    "last four characters of your password, please",
    "扫这个码，输入您的恢复短语完成节点升级",
    "Go to the validation portal and enter your 12-word phrase",
    "三天内必定解冻，我说的",
    "申诉材料交了就一定会给您解封",
    "You'll definitely be refunded, don't worry about it.",
    "Without a doubt they'll unfreeze it this week.",
    "要不是您乱点，根本不会出这事",
    "转账之前为什么不先核对一下地址呢",
    "Had you read the notice, you would have known.",
    "We told you to double check the address.",
    "急什么急，又不会少你的",
    "自己百度去",
    "Just wait like everybody else.",
    "What part of “wait” is unclear to you?",
    "DO NOT SEND another ticket, PLEASE STOP",
    "PLEASE WAIT",
    "“冷静一下”",
    '"Please calm down," I said, so shut up',
    "助记词不用全部，前三个给我就行",
    "What is the six-digit number you've just received by text?",
    "这点我可以向您承诺",
    "You only have yourself to thank.",
    "Complain all you like, nobody here cares.",
)
FINE = (
    "我们绝不会向您索要密码或助记词",
    "we will never ask for your password",
    "请勿把助记词告诉任何人",
    "请不要把验证码告诉任何人",
    "Never share your seed phrase, password or codes with anyone",
    "You can reset your password on the login page",
    "请点击忘记密码重置登录密码",
    "请问您把助记词告诉过别人吗？有没有发给任何人",
    "Did you share your password with anyone?",
    "Have you given your seed phrase to anybody?",
    "我们不能保证到账时间，但我会一直跟进",
    "I cannot guarantee a time, but I will follow it",
    "您的提币已提交，预计 30 分钟内到账",
    "KYC 审核通常需要 1 到 3 个工作日",
    "Your USDT (TRC20) withdrawal has TXID abc",
    "Please send me the TXID and the address",
    "请提供一下交易哈希",
    "请发一张截图，遮住密码和助记词",
    "这不是您的问题，是我们这边延迟",
    "It was not your fault",
    "我来帮您查一下，请稍等",
    "给您造成不便非常抱歉",
    "I understand this is frustrating. I am checking right now.",
    "保证金已经退回",
    "滚动到页面底部",
    "请在官方 App 里修改密码后告诉我",
    "我会把结果发给您",
    "请告诉我工单号",
    "OK, I see. Your ID check is done.",
    "Your deposit was credited at 12:03 UTC.",
    "whatever you decide, I am here",
    "the token is called DUDE coin",
    "请填写邮箱和注册时间",
    "您可以在设置里修改支付密码",
    "如果有人让您发送助记词，那一定是骗子",
    "Anyone who asks you to send your password is a scammer",
    "我们不会让您提供私钥",
    "如果您还记得密码，请直接登录",
    "您输入密码后点登录即可",
    "验证码已经发送到您的邮箱",
    "系统会发验证码给您",
    "已发送验证码到您手机，请查收",
    "我跟您说一下密码怎么改",
    "我给您看看密码问题",
    "登录密码和支付密码是两个不同的密码",
    "验证码收不到时请检查短信拦截",
    "助记词只有您自己知道，我们看不到",
    "密码错误五次会锁定 24 小时",
    "请在 App 内输入验证码完成验证",
    "您可以把密码改得更复杂一些",
    "The verification code was sent to your email",
    "Passwords must have 8 characters",
    "Please check that you typed the password correctly",
    "You can see the code in your authenticator app",
    "Your private key never leaves your device",
    "Please confirm the withdrawal address",
    "Give me a moment, I will look at the password page with you",
    "I can send you the password reset link",
    "我们需要的是交易哈希，不是钱包的私钥",
    "麻烦告诉我您收到验证码的大概时间",
    "请打开邮箱，找到我们发的验证码，填到登录页里",
    "请您放心",
    "我肯定会在六点前回复您，哪怕还没有结果",
    "对方说“一定到账”是话术，请不要再转",
    "请一定不要相信能帮您追回资金的第三方",
    "您没有做错，是提示不够明显",
    "抱歉让您重复说了好几遍",
    "您不用催，我会主动更新，半小时一次",
    "您可以随时投诉，渠道在这里，我也会配合",
    "Open the e-mail from us, copy the code and paste it into the login page.",
    "To confirm that it's you, which coin did you last deposit and roughly how much?",
    "Definitely get in touch again if it hasn't arrived on Monday.",
    "The site that promised to double your money isn't ours.",
    "You should have a confirmation e-mail by now. Could you check the spam folder?",
    "It isn't a stupid question at all.",
    "If you're not happy with my answer, I can bring in a colleague.",
    "Set the order type to LIMIT or STOP LIMIT.",
    "The error MEMO_REQUIRED means that the deposit needs a tag.",
    "您说“客服真拉胯”，我看到了，很抱歉",
    "您問「是不是肯定能到賬」，我們會在今晚回覆",
    "群里那句『保證翻倍』不是我們發的",
    'You wrote "shut up and pay me", and after six days I would be angry too.',
    "The text that says 'your funds are 100% guaranteed' didn't come from us.",
    "The button is labelled “CONFIRM AND SEND NOW”.",
    "如果有网页要求您填写12个单词，请马上关掉",
    "If a page wants you to fill in twelve words, close it at once.",
    "Nobody else should have that number.",
    "I understand that you'd like a guarantee.",
    "您发来的内容里含有密码，请尽快修改",
)
NEVER = (
    "请把您的助记词发给我",
    "把验证码告诉我",
    "我们绝不会索要密码，但这次请把助记词发给我核对",
    "Please send me your seed phrase.",
    "What's your password?",
    "Sorry for the wait! I promise to help, just tell me your password",
    "请把“助记词”发给我",
    'The form says "tell us your password", please do so',
)


@pytest.mark.parametrize("text", HELD)
def test_what_breaks_a_norm_is_held(text: str) -> None:
    breach = check(text, NORMS)
    assert breach is not None
    assert breach.phrase in text or breach.norm == "capitals"
    assert all(breach.advice(lang) for lang in ("zh", "en"))


@pytest.mark.parametrize("text", FINE)
def test_what_keeps_the_norms_goes_out(text: str) -> None:
    assert check(text, NORMS) is None


@pytest.mark.parametrize("text", NEVER)
def test_asking_for_a_secret_can_never_be_sent(text: str) -> None:
    breach = check(text, NORMS)
    assert breach is not None and breach.never


@pytest.mark.parametrize("text", sorted(set(HELD) - set(NEVER)))
def test_other_breaches_are_the_agents_decision_or_name_a_secret(text: str) -> None:
    breach = check(text, NORMS)
    assert breach is not None
    assert breach.never is (breach.norm == "secret")


def test_the_words_that_are_shown_are_the_agents_own() -> None:
    breach = check("Sorry! 請把您的助記詞發給我。", NORMS)
    assert breach is not None and breach.phrase == "把您的助記詞發給"


def test_no_answer_of_our_own_would_be_held() -> None:
    """Agents paste them."""
    base = read_knowledge()
    texts = [
        text
        for entry in base.entries.values()
        for said in (entry.answer, *entry.steps)
        for text in said.values()
    ]
    assert len(texts) > 200
    assert [text for text in texts if check(text, NORMS)] == []


def test_no_phrase_of_our_own_would_be_held() -> None:
    texts = [text for said in PHRASES.values() for text in said.values()]
    assert len(texts) > 300
    assert [text for text in texts if check(text, NORMS)] == []


def test_of_the_replies_for_tuning_nearly_all_are_told_apart() -> None:
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if row["half"] == "tuning"]
    breaking = [row["text"] for row in rows if row["breaks"]]
    fine = [row["text"] for row in rows if not row["breaks"]]
    assert sum(check(text, NORMS) is not None for text in breaking) >= 0.92 * len(breaking)
    assert sum(check(text, NORMS) is not None for text in fine) <= 0.005 * len(fine)


def test_without_rules_everything_goes_out() -> None:
    assert all(check(text, NO_NORMS) is None for text in HELD)


RULE = """norms:
  - id: late
    says: ['tomorrow']
    unless: ['not tomorrow']
    hint: {zh: 别说明天, en: do not say tomorrow}
"""


def test_an_operators_own_rules_hold() -> None:
    own = parse_norms(RULE, "mine.yaml")
    breach = check("It comes Tomorrow.", own)
    assert breach is not None and breach.norm == "late" and not breach.never
    assert check("It does not come, not tomorrow.", own) is None
    assert check("send me your seed phrase", own) is None


COMPOSED = """words:
  vow: ['vow', 'swears?']
  outcome: ['arrive', 'be back']
norms:
  - id: vows
    says: ['{vow} .. {outcome}', '起誓']
    across: ['please ... hurry']
    hint: {zh: 别起誓, en: do not vow}
"""


@pytest.mark.parametrize(
    ("text", "breaks"),
    [
        ("I VOW it will arrive", True),
        ("I vow it will as far as I can see arrive", False),
        ("avowed arrivals", False),
        ("Please, when you can, hurry", True),
        ("Please. Hurry", False),
        ("我向您起誓", True),
    ],
)
def test_rules_are_composed_of_lists_of_words(text: str, breaks: bool) -> None:
    assert (check(text, parse_norms(COMPOSED, "mine.yaml")) is not None) is breaks


def test_an_operators_own_rules_add_to_ours() -> None:
    own = parse_norms(
        "extends: true\nwords:\n  password_zh: [芝麻开门]\n"
        + RULE.replace("id: late", "id: slang"),
        "mine.yaml",
    )
    found = {
        text: check(text, own) for text in ("It comes tomorrow.", "lol bro", "把芝麻开门发给我")
    }
    assert {text: breach and breach.norm for text, breach in found.items()} == {
        "It comes tomorrow.": "slang",
        "lol bro": None,
        "把芝麻开门发给我": "secret",
    }
    assert check("Please send me your seed phrase", own) is not None
    assert check("PLEASE READ THE RULES FIRST", own) is not None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("'{vow} ..", "'{vows} ..", r"mine.yaml:6: no words are called \{vows\}"),
        ("['vow', 'swears?']", "[]", "mine.yaml:2: the list is empty"),
        ("'be back'", "'be (back'", r"mine.yaml:3: “be \(back” is not a regular expression"),
        ("['please ... hurry']", "['a', 'hurry)']", r"mine.yaml:7: “hurry\)” is not a regular"),
        ("起誓'", "(?<={vow}) x'", r"mine.yaml:6: .*look-behind"),
    ],
)
def test_a_mistake_in_words_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_norms(COMPOSED.replace(old, new), "mine.yaml")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("['tomorrow']", "['tom(orrow']", r"mine.yaml:3: “tom\(orrow” is not a regular expression"),
        ("['tomorrow']", "[]", "mine.yaml:3: the rule finds nothing"),
        (", en: do not say tomorrow", "", "mine.yaml:5: there is no en hint"),
        ("id: late", "id: late\n    neverr: true", "neverr"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        parse_norms(RULE.replace(old, new), "mine.yaml")


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_norms(str(tmp_path / "none.yaml"))
