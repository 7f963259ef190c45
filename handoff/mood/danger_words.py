"""What messages about a life in danger speak of: classes of words, in Chinese and English.

No class decides anything. What each says, alone and beside each other one, is learnt
(`bench/mood/train_danger.py`). The words are regular expressions over the folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from handoff.mood.expressions import Expressions

_KIN_ZH: Final = (
    "爸|妈|父母|父亲|母亲|爹|娘|老婆|老公|妻|丈夫|媳妇|太太|先生走|孩子|娃|儿子|女儿|闺女|弟弟|妹|哥|姐|爷爷|奶奶|"
    "姥|家人|家里|亲人|老伴|爱人|前妻|前女友|男友|男朋友|女朋友|全家"
)

ZH: Final = {
    "wish": r"不想(?:再)?(?:活|醒|存在|继续活|在这个世)|想(?:去)?死|(?:想|要|打算|准备|只能|决定|约好)[^,.!?]{0,4}(?:自杀|轻生|自尽|了断|寻死|跳下去|跳楼|上吊)|活(?:够|不下去|不成|不了|唔)|没脸(?:再)?活|不配活|不如(?:去)?死|死了(?:算|干净|更好|就好|也好|才)|生不如死|该死的?(?:人)?是我|我该死|(?:想|要)(?:zs|0|si)(?:了|,|$)|z杀|紫砂|唔想活|想不开|轻生|自杀(?!式|蜂|小队|干预|预防|代币)|不想火了|一了百了|一死百了|结束(?:这一切|生命|自己|痛苦|我的)|了断|寻短|求死|赴死|约死|去死(?:了|吧)?$",
    "dead": r"死(?!机|循环|锁|叉|猫|忠|党|活|角|链|码|磕|扛|币|皮|马)|身故|遗体|尸|阵亡|丧命|没命|送命|断气|咽气|归西|见阎王|上路|咽下",
    "self": r"(?:杀|伤害|了断|结束|吊死|点了?|淹死|弄死|划|割|恨|掐|注销|消失)(?:掉|了)?(?:我)?自己|把自己(?:从|也|反锁|关|点|吊|埋|注销|锁)|自(?:残|焚|尽|缢|我了断)|我(?:自己)?(?:也)?(?:割|划|捅|吊)",
    "act": r"跳(?:下|楼|河|江|桥|海|崖|轨|湖|井)|一跳|纵身|上吊|吊死|割(?:腕|脉|手|了手|断|得)|划(?:手|自己|了一)|吞(?:了|药|下|安)|吃(?:了|下)[^,.!?]{0,6}(?:药|片|盒|瓶)|喝(?:了|下|药|农药|敌|百草|除草|掉)|服(?:药|毒)|烧炭|卧轨|投(?:江|河|海|湖)|放火|同归于尽|陪葬|垫背|往前一步|松手|睡过去|一头撞|方向盘",
    "means": r"安眠药|安定片|药片|(?:药|炭|绳子?|刀片?|枪|农药|汽油|家伙)[^,.!?]{0,5}(?:买|备|攒|准备|在手|在面前|在手边|就在|点上|数|磨|藏|齐|好了|放在)|(?:买|备|攒|带|揣|拿|提|握)(?:了|好|着|够|齐)?[^,.!?]{0,4}(?:刀|绳|炭|汽油|农药|药|枪|家伙)|农药|百草枯|敌敌畏|除草剂|老鼠药|煤气|燃气|刀片|胰岛素|吗啡|炸(?:了|药|弹)|汽油|一瓶|半瓶|一整?盒|三十片|0片|手腕|刀放在",
    "height": r"楼顶|顶楼|屋顶|天台(?!见|爱情|餐|酒|花园)|阳台|窗(?:边|户|台|外|开)|[0零一二三四五六七八九十]+[楼层]|护栏|栏杆|桥(?:上|中间|边|下去)|大桥|天桥|悬崖|塔吊|架子|往下看|往外挪|脚已经|外面的世界|站上来|我上来了|坐在边",
    "water": r"江(?:边|水|里|面)|河(?:边|水|里)|海(?:边|水|里|浪)|水库|湖(?:边|里)|潮水|铁轨|轨道|站台|高速上|车库|山上|雪山|浴缸|浴室|酒店|请勿打扰|水边|森林",
    "farewell": r"再见|永别|告别|道别|道(?:个|声)别|拜拜|别了|晚安|谢谢(?:你|您|大家|各位|这)|对不(?:起|住)|抱歉|展信佳|保重|珍重|(?:好好|要)(?:照顾|保重|活)|原谅|不要(?:怪|难过|伤心)|勿念|勿寻|别(?:找|劝|难过|等|怪)我?|不用(?:劝|找|等|安慰|再?回|来了)|最后(?:一个|一次|一条|一句|几分钟|一顿|一面|一程|一单)|绝笔|遗(?:书|言|嘱|物)|一封信|几封信|留了?(?:封|张|信|纸条|字条|话)|纸条|写(?:好|了|完)[^,.!?]{0,6}(?:信|纸|遗|字)",
    "tell": r"(?:告诉|转告|跟|和|对|替我|帮我|同)(?:我|咱|俺)?(?:的)?(?:"
    + _KIN_ZH
    + r")|替我(?:跟|给|对|抱|看|照)|帮我(?:跟|同|给)|打(?:我妈|我爸|我姐|个?0(?!次))|联系(?:我)?(?:家|太太|姐|妹|弟|家属)",
    "bequest": r"(?:转|留|送|给|交|退|托付|打|发|捐|抄|分|让|由)(?:给|到|让)?[^,.!?]{0,6}(?:"
    + _KIN_ZH
    + r"|邻居|同事|流浪|新主人|别人|陌生人|群主|兄弟)|(?:密码|账号|账户信息|助记词|钥匙|银行卡|身份证|备份)[^,.!?]{0,14}(?:"
    + _KIN_ZH
    + r"|抽屉|纸|冰箱|书包|桌|信封)|(?:猫|狗|花|鱼|宠物)[^,.!?]{0,8}(?:送|托|给|交|新主人)|带不走|捐(?:给|掉|了)",
    "absent": r"不在了|(?:没有|少了?)我(?!的)|(?:没|冇)(?:有)?(?:以后|明天|来日|人用|主人)|用不(?:上|到|着)了?|不(?:会|想|用|再|必)再?[^,.!?]{0,3}(?:醒|登录|上线|回来|回去|来了|麻烦|联系|有人|起来)|不回(?:去|来)了|没有?理由|(?:住|活|等|撑)不(?:到|过|了)(?:那|下|明|今)|见不到|消失|离开(?:这|了|，|,|$|大家|你)|永远(?:离|的|不|地)|先走|走了?(?:以|之)后|我走(?:了|以|之|后|前)|要走(?:了|，|,)|就走|该走了|远行|很远(?:很远)?的地方|不活|人也?(?:没|该没)|叫醒|被人发现|发现我|找到(?:我|的时候)|没有?人(?:会|再)?(?:发现|在乎)|单程",
    "hopeless": r"累了|好累|太累|攰|没(?:有)?(?:意思|意义|盼头|力气|希望|勇气|牵挂|指望|路)|没什么(?:可|意思|值得|牵挂)|解脱|撑不(?:下|住|过|了)|熬不|受够|活(?:着|下去)|负担|累赘|废物|不值得|不想(?:再)?(?:撑|继续|努力|争|玩|等)|绝望|到头了|头了|抑郁|崩溃|认命|放下了|很平静|想通了|决定了|轻松|够了|归零|煎熬|拖累|害了|没用",
    "afterlife": r"下辈子|来世|来生|下一世|下世|那边|天堂|天上|地下|阴间|阴曹|阎王|黄泉|奈何|做鬼|托梦|坟|墓|葬|骨灰|火化|烧纸|丧事|收尸|头七|忌日|星星|陪(?:她|他|你|爷|奶|我妈|我爸|老)|去(?:找|见)(?:她|他|你|我妈|我爸|老)|跟(?:她|他|着)(?:去|走)|我来找你|马上就来|世上|世界|人间|这辈子|人生|一辈子|一生|阴",
    "hurt": r"血|好?疼|好?冷|头晕|吐|睁不开|麻了|有点困|喘|闷|不动了|抢救|洗胃|昏|断了|没气|停不下来|止不住|抖",
    "rescue": r"救(?:救|命|我|他|她)|报警|警察|救护车|叫(?:个|人)|来人|陪我|跟我说|说说话|聊聊|拦住|怎么办|求求|我怕|害怕|控制不住|热线",
    "missing": r"(?:电话|手机|微信)[^,.!?]{0,4}(?:打不通|关机|不接|没人接)|联系不(?:上|到)|不接|失联|(?:人|车)(?:也)?(?:还)?(?:不见|没找到|找不到|没回)|反锁|锁在|不出声|出门|拉黑|抱了我们|挂了电话|他说|她说|说(?:他|她|要|不想|对不起|下辈子|撑不)|朋友圈|直播|群里",
    "violence": r"杀(?:了|死|你|他|她|人|光)|砍(?:死|人|了|我|你)|捅(?:死|人|了|他|你)|弄死|打死(?:你|他)|炸(?:了|掉|你)|放火|烧(?:了你|死|你们)|血债|偿命|一命换一命|血偿|撕票|绑(?:匪|架|了)|园区|缅北|打断|拿着刀|带着刀|不活|全家[^,.!?]{0,3}(?:过年|死|活)|下班(?:对吧|等|路)|家庭地址|等他|找到他|住哪|楼下|门口|陪葬|报复|拿命|要命|命",
    "money": r"亏|爆仓|赔|骗|债|欠|催收|养老|学费|救命钱|血汗|积蓄|破产|清算|保险|受益人|赔的钱",
    "when": r"今晚|今天|明(?:天|早)|后天|天亮|天黑|零点|0点|周[一二三四五六日]|分钟|倒计时|时间(?:差不多)?到|马上|现在|日子|月底|生日|这一?次|上次|昨天试",
    "me": r"我|俺|本人",
    "they": r"他|她|爸爸?(?:在|说|把|昨|今|走|喝|吃|烧)|弟弟?(?:留|说|把)",
    "laugh": r"哈哈|笑死|[😂🤣😆😅💀😜😝🤪😹😄😁]|狗头|开个?玩笑|233|嘿嘿|doge|梗",
    "trade": r"手续费|止[损盈]|杠杆|提现|提币|验证码|认证|审核通过|网格|合约|定投|质押|跨链|链上|k线|指标|行情|活动|奖励|登录不|页面|按钮|app|下载|绑定|解绑|注销|流程|材料|限额|客服|充值|到账|点差|滑点|空投|nft|代币|节点|指纹|人脸|换新?手机|设置|导出|对冲|抄底|挂单",
    "asks": r"(?:吗|呢|么)[?？]?$|怎么|哪里|哪儿|如何|多久|多少|什么|能不能|可以|请问|是否|\?",
    "settling": r"继承|公证|去世|过世|过身|身故|遗产|死亡证明|家属|受益人|忌日|葬礼|病逝|病故|走了[,.]?她?他?的?(?:手机|账户)",
    "idiom": r"[笑气急烦困饿热累吓亏贵卡慢难蠢丑吵复折逼磨愁担怕想紧]死(?:我|人|宝宝|个)?|要命|救命啊|老命|狗命|死活|该死|死皮|跳楼(?:价|机)|死(?:机|循环|锁|叉|猫|忠|党)|自杀(?:式|蜂|小队|干预|预防)|杀(?:毒|后台|掉后台|疯|回来|多|手级|个)|秒杀|割肉|割韭菜|血亏|人麻|裂开|打死(?:我)?也|宁愿死|去死吧|死全家|死光|你妈死|等到我?死|送走",
    "game": r"游戏|角色|副本|电影|小说|剧本|皮肤|通关|昵称|用户名|网名|群名|新闻|听说",
}

_KIN_EN: Final = (
    r"(?:mum|mom|mama|mother|dad|daddy|father|parents?|wife|husband|widow|partner|kids?|child(?:ren)?|sons?|"
    r"daughters?|brother|sister|sis|bro|family|girls|boys|boy|girlfriend|gf|boyfriend|nan|gran\w*|niece|nephew|"
    r"uncle|aunt|heirs|next of kin|baby|little girl)"
)

EN: Final = {
    "wish": r" (?:suicid\w+|kms|unalive|sewerslide|top (?:my|him|her)self)\b| (?:want|wanna|wish|going|gonna|ready|rather|prefer|hope|about|need|sooner) (?:0 |to |i (?:was|were|could|had) )?(?:just )?(?:die|be dead|dead|jump|vanish|disappear|never wake|not wake|not exist|stop existing|hang|end (?:it|my|things))\b| wish i(?: had|'d)? never been born| (?:end|ending|take|taking|took) (?:my|his|her) (?:own )?life| end(?:ing)? (?:it|it all|things|everything) (?:all|tonight|now|today)| (?:don'?t|dont|dnt|do not|no wish|not) (?:want|wanna|wish|deserve|plan|intend|to) ?(?:to )?(?:be|live|living|exist|go on|wake|continue|see|be alive|be here|be around|be hear|carry on)\b| deserve to die| want to (?:vanish|be deleted)| (?:hope|hoping) i (?:don'?t|won'?t|never) wake| decided (?:not to live|to die)| no wish to\b",
    "dead": r" (?:die|dies|died|dying|dead|death|corpse|body|suicide|kill(?:s|ed|ing)?|murder|deceased|perish|alive|breathing|pulse|survive)\b",
    "self": r" (?:kill|hang|shoot|harm|hurt|hurting|cut|cutting|drown|burn|poison|set|hit|starve|do something to|top|uninstall(?:ing)?) (?:my|him|her|them)sel(?:f|ves)\b| (?:cut|burn|slit|hit) my (?:arm|wrists?|self)| self[- ]?(?:harm|inflicted)| relapsed into cutting| myself on fire| (?:end|finish) me\b| delete me\b| my own choice",
    "act": r" (?:jump(?:ed|s|ing)?|hang(?:ing|s|ed)?|swallow\w*|overdos\w+|drown\w*|let go|step(?:ping)? off|walk(?:ing)? in(?:to)?|drank|drink|took|taken|take|sealed|tied|pull the trigger|steer|swim|close my eyes|trigger)\b",
    "means": r" (?:pills?|tablets|meds|valium|morphine|insulin|fentanyl|antifreeze|bleach|weed ?killer|pesticide|sniper|poison|rope|noose|beam|belt|gun|rifle|pistol|shotgun|bullet|loaded|knife|blade|razor|petrol|gasoline|bomb|device|vials|hose|gas is on|engine'?s? running|garage door|cabinet|bag on|wrists?|sharp thing|heart tablets)\b",
    "height": r" (?:bridge|roof(?:top)?|ledge|window(?:s|sill)?|balcony|cliffs?|railing|overpass|0(?:th|st|nd|rd) floor|0 floors|edge|tower|up here|one foot over|car park|wrong side)\b",
    "water": r" (?:river|lake|sea|ocean|tide|water|tracks?|train|platform|quarry|woods|coast|mountains|desert|snow|tent|rail(?:way)?|station|hotel room|garage|barn|tree|shed)\b",
    "farewell": r" (?:goodbye|good bye|bye|farewell|goodnight|so long|adieu|sorry|sry|forgive|apolog\w+|thank(?:s| you)?|thx|love (?:you|her|him|them)|remember me|last (?:person|message|thing|meal|call|time|words?|one|company|chance|form|trade|tx|episode)|final|be kind|take care|look after|no hard feelings|an honou?r|signing off|sign off|checking out|log(?:ging)? (?:off|out)|peace|pray|tell (?:them|him|her)|note|letters?|hugged|don'?t (?:look|follow|bother|send|tell|let|feel|trace|reply)|no need to)\b",
    "tell": r" (?:tell|told|call|called|inform|contact|wrote to|written to|message) (?:to )?(?:my |the )?"
    + _KIN_EN
    + r"\b| police\b| ambulance\b| whoever finds\b| contact\b",
    "bequest": r" (?:give|giving|gave|given|leave|leaving|left|send|sent|pass|transfer|goes?|release|forward|put|donate|inherit|hold|can have|should have|will come|belongs?) [^.!?]{0,30}\b(?:"
    + _KIN_EN
    + r"|neighbou?rs?|friend|couple upstairs|executor|charity|hospice|lifeboats|random wallets)\b| (?:password|login|ledger|wallet info|seed|keys|will|account|balance|coins)\b[^.!?]{0,24}\b(?:table|drawer|bible|keyboard|on the|in the letter|printed|paper)\b| (?:dog|cat|plants?|pets?)\b| beneficiary| nominee| executor| estate\b| my will\b| giving away\b",
    "absent": r" (?:won'?t|wont|will not|not going to|shan'?t|ain'?t gonna|no longer|never) (?:be |see |make |wake |need|log|survive|live|last|be able)| (?:nobody|no one|noone|someone who)\b| where i'?m going| when (?:i'?m|i am) gone| be gone\b| i'?m gone| gone too\b| without me| no me\b| not in it\b| (?:no|never) (?:tomorrow|future|next|more tickets|coming back)| not coming back| disappear| vanish| exist\w*| no trace\b| (?:after|by|past|until|before|till) (?:tonight|tomorrow|midnight|monday|morning|friday|today|then|sunday)\b| soon\b| last the\b| forever\b| for good\b| permanently\b| stay alive\b| nobody (?:will|would) (?:notice|miss)| waking up\b| wake up\b| in the ground\b",
    "hopeless": r" (?:tired|exhausted|burden|hopeless|pointless|worthless|ashamed|meaning|no (?:point|reason|way|fight|strength|hope|wish)|nothing (?:left|matters|keeping|has)|can'?t (?:go on|do|face|live|carry|take|survive|cope|promise|stop|breathe)|cannot|better off|worth (?:more|it)|deserve|pain|calm|decided|made my peace|quiet|let(?:ting)? go|done|over|empty|broken|alone|scared|voices|depress\w+|therapist|counsell?or|psych|hospital|meds|failed|failure|end of my|rock bottom|useless|life|living|live)\b",
    "afterlife": r" (?:heaven|hell|next life|other side|god|angels?|soul|ghost|grave|funeral|buried|bury|ashes|flowers|be with|join(?:ing)?|follow|see (?:him|her|you|my)|meet my maker|star|world|earth|planet|life|in peace|afterlife|stories? ends?|be with my)\b",
    "hurt": r" (?:blood|bleed\w*|hurts?|sleepy|cold|freezing|shivering|can'?t feel|numb|dizzy|stop(?:ped)? breathing|won'?t stop|won'?t wake|isn'?t waking|wont wake|unconscious|fingers?|slow|pain|scar\w*|beat)\b",
    "rescue": r" (?:help|someone|somebody|talk (?:to|me)|stay (?:here|on|with)|stop me|reason (?:not|to come)|alone|safe|reach(?:ing)? out|scared|afraid|please|human|save|come down)\b",
    "missing": r" (?:locked (?:him|her|them)self|not (?:answering|picking|coming)|doesn'?t (?:pick|answer)|won'?t come in|turned (?:his|her) phone off|hung up|left a (?:note|letter)|drove off|goodbye video|posted|messaged|texted|just sent|says? (?:he|she|they)|said (?:he|she|they|look)|he'?s going|she'?s at|threatening|keeps? saying|username|stream|live room|discord|user)\b",
    "violence": r" (?:kill (?:you|him|her|me|them)|shoot (?:you|him|whoever)|going to shoot|stab|burn (?:your|you|down)|bomb|bat|gun|rifle|knife|petrol|hostage|they have my|tied up|beat us|break my legs|hurt (?:him|her|you|one|someone)|get hurt|dies tonight|take you with|taking as many|with me|outside (?:your|his)|your (?:office|lobby|building|ceo|front doors|reception|team|staff)|where (?:you|he) lives?|driving over|at his door|his place|pay with|not going alone|compound|ransom|unless i)\b",
    "money": r" (?:lost|debt|owe|insur\w+|policy|payout|pays out|savings|pension|tuition|margin call|liquidat\w+|wiped|rekt|zero|scam\w*|fraud\w*|loan|rent|bankrupt)\b",
    "when": r" (?:tonight|today|tomorrow|tmrw|tn|midnight|morning|minutes?|now|rn|this time|last time|already|date|by (?:the time|evening|morning)|on (?:friday|monday|sunday)|weekend|at [0]+|counting down|sunrise|ready|plan(?:ned)?)\b",
    "me": r" (?:i|i'?m|im|i'll|i've|i'd|me|my|myself)\b",
    "they": r" (?:he|she|he's|she's|his|her|him|they|brother|daughter|son|husband|wife|flatmate|student|neighbour|friend|dad|mom)\b",
    "laugh": r" (?:lol|lmao\w*|rofl|haha\w*|hehe|jk|joking|(?<!not )kidding|(?:told|tells|telling|asked) me to (?:kill|hang|die)|news says|骂我|joke)\b|[😂🤣😆😅💀😜😝🤪😹😄😁🙃]",
    "trade": r" (?:fees?|withdraw\w*|deposit|kyc|0fa|captcha|app|chart|stop loss|limit|order|orders|stak\w+|api|node|token|coins?|usdt|usdc|eth|btc|gas|promo|vip|position|positions|email|docs?|upload|verification|verified|card|codes?|network|chain|session|button|download|transfer|wallet|nft|ledger|bot|listing|listed|market|bank|screen|phone|login|bonus|refund|statement|history)\b",
    "asks": r"\?| (?:how|what|where|when|can i|can you|is there|do you|does|which)\b",
    "settling": r" (?:inherit\w*|beneficiary|probate|executor|deceased|late (?:husband|wife|father|aunt|uncle)|passed away|estate|next of kin|death certificate|funeral|heirs?|my (?:father|mother|grand\w+|mum|dad|uncle) (?:died|passed))\b",
    "idiom": r" (?:killing (?:me|it)|to death|kill(?:er|s)? (?:switch|feature|for|the|all|my|-0|two|old|an)|dead (?:link|cat|line|end|pixel|serious|easy|on|wrong|tired|slow|sure|in the water|chat)|deadline|die hard|dying (?:to|of|0)|i'?m dead|so dead|will kill me|rather die|sooner (?:die|jump)|drop dead|jump(?:ed)? (?:ship|the|in|off the|out of)|hang (?:on|tight|out|up)|hanging around|app hangs|end (?:it:|all|my (?:fixed|recurring|staking)|the|this)|over my dead|burn address|fill or kill|pull(?:ed)? the trigger|heart attack|cross the bridge|the bridge|on the bridge page|go die|kys|kill yourself|bury this|rip)\b",
    "game": r" (?:game|character|dungeon|boss|movie|film|book|song|username|nickname|nft|news|read that|partner game|contest)\b",
}


PLAIN_ZH: Final = (
    # Wishing to die, saying so.
    r"活着(?:也|都|真|真的|实在|就|已经|太|好)?(?:没|没有|还有)(?:什么|啥|任何)?(?:意思|意义|劲|盼头|价值)|没有?(?:任何)?活(?:着|下去)的(?:意义|理由|勇气|必要|动力)|撑不过今[晚天]|不想(?:再)?(?:存在|留在这个世)|(?:不想|唔想|不愿意?|没法|没脸|不配)(?:再|继续)?活(?!跃|动|成(?:别人|这样)|在)|活不下去|活(?:够|腻)了|活不(?:成|过(?:今|明|这))|生不如死|(?:不如|还是)(?:去)?死了?(?:算|好|干净|痛快)|死了算了",
    r"(?:我|真|好|很|都|只|就|特别|现在)(?:的)?(?:好|很|真的|就|只)?想(?:去)?死(?!你|磕|的心)|^(?:好)?想死$|(?<!骂)(?<!咒)(?<!叫)(?<!让)我(?:就|要|想|这就|马上)?去死|我(?:真的)?该死(?!的)|想(?:去)?死(?:好久|很久|了很)",
    r"(?:我|真的|打算|准备|想要?|要|决定|念头|只能)[^,.!?]{0,6}(?:自杀|轻生|自尽|寻死|自我了断|跳楼|上吊|割腕|服毒|结束(?:自己|生命))(?!式|率|小队|代币|机|价|预防|干预)(?<!急得要跳楼)(?<!慢性自杀)(?<!变成了自杀)|自杀的念头|(?:一了百了|一死百了)(?!”)|(?:跟我一起|约|一起)(?:去)?死(?!磕|守)|想(?:不开|zs|紫砂|si了?)$|真的想zs|我要紫砂",
    r"结束(?:自己|我(?:自己|这条命)|我的?(?:生命|一生)|这条命|生命)|(?:伤害|了断|了结|杀掉?|吊死|弄死|饿死|淹死|注销掉?)(?:我)?自己(?!的(?:仓|单|账))|自残(?!式)|(?:做个?|自我|今晚就?|自己)了断",
    # The same, written so that no filter finds it.
    r"(?:想|打算|准备|真的|要)(?:zs(?![a-z])|z杀|紫砂(?!壶|杯|茶|泥|锅))|(?:自杀|z杀|紫砂)的话|^z杀|(?:自尽|自杀|轻生|寻死|寻短见)的念头|^(?:好|真的?)?想死(?:又|了|,|$)|[,!?]想死$|说想死|是不是(?:就)?(?:应)?该(?:去)?死|我(?:刚|又)?割了(?:手(?!机)|腕|自己)|把自己(?:也|一起|给)?(?:注销|解决|了结)|(?:怕|又)我?[^,.!?]{0,4}想不开(?!吗)|疑似轻生",
    # Farewells of who will not be there.
    r"遗书(?!已写好:都怪)[^,.!?]{0,12}(?:写|留|桌|里|完|放|在)|(?:在|正|写|留)[^,.!?]{0,4}(?:好|了|完)?遗[书言](?!:)|绝笔|(?:等|来|给)(?:我)?收尸|(?<!等)我的?(?:骨灰|尸体|遗体|葬礼|追悼会|墓志铭|死亡证明)|(?:下辈子|来世|来生|下世)再(?:报|见|做|还|给|当|孝)|永别了(?!,?\d*0?倍)|(?:那时候?|时候|看到|明天|已经|可能|应该)[^,.!?]{0,8}(?:我|就)[^,.!?]{0,4}不在(?:了|这个?世|人世)",
    r"(?:离开|告别)(?:这个?|人)(?:世界|世间|世|人世)|(?:再也|永远|不想|不用|不会|不要)(?:都)?(?:再)?(?:不|别)?醒(?:过来|来)?(?:了|$|那种)|睡(?:过去|着)[^,.!?]{0,3}(?:不|别)(?:用)?再?醒|叫醒我$|(?:黄泉|奈何桥)[^,.!?]{0,6}(?:等|路上|见|不孤)|(?:去|到)(?:那边|下面|天上|地下|天堂)(?:陪|找|见|等)(?:他|她|我|老|你)|(?:马上|今晚|现在|我)(?:就)?(?:去|来)陪(?:他|她|我(?:妈|爸|老)|你)(?!看|跑|聊|做|办|玩|读|练)",
    # Where, and by what.
    r"(?:我|人|已经|坐在|站在|站到|爬上|我喺)[^,.!?]{0,6}(?:楼顶|天台|顶楼|屋顶|桥(?:上|边|中间)|大桥|护栏|栏杆|天桥|悬崖|铁轨|轨道|窗台|阳台外|江边|水库)(?!.{0,14}(?:信号|小时|图|钓鱼|堵车|拍|认证|等到账|哈哈|回来|吃|聚|哈|😂))|往下跳|(?:就|要|想|我|能)(?:从[^,.!?]{0,10})?跳下去|翻过栏杆(?!图)|我松手|松手了$",
    r"(?:吃|吞|喝|服)(?:了|下|光|完)[^,.!?]{0,10}(?:安眠药|安定|药片|农药|敌敌畏|百草枯|除草剂|老鼠药|一整?盒|一整?瓶|半瓶|[0几]+十?片|好多药|很多药|所有的?药)|(?:吞药|喝药|烧炭|割腕|卧轨|服毒)(?!.{0,2}(?:的新闻|干预))|(?:攒|买|备)(?:够|好|了|齐)[^,.!?]{0,5}(?:安眠药|农药|炭(?!咖)|绳子?(?:了|,|$))|药(?:也|都)?(?:已经|在手边|就在(?:面前|手边)|数好|分好|攒够|买好)|(?:割|划)(?:了|伤|破)?(?:手腕|自己|脉|手臂)|(?:血|伤口)[^,.!?]{0,4}(?:止不住|停不下来|一地)|划了一道|水是红的",
    # Others in danger, and dangerous others.
    r"(?:他|她|朋友|室友|同事|老公|老婆|儿子|女儿|弟弟?|妹妹?|哥哥?|姐姐?|爸爸?|妈妈?|学生|邻居|闺蜜|有人|有个人|群主|用户)[^.!?]{0,14}(?:要自杀|想自杀|不想活|要跳(?:楼|桥|河|下)|想死|轻生|寻短|割腕|吞药|喝药|喝农药|留了(?:信|遗书|纸条|封信)[^.!?]{0,14}(?:不见|没找到|关机|走了|失联|对不起)|跳楼(?!价))(?!.{0,8}(?:是谣言|是个梗|哈哈|新闻|笑死|吓得))",
    r"同归于尽(?!式)|(?:拉|带)[^,.!?]{0,6}(?:垫背|陪葬)|给我陪葬|一命换一命|血债血偿|(?:捅|砍|弄|打)死(?:他|你|她)(?:们)?(?!就是|我)|我(?:要|会|就|去|一定)?杀了(?:你|他|她|那)|(?:点|浇|烧)(?:了)?自己|(?:带|买|拿|提|备)(?:着|了|好)?[^,.!?]{0,3}(?:汽油|炸药|刀)[^.!?]{0,12}(?:公司|门口|上门|你们|他|前台|办公|今天|来|找)|炸(?:了|掉)你们|放火烧|撕票|拿(?:着)?(?:枪|刀)(?:指|逼|让|把)|不转(?:钱|币)?就(?:打|把|活埋|砍)|(?:杀|打)死我(?!也|了|的)",
)

PLAIN_EN: Final = (
    r" life (?:is not|isn'?t|is no longer) worth (?:it any|living|anything)| no (?:point|use|sense) (?:in |of )?(?:living|being alive|my life)| (?:don'?t|do not|can'?t) see (?:a|any) (?:reason|point) (?:to|in) (?:wake|waking|live|living|go on|going on)| (?:i|gonna|going to|want to|wanna|will|i'll|might|to|of) (?:really |just )?(?:kill|hang|shoot|drown|harm|hurt) (?:my|him|her|them)sel(?:f|ves)\b| (?:kill(?:ing)?|hurting|harming|cutting|hanging) (?:my|him|her|them)sel(?:f|ves)\b| killing themselves| (?:gonna|going to|wanna|will|to) (?:kms|unalive)\b|^ kms\b| my suicide\b| (?:thoughts? of|thinking (?:about|of)|considering|commit\w*|planning|my) suicide| suicidal (?:thoughts|right now|again|tonight)| i'?m suicidal",
    r" (?:i|just|really|do|i'd|he|she|bad|so bad) (?:really |just )?(?:want|wanna|wants|wish|deserve|deserves|need) (?:0 |to )?(?:just )?die\b| wish i (?:was|were) (?:dead|never born|gone forever)| wish i had never been born| better off (?:dead|without me)| i'?d (?:rather|sooner) be dead\b| worth more (?:\w+ ){0,4}dead\b| (?:don'?t|dont|do not|no longer) (?:really )?(?:want|wish|wanna) (?:to )?(?:be alive|live|exist|wake up|go on living|be here any ?more|continue living|keep living|carry on living)\b(?! without)| no (?:reason|will|wish|desire) (?:left )?to (?:live|go on|be alive|wake up)| nothing (?:left )?to live for| (?:can'?t|cannot|cant) (?:go on living|live with myself|live like this|carry on living|survive another)\b",
    r" (?:end|ending|ended|take|taking|taken) (?:my|his|her|their) (?:own )?lifes?\b| took (?:my|his|her) own life\b(?! savings)| end(?:ing)? it all\b(?! in)| (?:gonna|going to|i'm|i'll|ready to|just|want to) end (?:it|things|everything) (?:tonight|now|today|for good)| i'?m ending (?:it|things) (?:tonight|now|today)| decided (?:not to live|to die)| top (?:myself|himself|herself)\b| (?:hope|hoping|pray) i (?:don'?t|won'?t|never) wake(?: up)?\b| (?:never|not) wake up (?:again|any ?more)| won'?t be (?:alive|breathing)\b| no longer be alive| won'?t survive (?:this|the night|tonight)| (?:make|last|get) (?:it )?through (?:tonight|the night)\b(?!.{0,12}(?:shift|maintenance))",
    r" sewer ?slide\b| unalive (?:is|tonight|rn|today|now)\b| (?:wanna|want to|wana) die$| (?:i'm|im|i am) (?:going to|gonna) end (?:it|things)\b(?! up| with| in| there)| suicidal (?:since|after|customer|user|person)\b| (?:is|feel|feeling|am|was|are|so|getting) suicidal\b| if it'?s (?:a )?suicide\b| (?:reason|cause)[^.!?]{0,16}: ?suicide\b| hang (?:himself|herself|themselves)\b| (?:don'?t|do not|dont) want to (?:continue|go on)\b[^.!?]{0,6}[.!?] not the account",
    r" suicide (?:note|letter)| (?:goodbye|farewell) (?:letter|note|video|forever|cruel world)|(?<!over )(?<!in time for )(?<!at )\bmy (?:own )?(?:funeral|corpse|dead body)\b| when (?:you|they) (?:read|find|see) (?:this|me)[^.!?]{0,14}\b(?:gone|dead|over|won'?t be)| by the time you (?:read|answer|see)[^.!?]{0,20}\b(?:gone|dead|alive)| when i'?m (?:gone|dead)\b(?! (?:for|on|to))| (?:see|meet) (?:you|them|him|her) (?:in|on) (?:heaven|the other side|another life|the next life)\b(?! of)| (?:going|go|off) to (?:be with|join) my (?:late |dead )?(?:wife|husband|son|daughter|mum|mom|dad|little|baby|mother|father)\b(?!.{0,16}(?:holiday|hospital|in spain|at))| not coming back\b.{0,20}(?:alive|ever)| leav(?:e|ing) this (?:world|life|earth)",
    r"(?<!everything )(?<!fell )(?<!laptop )(?<!phone )(?<!the ledge )(?<!go jump )(?<!tossed )(?<!it )(?<!just )\b(?:on|off|from|at|edge of|climbed|i'm over) (?:the |a |this |my |our )(?:\w+ )?(?:roof(?:top)?|bridge|ledge|window ?ledge|railing|overpass|cliffs?|balcony rail|train tracks?|tracks)\b(?!.{0,40}(?:signal|fix|page|button|network|token|usdc|eth|fee|party|selfie|stuck|antenna|selling|solar|kyc|queue|of a scammer|record))(?!.{0,40}(?:moss|yoga|cafe|club|swing|dish|bungee|\batm\b|aerial|gutter|tiles?\b|garden|terrace|restaurant|bar\b|view\b|photo|wedding|hotel|dinner))(?=.{0,70}(?:\bi\b|i'm|my|jump|windy|tonight|bye|sorry|cold|police)|.{0,24}$)(?<!stuck on the bridge)(?<!off the ledge)| (?:going to|gonna|about to|will|i'll|or i|threatening to) jump\b(?! (?:ship|straight|in\b|into|the queue|on a|to|between|from (?:this|my|your) (?:trade|exchange)|in a lake|through))",
    r" (?:took|taken|swallowed|swallow|had) (?:them all|all (?:of )?(?:my|the|his|her)?|a (?:lot|bottle|handful|whole)|the whole|too many|0|everything in)[^.!?]{0,18}(?:pills?|tablets|meds|bottle|cabinet|insulin|paracetamol|valium)| (?:pills?|tablets) (?:are |is |were )?(?:lined up|ready|in front|counted|in my hand|divided|under her bed)| (?:took|taken|swallowed) (?:\w+ )?pills\b| overdos(?:ed|ing) on\b| i (?:took an )?overdosed?\b| (?:drank|drunk) (?:\w+ ){0,3}(?:antifreeze|bleach|pesticide|weed ?killer|poison)| (?:cut|cutting|slit|burn|burned) (?:my|her|his) (?:wrists?|arms?|self|throat)\b| (?:noose|rope (?:is|round|around|has been|tied|is already)|(?:bought|got|have) (?:the|a) rope|i'?ve tied it|gun (?:in|on) my (?:hand|lap|desk|mouth|head)|loaded gun|hose from the exhaust)\b| blood (?:everywhere|all over)| self[- ]?harm(?:ing)?\b(?!.{0,30}(?:teen|years ago|charity))| myself on fire",
    r" (?:my |a |the )?(?:brother|sister|dad|father|mum|mom|mother|son|daughter|wife|husband|friend|mate|flatmate|colleague|coworker|student|neighbour|neighbor|uncle|cousin|user|member|guy|girl|partner|boyfriend|girlfriend|he|she|hes|he's|she's|somebody|someone|roommate)\b[^.!?]{0,40}\b(?:going to (?:jump|kill (?:him|her|them)sel|hang|hurt (?:him|her)sel|top|end)|gonna (?:jump|kill (?:him|her)sel|hang|hurt|end|top)|wants? to (?:die|kill (?:him|her)sel|jump)|threatening to (?:jump|kill (?:him|her)sel|hang)|hanged (?:him|her)self|took (?:a lot of |all (?:of )?(?:his|her) |his |her |some )?(?:pills|tablets)|tried to (?:kill (?:him|her)sel|hang|end (?:his|her) life)(?! once| years)|doesn'?t want to live|can'?t live with)(?!.{0,20}(?:years ago|in 0|last year))",
    r" (?:i'?m going to|i will|i'?ll|gonna|going to|i want to|want to) (?:shoot|stab|murder|bomb|blow up|strangle|kill) (?:you|him|her|them|whoever|someone|everyone|the next|every|your|that (?:man|thief|guy))\b(?! (?:the|an?) (?:docs?|email|message|mail|screenshots?|file))| i(?:'m|'ve| have| am|'ll)? (?:bring(?:ing)?|got) (?:a |my |the )(?:gun|rifle|knife|bomb|shotgun)\b| bomb in (?:your|the)| (?:burn|blow) your (?:building|office|house|place)\w* (?:down|up)| burn your building| taking (?:you|some of you|as many)[^.!?]{0,12} with me| gun to my head(?! i'?d)| (?:kill|hurt|bury|shoot) (?:her|him|my \w+) (?:if|unless)| kill me unless| they'?ll kill| they say they(?:'ll| will) (?:kill|bury|hurt)| he(?:'s| is) (?:going to|gonna|coming (?:home )?to) (?:kill|hurt) me\b| says he'?ll kill me if i don'?t (?:give|send|pay)| i(?:'ve| have) (?:two|one|some) of your (?:staff|people)| (?:they|he)(?:'re| are|'s)? beat(?:ing)? (?:us|me|my (?:dad|mum|mom|brother|sister|son|wife|daughter))\b",
)

PLAY: Final = r"哈哈|笑死|[😂🤣😆😅😜😝🤪😹😄😁🙃]|狗头|开个?玩笑|233|嘿嘿|是个?梗|跳广场舞|去跳舞|玩梗|吓得我|新闻|小说|电影|昵称|用户名|网名|群名|游戏|谣言|\blol\b|\blmao|\bhaha|\bjk\b|joking|(?<!not )kidding|(?:told|tells|telling|asked) me to (?:kill|hang|die)|news says|骂我|\bjoke\b|username|nickname|\b(?:game|movie|film|book|song|nft|contest)\b|years ago|前年|几年前|年前"
"""Where laughter, play or the past stands beside plain words, they do not count by themselves."""

EARNEST: Final = r"不是(?:玩笑|开玩笑|梗|meme|夸张)|没开玩笑|不是在?开|认真|\bnot (?:a )?jok(?:e|ing)|no joke|\bserious|no really|not kidding|真的(?:坐|站|想)"


_IN_CHINESE: Final = (*PLAIN_ZH, *ZH.values())
EXPRESSIONS: Final = Expressions(
    (*_IN_CHINESE, *PLAIN_EN, *EN.values()), first_spaced=len(_IN_CHINESE)
)
_CLASS: Final = dict(
    [
        *enumerate(ZH, start=len(PLAIN_ZH)),
        *enumerate(EN, start=len(_IN_CHINESE) + len(PLAIN_EN)),
    ]
)
_PLAY: Final = re.compile(PLAY)
_EARNEST: Final = re.compile(EARNEST)


class Spoken(Struct, frozen=True):
    """What a text speaks of: the words that say outright that a life is in danger, empty if none
    do; and the classes of words, in order."""

    plainly: str
    classes: tuple[str, ...]


def spoken_in(form: str) -> Spoken:
    """What a folded text speaks of."""
    plainly, classes = "", set()
    for number, match in EXPRESSIONS.found(form).items():
        if number in _CLASS:
            classes.add(_CLASS[number])
        else:
            plainly = plainly or match[0].strip()
    if plainly and _PLAY.search(form) and not _EARNEST.search(form):
        plainly = ""
    return Spoken(plainly, tuple(sorted(classes)))


def said_plainly(form: str) -> str:
    """The words of a folded text that say outright that a life is in danger; empty if none do."""
    return spoken_in(form).plainly


def pairs_of(classes: Sequence[str]) -> list[tuple[str, ...]]:
    """Each class and each two classes together."""
    return [*((name,) for name in classes), *combinations(classes, 2)]
