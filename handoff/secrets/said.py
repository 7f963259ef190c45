"""Passwords and one-time codes: nothing but the words around tells them from other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from chat.message import SecretKind
from handoff.secrets.finding import Finding

WORDS: Final = (
    "密",
    "口令",
    "码",
    "碼",
    "谷歌",
    "验证",
    "pass",
    "pwd",
    "pw",
    "pin",
    "code",
    "otp",
    "2fa",
    "mfa",
    "auth",
    "tfa",
)
"""A text in which a password or code is said as such has one of these, in lower case."""
_QUOTES: Final = "\"'“”‘’「」『』`【】[]()<>《》"
_IS_ZH: Final = r"(?:\s*[:=]\s*|\s*->\s*|\s*(?:就是|分别是|应该是|一直是|是|為|为|改成了?|改为了?|改為|设成了?|设为了?|设置为|設為|設成|叫|用的是)\s*:?\s*)"
_ZH_LABEL: Final = r"(?:密[码碼]|口令|PIN\s*码?)(?:[\((][^\))\n]{0,12}[\))])?(?:现在|目前|都|还)?"
_VALUE: Final = r"[\"'“‘「『`【\[(]?\s*(?P<value>[!-~]{4,64})"
_PASSWORD_ZH: Final = re.compile(_ZH_LABEL + _IS_ZH + _VALUE, re.IGNORECASE)
_PASSWORD_ZH_BARE: Final = re.compile(
    r"(?:密[码碼]|口令)\s*(?P<value>(?=[!-~]{0,63}\d)[^\s:=][!-~]{5,63})", re.IGNORECASE
)
_PASSWORD_ZH_LATER: Final = re.compile(
    r"(?:密[码碼]|口令)[\u3400-\u9fff]{1,6}?(?:是|为|為|叫|[:=])\s*(?P<value>(?=[!-~]{0,63}\d)[!-~]{4,64})"
)
_PASSWORD_EN: Final = re.compile(
    r"\b(?:pass\s?words?|passwd|passcode|passphrase|pass\s?phrase|pwd|pw|pass(?=\s*[:=])|pin(?:\s(?:code|number))?)\b"
    r"(?:\s*\([^)\n]{0,20}\)|\s+(?:for|of|on|in)\s+(?:\w+\s+){0,3}?\w+)?"
    r"(?:(?P<strong>\s*(?:[:=]|->|=>)\s*)|(?P<to>\s+to\s+)|\s+(?:is|was|=)\s*:?\s+(?:now\s+|set to\s+|still\s+)?|\s+(?=\S*\d))"
    + _VALUE,
    re.IGNORECASE,
)
_NOT_A_PASSWORD: Final = frozenset(
    """
    wrong incorrect correct right not never always invalid valid expired empty blank weak strong
    reset lost changed forgotten forgot required missing blocked locked what how why when where
    which safe secure okay fine good bad leaked compromised stolen known hacked visible hidden
    still here there gone working broken different same unknown null none undefined your this
    that with from have been being accepted rejected refused recognized recognised saved case
    sensitive please help error failed fails fail unable cannot can't isn't doesn't does another
    something anything nothing needed necessary optional mandatory enough short long simple
    complex secret private mine ours protected exposed shared phished access login change
    recover update restore create enter type confirm unlock verify
    """.split()
)
_MASK: Final = re.compile(r"[*•.xX#?_-]+|(?:x|\*){2,}\w{0,4}")
_DATE: Final = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}(?:[-/.]\d{1,2})?.*|\d{1,2}:\d\d.*")
_PARTICIPLE: Final = re.compile(r"[a-z]+(?:ed|ing|ly|able|n't)")
_MIXED: Final = re.compile(r"[a-z][A-Z]")
_LETTERS: Final = re.compile(r"[A-Za-z]+(?:[-'][a-z]+)?")
_CLAUSE_ENDS: Final = re.compile(
    r"\s*(?:$|\n|[,.;!?。，！？；、\"'”’」』】)\]]|\b(?:and|but|can|please|pls|thx|thanks)\b)"
)

_DIGITS: Final = r"(?P<value>G-\d{6}|\d{4,8}|\d{3}[ -]\d{3})(?![\d%]|\s*(?:位|年|月|日|分|秒|元|个|次|天|小时|U\b|usdt|digits?\b))"
_CODE_ZH: Final = re.compile(
    r"(?:(?:验证|驗證|校验|校驗|动态|動態|认证|認證|确认|確認|短信|谷歌|安全验证)[码碼]|动态口令|動態口令"
    r"|一次性(?:密[码碼]|口令)|谷歌(?:验证器?|动态码)|\botp|\b2fa|\bOTP码?)"
    r"(?:[^\d\n号號单單订訂]{0,12}?(?:是|为|為|[:=]|收到|显示|填|输入?了?)[^\d\n号號单單订訂]{0,4}|\s*[【\[(“\"]?\s*)"
    + _DIGITS,
    re.IGNORECASE,
)
_CODE_ALNUM: Final = re.compile(
    r"(?:(?:验证|驗證|校验|动态|確認|确认)[码碼]|\b(?:verification|one[- ]time|security|login|2fa)\s(?:code|password)|\botp)"
    r"\s*(?:is|是|为|為|[:=])\s*:?\s*[\"'“【\[(]?(?P<value>(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8})(?![0-9A-Za-z])"
)
_CODE_EN: Final = re.compile(
    r"\b(?:otp|2fa|totp|mfa|tfa|(?:google\s)?auth(?:enticator)?(?=\s*[:=])"
    r"|(?:verification|verify|security|auth|authentication|authenticator|google|sms|text|login|log-?in|sign-?in"
    r"|confirmation|one[- ]time|access|e-?mail|phone|my|received|six[- ]digit|6[- ]digit|backup|recovery|otp|2fa)"
    r"\s(?:code|passcode|password|pin|token))s?\b"
    r"(?:\s(?:i\s(?:got|received|have)|they\ssent(?:\sme)?|you\ssent(?:\sme)?|from\s\w+|on\smy\s\w+|sent\sto\s\w+(?:\s\w+)?))?"
    r"(?:\s*(?:[:=]|->)\s*|\s+(?:is|was|says|shows|=|are)\s*:?\s*|\s+)[\"'“\[(]?" + _DIGITS,
    re.IGNORECASE,
)
_CODE_PLAIN: Final = re.compile(
    r"(?<!\w)(?:(?P<other>\w+)\s+)?codes?\s*(?:[:=]|\bis\b|\bi (?:got|received) (?:is|was)\b)\s*:?\s*[\"'“]?(?P<value>\d{6})(?!\d)",
    re.IGNORECASE,
)
_OTHER_CODES: Final = frozenset(
    """
    error promo promotion promotional referral refer invite invitation coupon discount gift zip
    postal post postcode area country status product swift bank sort branch qr bar status
    response http result rejection reject reason dialing dial voucher item tracking order ticket
    case clearing routing routing currency contract source refund transaction fault exit return
    stock campaign event
    """.split()
)
_CODE_FIRST: Final = re.compile(
    r"(?<![\dA-Za-z.#])(?P<value>G-\d{6}|\d{4,8}|\d{3}[ -]\d{3})(?!\d)\s*[\"”’】\])]?\s*"
    r"(?:,?\s*(?:这|這)?(?:是|就是|为|為)\s*(?:我|你们|刚|刚才|收到|发来|的|短信|手机|邮箱|谷歌|登录){0,5}\s*的?\s*"
    r"(?:验证码|驗證碼|校验码|动态码|動態碼|验证|otp|2fa|密码|口令)"
    r"|\s+(?:is|was)\s+(?:my|the|your)\s+(?:\w+\s+){0,2}(?:otp|code|2fa|pin|passcode|password)\b)",
    re.IGNORECASE,
)
_PASSWORD_FIRST: Final = re.compile(
    r"(?<!\S)[\"'“]?(?P<value>[!-~]{6,64}?)[\"'”]?\s*(?:,?\s*(?:这|這)?(?:是|就是)\s*(?:我|账号|登录|钱包|交易|资金|支付|的){0,4}密[码碼]"
    r"|\s+is\s+(?:my|the)\s+(?:\w+\s+)?(?:password|passcode|passphrase|pwd)\b)",
    re.IGNORECASE,
)

_ANNOUNCED: Final[dict[SecretKind, str]] = {
    "password": r"(?:密[码碼]|口令|\bpass\s?word|\bpwd|\bpasscode|\bpassphrase)",
    "code": r"(?:(?:验证|驗證|校验|动态|短信)[码碼]|\botp|\b2fa(?: code)?|\b(?:my|verification|sms|login|security) code)",
    "api_key": r"(?:api[\s_-]?(?:key|secret)|secret key|access token|api\s*密[钥鑰])",
}
_AWAITS: Final = {
    kind: re.compile(
        label + r"\s*(?:is|are|was|是|为|為|如下|在下面|here)?\s*[:=]?\s*$", re.IGNORECASE
    )
    for kind, label in _ANNOUNCED.items()
}
_OPEN: Final = tuple("seS是为為下面E:=")
_ENDS_OPEN: Final = re.compile(r"(?:is|are|是|为|為|如下|在下面|here|[:=])\s*$", re.IGNORECASE)


def find_said(text: str) -> Iterator[Finding]:
    """Passwords and one-time codes said as such, in a folded text."""
    for pattern in (_CODE_ZH, _CODE_ALNUM, _CODE_EN, _CODE_FIRST):
        for match in pattern.finditer(text):
            if not _DATE.fullmatch(match["value"]):
                yield Finding("code", *match.span("value"))
    for match in _CODE_PLAIN.finditer(text):
        if (match["other"] or "").lower() not in _OTHER_CODES:
            yield Finding("code", *match.span("value"))
    for pattern in (_PASSWORD_ZH, _PASSWORD_ZH_BARE, _PASSWORD_ZH_LATER, _PASSWORD_FIRST):
        for match in pattern.finditer(text):
            yield from _password(text, match, ends_clause=pattern is _PASSWORD_ZH)
    for match in _PASSWORD_EN.finditer(text):
        yield from _password(text, match, ends_clause=True)


def _password(text: str, match: re.Match[str], *, ends_clause: bool) -> Iterator[Finding]:
    """The value, if it is one: letters alone only where nothing follows that makes a sentence."""
    start, end = match.span("value")
    quoted = start > 0 and text[start - 1] in _QUOTES
    value = match["value"].rstrip(_QUOTES + ",;")
    if value.endswith((".", "!", "?")) and _LETTERS.fullmatch(value.rstrip(".!?")):
        if value.endswith("?"):
            return
        value = value.rstrip(".!?")
    end = start + len(value)
    if len(value) < 4 or _MASK.fullmatch(value) or _DATE.fullmatch(value):
        return
    if value.lower().startswith(("http:", "https:", "www.")):
        return
    if _LETTERS.fullmatch(value) and not quoted and not _MIXED.search(value):
        plain = value.lower()
        if plain in _NOT_A_PASSWORD or _PARTICIPLE.fullmatch(plain):
            return
        if match.groupdict().get("to"):
            return
        if not ends_clause or not _CLAUSE_ENDS.match(text, end):
            return
    yield Finding("password", start, end)


def announced(text: str) -> SecretKind | None:
    """What a message says will come next, as in `my password is:`."""
    if text.rstrip()[-1:] not in _OPEN or not _ENDS_OPEN.search(text):
        return None
    return next((kind for kind, pattern in _AWAITS.items() if pattern.search(text)), None)


_ALONE: Final[dict[SecretKind, re.Pattern[str]]] = {
    "password": re.compile(r"\s*[\"'“]?([!-~]{4,64}?)[\"'”]?\s*"),
    "code": re.compile(r"\s*(G-\d{6}|\d{4,8}|\d{3}[ -]\d{3}|[A-Z0-9]{5,8})\s*"),
    "api_key": re.compile(r"\s*([\w+/=.-]{16,200})\s*"),
}


def find_awaited(text: str, kind: SecretKind) -> Iterator[Finding]:
    """What the message before announced, if this one is nothing else."""
    match = _ALONE[kind].fullmatch(text)
    if match and match[1].lower() not in _NOT_A_PASSWORD:
        yield Finding(kind, *match.span(1))
