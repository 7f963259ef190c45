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
    "slack.file_elsewhere": {
        "zh": "[文件 {name}] 无法从 Slack 读取",
        "en": "[file {name}] could not be read from Slack",
    },
    "slack.choose": {"zh": "请选择", "en": "Please choose"},
    "slack.send": {"zh": "发送", "en": "Send"},
    "slack.cancel": {"zh": "取消", "en": "Cancel"},
}
