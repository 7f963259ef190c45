"""Which of the two languages a text is in."""

from __future__ import annotations

import re
from typing import Final

from chat.phrases import Lang
from faq.normal import LONGEST

_HAN: Final = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_WORD: Final = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ]{2,}")
_LINK: Final = re.compile(r"[!-~]{25,}|[!-~]*(?:://|@|\.[a-z]{2,4}\b)[!-~]*|\b0x\w+", re.IGNORECASE)
_TERM: Final = re.compile(
    r"[A-Z]{2,5}|usdt|usdc|btc|eth|trx|trc|erc|kyc|app|api|gas|memo|tag|txid|ok|vip|id"
)
_SHOUTED: Final = 3
_WORD_LONGEST: Final = 24
"""Longer ones count as links."""


def detect(text: str, default: Lang) -> Lang:
    """The language of a text; the default where it has no words of either.

    A Chinese character says about as much as a word, and Chinese customers mix in English terms
    (USDT, KYC), so Chinese wins unless words clearly prevail. Links, addresses and hashes have
    letters but no language; terms that both languages use decide nothing on their own.
    """
    text = text[:LONGEST]
    han = sum(map(len, _HAN.findall(text)))
    # There are no more words than that: each has two letters.
    if han and han * 2 >= (len(text) - han) // 2:
        return "zh"
    if not han and any(map(_is_telling, text.split())):
        return "en"
    words = _WORD.findall(_LINK.sub(" ", text))
    if han:
        return "zh" if han * 2 >= len(words) else "en"
    telling = [word for word in words if not _TERM.fullmatch(word)]
    return "en" if telling or len(words) >= _SHOUTED else default


def _is_telling(piece: str) -> bool:
    """Whether what stands between two spaces is an English word, without looking for links."""
    if not (2 <= len(piece) <= _WORD_LONGEST and piece.isascii() and piece.isalpha()):
        return False
    return _TERM.fullmatch(piece) is None
