"""What people read at Discord only."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "discord.sticker": {"zh": "[贴纸 {name}]", "en": "[sticker {name}]"},
    "discord.poll": {"zh": "[投票] {question}：{options}", "en": "[poll] {question}: {options}"},
    "discord.forwarded": {"zh": "[转发] {text}", "en": "[forwarded] {text}"},
    "discord.enter": {"zh": "联系客服", "en": "Contact support"},
    "discord.entrance": {
        "zh": "需要帮助？点下面的按钮，会为您打开一个只有您和客服能看到的对话。客服绝不会向您索要密码、助记词或验证码。",
        "en": "Need help? Press the button and a conversation opens that only you and our team "
        "can see. Our staff never ask for your password, seed phrase or codes.",
    },
    "discord.entered": {
        "zh": "您的对话在这里：{thread}",
        "en": "Your conversation is here: {thread}",
    },
    "discord.thread": {"zh": "客服 · {name}", "en": "Support · {name}"},
    "discord.write_me": {
        "zh": "请直接给我发私信，说说您遇到的问题。",
        "en": "Please send me a direct message and tell me what is going on.",
    },
    "discord.not_here": {
        "zh": "这个命令在这里不能用。",
        "en": "This command cannot be used here.",
    },
    "discord.done": {"zh": "收到 ✓", "en": "Got it ✓"},
    "discord.command.support": {"zh": "联系客服", "en": "Contact support"},
    "discord.command.agent": {"zh": "转人工客服", "en": "Talk to a person"},
    "discord.command.help": {"zh": "查看使用方法", "en": "See what you can do here"},
    "discord.command.verify": {"zh": "核实客服身份", "en": "Check that this is really us"},
    "discord.command.language": {"zh": "切换语言", "en": "Change the language (zh or en)"},
    "discord.command.claim": {"zh": "接入这个问题", "en": "Claim this case"},
    "discord.command.takeover": {"zh": "从同事手中接手", "en": "Take this case over"},
    "discord.command.note": {"zh": "写一条内部备注", "en": "Write an internal note"},
    "discord.command.transfer": {"zh": "转给另一位客服", "en": "Transfer this case"},
    "discord.command.link": {
        "zh": "记下同一客户的另一个账号",
        "en": "Note another address of the same person",
    },
    "discord.command.unlink": {"zh": "撤销账号关联", "en": "Take a link of addresses back"},
    "discord.command.bot": {"zh": "交还给助手", "en": "Give the customer back to the assistant"},
    "discord.command.close": {"zh": "关闭这个问题", "en": "Close this case"},
}
