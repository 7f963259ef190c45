"""What Telegram shows around the chat: command descriptions, and messages that have no text."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "telegram.command.start": {"zh": "开始", "en": "Start"},
    "telegram.command.help": {"zh": "使用说明", "en": "How to use this chat"},
    "telegram.command.agent": {"zh": "联系真人客服", "en": "Talk to a person"},
    "telegram.command.verify": {"zh": "核实客服身份", "en": "Check that this is really us"},
    "telegram.command.language": {"zh": "切换语言", "en": "Change the language"},
    "telegram.contact": {"zh": "[名片] {name} {number}", "en": "[contact] {name} {number}"},
    "telegram.poll": {
        "zh": "[投票] {question}（{options}）",
        "en": "[poll] {question} ({options})",
    },
    "telegram.dice": {"zh": "[骰子] {emoji} {value}", "en": "[dice] {emoji} {value}"},
    "telegram.game": {"zh": "[游戏] {title}", "en": "[game] {title}"},
    "telegram.invoice": {"zh": "[账单] {title}", "en": "[invoice] {title}"},
    "telegram.checklist": {"zh": "[清单] {title}：{tasks}", "en": "[checklist] {title}: {tasks}"},
    "telegram.story": {"zh": "[转发的动态]", "en": "[a shared story]"},
    "telegram.paid_media": {"zh": "[付费内容]", "en": "[paid content]"},
    "telegram.giveaway": {"zh": "[抽奖活动]", "en": "[giveaway]"},
    "telegram.gift": {"zh": "[礼物]", "en": "[gift]"},
    "telegram.other": {
        "zh": "[一条这里无法显示的消息]",
        "en": "[a message that cannot be shown here]",
    },
}
