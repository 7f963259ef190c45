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
        "• 发送 /verify 核实正在和您对话的是不是我们\n"
        "• 发送 /language 切换语言",
        "en": "Here is what you can do:\n• Just type your question, for example “my deposit has "
        "not arrived”\n• Write “talk to a person” or /agent to reach a person\n"
        "• Write /verify to check that whoever talks to you is really us\n"
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
        "您可以继续补充情况，客服接入后都能看到。",
        "en": "Of course, I am passing you to a person on our team. You are number {position} in "
        "line. Feel free to add details meanwhile; they will see everything.",
    },
    "customer.handover_missed": {
        "zh": "抱歉没能帮上忙，我请真人客服来看。您目前排在第 {position} 位。"
        "您可以继续补充情况，客服接入后都能看到。",
        "en": "I am sorry I could not help, so I am passing you to a person on our team. You are "
        "number {position} in line. Feel free to add details meanwhile; they will see "
        "everything.",
    },
    "customer.handover_fault": {
        "zh": "抱歉，我们这边出了点问题，没能处理您的消息。我已经把它转给真人客服，您目前排在第 {position} 位。",
        "en": "I am sorry, something went wrong on our side and I could not handle your message. I "
        "have passed it to a person on our team. You are number {position} in line.",
    },
    "customer.handover_critical": {
        "zh": "这件事比较紧急，请先照上面的办法做。我同时已经在联系真人客服，您目前排在第 {position} 位。",
        "en": "This is urgent, so please do the steps above first. I am also passing you to a "
        "person on our team; you are number {position} in line.",
    },
    "customer.handover_upset": {
        "zh": "您的原话我已经转给真人客服，不用再重复一遍。您目前排在第 {position} 位。",
        "en": "I have passed your words to a person on our team just as you wrote them, so you need "
        "not repeat yourself. You are number {position} in line.",
    },
    "customer.handover_danger": {
        "zh": "我已经请真人客服优先来看您的消息，您现在排在第 {position} 位。我会留在这里，您可以继续跟我说。",
        "en": "I have asked a person on our team to come to you before anybody else; you are number "
        "{position} in line. I am still here, and you can keep writing to me.",
    },
    "customer.reminder": {
        "zh": "请放心：我们不会主动私信您，也绝不会索要密码、助记词或验证码。",
        "en": "For your safety: we never write to you first, and never ask for your password, seed "
        "phrase or codes.",
    },
    "customer.reminder_long": {
        "zh": "我们只在这个对话里和您说话，不会另外加您好友或私信您，也绝不会索要密码、助记词、私钥或验证码，"
        "不会让您转账“验证”。在别处自称我们的人，请不要理会。",
        "en": "We talk to you in this chat only. We never add you or write to you first anywhere else, "
        "never ask for your password, seed phrase, private key or codes, and never have you send "
        "money to “verify” anything. Please ignore whoever claims to be us elsewhere.",
    },
    "customer.upset.anger": {
        "zh": "我听到了，这件事让您很生气，拖到现在还没有解决，换谁都会有火。",
        "en": "I hear you. This has made you angry, and it is still not solved; anybody would be "
        "upset by that.",
    },
    "customer.upset.complaint": {
        "zh": "谢谢您直说。您对我们的处理不满意，这条意见会由真人认真看。",
        "en": "Thank you for being plain about it. You are not satisfied with how we handled this, "
        "and a person will look at it properly.",
    },
    "customer.upset.sarcasm": {
        "zh": "看得出来，前面的答复没有帮到您，反而让您更失望了，抱歉。",
        "en": "I can tell that the replies so far have not helped and have let you down. I am sorry.",
    },
    "customer.upset.anxiety": {
        "zh": "我知道您很担心，尤其关系到自己的钱。",
        "en": "I understand that you are worried, all the more as it is about your money.",
    },
    "customer.upset.distress": {
        "zh": "谢谢您告诉我这些，这段时间一定很难熬。您的情况需要真人来帮您。",
        "en": "Thank you for telling me. This must be a very hard time, and a person should help you "
        "with it.",
    },
    "customer.upset.abuse": {
        "zh": "看得出您非常生气，这件事应该由真人来处理。",
        "en": "I can see how angry this has made you, and a person should deal with it.",
    },
    "customer.upset.legal": {
        "zh": "您提到要通过法律、监管或媒体途径处理，这件事我会按最优先的一类交给真人客服。",
        "en": "You mention legal steps, a regulator or the press. I am passing this to our team among "
        "the cases they look at first.",
    },
    "customer.upset.theft": {
        "zh": "听起来您的资产可能正在被转走，这很紧急，我会按最优先的一类交给真人客服。"
        "如果您还能登录，请先修改登录密码并冻结账户。",
        "en": "It sounds as if your funds may be leaving right now. This is urgent, and I am passing "
        "it on among the cases our team looks at first. If you can still sign in, please change your "
        "password and freeze the account meanwhile.",
    },
    "customer.upset.danger": {
        "zh": "听起来您现在可能很不好受，会有真人来跟您聊。如果您或身边的人正处在危险中，或者有伤害自己的念头，"
        "请不要一个人扛，随时可以联系能马上陪您的人：{crisis_line}。",
        "en": "It sounds as if things may be very hard right now, and a person will talk with you. If "
        "you or somebody near you is in danger, or you think of hurting yourself, please do not stay "
        "alone with it; somebody can be with you at any time: {crisis_line}.",
    },
    "customer.upset.gathered": {
        "zh": "聊到现在还没能帮到您，抱歉。这件事应该由真人接着处理。",
        "en": "I am sorry that I have not been able to help so far. A person should take it from here.",
    },
    "customer.upset.about": {
        "zh": "这件事是关于“{topic}”的。",
        "en": "This is about “{topic}”.",
    },
    "customer.upset.when": {
        "zh": "{minutes} 分钟内如果还没有人接入，我会在这里告诉您排到哪里了。",
        "en": "If nobody has joined within {minutes} minutes, I will tell you here where you are in line.",
    },
    "customer.raised": {
        "zh": "我看到了，已经把您刚才的话标给客服看。您目前排在第 {position} 位。",
        "en": "I have seen this and marked it for our team. You are number {position} in line.",
    },
    "customer.danger": {
        "zh": "谢谢您愿意说出来。比起这个问题，您和身边人的安全更重要。如果您或身边的人正处在危险中，"
        "或者有伤害自己的念头，请不要一个人扛，现在就联系能马上陪您的人：{crisis_line}。",
        "en": "Thank you for telling me. Your safety, and that of those close to you, matters more than "
        "anything else here. If you or somebody near you is in danger or thinking of self-harm, please "
        "do not stay alone with it and reach somebody who can be with you right now: {crisis_line}.",
    },
    "customer.verify_bot": {
        "zh": "目前没有任何 {brand} 客服人员在和您对话，回复您的是 {brand} 的智能助手。真人客服接入时，这里会写明 TA 的名字。",
        "en": "Nobody of the {brand} team is talking to you at the moment; this is {brand}’s assistant. "
        "When a person joins, this chat says so and gives their name.",
    },
    "customer.verify_waiting": {
        "zh": "您的问题 {ticket} 正在等 {brand} 的真人客服，目前还没有人接入。接入时这里会写明 TA 的名字。",
        "en": "Your case {ticket} is waiting for somebody of the {brand} team; nobody has joined yet. "
        "When they do, this chat says so and gives their name.",
    },
    "customer.verify_agent": {
        "zh": "是的，正在和您对话的 {agent} 是 {brand} 的真人客服，{since}接入，问题编号 {ticket}。",
        "en": "Yes. {agent}, who talks to you here, is from the {brand} team and joined {since}. "
        "Your case number is {ticket}.",
    },
    "customer.ago_minutes": {"zh": "{n} 分钟前", "en": "{n} min ago"},
    "customer.ago_hours": {"zh": "{n} 小时前", "en": "{n} h ago"},
    "customer.ago_days": {"zh": "{n} 天前", "en": "{n} d ago"},
    "customer.official_link": {
        "zh": "{host} 是我们的网址。",
        "en": "{host} is ours.",
    },
    "customer.foreign_link": {
        "zh": "{host} 不是我们的网址，我们不能为它担保；请不要在那里填写密码、助记词或验证码。",
        "en": "{host} is not ours, and we cannot vouch for it; please enter no password, seed phrase or "
        "code there.",
    },
    "customer.official_domains": {
        "zh": "我们的网址只有：{domains}",
        "en": "Our only addresses are: {domains}",
    },
    "customer.fake_link": {
        "zh": "⚠️ 请当心：{hosts} 不是我们的网址，只是看起来像。请不要打开，也不要在那里登录或填写任何信息。"
        "我们的网址只有：{domains}",
        "en": "⚠️ Please be careful: {hosts} is not ours, it only looks like it. Do not open it, and do "
        "not sign in or enter anything there. Our only addresses are: {domains}",
    },
    "customer.fake_next": {
        "zh": "如果您已经在那里填过密码或助记词，请马上修改密码、把资产转到新钱包，并点下面的按钮找真人客服。",
        "en": "If you have entered your password or seed phrase there, change the password and move your "
        "funds to a new wallet right away, and use the button below to reach a person.",
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
    "customer.walk_offer": {
        "zh": "一共 {of} 步，需要我一步步带您做吗？",
        "en": "It takes {of} steps. Shall I walk you through them?",
    },
    "customer.step": {"zh": "第 {n} 步，共 {of} 步", "en": "Step {n} of {of}"},
    "customer.steps_done": {
        "zh": "步骤都走完了。问题解决了吗？",
        "en": "That was the last step. Did it solve the problem?",
    },
    "customer.take_your_time": {
        "zh": "不着急，您慢慢来。做好了说“好了”，要是这一步不行就说“不行”。",
        "en": "No hurry. Write “done” when you have finished this step, or “did not work” if it does "
        "not.",
    },
    "customer.steps_changed": {
        "zh": "抱歉，这些步骤刚刚更新过。为了不出错，我们从第一步重新来：",
        "en": "Sorry, these steps have just been updated. To be safe, let us begin again:",
    },
    "customer.steps_gone": {
        "zh": "抱歉，这份操作步骤刚刚有调整，暂时不能接着做。您可以换个说法再问一次，或者联系真人客服。",
        "en": "Sorry, this procedure has just been changed, so I cannot go on with it. Please ask once "
        "more in other words, or talk to a person.",
    },
    "customer.step_stuck": {
        "zh": "知道了，“{title}”的第 {n} 步没有成功，我会把这一点告诉客服。",
        "en": "Understood: step {n} of “{title}” did not work. I am telling our team that it was there.",
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
    "customer.button.walk": {"zh": "一步步带我做", "en": "Walk me through it"},
    "customer.button.steps": {"zh": "一次看完步骤", "en": "Show all steps"},
    "customer.button.next": {"zh": "做好了，下一步", "en": "Done, next step"},
    "customer.button.back": {"zh": "上一步", "en": "Back"},
    "customer.button.failed": {"zh": "这一步不行", "en": "This step did not work"},
    "customer.button.walked": {"zh": "全部做好了", "en": "All done"},
    "customer.button.resume": {"zh": "回到第 {number} 步", "en": "Back to step {number}"},
    "customer.button.zh": {"zh": "中文", "en": "中文"},
    "customer.button.en": {"zh": "English", "en": "English"},
}
