"""The parts by which texts are compared: characters and bigrams of Chinese, stems of words."""

from __future__ import annotations

import re
from typing import Final

_HAN_RUN: Final = re.compile(r"[\u3400-\u9fff]+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_SUFFIXES: Final = ("ing", "ed", "es", "s")
_CHARACTER: Final = 0.5
_CLEAR: Final = 4

_STOP_HAN: Final = frozenset("的了吗呢啊吧呀我你您他她它们是在和与就都也这那请问一下个么")
_WORD_LIST: Final = (
    "a about am an and any are as at be been but by can could did do does for from had has have "
    "help i if im in is it its ive just know me my need of on or our shall should so some tell "
    "that the their them then there these they this those to up us want was we were will with "
    "would you your"
)
_STOP_WORDS: Final = frozenset(_WORD_LIST.split())

_QUESTION: Final = re.compile(
    "怎么办|怎么样|怎么回事|怎么|为什么|为啥|什么|如何|多少|哪里|哪个|啥|咋|"
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
_SPELLING: Final = re.compile(
    "|".join(rf"\b{s}\b" if s.isascii() else s for s in sorted(_SPELLINGS, key=len, reverse=True))
)


def parts(normal: str) -> dict[str, float]:
    """The parts of a normalised text, in its order, and how much each counts by its kind."""
    text = _SPELLING.sub(lambda found: _SPELLINGS[found[0]], normal)
    found: dict[str, float] = {}
    for run in _HAN_RUN.findall(text):
        found.update((char, _CHARACTER) for char in run if char not in _STOP_HAN)
        found.update((run[at : at + 2], 1.0) for at in range(len(run) - 1))
    found.update((_stem(word), 1.0) for word in _WORD.findall(text) if word not in _STOP_WORDS)
    return found


def is_word(part: str) -> bool:
    """Whether a part is a word, not Chinese characters."""
    return _WORD.fullmatch(part) is not None


def is_one_word(normal: str) -> bool:
    """Whether there is too little to be sure of anything: a word, or three characters."""
    characters = sum(len(run) for run in _HAN_RUN.findall(normal))
    return characters + 2 * _telling_words(normal) < _CLEAR


def says_nothing(normal: str) -> bool:
    """Whether there is nothing to go by: question words, numbers, a single character."""
    rest = _QUESTION.sub(" ", normal)
    characters = sum(char not in _STOP_HAN for run in _HAN_RUN.findall(rest) for char in run)
    return characters < 2 and not _telling_words(rest)


def _telling_words(normal: str) -> int:
    words = _WORD.findall(normal)
    return sum(word not in _STOP_WORDS and not word.isdecimal() for word in words)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word
