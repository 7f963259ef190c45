"""What says outright that a life is in danger, in Chinese and English: regular expressions over the
folded text. It needs no model, and rings always."""

from __future__ import annotations

import re
from typing import Final

from handoff.mood.expressions import Expressions

ZH: Final = (
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

EN: Final = (
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

_PLAY: Final = re.compile(
    r"哈哈|笑死|[😂🤣😆😅😜😝🤪😹😄😁🙃]|狗头|开个?玩笑|233|嘿嘿|是个?梗|跳广场舞|去跳舞|玩梗|吓得我|新闻|小说|电影|昵称|用户名|网名|群名|游戏|谣言|\blol\b|\blmao|\bhaha|\bjk\b|joking|(?<!not )kidding|(?:told|tells|telling|asked) me to (?:kill|hang|die)|news says|骂我|\bjoke\b|username|nickname|\b(?:game|movie|film|book|song|nft|contest)\b|years ago|前年|几年前|年前"
)
"""Where laughter, play or the past stands beside plain words, they do not count by themselves."""

_EARNEST: Final = re.compile(
    r"不是(?:玩笑|开玩笑|梗|meme|夸张)|没开玩笑|不是在?开|认真|\bnot (?:a )?jok(?:e|ing)|no joke|\bserious|no really|not kidding|真的(?:坐|站|想)"
)

EXPRESSIONS: Final = Expressions((*ZH, *EN), first_spaced=len(ZH))


def said_plainly(form: str) -> str:
    """The words of a folded text that say outright that a life is in danger; empty if none do."""
    plainly = next((match[0].strip() for match in EXPRESSIONS.found(form).values()), "")
    if plainly and _PLAY.search(form) and not _EARNEST.search(form):
        return ""
    return plainly
