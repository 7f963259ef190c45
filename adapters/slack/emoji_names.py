"""Slack's names for emoji, as the `emoji` package knows them."""

from __future__ import annotations

from typing import Final

import emoji

_AS_PICTURE: Final = "\ufe0f"


def emoji_of(name: str) -> str:
    """The emoji, or the name in colons for one of the workspace's own."""
    plain = f":{name.partition('::')[0]}:"
    return emoji.emojize(plain, language="alias")


def name_of(character: str) -> str | None:
    """Slack's name; None for what is no emoji it knows."""
    for written in (character, character.removesuffix(_AS_PICTURE)):
        if emoji.is_emoji(written):
            name = emoji.demojize(written, language="alias").strip(":")
            if name.isascii():
                return name
    return None
