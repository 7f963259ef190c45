"""What customers say while they are walked through a procedure, in Chinese and English: the whole
message is such a word, or it is none."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from faq.normal import normalise

Word: TypeAlias = Literal["go", "done", "ok", "back", "again", "failed", "wait", "no"]
"""`ok` agrees, be it to an offer or to a step; `go` asks for what is next."""

_LONGEST: Final = 40

_BEFORE_EN: Final = r"(?:(?:ok(?:ay)?|yes|yeah|yep|alright|so|well|u[hm]+|h+m+|sorry|no|nope|but|and|oh|done|did it) )*"
_AFTER_EN: Final = (
    r"(?: (?:now|please|pls|thanks|thank you|thx|ty|then|sir|mate|bro|all|here|for me|at all|yet))*"
)
_BEFORE_ZH: Final = (
    r"(?:嗯|好的?|那么?|请|麻烦你?您?|我|已经?|都|这一?步|第[一二三四五六七八九十\d]+步|这[个里边儿]|刚刚|刚才|现在|可是|"
    r"但是?|还是|就是|好像|它|一直|[点试照]做?过?了|(?:好|完成|弄好|做[好完])了|没有?用|不行) ?"
)
_AFTER_ZH: Final = r"(?: ?(?:了|啦|吧|呢|啊|呀|哦|喔|哈|嘛|吗|的|咯|诶|哎|谢谢[你您]?))*"

_ENGLISH: Final[dict[Word, str]] = {
    "failed": (
        r"(?:(?:it|this|that|(?:the|this|that|the last) step|(?:this|that) one|step \d+) )?"
        r"(?:(?:still|just|really|simply) )*"
        r"(?:did ?nt|did not|does ?nt|does not|do ?nt|is ?nt|is not|was ?nt|wo ?nt|will not|would ?nt|not|"
        r"ca ?nt|cannot|can not|never) (?:really )?(?:work(?:ing|ed|s)?|help(?:ed|ing|s|ful)?)"
        r"|(?:(?:it|this|that|step \d+|this step|that step) )?(?:(?:has|is|just|still) )*fail(?:ed|s|ing|ure)?"
        r"|no luck|(?:(?:im|i am|still|got) )*stuck(?: (?:here|on this|at this|on it|there|at this step|on step \d+))?"
        r"|(?:i )?(?:still )?(?:ca ?nt|cannot|can not|could ?nt|could not|do ?nt|do not|did ?nt) (?:even )?"
        r"(?:find|see|do|open|click|get|have)(?: (?:it|that|this|this option|that option|the option|the "
        r"button|that button|this button|the page|that page|any of (?:it|that)|there))*"
        r"|(?:there(?:s| is) )?no such (?:button|option|page|thing|menu)|(?:its|it is) not there|not there"
        r"|nothing (?:happens|happened|there)"
        r"|(?:(?:there(?:s| is)|i get|it says|it gives|got|i got) )?(?:(?:an|some) )?error(?: message)?"
        r"|(?:it|this|that) (?:broke|is broken)|useless|no good|no help|same (?:problem|error)(?: again)?"
    ),
    "go": (
        r"(?:the )?next(?: (?:step|one))?|(?:go|move|carry) on|go ahead|continue|proceed|keep going"
        r"|(?:go|move|on) to (?:the )?next(?: step| one)?|what(?:s| is)? next|what now|now what|then what"
        r"|(?:and )?then|(?:and )?now|start|begin|lets (?:go|start|do it|do this|continue|begin)|do it"
        r"|walk me through(?: (?:it|this|that|the steps|them))?|guide me(?: through(?: (?:it|this))?)?"
        r"|show me(?: how)?|step by step|(?:im )?ready|resume|where were we|back to the steps"
    ),
    "done": (
        r"(?:(?:i|ive|i have|im|i am|its|it is|thats|that is|that|this|all|step \d+|this step|step) )?(?:(?:is|am|all) )?"
        r"(?:done|finished|complete|completed)(?: (?:it|that|this|with (?:it|that|this)|the step|step \d+))?"
        r"|(?:i )?did (?:it|that|this|so)|(?:it|that|this|step \d+) (?:works|worked)|worked|works|success"
        r"|got it|i (?:see|found|have|got) it|found it|all set|made it|solved|(?:that |it )?helped"
    ),
    "ok": (
        r"o+k+(?:ay|ey)?|k+|yes+|yep|yeah|yup|y|sure|alright|all right|fine|good|great|cool|perfect|please|"
        r"of course|why not|sounds good|i would|id like that|yes i would"
    ),
    "back": (
        r"(?:go |step |take me )?back(?: (?:one|a step|one step))?|(?:go (?:back )?to |back to )?(?:the )?"
        r"(?:previous|prior|earlier)(?: (?:step|one))?|prev|one step back"
    ),
    "again": (
        r"again|repeat(?: (?:that|it|this|the step|step \d+))?|say (?:that|it) again|once more|one more time"
        r"|show (?:it|that|me|me that|me the step) again|which step|(?:where|what step) (?:was|am) i|pardon|come again"
    ),
    "wait": (
        r"wait|hold on|hang on|(?:(?:just|give me|wait|hang on) )*(?:a|one|1) (?:moment|sec|second|min|minute)"
        r"|not(?: quite)? (?:yet|done)|(?:im )?(?:still )?(?:on it|working on it|doing it|trying)|brb|let me (?:try|see|check)"
        r"|ill try|trying"
    ),
    "no": r"no+|nope|nah|n|not now|no need|not needed|i(?:ll| will| can) do it myself|no thanks|no thank you",
}

_CHINESE: Final[dict[Word, str]] = {
    "failed": (
        r"不行|没用|没有用|不管用|不好使|不好用|没有?反应|失败|没有?成功|不成功|没有?效果|报错|出错|错误|提示错误"
        r"|[做弄搞点填选进走过打改设]不[到了动去通开上]|打不开|(?:找不[到着]|看不[到见]|没有?[找看][到见])(?:[这那]个)?(?:按钮|选项|页面|入口|地方)?"
        r"|没有?这个(?:按钮|选项|页面|入口|地方)?|没(?:按钮|选项|入口)|卡住|卡在这(?:里|儿|一步|步)?|没有?弄好|弄不好"
        r"|不对|没有?解决|解决不了|没有?帮助|没帮上忙?|不会弄?|搞不定|完成不了|用不了|不能用|走不通|没法[弄做搞用]"
        r"|不起作用|没起作用|不work|fail"
    ),
    "go": (
        r"下一?步|下一[个项]|继续|接着|接下来|然后|往下|往下走|开始|来吧|走起|带[我着]?做|带我走|带带我|教教?我|一步一?步来?"
        r"|一步一步(?:做|教|带我)|(?:下一步|接下来|然后|接着)(?:怎么[做办弄]|做什么|干什么|是什么|要做什么)|继续下一步"
        r"|[进到去看][行]?下一步|next|回到(?:刚才的)?步骤|继续刚才的(?:步骤)?|带我一步步做"
    ),
    "done": (
        r"(?:完成|搞定|[弄做填设选改输点写绑传][好完]|设置好|完毕|成功|找到|看到|打开|做|弄|点|好|可以|行|有|o+k+|完|解决|填|选|设|装"
        r"|绑定|登录|验证|收到)了|已?完成|搞定|完毕|成功|没问题|有帮助|有用|照做了|按你说的做了|done"
    ),
    "ok": (
        r"好|好的|好滴|好[啊呀哒哦]|行|可以|嗯+|恩+|是|是的|对|对的|要|需要|来|o+k+(?:ay)?|收到|明白|知道|了解|清楚|当然|[行要]的|好吧"
        r"|好好|哦+|噢|需要的|麻烦你?您?|谢谢.?需要|yes"
    ),
    "back": (
        r"(?:返回|回到|退回|回|退到|看|去)?上一?步|上一个|返回|回去|退回|后退|前一步|往回|倒回去|回退|back"
    ),
    "again": (
        r"再(?:说|来|发|看|讲|显示|给)(?:一[遍次下]|我?看?一?[遍次])|重复(?:一遍)?|重说|重发|到?第几步|到哪[一]?步?|刚才那步|没看清"
    ),
    "wait": (
        r"等等|等一?下|等一等|等会儿?|稍等一?下?|等我(?:一下)?|等等我|还没有?|还没好|还没弄好|没好|马上|正在[弄做搞]|在[弄做搞]|慢点"
        r"|[去先]?试试看?|[去先]?试一下|[去先]?看看|[去先]?看一下|我去弄|别急"
    ),
    "no": r"不用|不需要|不要|没有?|不|否|不了|不必|不是|先不用|不用了?谢谢|自己来|我自己[来弄做]",
}


def _compiled(words: dict[Word, str], before: str, after: str) -> dict[Word, re.Pattern[str]]:
    return {word: re.compile(f"{before}(?:{core}){after}") for word, core in words.items()}


_PATTERNS: Final = (
    _compiled(_CHINESE, f"(?:{_BEFORE_ZH})*?", _AFTER_ZH),
    _compiled(_ENGLISH, _BEFORE_EN, _AFTER_EN),
)
_EXACT: Final[dict[Word, tuple[re.Pattern[str], ...]]] = {
    word: tuple(re.compile(table[word]) for table in (_CHINESE, _ENGLISH)) for word in _CHINESE
}


def walking_word(text: str) -> Word | None:
    """What the text says about the step at hand; None when it says something else."""
    if len(text) > _LONGEST:
        return None
    normal = normalise(text)
    for word, patterns in _EXACT.items():
        if any(pattern.fullmatch(normal) for pattern in patterns):
            return word
    for table in _PATTERNS:
        for word, pattern in table.items():
            if pattern.fullmatch(normal):
                return word
    return None
