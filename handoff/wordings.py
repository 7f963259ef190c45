"""Wordings that ask for a person, greet or thank, in Chinese and English."""

from __future__ import annotations

import re

_ASKS_ZH = re.compile(
    r"(?:转|找|要|叫|接|换|呼叫|联系|请求|需要|帮我转|我要)\s*(?:到|个|一个|一下|您们的|你们的?)*\s*"
    r"(?:人工(?!智能|审核|费|成本|处理)|真人(?!认证)|活人|客服)"
    r"|人工(?:客服|服务|坐席|座席|支持|帮助)|真人(?:客服|服务|回复|聊)|^人工[!。.~ ]*$|^(?:在线)?客服[!。.~ ]*$"
    r"|(?:和|跟|与)(?:真人|人工|客服|活人)(?:说|聊|谈|沟通|对话)"
)
_REFUSES_ZH = re.compile(
    r"(?:不要|不用|不需要|别|不想|无需)(?:给我)?(?:转|找|接|换)?(?:到)?(?:人工|真人|客服)"
)
_ABOUT_ZH = re.compile(
    r"(?:怎么|如何|怎样|哪里|几点|什么时候|真假|冒充|假).{0,6}客服|客服.{0,4}(?:时间|上班|真假|几点|骗)"
)

_PERSON_EN = (
    r"(?:human|humans|person|people|agent|advisor|adviser|representative|rep|operator|someone|"
    r"somebody|staff|support agent|customer service|customer support|support team|live chat)"
)
_ASKS_EN = re.compile(
    rf"\b(?:talk|speak|chat|connect|transfer|switch|escalate|hand|pass|put|get|give|need|want|"
    rf"reach|let)\b(?:\W+\w+){{0,4}}?\W+(?:a|an|the|to|with|me|some|real|live|actual|your)?\W*"
    rf"(?:real|live|actual|human)?\W*{_PERSON_EN}\b"
    rf"|\b(?:real|live|actual)\s+(?:human|person|agent|people)\b"
    rf"|^\W*(?:human|agent|operator|representative|real person|live agent|live support)"
    rf"(?:\s+(?:please|pls|now))?\W*$",
    re.IGNORECASE,
)
_REFUSES_EN = re.compile(
    rf"\b(?:don'?t|do not|no need to|without)\b.{{0,20}}\b{_PERSON_EN}\b"
    rf"|\b(?:are you|is (?:this|it|that))\b.{{0,12}}\b{_PERSON_EN}\b",
    re.IGNORECASE,
)
_SOMEONE_ELSE_EN = re.compile(
    r"\b(?:someone|somebody|person|people)\b\W+(?:else|has|had|have|is|was|who(?! can)|stole|hacked|logged|"
    r"sent|from|in|on)\b|\b(?:another|other) (?:person|people)\b|\b(?:pretend|claiming|fake|impersonat)\w*",
    re.IGNORECASE,
)

_THANKS = re.compile(
    r"^\W*(?:多?谢谢?(?:你|您|了|啦|哈)*|感谢(?:你|您)?|辛苦了|好的?|好滴|嗯+|收到|明白了?|知道了|了解|没事了?|解决了|"
    r"ok(?:ay)?|thanks?(?: you)?(?: so much| very much| a lot)?|thx|ty|cheers|great|perfect|got it|"
    r"all good|solved|never ?mind)(?:[\s,，。.!！～-]+(?:谢谢?(?:你|您|了|啦)*|thanks?(?: you)?|ok(?:ay)?|"
    r"好的?|再见|bye))*\W*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\W*(?:你好|您好|哈喽|嗨|在吗|在不在|有人吗|早上好|下午好|晚上好|hi+|hello|hey|good (?:morning|afternoon|"
    r"evening)|anyone there)(?:\s*(?:there|呀|啊|哈|吗))?\W*$",
    re.IGNORECASE,
)

_LONGEST = 400


def wants_person(text: str) -> bool:
    """Whether the text asks to be put through to a person."""
    text = text[:_LONGEST]
    if _ASKS_ZH.search(text) and not _REFUSES_ZH.search(text) and not _ABOUT_ZH.search(text):
        return True
    return bool(
        _ASKS_EN.search(text) and not _REFUSES_EN.search(text) and not _SOMEONE_ELSE_EN.search(text)
    )


def is_thanks(text: str) -> bool:
    """Whether the text is nothing but thanks or an 'all right'."""
    return len(text) <= 60 and bool(_THANKS.match(text))


def is_greeting(text: str) -> bool:
    """Whether the text is nothing but a greeting."""
    return len(text) <= 40 and bool(_GREETING.match(text))
