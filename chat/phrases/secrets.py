"""What stands where a secret stood, and what is said about it."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "secret.seed": {"zh": "助记词已移除", "en": "seed phrase removed"},
    "secret.private_key": {"zh": "私钥已移除", "en": "private key removed"},
    "secret.password": {"zh": "密码已移除", "en": "password removed"},
    "secret.code": {"zh": "验证码已移除", "en": "one-time code removed"},
    "secret.api_key": {"zh": "API 密钥已移除", "en": "API key removed"},
    "secret.card": {"zh": "银行卡信息已移除", "en": "card details removed"},
    "secret.id_number": {"zh": "证件号已移除", "en": "ID number removed"},
    "secret.phone": {"zh": "电话号码已隐藏", "en": "phone number hidden"},
    "secret.email": {"zh": "邮箱地址已隐藏", "en": "e-mail address hidden"},
    "secret.name.seed": {"zh": "助记词", "en": "seed phrase"},
    "secret.name.private_key": {"zh": "私钥", "en": "private key"},
    "secret.name.password": {"zh": "密码", "en": "password"},
    "secret.name.code": {"zh": "验证码", "en": "one-time code"},
    "secret.name.api_key": {"zh": "API 密钥", "en": "API key"},
    "secret.name.card": {"zh": "银行卡信息", "en": "card details"},
    "secret.name.id_number": {"zh": "证件号", "en": "ID number"},
    "secret.name.phone": {"zh": "电话号码", "en": "phone number"},
    "secret.name.email": {"zh": "邮箱地址", "en": "e-mail address"},
    "customer.secret_removed": {
        "zh": "您刚才的消息里有{what}。为了您的安全，我们没有保存，客服也看不到。"
        "如果聊天里还能看到那条消息，请您把它删掉。请不要把这类内容发给任何人，客服绝不会索要。",
        "en": "Your last message contained a secret ({what}). To keep you safe we did not store it, and nobody on "
        "our team can see it. If you still see that message in this chat, please delete it. Never "
        "send this to anybody; our staff never ask for it.",
    },
    "customer.key_leaked": {
        "zh": "您刚才的消息里有{what}。我们没有保存，客服也看不到，但发出来的{what}就不再安全了。"
        "请现在就在一台干净的设备上新建钱包，把资产全部转过去，旧钱包不要再用。"
        "如果聊天里还能看到那条消息，请您把它删掉。客服绝不会向您索要助记词或私钥。",
        "en": "Your last message contained a secret ({what}). We did not store it and nobody on our team can see "
        "it, but once it has been sent it is no longer safe. Please make a new wallet on a clean "
        "device now, move everything there, and never use the old one again. If you still see that "
        "message in this chat, please delete it. Our staff never ask for a seed phrase or a key.",
    },
    "customer.leak_handover": {
        "zh": "这件事很紧急，我同时已经在联系真人客服，您目前排在第 {position} 位。",
        "en": "This is urgent, so I am also passing you to a person on our team; you are number "
        "{position} in line.",
    },
    "desk.cause.leaked": {
        "zh": "客户发出了私钥或助记词",
        "en": "the customer sent a private key or seed phrase",
    },
    "desk.key_leaked": {
        "zh": "🚨 客户发来了{what}，已移除，没有保存。请当作已经泄露处理：提醒客户马上把资产转到新钱包（{topic}）。",
        "en": "🚨 The customer sent a secret ({what}); it was removed and not stored. Treat it as leaked: have them "
        "move everything to a new wallet at once ({topic}).",
    },
    "desk.secret_removed": {
        "zh": "🔒 客户的消息里有{what}，已移除，没有保存。",
        "en": "🔒 The customer's message contained a secret ({what}); it was removed and not stored.",
    },
    "desk.own_secret_removed": {
        "zh": "🔒 您的消息里有{what}，已移除，没有保存，也没有发给客户。请不要在这里发送这类内容，并把原消息删掉。",
        "en": "🔒 Your message contained a secret ({what}); it was removed, not stored and not sent to the customer. "
        "Please do not send such things here, and delete your message.",
    },
    "desk.picture_caution": {
        "zh": "⚠️ 这里的图片或文件可能拍到了助记词、私钥或密码，系统看不懂图片。请谨慎查看，不要转存或转发；"
        "如果确实拍到了，请客户删除并马上转移资产。",
        "en": "⚠️ The picture or file here may show a seed phrase, a key or a password; pictures cannot be "
        "checked. Look with care and do not save or pass it on. If it does show one, ask the customer to "
        "delete it and to move their funds at once.",
    },
}
