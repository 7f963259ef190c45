"""What agents read in a case's thread."""

from typing import Final

PHRASES: Final[dict[str, dict[str, str]]] = {
    "desk.card.title": {"zh": "{ticket} · {customer}", "en": "{ticket} · {customer}"},
    "desk.card.status": {"zh": "状态：{status}", "en": "Status: {status}"},
    "desk.card.customer": {
        "zh": "客户：{customer}（{platform}，{language}）",
        "en": "Customer: {customer} ({platform}, {language})",
    },
    "desk.card.address": {"zh": "账号：{address}", "en": "Address: {address}"},
    "desk.card.cause": {"zh": "原因：{cause}", "en": "Reason: {cause}"},
    "desk.card.quote": {"zh": "原话：“{quote}”", "en": "In their words: “{quote}”"},
    "desk.card.priority": {
        "zh": "优先级：{priority}（{what}）",
        "en": "Priority: {priority} ({what})",
    },
    "desk.card.evidence": {"zh": "触发语句：“{evidence}”", "en": "Because of: “{evidence}”"},
    "desk.card.posing": {
        "zh": "⚠️ 客户的名字像是工作人员，请留意是否冒充",
        "en": "⚠️ The customer’s name reads like one of our staff; it may be an impostor",
    },
    "desk.card.step": {
        "zh": "引导进行到“{title}”第 {n}/{of} 步：{text}",
        "en": "Walked through “{title}” up to step {n} of {of}: {text}",
    },
    "desk.card.topics": {"zh": "已经试过：{topics}", "en": "Already tried: {topics}"},
    "desk.card.agent": {"zh": "负责人：{agent}", "en": "With: {agent}"},
    "desk.card.linked": {"zh": "同一客户的其他账号：{linked}", "en": "Same person: {linked}"},
    "desk.status.waiting": {"zh": "等待接入", "en": "waiting"},
    "desk.status.open": {"zh": "处理中", "en": "open"},
    "desk.status.closed": {"zh": "已关闭", "en": "closed"},
    "desk.status.returned": {"zh": "已交还助手", "en": "back with the assistant"},
    "desk.cause.asked": {"zh": "客户要求真人客服", "en": "asked for a person"},
    "desk.cause.missed": {
        "zh": "卡住了：连续两次没有找到答案",
        "en": "stuck: no answer found twice in a row",
    },
    "desk.cause.not_helped": {"zh": "答案没有解决问题", "en": "the answer did not help"},
    "desk.cause.step_failed": {
        "zh": "卡住了：引导中的一步没有成功",
        "en": "stuck: a step of the procedure did not work",
    },
    "desk.cause.critical": {"zh": "紧急问题", "en": "urgent topic"},
    "desk.cause.stuck": {"zh": "卡住了：同一个问题又问了一遍", "en": "stuck: asked the same again"},
    "desk.cause.upset": {"zh": "客户情绪激动", "en": "the customer is upset"},
    "desk.cause.danger": {"zh": "可能有生命危险", "en": "a life may be in danger"},
    "desk.cause.fault": {
        "zh": "系统出错，没能处理客户的消息",
        "en": "a fault of ours: the message could not be handled",
    },
    "desk.fault_reply": {
        "zh": "⚠️ 系统出错，这条消息没能处理，客户没有收到。请再发一次；如果还是不行，请告诉系统管理员。",
        "en": "⚠️ Through a fault of ours this message could not be handled, and the customer did "
        "not get it. Please send it again; if that does not help, tell your operator.",
    },
    "desk.fault_button": {
        "zh": "⚠️ 系统出错，刚才的操作没有生效。请再试一次；如果还是不行，请告诉系统管理员。",
        "en": "⚠️ Through a fault of ours that had no effect. Please try again; if that does not "
        "help, tell your operator.",
    },
    "desk.mood.calm": {"zh": "平静", "en": "calm"},
    "desk.mood.anxiety": {"zh": "焦虑", "en": "anxiety"},
    "desk.mood.distress": {"zh": "绝望无助", "en": "distress"},
    "desk.mood.anger": {"zh": "愤怒", "en": "anger"},
    "desk.mood.complaint": {"zh": "投诉", "en": "complaint"},
    "desk.mood.sarcasm": {"zh": "讽刺", "en": "sarcasm"},
    "desk.mood.abuse": {"zh": "辱骂", "en": "abuse"},
    "desk.mood.legal": {"zh": "法律、监管或媒体", "en": "law, regulator or press"},
    "desk.mood.theft": {"zh": "资产正在被盗", "en": "theft under way"},
    "desk.mood.danger": {"zh": "生命安全", "en": "a life in danger"},
    "desk.step_failed": {
        "zh": "“{title}”第 {n} 步没有成功：{text}",
        "en": "Step {n} of “{title}” did not work: {text}",
    },
    "desk.alarm": {
        "zh": "❗ {priority}：{what}。客户说：“{evidence}”",
        "en": "❗ {priority}: {what}. The customer wrote: “{evidence}”",
    },
    "desk.alarm_danger": {
        "zh": "🆘 {priority}：{what}。请现在就接入，先关心人，再谈事情。客户说：“{evidence}”",
        "en": "🆘 {priority}: {what}. Please join right now; see to the person first, then to the "
        "problem. The customer wrote: “{evidence}”",
    },
    "desk.poses": {
        "zh": "⚠️ 这条消息自称是我们的工作人员，请留意是否冒充。",
        "en": "⚠️ This message claims to come from our staff; it may be an impostor.",
    },
    "desk.fake_link": {
        "zh": "⚠️ 消息里有仿冒我们的链接：{hosts}。请不要打开。",
        "en": "⚠️ The message holds a link that imitates ours: {hosts}. Do not open it.",
    },
    "desk.button.send": {"zh": "仍要发送", "en": "Send anyway"},
    "desk.reply_held": {
        "zh": "✋ 这条回复先没有发给客户：“{phrase}”。建议：{hint} 修改原消息即可发出。",
        "en": "✋ Not sent to the customer yet: “{phrase}”. {hint} Edit your message and it goes out.",
    },
    "desk.edit_held": {
        "zh": "✋ 这次修改先没有发给客户，客户看到的还是原来的内容：“{phrase}”。建议：{hint}",
        "en": "✋ This edit has not gone to the customer, who still sees the earlier words: “{phrase}”. "
        "{hint}",
    },
    "desk.held_never": {
        "zh": "（这样的内容不能发送。）",
        "en": " (Words like these cannot be sent.)",
    },
    "desk.sent_anyway": {
        "zh": "已按 {agent} 的决定原样发给客户。",
        "en": "Sent to the customer as it is; {agent} decided so.",
    },
    "desk.sent_mended": {
        "zh": "已把修改后的内容发给客户。",
        "en": "The new words went to the customer.",
    },
    "desk.held_dropped": {
        "zh": "好的，这条不会发给客户。",
        "en": "All right, this one does not go to the customer.",
    },
    "desk.send_refused": {
        "zh": "没有发送：这条已经发过、改过或不能发，或者不是由您负责。",
        "en": "Nothing was sent: it has been sent or changed already, may not be sent, or is not yours "
        "to send.",
    },
    "desk.language.zh": {"zh": "中文", "en": "Chinese"},
    "desk.language.en": {"zh": "英文", "en": "English"},
    "desk.button.claim": {"zh": "接入", "en": "Claim"},
    "desk.button.takeover": {"zh": "接手", "en": "Take over"},
    "desk.button.note": {"zh": "备注", "en": "Note"},
    "desk.button.transfer": {"zh": "转给…", "en": "Transfer…"},
    "desk.button.bot": {"zh": "交还助手", "en": "Back to bot"},
    "desk.button.close": {"zh": "关闭", "en": "Close"},
    "desk.story": {"zh": "此前的对话", "en": "The conversation so far"},
    "desk.story_line": {"zh": "{who}：{text}", "en": "{who}: {text}"},
    "desk.nameless": {"zh": "访客 {id}", "en": "Visitor {id}"},
    "desk.role.customer": {"zh": "客户", "en": "Customer"},
    "desk.role.bot": {"zh": "助手", "en": "Assistant"},
    "desk.role.agent": {"zh": "客服", "en": "Agent"},
    "desk.role.system": {"zh": "系统", "en": "System"},
    "desk.claimed": {
        "zh": "{agent} 已接入。TA 的普通消息会发给客户；以 . 开头的消息和其他人的消息只留在这里。",
        "en": "{agent} has this case. Their plain messages go to the customer; messages that "
        "start with . and everybody else's stay here.",
    },
    "desk.taken_over": {
        "zh": "{agent} 从 {before} 手中接手了。",
        "en": "{agent} has taken over from {before}.",
    },
    "desk.transferred": {
        "zh": "{by} 把这个问题转给了 {agent}。TA 的普通消息会发给客户。",
        "en": "{by} transferred this case to {agent}. Their plain messages go to the customer.",
    },
    "desk.transferred_away": {
        "zh": "{agent} 目前显示为离开。如果没有人回复，可以发送 /transfer 把问题放回队列。",
        "en": "{agent} is shown as away at the moment. If nobody answers, /transfer alone puts the "
        "case back into the queue.",
    },
    "desk.transfer_refused": {
        "zh": "没有转出：{agent} 不在客服名单里。",
        "en": "Not transferred: {agent} is not on the list of agents.",
    },
    "desk.released": {
        "zh": "{by} 把这个问题放回了队列，等待接入。",
        "en": "{by} put this case back into the queue. It is waiting to be claimed.",
    },
    "desk.in_queue": {
        "zh": "这个问题本来就在队列里，等待接入。",
        "en": "This case is in the queue already, waiting to be claimed.",
    },
    "desk.linked": {
        "zh": "{by} 记下：{other} 是同一位客户。要撤销请发送 /unlink {other}",
        "en": "{by} noted that {other} is the same person. To undo it, write /unlink {other}",
    },
    "desk.unlinked": {
        "zh": "{by} 撤销了与 {other} 的关联。",
        "en": "{by} undid the link with {other}.",
    },
    "desk.link_how": {
        "zh": "请写明同一客户的另一个账号（在对方的卡片上可以看到），例如 /link telegram:123456。"
        "这里是 {own}，目前已关联：{linked}",
        "en": "Please name another address of the same person, as it stands on their other card, "
        "such as /link telegram:123456. This is {own}. Linked now: {linked}",
    },
    "desk.link_unknown": {
        "zh": "没有关联：还没有客户用 {other} 联系过我们，请核对一下。",
        "en": "Not linked: nobody has written to us from {other} yet. Please check the address.",
    },
    "desk.rated": {"zh": "客户评价：{score} / 5", "en": "The customer's rating: {score} / 5"},
    "desk.note_by": {"zh": "📝 {agent} 的备注：{text}", "en": "📝 Note by {agent}: {text}"},
    "desk.customer_reacted": {
        "zh": "客户对“{text}”回应了 {emoji}",
        "en": "The customer reacted to “{text}” with {emoji}",
    },
    "desk.reaction_unseen": {
        "zh": "客户那边看不到表情回应 {emoji}。",
        "en": "The customer cannot see the reaction {emoji}.",
    },
    "desk.form.note": {"zh": "内部备注", "en": "Internal note"},
    "desk.form.note_label": {
        "zh": "备注内容（客户看不到）",
        "en": "Your note (the customer never sees it)",
    },
    "desk.form.transfer": {"zh": "转给另一位客服", "en": "Transfer this case"},
    "desk.form.transfer_label": {"zh": "转给谁", "en": "To whom"},
    "desk.already_yours": {"zh": "这个问题已经由您负责。", "en": "This case is already yours."},
    "desk.already_claimed": {
        "zh": "{agent} 已经接入。要换人处理请发送 /takeover。",
        "en": "{agent} already has this case. To take it over, write /takeover.",
    },
    "desk.not_an_agent": {
        "zh": "{agent} 不在客服名单里，这个操作没有执行，消息也没有发给客户。",
        "en": "{agent} is not on the list of agents, so nothing was done and nothing was sent.",
    },
    "desk.kept_inside": {
        "zh": "这条消息没有发给客户：目前由 {agent} 负责。",
        "en": "Not sent to the customer: {agent} has this case.",
    },
    "desk.claim_first": {
        "zh": "这条消息没有发给客户：请先接入（点“接入”或发送 /claim）。",
        "en": "Not sent to the customer: please claim the case first (button or /claim).",
    },
    "desk.case_over": {
        "zh": "这条消息没有发给客户：{ticket} 已经结束。客户 24 小时内再来时会自动重新打开。",
        "en": "Not sent to the customer: {ticket} is over. It reopens by itself when the customer "
        "writes within 24 hours of closing.",
    },
    "desk.no_case": {
        "zh": "这里没有对应的客户会话，消息没有发出。如果话题刚刚新建，请稍等几秒再试。",
        "en": "There is no case behind this thread, so nothing was sent. If the thread is new, please try again in a few seconds.",
    },
    "desk.unknown_command": {
        "zh": "没有这个命令，消息没有发给客户。可用：/claim /takeover /transfer /note /link /unlink /close /bot",
        "en": "There is no such command, so nothing was sent to the customer. You can use: "
        "/claim /takeover /transfer /note /link /unlink /close /bot",
    },
    "desk.help": {
        "zh": "/claim 接入 · /takeover 接手 · /transfer @某人 转给别人（不写名字则放回队列）· /note 或 . 开头：内部备注 · /link、/unlink 账号：记下或撤销同一客户的其他账号 · /bot 交还助手 · /close 关闭。"
        "负责人的普通消息会发给客户。",
        "en": "/claim · /takeover · /transfer @somebody, or alone back to the queue · /note or a leading . for an internal note · /link or /unlink an address: the same person elsewhere · /bot back to the "
        "assistant · /close. Plain messages of whoever has the case go to the customer.",
    },
    "desk.closed": {"zh": "{agent} 关闭了这个问题。", "en": "{agent} closed this case."},
    "desk.returned": {
        "zh": "{agent} 把客户交还给了助手。",
        "en": "{agent} handed the customer back to the assistant.",
    },
    "desk.reopened": {
        "zh": "客户又来消息了，问题已重新打开。负责人：{agent}",
        "en": "The customer wrote again, so this case is open again. With: {agent}",
    },
    "desk.reopened_queue": {
        "zh": "客户又来消息了，问题已重新打开，等待接入。",
        "en": "The customer wrote again, so this case is open again and waiting.",
    },
    "desk.customer_edited": {
        "zh": "✏️ 客户修改了这条消息。现在是：{new}",
        "en": "✏️ The customer edited this message. It now reads: {new}",
    },
    "desk.customer_edited_from": {
        "zh": "✏️ 客户修改了消息。原来是：{old}\n现在是：{new}",
        "en": "✏️ The customer edited a message. Before: {old}\nNow: {new}",
    },
    "desk.customer_deleted": {
        "zh": "🗑 客户撤回了这条消息。",
        "en": "🗑 The customer deleted this message.",
    },
    "desk.edit_kept_inside": {
        "zh": "这次修改没有发给客户。",
        "en": "This edit was not sent to the customer.",
    },
    "desk.not_delivered": {
        "zh": "⚠️ 没有送达客户：“{text}”（{reason}）",
        "en": "⚠️ Not delivered to the customer: “{text}” ({reason})",
    },
    "desk.edit_not_delivered": {
        "zh": "⚠️ 修改或撤回没能送达客户（{reason}）",
        "en": "⚠️ The edit or deletion did not reach the customer ({reason})",
    },
    "desk.relay_failed": {
        "zh": "⚠️ 客户发来的一条消息无法在这里显示：“{text}”（{reason}）",
        "en": "⚠️ A message from the customer could not be shown here: “{text}” ({reason})",
    },
    "desk.maybe_twice": {
        "zh": "连接曾中断，这条消息客户可能收到了两次：“{text}”",
        "en": "The connection broke off; the customer may have got this twice: “{text}”",
    },
    "desk.copy_may_remain": {
        "zh": "这条消息客户可能收到了两次：改动只作用于其中一条，另一条可能还是原来的样子。",
        "en": "The customer may have got this message twice. The change reaches one of them; the "
        "other may stay as it was.",
    },
    "desk.thread_lost": {
        "zh": "原来的话题不见了，已新开一个并补上此前的对话。",
        "en": "The earlier thread is gone, so the case goes on here with the story so far.",
    },
    "desk.extra_thread": {
        "zh": "{ticket} 已经有另一个话题了，请到那边继续。",
        "en": "{ticket} has another thread already; please go on there.",
    },
    "desk.attachment.photo": {"zh": "[图片]", "en": "[photo]"},
    "desk.attachment.file": {"zh": "[文件 {name}]", "en": "[file {name}]"},
    "desk.attachment.voice": {"zh": "[语音]", "en": "[voice message]"},
    "desk.attachment.audio": {"zh": "[音频 {name}]", "en": "[audio {name}]"},
    "desk.attachment.video": {"zh": "[视频]", "en": "[video]"},
    "desk.attachment.sticker": {"zh": "[贴纸 {name}]", "en": "[sticker {name}]"},
    "desk.attachment.location": {"zh": "[位置 {name}]", "en": "[location {name}]"},
    "desk.pressed": {"zh": "[点击] {label}", "en": "[pressed] {label}"},
    "reason.blocked": {"zh": "对方屏蔽了我们", "en": "they have blocked us"},
    "reason.thread_gone": {"zh": "话题已不存在", "en": "the thread is gone"},
    "reason.not_found": {"zh": "找不到对方或原消息", "en": "the chat or message was not found"},
    "reason.forbidden": {"zh": "没有权限", "en": "a permission is missing"},
    "reason.too_large": {"zh": "文件太大", "en": "the file is too large"},
    "reason.invalid": {"zh": "平台拒绝了这个内容", "en": "the platform refused the content"},
    "reason.unsupported": {"zh": "平台不支持", "en": "the platform cannot do that"},
    "reason.expired": {"zh": "多次尝试仍未成功", "en": "many tries did not succeed"},
}
