"""The BIP-39 lists of words, read once from the library that keeps them."""

from __future__ import annotations

from functools import cache

from mnemonic import Mnemonic

from handoff.secrets.seed_words import SeedLists, WordList


@cache
def read_seed_lists() -> SeedLists:
    """English, simplified and traditional Chinese."""
    return SeedLists(_list("english"), (_list("chinese_simplified"), _list("chinese_traditional")))


def _list(language: str) -> WordList:
    source = Mnemonic(language)
    return WordList({word: place for place, word in enumerate(source.wordlist)}, source.check)
