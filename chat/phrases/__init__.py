"""Every phrase that a customer or an agent can see, in Chinese and English, in one place.

A phrase is `{"zh": ..., "en": ...}` with `str.format` fields. The tables are split by who reads
them; keys are unique over all of them.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from chat.phrases import customer, desk, discord, secrets, slack, telegram, web

Lang: TypeAlias = Literal["zh", "en"]
LANGS: Final[tuple[Lang, ...]] = ("zh", "en")

PHRASES: Final[dict[str, dict[str, str]]] = {
    **customer.PHRASES,
    **desk.PHRASES,
    **discord.PHRASES,
    **secrets.PHRASES,
    **slack.PHRASES,
    **telegram.PHRASES,
    **web.PHRASES,
}


def say(key: str, lang: Lang, **values: object) -> str:
    """The phrase in a language, with its fields filled. Raises KeyError for an unknown key."""
    return PHRASES[key][lang].format(**values)
