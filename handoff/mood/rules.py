"""Words that decide on a class by themselves, each with what must not stand beside them.

Applied to the folded text. The table hears everything else.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from handoff.mood import Kind
from handoff.mood.expressions import Expressions


class Rule(Struct, frozen=True):
    """`says` and `unless` are regular expressions; a text that `unless` finds is left alone."""

    kind: Kind
    says: tuple[str, ...]
    unless: str


_QUESTION_ZH: Final = r"(?:怎么|如何|怎样|是否|能不能|可以吗|可不可以|要不要|吗|么|嘛|多久|哪里|流程|什么)[^,.!]{0,12}\??$|请教|请问|了解一下|咨询"
_SURE_ZH: Final = r"(?:我|俺|我们|咱)(?:已经|已|现在|马上|就|会|要|将|一定|肯定|这就|明天|今天|下午|等下|待会|准备|打算|正在|刚|也)*(?:去|要|会|在|准备|打算)*"

RULES: Final = (
    Rule(
        "abuse",
        (
            # Swearing, also by sound and by initials.
            r"[草操艹肏曹日干糙靠](?:你|尼|泥|您|拟|妳|他)(?:妈|马|吗|玛|麻|娘|大爷|全家|祖宗|奶奶|老母|么)|(?:草|操|艹|曹)(?:泥|尼|拟)(?:马|玛|吗)|(?:尼|泥|你|妳|您)(?:玛|马|麻|妈|娘)(?:的|逼|比|b|币|死了|没了|炸了|个|呢(?!称)|卖)|尼玛|泥马的|妮玛|他妈的|他马的|特么的?(?!.{0,2}好)|tmd|(?<![a-z])t\.?m\.?d(?![a-z])|妈(?:了个|卖)(?:巴子|批|逼|x|b)|妈的(?!支|手|账|号|微|银|身|电|名|卡|钱|护|证|邮|地|话|生|药|退|养|存|工|医)|麻痹的|马勒戈壁|我(?:去|操|日)(?:你|尼)",
            r"(?:傻|煞|沙|纱|啥|砂|大|装|蠢|牛|死|贱|烂|臭)(?:逼|比(?!特|特币|例|较|价|赛|如|率|对|重)|b(?![a-z0-9])|x(?![a-z0-9])|屄|批(?!发|量|准|次|评|注|复)|叉|吊|屌|狗(?!狗|币|子|粮))|[煞沙傻][笔壁币雕吊]|(?<![a-z0-9])s\.?b(?![a-z0-9])(?!接口(?:文|地))|(?<![a-z])(?:cnm|nmsl|nmb|wdnmd|mlgb|rnm|wcnm|qnmd|nmd|cnmb|nmlgb|tnnd|wcnmd|nmslwsnd|fw客服)(?![a-z])",
            r"(?:狗|龟|王八|猪|贱|杂)(?:日的|娘养|杂种|东西|玩意儿?|蛋|崽子|孙子|种)|畜生|杂种|贱(?:人|货|种|狗)|人渣|败类|垃圾(?:客服|平台|公司|玩意|东西|人|货|狗)|(?:司|死|孤)(?:马|妈|儿)(?:东西|玩意|了|的|客服)?|骗子公司|脑残|弱智|智障|低能(?:儿)?|白痴|蠢(?:货|猪|驴|蛋)|废物|滚(?:蛋|犊子|你|远点|粗|开|去)|去死(?:吧|啊)?(?!亡)|不得好死|死全家|断子绝孙|生(?:儿子|孩子)没(?:屁眼|py|皮燕子)|全家(?:死|暴毙|火葬|下葬|去世|升天)|你(?:全家|祖宗|大爷|妹(?!妹)|个头)(?:的)?(?!.{0,4}(?:好|福))|王八蛋|混蛋|吃(?:屎|翔)|良心(?:被|让|给)?狗(?:吃|叼)|狗(?:平台|客服|庄家?|交易所|公司|资本)|(?:没|冇)(?:娘|妈|爹)(?:养|的|教)|(?:猪|狗)(?:都)?(?:不如|比你)|祝(?:你|你们)[^,.!?]{0,6}(?:倒闭|破产|死|完蛋|绝)|仆街|扑街|冚家(?:铲|剷|富贵)|屌你|丢你老母|顶你个肺|龟儿|瓜娃子|哈麻批|锤子客服",
            r"\b(?:fuck|fck|fuk|phuck|f\*+k?|f u c k|fkin|stfu|gtfo|wtf is wrong with you|motherf\w+|mf(?:er|ers|ing))\w*\s?(?:you|off|u|ur|your|this|idiots?|morons?|thie\w+|scam\w*|company|app|clowns?)\b|\b(?:you|u|ur|your|you're|you are|bunch of|pack of|fucking|bloody|absolute|complete|total|such|utter|these|those|a|lot of)(?: \w+){0,3} (?:idiots?|morons?|imbeciles?|cretins?|cunts?|bastards?|assholes?|arseholes?|pricks?|wankers?|dickheads?|scum(?:bags?)?|retards?|twats?|tossers?|muppets?|parasites?|vermin|pieces? of (?:shit|crap|trash|garbage)|shitheads?|bitch(?:es)?|dumbass(?:es)?|leeches|crooks|lowlifes?|thieving \w+|clowns|dimwits?|braindead|pigs|rats|maggots)\b|\b(?:son of a bitch|sob|piece of (?:shit|crap)|go to hell|rot in hell|burn in hell|drop dead|eat shit|screw you|sod off|piss off|f[*#@]+k? (?:you|off)|kiss my a\w+|shove it|up yours|bugger off|shut your|thieving (?:\w+ )?(?:scum|bastards?|gits?|crooks)|choke on|hope you (?:all )?(?:rot|die|choke|burn|get cancer|go bankrupt)|you (?:useless|stupid|pathetic|worthless|brainless|incompetent|lying|dumb|disgusting|thieving) \w+)",
        ),
        r"(?:我|自己|本人|俺)(?:真|就|也|又|好|太|简直)?(?:是)?(?:个)?(?:真)?(?:是)?(?:个)?(?:大|小|超级)?(?:傻|蠢|弱智|智障|废物|白痴|菜|笨|脑残|猪)|(?:i'?m|i am|i was|me|myself)(?: \w+){0,4} (?:idiot|moron|muppet|twat|clown|dumbass)|(?:骂|叫|喊|说)(?:我|了|你们?)?(?:一句|人)?.{0,3}(?:傻|废物|畜生|智障|滚)|usb|(?:the|my|that|those|these) scammers?|(?:那|这)(?:个|帮|些|群)骗子[^,.]{0,6}(?:骂|说)|卧槽.{0,6}(?:牛|厉害|好|快|到了)|(?:牛逼|牛b|牛批)|awesome|love (?:it|you|this)|哈哈|lol\b|😂|🤣|竟然到账",
    ),
    Rule(
        "legal",
        (
            _SURE_ZH
            + r"(?:报警|报案|报公安|起诉|告你|告贵|告到|控告|上诉|仲裁|立案|举报|曝光|投诉到|律师函|找律师|请律师|请了律师|委托律师|走法律|法律途径|法律程序|打官司|法院见|诉讼|维权|找媒体|找记者|联系媒体|联系记者|发微博|发抖音|发小红书|上热搜|发到网上|挂(?:到)?(?:网上|微博|知乎))",
            r"(?:法院|法庭|公堂|派出所|公安局|经侦|看守所|监狱|局子(?:里)?)(?:上)?见|(?:不然|否则|再不|要不|要是不|如果不|逾期|限你们?|限贵)[^.!?]{0,24}(?:报警|报案|起诉|律师|法院|法律|投诉到|举报|曝光|热搜|银监|证监|监管|工信|消协|经侦|0|媒体|记者|维权|立案|诉|网信办|公安)|(?:等着|准备|坐等|候着)(?:收|接|吃)?(?:律师函|传票|官司|法院|坐牢|被(?:告|查|抓|起诉))|(?:律师函|起诉状|诉状|传票|起诉书)(?:已|会|将|马上|在|明天|下周|今天)?(?:经)?(?:寄|发|送|写好|递交|到|拟)|(?:保留|追究)[^,.!?]{0,10}(?:法律|权利|责任|刑事)|集体(?:诉讼|起诉|维权|报案|举报)|(?:聊天|通话|对话|所有)?(?:记录|截图|录音|证据)[^.!?]{0,10}(?:都)?(?:保存|公证|固定|留着|提交|交给|发给|保全)(?:好|了|给)?[^.!?]{0,10}(?:律师|警|法院|监管|记者|媒体)|(?:消协|银监会|证监会|金管局|金监局|网信办|工信部|市监局|市场监管局|经侦|消委会|金融办|信访|省长热线|市长热线|0热线)[^.!?]{0,14}(?:投诉|举报|见|已经|递交|材料|报了|受理|反映|备案)|(?:投诉|举报|反映)(?:到|给|至)(?:了)?[^.!?]{0,4}(?:消协|银监|证监|金管|金监|网信|工信|市监|监管|经侦|消委|公安|政府|中央|纪委|0)|(?:向|跟|找|给)[^.!?]{0,8}(?:监管|证监|银监|金管局|警方|公安|检察院|法院|网警|消协|sec|fca|mas)[^.!?]{0,8}(?:举报|投诉|报告|提交|申诉|起诉|告)|(?:媒体|记者|央视|0·0|新闻|焦点访谈)[^.!?]{0,10}(?:联系|采访|曝光|爆料|报道|已经|感兴趣|见)|(?:曝光|爆料|捅)(?:到|给|出去|你们|你|贵)",
            r"\b(?:notice of (?:\w+ )?(?:legal|intended|claim|action|proceedings)|letter (?:before|of) (?:action|claim|demand)|pre-?action|legal (?:action|proceedings|steps|team will|route|remedies)|(?:class|court) action|small claims|(?:county|high|small claims|federal|magistrates?|civil) court|see you in court|lawsuit|suing|(?:will|to|gonna|going|shall|i'?ll|we'?ll|we will) (?:be )?(?:sue|suing|litigate|prosecute)|press charges|file(?:d|ing)? (?:a |my |an )?(?:formal )?(?:complaint|report|suit|claim|case|charges?) (?:with|against|to|at|in)|(?:report|reporting|reported|refer|referring|complain(?:t|ing)?) (?:\w+ ){0,3}(?:to|with) (?:the )?(?:\w+ ){0,2}(?:police|fca|sec|ftc|ombudsman|regulator|regulators|authorities|cfpb|bbb|finra|asic|mas|bafin|attorney|consumer|watchdog|action fraud|trading standards|ic3|fbi|financial|minister|mp|senator|press|media|newspaper))\b|\b(?:my|our|family'?s|a|the) (?:lawyers?|attorneys?|solicitors?|barrister|counsel|legal team)\b[^.!?]{0,24}\b(?:will|is|has|have|are|be in touch|contact|says|told|draft|hear from|advis|letter|shall|send|sent|copied|filing|waiting)|\bhear(?:ing)? from (?:my|our) (?:lawyers?|attorneys?|solicitors?)|\b(?:ombudsman|regulator|fca|sec|cfpb|police|journalist|reporter|newspaper|press|bbc|reuters|bloomberg|tv)\b[^.!?]{0,20}\b(?:will (?:be|hear|get|have|know|receive|love)|has been (?:told|informed|notified)|next|tomorrow|on monday|complaint number|case number|has the file|is interested|would love|already)|\b(?:go|going|gone|take|taking|taken) (?:this |it |public )?(?:to |with this to )?(?:the )?(?:press|public|media|police|court|twitter|reddit|tiktok|newspapers?|regulators?|authorities|ombudsman|fca|sec)\b|\bchargeback\b[^?]*$|\bsubpoena|\bwithout prejudice\b|\bstatutory demand\b|\bformal(?:ly)? (?:notice|put you on notice)|\bput(?:ting)? you on notice\b|\b(?:my|our) (?:mp|congress\w+|senator)\b[^.!?]{0,16}(?:will|has|is|copied)",
        ),
        r"(?:骗我的|骗子|对方|诈骗犯|那个人|卖家|商家|前夫|前妻|别人|黑客|小偷|法人|公司(?:法务|律师)(?:要求|需要)|离婚)[^.!?]{0,30}(?:怎么|需要|流程|提供|材料|证明|吗|\?)|(?:需要|要|怎么|如何|哪里|能|可以|请)[^.!?]{0,10}(?:开|出|提供|下载|打印|导出|申请|调取)[^.!?]{0,14}(?:证明|流水|记录|材料|凭证|回执)|(?:想|请|请教|请问|咨询|了解|学习|写论文|好奇)[^.!?]{0,16}(?:流程|规定|法律|合规|监管|程序)|(?:怎么|如何|要不要|需不需要|能不能|是否)[^,.]{0,6}(?:报警|报案|起诉|举报|投诉)|举报(?:广告|诈骗|骗子|钓鱼|用户|可疑|奖励|入口|按钮|功能|群|假)|(?:how|where|can|do|should|may|could)\b[^.!?]{0,24}\breport\b[^.!?]{0,30}\b(?:scam|phishing|fake|user|address|fraud|bug|site|stolen|lost|spam|seller|buyer|merchant|theft|suspicious|it)\b|\b(?:police|lawyer|solicitor|accountant|court|officer|bank)\b[^.!?]{0,30}\b(?:asks?|asked|needs?|wants?|requires?|requested|told me to get)\b[^.!?]{0,60}|\bdivorce\b|\bout of curiosity|\bjust curious|\bthesis\b|\bnot (?:going to |gonna )?su(?:e|ing)\b|(?:不|没)(?:会|想|打算|准备|要|是|需要)(?:要|来|去)?(?:报警|起诉|告你|投诉|举报|打官司)",
    ),
    Rule(
        "theft",
        (
            r"(?:正在|一直在|还在|又在|在)(?:往外|不停|不断|一笔一笔|一笔笔|被人?)?(?:被)?(?:转走|转出|往外转|转币|提币|提现|提走|盗刷|盗|偷|划走|扣走|清空|搬空)(?:我|走|钱|币|了|的)?[^.!?]{0,10}(?:不是我|没操作|快|救|冻结|马上|赶紧|!)|(?:有人|黑客|小偷|盗号的?|骗子|对方)(?:正|现在|还)?(?:在)(?:[^,.!?]{0,6})(?:转(?!账记录|人工)|提|盗|偷|刷|卖|操作|登)[^.!?]{0,6}(?:我|走|币|钱|账)|(?:快|赶紧|马上|立刻|立即|火速|求|紧急)[^,.!?]{0,6}(?:冻结|锁|封|拦截|停|关)[^.!?]{0,24}(?:被盗|被偷|在转|转走|不是我|黑客|盗|在提|有人)|(?:被盗|被偷|在转|转走|不是我(?:本人)?(?:操作|转|提|弄|授权)?|黑客|盗号|有人在|一笔一笔|一笔接一笔)[^?]{0,24}(?:快|赶紧|马上|立刻|立即|火速|紧急)[^,.!?]{0,6}(?:冻结|锁|封|拦截|拦|停|关|帮)|(?:余额|币|钱|资产|u|usdt)[^,.!?]{0,6}(?:正|在|还在|一直)(?:不停|不断|一直|往外|慢慢|一点点|飞快)?(?:地)?(?:减少|往下掉|往外|流出|被转|少|没|消失)[^.!?]{0,12}(?:不是我|没动|快|救|!)",
            r"\b(?:someone|somebody|hackers?|he|she|they|a thief|thief|scammers?|a hacker|it|whoever)(?:'s| is|'re| are|s)? (?:right now |currently |now |still |actively |just )?(?:draining|emptying|withdrawing|stealing|sending (?:out|my)|moving|transferring|taking|cleaning out|selling|siphoning|robbing|releasing)\b[^?]*|\b(?:freeze|lock|stop|block|halt|suspend|shut)\b[^?]{0,50}\b(?:being (?:drained|stolen|emptied|moved|withdrawn|robbed)|hacked|not me|wasn'?t me|isn'?t me|leaving|right now|draining|going out|is not me trading)\b[^?]*$|\b(?:being (?:drained|stolen|emptied|robbed|hacked|cleaned)|hacked|not me|wasn'?t me|isn'?t me|is not me|didn'?t (?:do|make|authori[sz]e|start)|keeps? (?:leaving|going (?:out|down))|going out (?:right )?now|leaving (?:right )?now)\b[^?]{0,60}\b(?:freeze|lock|stop|block|halt|hurry|quick(?:ly)?|asap|immediately|now)\b[^?]*$|\b(?:drain(?:ing|ed)?|empty(?:ing)?) my (?:wallet|account|balance)[^?]*\b(?:now|stop|help|freeze|lock|hurry)\b",
        ),
        r"怎么办理|怎么冻结|如何冻结|(?:如果|万一|假如|假设)|昨天|上周|上个月|去年|how (?:do|can|would) i (?:freeze|lock|block)|\bif (?:someone|my|i)\b|\blast (?:week|month|year)|what happens",
    ),
    Rule(
        "anger",
        (
            r"^[?!.,~ ]*[?!]{2}[?!.,~ ]*$|^[?!]+ ?(?:人呢|在吗|说话|钱呢|回话|回复|hello)|(?:人呢|说话|钱呢|回话|还钱|退钱|在吗)[?!]{2}|[?!]{2}[^?!]{0,20}[?!]{2}[^?!]{0,20}[?!]{2}",
            r"[😡🤬💢🖕👿😠][^😂🤣😆]*$",
            r"(?:你们?|贵(?:司|平台|公司|所))(?:就)?(?:是)?(?:这样|这么|如此|这幅|这副)(?:对待|对|糊弄|欺负|敷衍|忽悠|做生意|办事|服务|搞)|(?:还|把|退|吐)[^,.!?]{0,3}(?:老子|我)的?(?:钱|币|血汗钱)|(?:什么|啥)(?:破|烂|垃圾|狗屁|玩意|鬼|态度|东西)(?:平台|客服|公司|app|系统|服务|玩意)?|(?:太|真|简直|实在)(?:是)?(?:恶心|过分|可恶|无耻|不要脸|离谱|欺负人|气人|坑人|黑心|荒唐|可笑|垃圾)|要(?:点)?脸(?:吗|不|么|行)|(?:不|没)要脸|无耻|欺人太甚|忍无可忍|受够了|气(?:死|炸|疯)(?:我|了|人)|火大|(?:当|拿)(?:我|用户|我们|客户|人)(?:是|当)?(?:傻子|猴|韭菜|冤大头|白痴|二百五|孙子|皮球)|耍我|骗子(?:平台|公司)|黑(?:心|平台)(?:平台|公司)?",
            r"\bwhere (?:the (?:hell|fuck|heck) )?(?:is|are|'s) my (?:money|funds?|coins?|btc|eth|usdt|withdrawal|deposit|refund)[^?]*[?!]{2,}|\b(?:fed up|sick (?:and tired )?of (?:this|you|your|being|these|the)|had (?:it|enough) (?:with|of)|furious|outrag(?:e|ed|eous)|disgust(?:ed|ing)|disgrace(?:ful)?|appalling|livid|shame on you|ashamed of yourselves|how dare you|what the (?:hell|fuck|heck)|wtf|ffs|for (?:fuck|god|christ)'?s sake|unacceptable|a joke of|is a joke|absolute joke|pathetic|rip-?off|incompeten\w+|i want my money|give me (?:back )?my money|ridiculous|treat(?:ing)? (?:me|us|people|customers) like)\b",
        ),
        r"哈哈|笑死|😂|🤣|lol\b|haha|太?(?:好|棒|赞|爱|开心|感谢|感动|牛|厉害|快)(?:了|啦|吧)|终于(?:到|过|好|成)|谢谢|thank|love|amazing|congrat|finally|yay|great (?:job|work)|ridiculous(?:ly)? (?:good|fast|easy|cheap|quick|nice|helpful|simple)|气死(?:我|人)(?:老公|老婆|朋友|对手)",
    ),
)


class Ruling(Struct, frozen=True):
    """What a rule said of a text, and the words it found. `doubtful`: what must not stand beside
    them does."""

    kind: Kind
    words: str
    doubtful: bool

    @property
    def name(self) -> str:
        """What the table calls it."""
        return f"{self.kind}?" if self.doubtful else self.kind


EXPRESSIONS: Final = Expressions([says for rule in RULES for says in rule.says])
_RULE: Final = [rule for rule in RULES for _ in rule.says]
_UNLESS: Final = {rule.kind: re.compile(rule.unless) for rule in RULES}
_SHOUTED: Final = re.compile(r"[A-Z]{2,}")
_SMALL: Final = re.compile(r"[a-z]")
_NAMES: Final = frozenset(
    [
        "USDT",
        "USDC",
        "BTC",
        "ETH",
        "TRX",
        "BNB",
        "SOL",
        "KYC",
        "AML",
        "API",
        "APP",
        "ATM",
        "USB",
        "NFT",
        "DEX",
        "CEX",
        "FAQ",
        "PIN",
        "SMS",
        "OTP",
        "QR",
        "URL",
        "PDF",
        "CSV",
        "TXID",
        "TRC",
        "ERC",
        "BEP",
        "FIFO",
        "VIP",
        "VPN",
        "UTC",
        "GMT",
        "EUR",
        "USD",
        "GBP",
        "CNY",
        "HKD",
        "IBAN",
        "SWIFT",
        "SEPA",
        "DOGE",
        "SHIB",
        "XRP",
        "LTC",
        "DAI",
        "APY",
        "APR",
        "ROI",
        "LP",
        "DCA",
        "TP",
        "SL",
        "PNL",
        "OK",
        "FA",
        "GAS",
        "MEMO",
        "TAG",
        "NO",
        "IP",
        "ID",
        "UK",
        "US",
        "EU",
        "HODL",
        "LFG",
        "TO",
        "THE",
        "MOON",
        "GM",
        "GN",
        "YES",
        "ERR",
        "ERROR",
        "FAILED",
        "CODE",
        "INVALID",
        "TIMEOUT",
    ]
)
_SHOUTING: Final = 4


def rulings(text: str, form: str) -> tuple[Ruling, ...]:
    """The rules that a text falls under, at most one of each class; `form` is its folded form."""
    found: list[Ruling] = []
    for number, match in EXPRESSIONS.found(form).items():
        kind = _RULE[number].kind
        if not found or found[-1].kind != kind:
            found.append(Ruling(kind, match[0].strip(), _UNLESS[kind].search(form) is not None))
    if shouts(text) and not any(ruling.kind == "anger" for ruling in found):
        found.append(Ruling("anger", form, doubtful=True))
    return tuple(found)


def shouts(text: str) -> bool:
    """Whether a text has four words or more in capitals that are no names, and none in small."""
    if _SMALL.search(text):
        return False
    return sum(word not in _NAMES for word in _SHOUTED.findall(text)) >= _SHOUTING
