"""Takes greetings and thanks off a question; they say nothing about what is asked."""

from __future__ import annotations

import re
from typing import Final

_CHINESE: Final = (
    "你们好|你好啊?|您好|哈[喽啰]|嗨|在吗|在么|在不在|有人吗|有人在吗|早上好|上午好|中午好|下午好|晚上好|"
    "请问一下|请问|想问一下|问一下|咨询一下|麻烦您?|劳驾|谢谢[你您]?|多谢|感谢|辛苦了?|拜托|亲"
)
_ENGLISH: Final = (
    "hi|hello|hey|hiya|good (?:morning|afternoon|evening|day)|dear|sir|madam|"
    "please|pls|plz|kindly|(?:thank you|thanks|thx|ty)(?: (?:so|very) much| a lot)?|"
    "excuse me|anyone there|are you there"
)
_COURTESY: Final = re.compile(rf"{_CHINESE}|\b(?:{_ENGLISH})\b")
_SPACES: Final = re.compile(r" {2,}")


def without_courtesy(normal: str) -> str:
    """The normalised text without its courtesies; empty if there is nothing else."""
    return _SPACES.sub(" ", _COURTESY.sub(" ", normal)).strip()
