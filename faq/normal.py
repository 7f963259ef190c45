"""One form for what means the same to a reader: width, case, script, punctuation, numbers."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from opencc import OpenCC

LONGEST: Final = 1000
"""Characters of a question that are looked at."""

LINK: Final = "xlink"
HASH: Final = "xhash"
ADDRESS: Final = "xaddress"
AMOUNT: Final = "xamount"

_HIDDEN: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_APOSTROPHE: Final = re.compile("['’]")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_SPACES: Final = re.compile(r"\s+")
_HAN_GAP: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")

_CURRENCIES: Final = (
    r"usd|usdt|usdc|btc|eth|trx|bnb|sol|eur|cny|rmb|u\b|dollars?|euros?|pounds?|bucks|"
    "元|块|刀|美元|美金|欧元|人民币|万"
)

# What differs in every message and says nothing of the topic but its kind.
_MASKS: Final = re.compile(
    r"(?P<xlink>\bhttps?://[!-~]+|\bwww\.[!-~]+|\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|io|org|net|cn|app)\b[!-~]*)"
    r"|(?P<xhash>\b(?:0x)?[0-9a-f]{64}\b)"
    r"|(?P<xaddress>\b0x[0-9a-f]{40}\b|\b(?=[a-z]*\d)[a-z0-9]{25,}\b)"
    r"|(?P<xamount>[$€£]\d[\d,]*(?:\.\d+)?|(?<![a-z\d.])\d[\d,]*(?:\.\d+)?"
    rf"(?= ?(?:{_CURRENCIES})))"
)
_MASKED: Final = re.compile(r"[\d.:]|[a-f]{64}")
"""What a text has that has anything to be masked; found much sooner."""
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")

# A misspelling so common that it is read as the word meant.
_MISSPELT: Final = str.maketrans("帐", "账")


@cache
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def normalise(text: str) -> str:
    """Lower case, half width, simplified; links, hashes, addresses and amounts by their kind;
    words with single spaces."""
    text = _APOSTROPHE.sub("", _plain(text))
    if _MASKED.search(text):
        text = _MASKS.sub(lambda found: f" {found.lastgroup} ", text)
    return _HAN_GAP.sub("", _NOT_WORD.sub(" ", text).strip())


def as_written(text: str) -> str:
    """The text with its punctuation, from which a sentence encoder learns something; else lower
    case, half width, simplified; links, hashes and addresses by their kind."""
    text = _APOSTROPHE.sub("'", _plain(text))
    if _MASKED.search(text):
        text = _MASKS.sub(_kind_unless_amount, text)
    return _SPACES.sub(" ", text).strip()


def _kind_unless_amount(found: re.Match[str]) -> str:
    return found[0] if found.lastgroup == AMOUNT else f" {found.lastgroup} "


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]
    text = _HIDDEN.sub("", text).lower()
    if _CHINESE.search(text):
        text = str(_simplifier().convert(text)).translate(_MISSPELT)
    return text
