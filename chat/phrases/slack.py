"""What people read at Slack only."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "slack.home": {
        "zh": "您好！在“消息”标签里直接写下您的问题，我会马上查找答案；需要真人帮忙时，写“转人工”即可。客服绝不会向您索要密码、助记词或验证码。",
        "en": "Hello! Write your question in the Messages tab and I will look for the answer right "
        "away. Whenever you want a person, write “talk to a person”. Our staff never ask for "
        "your password, seed phrase or codes.",
    },
    "slack.home_button": {"zh": "转人工客服", "en": "Talk to a person"},
    "slack.in_a_case": {
        "zh": "这个快捷操作要在某个问题的消息列里，对其中一条消息使用。",
        "en": "This shortcut works on a message in the thread of a case.",
    },
    "slack.not_in_a_case": {
        "zh": "这里是客服的内部频道，消息没有转给客服助手。",
        "en": "This is the team’s own channel, so nothing was sent to support.",
    },
    "slack.send": {"zh": "发送", "en": "Send"},
    "slack.cancel": {"zh": "取消", "en": "Cancel"},
}
