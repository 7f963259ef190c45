"""Danger to somebody's life: said outright, or in the indirect words of people who say goodbye.

A detector of its own. It needs no table and knows no thresholds but its own: cues of one kind count
once, and what they weigh together decides. One outright cue is enough; of the indirect ones it takes
two kinds, such as a farewell and a high place. First, phrases that only sound like death are taken
out of the text.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

ENOUGH: Final = 1.0
"""The weight at which a life may be in danger."""

_KIN_ZH: Final = (
    "(?:爸|妈|父母|父亲|母亲|爹|娘|老婆|老公|妻子|丈夫|媳妇|婆娘|孩子|娃|儿子|女儿|闺女|仔|女|弟|妹|哥|姐|爷|奶|"
    "姥|家人|家里|亲人|老人|朋友|室友|邻居|同事|对象|男友|女友)"
)
_KIN_EN: Final = (
    r"(?:mum|mom|mama|mother|dad|father|parents?|wife|husband|partner|kids?|child(?:ren)?|sons?|"
    r"daughters?|brother|sister|family|girls?|boys?|mate|friend|girlfriend|boyfriend|fianc[eé]e?|nan|gran\w*|niece|nephew|"
    r"neighbou?rs?|next door|grand\w+|lady next door)"
)


class Cue(Struct, frozen=True):
    """`kind` names what the words are about; of one kind only the heaviest counts. `words` is a
    regular expression over the folded text."""

    kind: str
    weight: float
    words: str


NOT_MEANT: Final = (
    # 死 and 'dead' that only strengthen; sales, software, trading and play.
    r"笑不活|(?:回来|回去|要|会|得)?(?:被)?(?:打|骂|揍|说|念叨|唠叨)死我|[笑气急烦困饿热冷累无语羡慕爱美帅尴尬蠢傻丑慢卡渴忙乐萌甜酸难吓恨]死(?:我|人|个人|你|他|它|宝宝|老子)?(?:了|啦|啊|呀)?",
    r"(?:想|要|爱|帅|美|喜欢|高兴|开心|感动|兴奋|羡慕|激动)死(?:你|你们|我|它)?(?:们)?(?:了|啦)",
    r"想死你|死(?:机|板|磕|扛|拿|守|忠|党|循环|锁|链|路|角|码|线|期|活(?:动|期|跃)|鱼|马)|(?:卡|锁|写|焊|绑|钉|定|堵|盯|封|死)死|(?:线程|进程|程序|电脑|手机|系统|页面|服务器|网站|app|应用|软件|节点|容器|接口|机器人|脚本)(?:都|又|已经|已|就|全|也)?(?:挂|死|崩)",
    r"跳楼(?:价|机|大甩卖|甩卖|清仓|处理|促销|大减价|特价)|(?:杀|结束|终止|停止)(?:掉|了)?(?:进程|线程|任务|会话|程序|订单|对话|聊天|通话|合约|合同|订阅|活动|直播|仓位|交易|挖矿|质押|流程|比赛|培训)",
    r"(?:自杀|跳楼|跳河|跳桥)(?:式|性|热线|干预|预防|率|险|条款|突击|兵)|热线|(?:死亡|黄金)(?:交叉|螺旋|之组|笔记)|天台(?:餐厅|酒吧|花园|派对|烧烤|见真章)",
    r"安乐死|活死人|丧尸|僵尸(?:粉|号|币|链)?|(?:游戏|电影|小说|电视剧|剧|番|歌|书|副本|关卡)(?:里|中)[^,.!?]{0,14}",
    r"(?:合约|期权|订单|活动|协议|优惠券|质押|理财|产品|代币|项目|域名|证书|链接|验证码|会话)[^,.!?]{0,4}(?:到期|结束|终止|了结|寿命)",
    r"\b(?:kill(?:ing|ed|s)?|killer) (?:the |this |that |a |my |all |an |off )?(?:process(?:es)?|apps?|task|switch|server|order|thread|job|session|pod|connection|tab|bot|script|zone|feature|time|vibe|mood|it|screen|container|instance|page|window|trade|position|deal|battery|budget|profits?|portfolio|phone|me)\b",
    r"\b(?:fees?|wait(?:ing)?|suspense|commute|lag|delay|spreads?|gas|heat|traffic|back|feet|head|eyes|legs?|update|captcha|app|site|queue|job|exams?|homework|hangover|joke|meme|cat|dog|boss|kids?|puns?|silence|market|chart|volatility|curiosity)[a-z ]{0,14} (?:is|are|was|were|'s|will|gonna be|be)? ?(?:slowly |literally |absolutely |really |actually )?(?:killing|kill|murdering|the death of) (?:me|us)",
    r"\bdead(?:line|lines|lock|locks|weight|end|ends|pan|pool|bolt|beat|ringer|cat| cat| link| links| wallet| wallets| coin| coins| chain| token| tokens| project| account| accounts| server| battery| phone| pixel| easy| simple| good| serious| slow| tired| right| wrong| on time| cheap| sea| heat| man's switch| address(?:es)?| node| page| button| sure| calm| set| link)\b",
    r"\b(?:drop dead gorgeous|to die for|die[- ]hard|over my dead body|dead man'?s? switch|death (?:cross|spiral|certificate|star|metal)|suicide (?:squad|burn|prevention|hotline|doors?|hotline)|bored to death|scared to death|sick to death|loved? (?:it|you|this) to death|dying (?:to|of|laughing|for)|i'?m dying (?:lol|laughing|here|haha)|(?:i'?m|im|i am) (?:so )?dead(?: 😂| 💀| lol| lmao| haha| from laughing))",
    r"\b(?:jump(?:ed|ing|s)?) (?:off|from|out of) (?:this |the |a |that |your )?(?:trade|position|ship|platform|exchange|coin|bandwagon|app|market|call|page|train|hype|network|chain|bed)",
    r"\b(?:end|ending|ends|ended) (?:it|this|things|everything|all)? ?(?:the |my |this |a |that |our )?(?:chat|call|subscription|contract|trial|session|plan|staking|stake|membership|conversation|month|year|week|day|quarter|season|campaign|order|trade|loan|date|position|stream|relationship with|auto\w*|partnership)",
    r"\b(?:in|at|by) the end\b|\bweekend\b|\b(?:game|movie|film|book|song|novel|show|episode|boss fight|level|raid|dungeon|character)\b[^.!?]{0,20}",
    r"\b(?:auto|hard|soft|force|rage)[- ]?(?:kill|quit)\b|\bkill(?:er|ing)? (?:it|app|feature|deal|combo)\b|\brope(?:d)? in\b|\bpain(?:ful)?killers?\b",
)

JOKING: Final = r"哈哈|笑死|233|hhh|嘿嘿|嘻嘻|狗头|[😂🤣😆😅💀😜😝🤪😹😄😁]|\blol\b|\blmao|\brofl|\bhaha|\bjk\b|just kidding|\bkidding\b|[;:]-?[)dp](?!\w)|开玩笑|玩笑|段子|调侃|梗|手动|doge|真香|awsl|yyds|绝绝子"
"""Who laughs: indirect words are then taken as play."""

ASKING: Final = (
    r"(?:如果|假如|万一|要是|倘若|若)[^.!?]{0,8}(?:我|用户|账户(?:持有)?人|持有人|本人|客户|人)?[^.!?]{0,6}(?:死|去世|身故|过世|离世|不在了|出意外|挂了|身亡|走了)[^.!?]{0,24}(?:怎么|如何|谁|流程|继承|吗|什么|办|哪|嘛|么|\?)"
    r"|继承|遗产|公证处|受益人|身后事|保险(?:条款|理赔)|寿险|殡葬|生前"
    r"|\b(?:if|when|should|in case|what happens (?:if|when)|suppose|say) (?:i|we|someone|somebody|a user|the (?:account )?(?:owner|holder)|one|my \w+) (?:\w+ )?(?:die|dies|died|pass(?:es)? away|get hit by|am gone|is gone|drop dead|kick the bucket)"
    r"|\binherit\w*|\bbeneficiar\w+|\bprobate|\bexecutor\b|\bnext of kin\b|\bestate planning\b|\bsuccession\b|\bdeceased\b|\blate (?:husband|wife|father|mother|uncle|aunt|brother|sister|dad|mum|mom|gran\w*)|\bpassed away\b|\blife insurance (?:policy|product|fund)"
)
"""Who asks what becomes of an account after a death, or speaks of one that has been."""

CUES: Final = (
    # Said outright.
    Cue(
        "outright",
        1.0,
        r"不想活|唔想活|不想再活|不想继续活|活不(?:下去|成|过)|活唔落去|不(?:要|愿|肯)?活了(?!动|跃)|没法活(?:了|下)|没(?:有)?活路|没脸(?:再)?活|(?:不知道|不晓得)(?:还)?(?:怎么|为什么|为啥|为了什么)(?:要|还要|再)?活(?:下去|着)",
    ),
    Cue(
        "outright",
        1.0,
        r"自杀(?!式)|轻生|寻短|自尽|自我了断|自缢|自残|自焚|割腕|割脉|上吊|吊死自己|服毒|喝(?:了|下|掉)?(?:半瓶|一瓶|整瓶)?(?:农药|百草枯|敌敌畏|老鼠药|洁厕)|吞(?:了|下)?(?:一瓶|整瓶|一把|半瓶)?(?:安眠药|药片|药)|烧炭|卧轨|投(?:河|江|湖|海)(?!南|资|北|门)|跳(?:楼|河|江|桥|海|湖|下去|崖|井|轨)(?!价|机)",
    ),
    Cue(
        "outright",
        1.0,
        r"一了百了|(?:做个?|自我|自己|自行|今晚就?|就此)了断|了断(?:自己|此生|算了|吧)|了结(?:自己|此生|生命|这一生|我这)|结束(?:自己|我自己|生命|我的(?:生命|一生|命)|这一生|这(?:该死的|操蛋的)?人生|这一切|一切|痛苦|这辈子)|(?:离开|告别)(?:这个)?(?:世界|人世|人间|世上)",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:我|俺|本人|真(?:的)?|只|就|好|很|特别|干脆|还是|都|有点)(?:好|很|都|真(?:的)?|就|现在|只|快)?想(?:去)?死(?!你|磕|扛|拿)(?!.{0,3}(?:心|灰))|想到了?死|死了算了|死了(?:也|就|更|才|倒|反而)?(?:好|干净|清净|轻松|解脱|痛快|省心)|不如(?:去)?死|生不如死|(?:我|咱|俺)去死(?:算|好|给|吧|了)|死给你们看|以死(?:明志|谢罪|相)|拿命(?:来)?(?:换|赔|抵|还)|死在你们|求死|寻死|等死|(?:我|俺)(?:只有|只能|只好|唯有)(?:去)?死|死路一条|(?:逼|害)死(?:我|人)(?!了)",
    ),
    Cue(
        "outright",
        1.0,
        r"没有?明天了(?!$)|先走一步|不用处理了[^.!?]{0,4}(?:反正|用不)|该(?:交代|交待|说)的[^.!?]{0,8}(?:写|说|交代)[^.!?]{0,8}(?:纸|信|完|好)|0楼[^.!?]{0,4}风|遗书|绝笔|遗言|死亡证明(?:后|之后|到)|给我收尸|(?:来|等着)收尸|收尸吧|(?:我的)?骨灰(?:撒|洒|盒)|撒海里|我的(?:葬礼|追悼会|墓|坟)|(?:头七|忌日)|来生(?:再|见|还)|来世(?:再|见|还)|下辈子(?:再|见|还|别|不|做牛)|(?:去|到)(?:那边|另一个世界|天上|天堂|地下|阴间)(?:陪|找|见|等)",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:药|安眠药|安定|农药)[^,.!?]{0,4}(?:已经|都|我)?(?:吃了|吞了|喝了|吃下|咽|数好|攒(?:够|好|着|了)|准备好|备好|买好|放(?:在)?(?:床头|手边))|(?:攒|数|备|存)(?:够|好|了|着)[^,.!?]{0,8}(?:安眠药|药片|药)|吃了(?:好多|很多|一整瓶|一瓶|半瓶|一把|所有(?:的)?)?(?:安眠药|药)(?!.{0,4}(?:感冒|发烧|好|休息))|(?:打开|开|拧开)(?:了)?(?:煤气|燃气)",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:带|泼|准备|买)(?:了|着|好)?(?:一桶|一瓶|桶)?(?:汽油|炸药|煤油)|同归于尽|谁也别想活|一起死|大家(?:都)?(?:别|不)(?:想)?活|(?:拿|带|准备|提|揣)(?:了|着|好)?(?:把|一把)?刀[^.!?]{0,12}(?:找|去|上门|来|你们|今天)|(?:捅|砍|杀|弄|打)死(?:你|他|她|那|这|我)(?:们|个|家)?(?!了)|要(?:了)?(?:你|他|她)(?:们)?(?:的)?命|(?:我|俺)(?:会|要|就|去)?(?:杀|砍|捅)(?:了)?(?:你|他|她|人|全家)|见血",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:活着|人生|生活|活下去|日子|这世界|明天)(?:对我来说)?(?:也|都|真|真的|实在|就|已经|还)?(?:没|没有|还有|有|毫无)(?:什么|任何|啥|了)?(?:意思|意义|劲|盼头|价值|理由|必要|指望|奔头)|(?:没有?|无|找不到|想不出)(?:任何|什么)?(?:活着|活下去|继续下去|再活|撑下去|醒来)的?(?:理由|意义|勇气|力气|必要)|没有?(?:勇气|力气|理由)(?:再)?活|生无可恋(?!.{0,6}(?:上班|周一|加班|考试))|(?:永远|再也)(?:都)?(?:不(?:用|想|要|会|愿)|别)(?:再)?(?:醒|起来|睁眼)|(?:一睡|睡着|睡过去)[^,.!?]{0,3}(?:不|别)(?:再)?(?:醒|起)|不(?:想|要|用)(?:再)?醒(?:来|过来)?了",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:从|在)(?:你们)?(?:[^,.!?]{0,6})(?:楼|桥|阳台|天台|窗户|窗口|塔吊|悬崖)(?:上|顶|边)?(?:就)?(?:跳|翻|跨|掉|迈)(?:下|出|过)|(?:我|已经|现在|就)(?:站|坐|爬|走|到|上)(?:在|到|上)?(?:了)?[^,.!?]{0,8}(?:楼顶|天台|桥上|桥边|桥栏|栏杆外|窗台|窗沿|阳台外|塔吊|顶楼边|铁轨|崖边|水库边|江边|河边|楼边)|(?:站|坐|喺)(?:在|到)?(?:楼顶|天台|桥上|阳台外|窗台|栏杆外|铁轨)|喺天台",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:他|她|我"
        + _KIN_ZH
        + r"|朋友|老公|老婆|爸|妈|弟弟|妹妹|哥|姐|儿子|女儿)[^.!?]{0,16}(?:留(?:了|下)?(?:张|封|个)?(?:纸条|字条|信|遗书)|不想活|要跳|想不开|闹自杀|寻短|割(?:了)?腕|站在(?:阳台|窗|楼|桥)|把自己(?:锁|关))|想不开|抢救|洗胃|icu里醒",
    ),
    Cue(
        "outright",
        1.0,
        r"(?:我|俺)(?:也)?(?:跟着|陪着?|跟|陪)(?:他|她|他们|她们|孩子|老伴|老头子?|爸|妈|去)?(?:一起|一块)?(?:去了|走了|去吧|也去|上路)|(?:去|早点去|想去|好去)(?:陪|找|见)(?:他们?|她们?|老伴|爷俩|娘俩|爸|妈|孩子|老头)(?:了|爷俩|娘俩|吧)|一家(?:人|三口|四口)[^.!?]{0,4}(?:在一起|一起走|一起上路|团圆)就好|(?:他|她|孩子)(?:走|没|死)了[^.!?]{0,6}我也(?:不|跟|去|没)",
    ),
    # Indirect: it takes two kinds.
    Cue(
        "place",
        0.6,
        r"楼顶|天台|桥上|大桥|桥栏|阳台|窗台|窗边|窗户开|风(?:挺|很|好|真|有点)?大|江边|江水|河边|海边|湖边|水库|铁轨|悬崖|塔吊|0楼|二十多楼|十几楼|顶楼|崖",
    ),
    Cue(
        "farewell",
        0.6,
        r"永别|再见了?[^.!?]{0,4}(?:世界|妈|爸|大家|各位|朋友|孩子|客服)|(?:说|道)(?:声|一声|个)?再见|最后(?:一|0)(?:条(?:消息|微信|信息)?|句话?|封|通|面|顿饭|晚|眼)|最后[^.!?]{0,3}(?:消息|跟我说|告别|道别)|不用(?:再)?(?:回|联系|管|找|理|等|打给)(?:我|了)|毋须劝|(?:别|不要|不用|勿)(?:再)?(?:劝|找|救|拦|等)(?:我|了)?|先走(?:一步|了)|(?:谢谢|感谢)[^.!?]{0,8}陪(?:我|着)|谢谢[^.!?]{0,6}(?:这些年|这些天|这段)|来生|拜拜[^.!?]{0,3}各位|保重|永远(?:地)?(?:离开|睡)|我走了(?!.{0,3}(?:流程|程序))|走之前|临走|替我(?:跟|和|向|对|同)|帮我(?:跟|和|同|转告)[^.!?]{0,10}(?:说|讲|道)|转告(?:我)?|最后跟我说话|祝(?:你|您)(?:们)?(?:一切|都|平安|好)|希望你们(?:都)?好好|照顾好",
    ),
    Cue(
        "bequest",
        0.6,
        r"(?:留|转|退|打|发|交|托付|寄|给|送|告诉|写)(?:给)?(?:了)?(?:我|她|他)?(?:的)?(?:屋头|小|大|老|亲)?"
        + _KIN_ZH
        + r"",
    ),
    Cue(
        "tidied",
        0.6,
        r"(?:猫|狗|花|宠物|鱼|仓鼠|盆栽)[^,.!?]{0,6}(?:送|托|寄养|给了|交给)|托付|托给|房(?:间|子|租)[^,.!?]{0,4}(?:收拾|退|打扫|抵)|打扫完|收拾(?:好|干净)|租约也退|(?:电闸|煤气|水电)[^,.!?]{0,4}(?:拉|关)|后事|(?:都|全|已经)(?:安排|交代|交待|准备|布置|处理)(?:好|完|妥|清楚)|该(?:交代|交待|说|写|还|安排|做)的[^,.!?]{0,4}(?:都|也)?|交代(?:好|完|清)|(?:写|压|放|留)(?:在)[^,.!?]{0,10}(?:纸|信封|桌|台灯|抽屉|本子)|(?:写|留|录)(?:了|好|下)?[^,.!?]{0,6}(?:封信|张纸|纸条|字条|信|视频)|信写好|录在手机|(?:密码|钥匙|存折|银行卡)[^,.!?]{0,8}(?:发给|告诉|给了|放在|留给|交给|写在|在信封|喺)|捐(?:掉|了|出去)|(?:保险|赔偿|抚恤)[^.!?]{0,6}(?:够|会赔|能赔|赔给|留给|受益)|门没锁|谁来都行|遗嘱",
    ),
    Cue(
        "hopeless",
        0.6,
        r"没(?:有|了)?(?:以后|明天|未来|将来|希望|退路|盼头|出路|牵挂|路(?:可|走)|意义|指望)|(?:撑|熬|扛|挺|坚持)(?:不|唔)(?:住|下去|过|到|落)|没(?:有)?(?:力气|勇气)|太累|累了(?!.{0,3}(?:休息|下班|睡))|心(?:已经|都)?死|对不(?:起|住)(?:我|他|她|你们?|孩子|爸|妈|父母|家人|老婆|大家|他们)|没脸|绝望|绝路|走投无路|解脱|放弃(?:了|自己|一切)|不等(?:了|明天)|等不了|没什么(?:牵挂|留恋|可(?:说|留))|不值得|活着|活够|(?:这辈子|这一辈子|一辈子)[^.!?]{0,6}(?:累|完|苦|白|失败|就这)|人生[^.!?]{0,6}(?:完|挂机|失败|没|结束|到头|就这)|我(?:就)?是(?:个)?(?:累赘|负担|废物|拖累)|没有我|少了我|消失|不(?:想|愿)(?:再)?(?:玩|留|继续|面对|看到明天|撑)|到此为止|就到(?:今天|这里|这)|爸爸没用|妈妈没用|谁也(?:不会)?(?:记得|在乎|想)|也没人(?:会)?(?:在意|在乎|知道|发现|想)",
    ),
    Cue(
        "ending",
        0.6,
        r"(?:过了|等过|熬过|等到)?今(?:晚|夜|天)(?:以后|之后|过后|过完)?[^.!?]{0,8}(?:不(?:会|用|需要|再)|用不(?:上|着)|没有|就(?:结束|走|完|不|没)|都?(?:结束|完)|了断|不用等|最后|歇)|(?:以后|明天|从此|今后|往后)(?:起|开始)?[^.!?]{0,6}(?:不会(?:再|有)|没有(?:我|人)|不在|再也(?:不|没)|用不(?:上|着)|少个|不用(?:联系|找|回|等))|用不(?:上|着)了|不会有人(?:用|来|回|再)|我(?:不在|不在了|应该已经不在|已经不在|走了以后|没了(?:以后|之后)|不回(?:去|家)了|就不回)|不(?:会)?回(?:去|家|来)了|回不(?:去|来)了|手机(?:就)?不带|(?:也|就)(?:不|不会)再(?:来|麻烦|打扰|上线|出现|登录|登陆)|不会再(?:麻烦|打扰|来|有)|等我(?:走|瞓|睡|不在|没)|看到(?:这|的时候|时)[^.!?]{0,10}(?:我(?:应该|已经|可能|就))|结束(?:了|吧|算了)|真的(?:想)?(?:结束|歇)|彻底(?:歇|走|结束|消失|解脱|休息)|好好睡一觉|早点下班回家|没有以后|过了今晚|没有明天|轻松了|歇了|了结",
    ),
    Cue("means", 0.7, r"安眠药|药瓶|一瓶药|农药|绳子|刀片|煤气|炭|酒和药|药都"),
    Cue(
        "missing",
        0.7,
        r"(?:手机|电话)(?:也|就|都)?(?:关机|打不通|不接|没带)|(?:还没|没|找不到|不见)(?:找到)?人|失联|就(?:出门|走)了",
    ),
    # English, outright.
    Cue(
        "outright",
        1.0,
        r"\bsuicid\w*|\b(?:kill|hang|shoot|harm|hurt|cut|drown|poison|off) (?:my|him|her|them)sel(?:f|ves)\b|\b(?:kms|unalive)\b|\b(?:end|ending|ended|finish) (?:my|his|her|their|this) (?:own )?(?:life|misery|suffering|pain)\b|\b(?:end|ending) (?:it all|everything(?: tonight| now|$)|it tonight|it now|it for good|it here|things tonight)|\b(?:going to|gonna|gunna|want(?:ed)? to|wanna|will|i'?ll|might as well|ready to|about to|time to|rather|just) end (?:it|things)\b(?! (?:by|with the|early|at))|\b(?:take|took|taking) (?:my|his|her) (?:own )?life\b",
    ),
    Cue(
        "outright",
        1.0,
        r"\b(?:want|wanna|wish|going|gonna|ready|rather|prefer|hope|like) (?:to |i (?:was|were|could) )?(?:just )?(?:die|be dead|dead|disappear forever|never wake up|not wake up|not exist|stop existing)\b|\b(?:better|easier|worth more(?: to [\w ]{1,20})?) (?:off )?(?:dead|if i (?:was|were|am) (?:dead|gone|not here|never)|without me|not being here)\b|\bbetter off without me\b|\b(?:i'?m|i am) worth more\b[^.!?]{0,24}\bdead\b|\b(?:don'?t|dont|do not|didn'?t|no longer|never|can'?t|cannot) (?:really |even )?(?:want|wanna|wish|care|deserve|plan|intend|expect|see why i should|see a reason|see any reason|have a reason|know how|see the point (?:of|in)|see the point) ?(?:to |of |in )?(?:be|keep|go on|going on|live|living|exist|wake up|waking up|be alive|be here|be around|see tomorrow|carry on|carrying on|continue living|stay alive|see another day|make it|wake)(?: anymore| any more| any longer)?\b",
    ),
    Cue(
        "outright",
        1.0,
        r"\bno (?:more )?(?:reason|point|sense|use|will|strength|wish|purpose) (?:left )?(?:to|in|for|of) (?:me )?(?:to )?(?:live|living|go(?:ing)? on|wake|waking|carry|carrying|keep|keeping (?:on|going)|continue|continuing|stay(?:ing)?|be(?:ing)? here|exist\w*|get(?:ting)? up)\b|\bnothing (?:left )?(?:to live|worth living) for\b|\bnothing to live for\b|\b(?:can'?t|cannot|can not|cant) (?:go on|live (?:like this|with (?:this|it|myself|the)|anymore|any longer|any more)|take (?:life) (?:any ?more|any longer)|carry on living|do (?:life) any ?more|keep (?:going|living))\b|\b(?:life|living) (?:is|isn'?t|is not|'s|has) (?:no|not|n't|nothing|over for me|pointless|meaningless)? ?(?:worth|meaning|point|over|anymore)|\bwhat'?s the point (?:of|in) (?:living|going on|anything|being|waking)|\btired of (?:living|being alive|life|existing|waking up)\b",
    ),
    Cue(
        "outright",
        1.0,
        r"\b(?:jump|jumping|step|stepping|walk|walking|throw(?:ing)? myself|leap|leaping|fall|go) (?:off|from|out of|in front of|under|into|over) (?:of )?(?:a |the |this |my |your )?(?:\w+ )?(?:bridge|roof|rooftop|building|window|balcony|cliff|train|tracks?|traffic|ledge|river|sea|ocean|lake|\d+th|0th|edge|rail|railing|bus|truck|pier)\b|\b(?:on|at|from|off|over|sat on|standing on|top of) (?:the |a |my |this |our )?(?:\w+ ){0,2}(?:ledge|window ?ledge|window ?sill|bridge|roof|rooftop|balcony rail|railing|train tracks?|tracks|edge of the roof|cliff)\b(?=[^.!?]*$|[^.!?]*[.!?])(?!.{0,20}(?:network|protocol|bar|party|restaurant|chain|token|asset|transfer|fee|contract|usdt|restaurant|cafe|eth|bridge fee))",
    ),
    Cue(
        "outright",
        1.0,
        r"\b(?:suicide|goodbye|farewell|last) (?:note|letters?)\b|\bnote (?:to|for) (?:my |the )?"
        + _KIN_EN
        + r"|\b(?:letters?|note) (?:to|for) my (?:kids?|children|wife|husband|mother|mum|mom|parents|daughters?|sons?|family|girls|boys)\b|\bmy (?:funeral|coffin|grave|ashes|obituary|body|eulogy)\b|\b(?:overdos\w+|slit (?:my|her|his) wrists?|noose|cut(?:ting)? my wrists?|(?:sleeping|my|the|all|enough|bottle of|lot of) (?:pills|tablets|meds)\b(?! (?:for|from the pharmacy))|(?:pills|tablets) (?:are |is )?(?:ready|counted|in front|lined up|on the table)|pesticide|insecticide|rat poison|carbon monoxide|car running in the garage|hose ?pipe|drank bleach|gun (?:to my|in my|is|on the)|loaded gun|rope (?:is|and|from|round|around|in the))",
    ),
    Cue(
        "outright",
        1.0,
        r"\b(?:be with|join|follow|see|going with) (?:my |him|her|them|our)[^.!?]{0,20}(?:again|in heaven|on the other side|up there|i'?ve decided|soon)(?! on)\b|\b(?:i'?m|i am|i will|i'll|then i'?m) going with (?:him|her|them)\b|\bthe other side\b|\bmeet my maker\b|\bin (?:the )?next life\b|\bnot (?:be |going to be |gonna be )?(?:around|alive|here|breathing) (?:on |by |after |when |to see |for |much longer|tomorrow|tmrw|any ?more|next|in the morning)|\b(?:won'?t|wont|will not|don'?t (?:intend|plan|expect) to|not going to|shan'?t) (?:be (?:here|around|alive|there any|breathing|waking|needing)|see (?:tomorrow|monday|the morning|christmas|my next)|wake up|make it (?:to|through|till)|live|last the night|need(?:ing)? (?:it|this|anything|that|them|any of it|money)? ?(?:after|any ?more|where|tonight|tomorrow|soon)?)\b",
    ),
    Cue(
        "outright",
        1.0,
        r"\b(?:i'?ll|i will|i'?m going to|gonna|going to|come(?: over)? (?:and|to)|want to|i could|will) (?:kill|shoot|stab|murder|burn|bomb|blow up|slaughter|hurt|strangle) (?:you|your|him|her|them|someone|somebody|everyone|every one|people|that (?:man|guy|agent)|all of|the whole|the office)\b(?! (?:with kindness|lol))|\b(?:bring|bringing|got|have) (?:a |my )?(?:gun|knife|petrol|gasoline)\b|\bnobody (?:walks|gets|leaves) out alive|\btake (?:you|them|him) (?:all )?with me\b",
    ),
    Cue(
        "outright",
        1.0,
        r"\b"
        + _KIN_EN
        + r"\b[^.!?]{0,40}\b(?:tried to (?:kill|hang|end)|left a (?:note|letter)|says? (?:he|she|they)(?:'ll|'s going to| will| wants? to| is going to)? ?(?:die|end|kill|jump|can'?t go on|doesn'?t want to live)|wants? to die|talks? (?:about|of) (?:dying|ending|killing)|on the (?:roof|ledge|bridge)|locked (?:himself|herself)|look after (?:his|her|the) (?:girls|kids|children|boys)|has taken (?:pills|tablets|something|all)|not (?:going to )?make it)",
    ),
    # English, indirect.
    Cue(
        "place",
        0.6,
        r"\b(?:bridge|roof|rooftop|ledge|windowsill|window|balcony|cliff|0(?:th|st|nd|rd) floor|railing|train tracks?|river|pier|garage)\b",
    ),
    Cue(
        "farewell",
        0.6,
        r"\b(?:goodbye|good bye|farewell|bye (?:everyone|all|world|now)|so long|adieu)\b|\b(?:last|final) (?:message|words?|chat|conversation|picture|person|letter|meal|goodbye)\b|\b(?:tell|let) (?:my |the )?(?:\w+ )?"
        + _KIN_EN
        + r"\b|\b(?:sorry|sry|forgive me|i love (?:you|them))\b[^.!?]{0,14}$|\bthank(?:s| you| u)?\b[^.!?]{0,30}\b(?:anyway|for (?:trying|everything|listening|your (?:kindness|patience)|being (?:kind|nice|there)|the (?:chats?|company|kindness|time)|talking|staying))|\bbe good to (?:each|one)|\blook after (?:my|each|yourselves)|\btake care of (?:my|each|them|her|him)|\b(?:won'?t|shan'?t|will not|not) (?:be )?(?:bother|troubl)(?:e|ing) (?:you|anyone|anybody)|\b(?:don'?t|no need to|need not|please don'?t|do not) (?:reply|answer|call|write back|look for me|come|try to find|wait for me)|\byou'?ve (?:all )?been (?:so |terribly |very |really )?(?:kind|polite|nice|patient|sweet|a ray)|\bfun while it lasted|\bwanted (?:one |some ?)?(?:person|body|one|somebody|someone) to know|\blog(?:ging)? off for good",
    ),
    Cue(
        "bequest",
        0.6,
        r"\b(?:give|giving|gave|given|leave|leaving|left|send|sent|pass|posted|transfer|goes?|release|pay) (?:it|them|everything|all|this|that|what\w*|the rest|the (?:money|balance|cat|dog|keys?|password|account|plants?|papers)|my [\w' ]{1,24}?|whatever[\w ]{0,20})? ?(?:to|for|with) (?:my |the |our )?(?:\w+ )?"
        + _KIN_EN
        + r"|\b(?:brother|sister|wife|husband|kids|children|mum|mom|daughter|son|mate|she|he|they|friend)\b[^.!?]{0,20}\b(?:can have|has got the|have got the|knows the|has the|gets?) (?:\w+ ){0,3}(?:password|ledger|letter|keys?|account|everything|money|rest|seed|lot|it all)|\b(?:will|testament) is (?:in|on|with)|\bmy (?:last )?will\b(?! (?:not|be))|\b(?:letters?|note)\b[^.!?]{0,12}\b(?:written|wrote|on the|in the|for|to)|\b(?:i'?ve|i have|i) (?:written|wrote|left) (?:to |a |some |my |three |two )?(?:letters?|notes?|daughter|son|wife|husband|kids|children|it all down)",
    ),
    Cue(
        "tidied",
        0.6,
        r"\b(?:affairs|house|papers|things|everything) (?:are |is |'s )?(?:all )?in order\b|\bput [\w ]{0,16} in order|\bdismissed my|\bfed the (?:cat|dog)|\b(?:cat|dog|plants?|hamster|fish|pets?)\b[^.!?]{0,24}\b(?:carrier|neighbou?r|shelter|rehomed|new home|sister|brother|mum|given|to the|to my)|\binsurance (?:will|should|money|payout|covers?)|\bestate\b|\bkeys? (?:under|with|in) the|\bdoor (?:open|unlocked)|\bput my things away|\bgiving (?:away|the)\b|\bgave (?:away|my)\b|\bpaid up the\b|\bturned off the gas|\bthey'?ll find (?:me|it|the)",
    ),
    Cue(
        "hopeless",
        0.6,
        r"\bdon'?t see why i should\b|\b(?:no|any|lost|losing|without|out of|beyond) hope\b|\bhopeless|\bnothing (?:left|remains?|remain|matters)\b|\b(?:so|too|very|bone|really|just|am|i'?m|im) tired (?:of (?:all|it|this|everything|fighting|trying)|now\b|and)|\bexhausted\b|\bburden (?:to|on|for)|\b(?:can'?t|cannot|cant) (?:face|bear|do this|cope|see a way|go home|look (?:at|my|him|her|them)|any ?more)|\bno way out\b|\bonly (?:way out|remedy left|way|thing left|option left)\b|\bgiv(?:e|en|ing) up\b|\blet (?:them|everyone|my \w+) down|\blost (?:it all|everything|everyone'?s|all)|\b(?:pointless|worthless|ashamed|meaningless|unforgivable)\b|\bno (?:reason|point|future|tomorrow|one left|body left|one would (?:miss|notice|care))\b|\bnobody (?:would|will) (?:miss|notice|care)|\bat peace\b|\bit'?s over\b|\bi'?m (?:done|finished|all the way done|empty|broken|gone)\b|\bthat'?s me done|\ball the way done|\bdone with (?:it all|everything|life|this life|all this)|\bi try\b|\btop of\b|\bdisappear\b|\bwhat'?s left\b|\bnot worth\b|\bsick of (?:it all|everything)",
    ),
    Cue(
        "ending",
        0.6,
        r"\b(?:after|by|before|past|until) (?:tonight|tomorrow|tmrw|midnight|monday|the weekend|the morning|today|dawn)\b[^.!?]{0,40}\b(?:no|not|won'?t|be (?:over|gone|done)|never|need)|\b(?:no|not|won'?t|never|over|gone|done)\b[^.!?]{0,24}\b(?:after|by) (?:tonight|tomorrow|today|midnight|then|monday|this)|\btonight\b[^.!?]{0,16}$|\bfor good\b|\bgoodnight (?:forever|world)|\b(?:won'?t|shan'?t|will not|not) (?:be )?(?:need(?:ing)?|around|here|using|back|log(?:ging)? in)\b|\bone last\b|\bforever\b|\bno tomorrow\b|\b(?:i'?ll|i will|i'?m|be) (?:be )?gone\b|\bwhen (?:i'?m|i am) (?:gone|dead|not here|no longer)|\bafter i'?m (?:gone|dead)|\bno (?:longer|more) (?:be )?(?:a )?(?:claimant|customer|account|me)\b|\bthere will be no\b|\bsleep (?:forever|for good|and not|and never)|\bnot wake|\bwake up\b|\bnobody would notice (?:till|until|for)",
    ),
    Cue(
        "means",
        0.7,
        r"\b(?:pills?|tablets|rope|razor|noose|bleach|drugs cupboard|medication|paracetamol|insulin|sleeping tablets|gun)\b",
    ),
    Cue(
        "missing",
        0.7,
        r"\b(?:doesn'?t|does not|won'?t|isn'?t|not) (?:pick(?:ing)? up|answer(?:ing)?|reply(?:ing)?)\b|\bcan'?t (?:find|reach) (?:him|her|them)\b|\bgone missing\b|\blook after his\b",
    ),
)

_HAS_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_HAS_LATIN: Final = re.compile(r"[a-z]{3}")
_OUTRIGHT: Final = "outright"
_DAMPED: Final = 0.6
"""What an outright cue weighs beside laughter, or in a question about what follows a death."""

_NOT_MEANT: Final = re.compile("|".join(NOT_MEANT))
_JOKING: Final = re.compile(JOKING)
_ASKING: Final = re.compile(ASKING)


def _compiled(han: bool) -> tuple[tuple[Cue, re.Pattern[str]], ...]:
    # One expression for each cue: the engine skips ahead in those that begin with plain letters.
    return tuple(
        (cue, re.compile(cue.words)) for cue in CUES if bool(_HAS_HAN.search(cue.words)) is han
    )


_HAN: Final = _compiled(True)
_LATIN: Final = _compiled(False)


def danger_in(form: str) -> str:
    """The words of a folded text that say that a life may be in danger; empty if none do."""
    if _weight(_found(form)) < ENOUGH:
        return ""
    found = _found(_NOT_MEANT.sub(" ", form))
    if _JOKING.search(form) or _ASKING.search(form):
        if _OUTRIGHT not in found:
            return ""
        cue, words = found[_OUTRIGHT]
        found[_OUTRIGHT] = (Cue(cue.kind, _DAMPED, cue.words), words)
        heaviest = sorted(found, key=lambda kind: found[kind][0].weight)[-1:]
        found = {kind: found[kind] for kind in {_OUTRIGHT, *heaviest}}
    if _weight(found) < ENOUGH:
        return ""
    return max(found.values(), key=lambda said: said[0].weight)[1].strip()


def _found(form: str) -> dict[str, tuple[Cue, str]]:
    cues = (_HAN if _HAS_HAN.search(form) else ()) + (_LATIN if _HAS_LATIN.search(form) else ())
    found: dict[str, tuple[Cue, str]] = {}
    for cue, pattern in cues:
        if cue.kind not in found and (match := pattern.search(form)):
            found[cue.kind] = (cue, match[0])
    return found


def _weight(found: dict[str, tuple[Cue, str]]) -> float:
    return sum(cue.weight for cue, _ in found.values())
