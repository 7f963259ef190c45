"""Who poses as us: words and names that claim to be staff, and questions whether somebody is
real."""

from __future__ import annotations

import re
from typing import Final

from handoff.word_groups import WordGroups

_LONGEST: Final = 2000

_STAFF_ZH: Final = r"(?:客服|技术支持|工作人员|管理员|官方人员|安全专员|风控专员|运营人员)"
_POSES_ZH: Final = re.compile(
    r"(?:我|本人|我们|这里|这边)就?[是系][^，。！？,!?\s不找等要问联跟和给]{0,12}?"
    rf"{_STAFF_ZH}(?![吗么嘛?？])"
)
_STAFF_EN: Final = (
    r"(?:support|customer (?:service|care|support)|help ?desk|security team|moderator|"
    r"administrator)"
)
_CLAIMS_EN: Final = r"\b(?:i am|i['’]m|this is|we are|we['’]re)\s+"
_POSES_EN: Final = re.compile(
    rf"{_CLAIMS_EN}(?:(?:from|with|the|a|an|your|official)\s+){{1,4}}(?:\w+\s+)?{_STAFF_EN}\b",
    re.IGNORECASE,
)
_DOUBTS: Final = re.compile(
    r"[?？]|吗|是不是|真的假的|冒充|假的|骗子|scam|fake|pretend|how do i", re.IGNORECASE
)
_NAME: Final = re.compile(
    r"客服|官方|工作人员|管理员"
    r"|\b(?:official|support|help ?desk|admin|moderator|customer service)\b"
    r"|_(?:support|official|admin|help)\b|\b(?:support|official|admin)_",
    re.IGNORECASE,
)
_ASKS_ZH: Final = re.compile(
    r"^\W*(?:核实|验证)(?:客服|身份|客服身份)?\W*$"
    r"|(?:你|您)(?:们)?(?:到底|究竟|真的)*是(?:不是)?(?:真的?|真正的?|官方的?|正规的?)+(?:人工)?"
    r"(?:人|客服|工作人员|人员)?(?:[吗么嘛]|[?？])"
    r"|(?:你|您)(?:们)?真的是(?:人工|官方)?客服(?:[吗么嘛]|[?？])"
    r"|(?:你|您)(?:们)?是不是(?:真|官方|假的?|冒充的?|骗子|机器人)"
    r"|(?:你|您)(?:们)?是(?:骗子|假客服|假的|冒充的|机器人)(?:吧|吗|[?？]|$)"
    r"|(?:这|这里|这边|对面)(?:真的)?是(?:不是)?.{0,8}官方(?:的)?客服?(?:吗|么|[?？])"
    r"|(?:怎么|如何|怎样)(?:证明|确认|确定|核实|验证|知道)(?:你|您)(?:们)?(?:是|不是|的身份)"
)
_ASKS_EN: Final = re.compile(
    r"^\W*verify\W*$"
    r"|\b(?:are|r) (?:you|u)(?: guys| all)?(?: really| actually| truly)?(?: (?:a|an|the|from))*"
    r" (?:real|genuine|legit|official|actual|human|(?:a )?(?:ro)?bot"
    r"|(?:(?!sure\b)\w+ )?(?:support|staff))\b"
    r"[^.!?]{0,20}\?"
    r"|\bis (?:this|it) (?:really|actually|truly) .{0,20}"
    r"\b(?:support|staff|official|team|agent|you)\b"
    r"|\bis this (?:the )?(?:real|official|genuine|legit) .{0,20}\b(?:support|chat|staff|team)\b"
    r"|\bhow (?:do|can) i (?:know|verify|confirm|check|be sure) (?:that |if )?(?:you|this)\b.{0,40}"
    r"\b(?:real|genuine|legit|official|support|staff|scam)",
    re.IGNORECASE,
)
_ASKS_OURS: Final = re.compile(
    r"(?:真的?|官方的?|官网|正规的?|你们的?|安全的?|靠谱的?|可信的?)[吗么嘛]"
    r"|是不是.{0,6}(?:真|官方|官网|你们|假|骗|钓鱼)"
    r"|(?:假的|骗人的|钓鱼).{0,4}[吗么嘛?？]"
    r"|\b(?:is|are|was) .{0,60}\b(?:real|official|legit|genuine|yours|your (?:site|page|link)|safe|"
    r"fake|scam|phishing)\b",
    re.IGNORECASE,
)
# Without one of these words a pattern cannot match; most messages have none, which is seen sooner.
_WORDS: Final = WordGroups(
    staff=(
        "客服", "技术支持", "人员", "管理员", "专员", "support", "service", "care", "desk",
        "security team", "moderator", "administrator",
    ),
    real_zh=(
        "真", "官方", "骗子", "假", "冒充", "机器人", "正规", "证明", "确认", "确定", "核实",
        "验证", "知道",
    ),
    real_en=(
        "are you", "are u", "r u", "r you", "is this", "is it", "how do i", "how can i", "verify",
    ),
)  # fmt: skip
_STAFF, _REAL_ZH, _REAL_EN = map(_WORDS.bit, ("staff", "real_zh", "real_en"))
_QUESTION_LONGEST: Final = 160


def poses_as_staff(text: str, brand: str) -> bool:
    """Whether a customer's words claim to come from our staff; asking or reporting is no claim."""
    text = text[:_LONGEST]
    if not _WORDS.of(text.lower()) & _STAFF:
        return False
    if _POSES_ZH.search(text) is None and _POSES_EN.search(text) is None:
        return _poses_for(text, brand)
    return _DOUBTS.search(text) is None


def _poses_for(text: str, brand: str) -> bool:
    """`I am Tokenim support`: the brand itself says who it claims to be."""
    if not brand or brand.lower() not in text.lower():
        return False
    claim = rf"{_CLAIMS_EN}(?:\w+\s+){{0,3}}?{re.escape(brand)}\s+(?:\w+\s+)?{_STAFF_EN}\b"
    return re.search(claim, text, re.IGNORECASE) is not None and _DOUBTS.search(text) is None


def poses_as_staff_by_name(name: str) -> bool:
    """Whether a customer's name on their platform is one that only staff should have."""
    return _NAME.search(name) is not None


def asks_whether_real(text: str) -> bool:
    """Whether a customer asks if the one they talk to is really ours."""
    if len(text) > _QUESTION_LONGEST:
        return False
    words = _WORDS.of(text.lower())
    if words & _REAL_ZH and _ASKS_ZH.search(text):
        return True
    return bool(words & _REAL_EN) and _ASKS_EN.search(text) is not None


def asks_whether_ours(text: str) -> bool:
    """Whether a customer asks if something, such as a link, is real or ours."""
    return len(text) <= 2 * _QUESTION_LONGEST and _ASKS_OURS.search(text) is not None
