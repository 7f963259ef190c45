"""What a customer reads in the chat."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "customer.welcome": {
        "zh": "您好，这里是 {brand} 客服。请用一句话告诉我您遇到的问题，我会马上查找答案；"
        "需要真人帮忙时，点下面的按钮或发送“转人工”即可。\n"
        "请放心：我们绝不会向您索要密码、助记词或验证码。",
        "en": "Hello, this is {brand} support. Tell me in a sentence what is going on and I will "
        "look for the answer right away. If you would rather talk to a person, use the button "
        "below or write “talk to a person”.\n"
        "For your safety: we never ask for your password, seed phrase or codes.",
    },
    "customer.help": {
        "zh": "您可以这样使用：\n• 直接输入问题，例如“充值没到账怎么办”\n• 发送“转人工”或 /agent 联系真人客服\n"
        "• 发送 /language 切换语言",
        "en": "Here is what you can do:\n• Just type your question, for example “my deposit has "
        "not arrived”\n• Write “talk to a person” or /agent to reach a person\n"
        "• Write /language to change the language",
    },
    "customer.greeting": {
        "zh": "您好！请告诉我遇到了什么问题，我来帮您看看。",
        "en": "Hello! What can I help you with?",
    },
    "customer.thanks": {
        "zh": "不客气！还有别的问题随时告诉我。",
        "en": "You are welcome! If anything else comes up, just write.",
    },
    "customer.suggest": {
        "zh": "为了不答错，请问您想问的是哪一个？",
        "en": "I want to be sure I get this right. Which of these is it?",
    },
    "customer.missed": {
        "zh": "抱歉，我没有找到合适的答案。能换个说法，或者说得再具体一点吗？也可以直接联系真人客服。",
        "en": "Sorry, I did not find a fitting answer. Could you put it another way or add a "
        "detail? You can also talk to a person right away.",
    },
    "customer.missed_file": {
        "zh": "收到您的文件了，不过我看不懂图片和文件里的内容。请用文字说一下遇到的问题，或者直接联系真人客服。",
        "en": "Thank you, I have your file, but I cannot read what is in it. Please describe the "
        "problem in words, or talk to a person right away.",
    },
    "customer.handover": {
        "zh": "好的，我正在为您联系真人客服。您目前排在第 {position} 位。"
        "您可以继续补充情况，客服接入后都能看到。\n请放心：客服绝不会向您索要密码、助记词或验证码。",
        "en": "Of course, I am passing you to a person on our team. You are number {position} in "
        "line. Feel free to add details meanwhile; they will see everything.\n"
        "For your safety: our staff never ask for your password, seed phrase or codes.",
    },
    "customer.handover_missed": {
        "zh": "抱歉没能帮上忙，我请真人客服来看。您目前排在第 {position} 位。"
        "您可以继续补充情况，客服接入后都能看到。\n请放心：客服绝不会向您索要密码、助记词或验证码。",
        "en": "I am sorry I could not help, so I am passing you to a person on our team. You are "
        "number {position} in line. Feel free to add details meanwhile; they will see "
        "everything.\nFor your safety: our staff never ask for your password, seed phrase or codes.",
    },
    "customer.handover_critical": {
        "zh": "这件事比较紧急，请先照上面的办法做。我同时已经在联系真人客服，您目前排在第 {position} 位。"
        "\n请放心：客服绝不会向您索要密码、助记词或验证码。",
        "en": "This is urgent, so please do the steps above first. I am also passing you to a "
        "person on our team; you are number {position} in line.\n"
        "For your safety: our staff never ask for your password, seed phrase or codes.",
    },
    "customer.still_waiting": {
        "zh": "让您久等了，抱歉。您的问题还在队列里，目前排在第 {position} 位，没有被遗忘。",
        "en": "Sorry for the wait. Your case is still in line at number {position}; it has not "
        "been forgotten.",
    },
    "customer.desk_trouble": {
        "zh": "抱歉，我们暂时联系不上客服团队，系统会继续尝试。您写下的内容都已保存。",
        "en": "Sorry, we cannot reach our team at the moment and keep trying. Everything you "
        "wrote is saved.",
    },
    "customer.joined": {
        "zh": "客服 {agent} 已接入，您可以直接和 TA 对话。",
        "en": "{agent} from our team is with you now. You can talk to them right here.",
    },
    "customer.agent_changed": {
        "zh": "客服 {agent} 接手了您的问题，之前的内容 TA 都能看到。",
        "en": "{agent} from our team has taken over your case and can see everything so far.",
    },
    "customer.closed": {
        "zh": "这次的问题已处理结束，感谢您的耐心。24 小时内再发消息，会由同一位客服继续跟进。",
        "en": "This case is now closed. Thank you for your patience. If you write again within "
        "24 hours, the same person will pick it up.",
    },
    "customer.closed_unclaimed": {
        "zh": "这次的问题已处理结束，感谢您的耐心。24 小时内再发消息，会重新为您打开。",
        "en": "This case is now closed. Thank you for your patience. If you write again within "
        "24 hours, we will open it again.",
    },
    "customer.rate": {
        "zh": "这次的服务您满意吗？1 是很不满意，5 是非常满意。",
        "en": "How was our help this time? 1 is poor, 5 is excellent.",
    },
    "customer.rated": {
        "zh": "谢谢您的评价，我们会认真看。",
        "en": "Thank you for the rating. We read every one.",
    },
    "customer.back_in_queue": {
        "zh": "您的问题会由另一位客服继续处理，您目前排在第 {position} 位。之前的内容都会保留。",
        "en": "Somebody else on our team will go on with your case. You are number {position} in "
        "line, and everything so far is kept.",
    },
    "customer.returned": {
        "zh": "感谢您的耐心，接下来由智能助手继续为您服务。需要真人时随时说“转人工”。",
        "en": "Thank you for your patience. The assistant is back to help you. Whenever you want "
        "a person again, just say so.",
    },
    "customer.reopened": {
        "zh": "已重新打开您之前的问题，并通知了客服 {agent}。",
        "en": "I have reopened your case and let {agent} know.",
    },
    "customer.reopened_queue": {
        "zh": "已重新打开您之前的问题，您目前排在第 {position} 位。",
        "en": "I have reopened your case. You are number {position} in line.",
    },
    "customer.helped": {
        "zh": "太好了！还有别的问题随时告诉我。",
        "en": "Glad to hear it! If anything else comes up, just write.",
    },
    "customer.not_delivered": {
        "zh": "抱歉，您的上一条消息没能转给客服（{reason}）。请换个方式再发一次。",
        "en": "Sorry, your last message could not be passed on ({reason}). Please try another way.",
    },
    "customer.choose_language": {
        "zh": "请选择语言 / Please choose a language",
        "en": "Please choose a language / 请选择语言",
    },
    "customer.language_set": {
        "zh": "好的，之后用中文和您交流。",
        "en": "All right, I will write to you in English.",
    },
    "customer.button.person": {"zh": "转人工客服", "en": "Talk to a person"},
    "customer.button.helped": {"zh": "有帮助", "en": "That helped"},
    "customer.button.not_helped": {"zh": "没有解决", "en": "Did not help"},
    "customer.button.none": {"zh": "都不是", "en": "None of these"},
    "customer.button.zh": {"zh": "中文", "en": "中文"},
    "customer.button.en": {"zh": "English", "en": "English"},
}
