"""The parts by which texts are compared: words, letters, Chinese characters and their sounds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import pairwise
from typing import Final

from msgspec import Struct

from faq.stemming import stem

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_CLEAR: Final = 4
_APART_MOST: Final = 3
"""How far apart the two syllables of a pair may be; chosen on held-out wordings of Chinese intents
(see bench/faq)."""

_STOP_HAN: Final = frozenset("的了吗呢啊吧呀我你您他她它们是在和与就都也这那请问一下个么")
_WORD_LIST: Final = (
    "a about am an and any are as at be been but by can could did do does for from had has have "
    "help i if im in is it its ive just know me my need of on or our shall should so some tell "
    "that the their them then there these they this those to up us want was we were will with "
    "would you your"
)
_STOP_WORDS: Final = frozenset(_WORD_LIST.split())

_QUESTION: Final = re.compile(
    "怎么办|怎么样|怎么回事|怎么|为什么|为啥|什么|如何|多少|哪里|哪个|啥|咋|出问题|有问题|意思|"
    r"\bhow (?:long|often|come)\b|"
    r"\b(?:not|doesnt|isnt|wont|stopped) work(?:s|ing)?\b|"
    r"\b(?:why|how|what|where|when|who|which|much|many|now|again|yes|no|ok|okay)\b"
)

# One spelling for what customers write in several; all are looked for as whole words.
_SPELLINGS: Final = {
    "sign in": "login", "signin": "login", "sign into": "login", "signing in": "login",
    "log in": "login", "log into": "login", "logging in": "login", "logged in": "login",
    "sign up": "signup", "signing up": "signup", "e mail": "email", "pass word": "password",
    "can not": "cant", "cannot": "cant", "unable to": "cant", "didnt": "not", "doesnt": "not",
    "dont": "not", "hasnt": "not", "havent": "not", "isnt": "not", "wont": "not",
    "2 fa": "2fa", "two factor": "2fa", "two step": "2fa", "登陆": "登录",
}  # fmt: skip
_LONGEST_FIRST: Final = sorted(_SPELLINGS, key=len, reverse=True)
_SPELLING: Final = re.compile(
    rf"\b(?:{'|'.join(filter(str.isascii, _LONGEST_FIRST))})\b"
    + "".join(f"|{s}" for s in _LONGEST_FIRST if not s.isascii())
)


class Parts(Struct, frozen=True):
    """What texts are compared by, each part with how often it occurs.

    `exact`: stems of words, pairs of them, Chinese characters and pairs of them. `loose` forgives
    slips: letter 3-5-grams of words, and the syllables (pinyin) of Chinese and pairs of them, in
    either order and with one or two between, so that a character left out or exchanged costs few.
    `is_chinese`: there is any Chinese character.
    """

    exact: Counter[str]
    loose: Counter[str]
    is_chinese: bool = False


def parts(normal: str) -> Parts:
    """The parts of a normalised text."""
    text = spelt(normal)
    exact: list[str] = []
    loose: list[str] = []
    runs = _HAN_RUN.findall(text)
    for run in runs:
        exact += run
        exact += map("".join, pairwise(run))
        syllables = [syllable(char) for char in run]
        loose += syllables
        for apart in range(1, _APART_MOST + 1):
            pairs = zip(syllables, syllables[apart:], strict=False)
            loose += ["/".join(sorted(pair)) for pair in pairs]
    words = _WORD.findall(text)
    stems = [stem(word) for word in words]
    exact += [f"{word} " for word in stems]
    exact += map(" ".join, pairwise(stems))
    for word in words:
        loose += _grams(word)
    return Parts(Counter(exact), Counter(loose), bool(runs))


def spelt(normal: str) -> str:
    """The normalised text with one spelling for what customers write in several."""
    return _SPELLING.sub(lambda found: _SPELLINGS[found[0]], normal)


def is_spelling(word: str) -> bool:
    """Whether a word is one of several spellings, which `spelt` makes one."""
    return word in _SPELLINGS


def words(normal: str) -> list[str]:
    """The words of a normalised text that are not Chinese."""
    return _WORD.findall(normal)


@cache
def syllable(char: str) -> str:
    """How a Chinese character sounds, without the tone, marked as a sound; itself if unknown."""
    return "~" + "".join(_pinyin()(char))


@cache
def _pinyin() -> Callable[[str], list[str]]:
    # pypinyin reads its tables when it is imported; whoever never needs them need not wait.
    from pypinyin import lazy_pinyin
    from pypinyin.constants import PINYIN_DICT

    # Of its 42,000 characters a normalised text has the 6,763 of GB 2312, hardly ever another:
    # the rest would take 7 MB.
    common = {code: sound for code, sound in PINYIN_DICT.items() if _in_gb2312(chr(code))}
    PINYIN_DICT.clear()
    PINYIN_DICT.update(common)
    return lazy_pinyin


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(1_000)
def _grams(word: str) -> tuple[str, ...]:
    padded = f"^{word}$"
    return tuple(
        padded[at : at + size] for size in (3, 4, 5) for at in range(len(padded) - size + 1)
    )


def is_one_word(normal: str) -> bool:
    """Whether there is too little to be sure of anything: a word, or three characters."""
    # 那 and 呢 ask "and what about it?", and say nothing of what.
    characters = sum(
        len(run.removeprefix("那").removesuffix("呢")) for run in _HAN_RUN.findall(normal)
    )
    return characters + 2 * _telling_words(normal) < _CLEAR


def says_nothing(normal: str) -> bool:
    """Whether there is nothing to go by: question words, "there is a problem", numbers, a single
    character."""
    rest = _QUESTION.sub(" ", normal)
    characters = sum(char not in _STOP_HAN for run in _HAN_RUN.findall(rest) for char in run)
    return characters < 2 and not _telling_words(rest)


def _telling_words(normal: str) -> int:
    words = _WORD.findall(normal)
    return sum(word not in _STOP_WORDS and not word.isdecimal() for word in words)
