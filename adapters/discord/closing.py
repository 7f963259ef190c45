"""Why Discord ends a connection for good, in plain words.

Source: https://docs.discord.com/developers/topics/opcodes-and-status-codes, 'Gateway Close Event
Codes'. The other codes pass, and the library connects again by itself.
"""

from __future__ import annotations

from typing import Final

import discord

from chat.checking import Finding

REFUSED: Final = Finding(
    "Discord refuses the bot token (4004)",
    "copy the current one from the Developer Portal (your application, Bot, Reset Token) into "
    "channels.discord.token",
)
UNREADABLE: Final = Finding(
    "Discord does not let the bot read messages (4014)",
    "switch on Message Content Intent in the Developer Portal (your application, Bot, Privileged "
    "Gateway Intents)",
)
_SHARDS: Final = Finding(
    "Discord wants the bot's connections shared out in another way ({code})",
    "start Kefu again: it asks Discord how many there shall be",
)
_OTHERS: Final = Finding(
    "Discord closed the connection for good ({code})", "see docs/setup-discord.md"
)
_BY_CODE: Final = {4004: REFUSED, 4010: _SHARDS, 4011: _SHARDS, 4013: UNREADABLE, 4014: UNREADABLE}


def why_closed(error: Exception) -> Finding | None:
    """What stands in the way; None for what is no end of a connection."""
    match error:
        case discord.LoginFailure():
            return REFUSED
        case discord.PrivilegedIntentsRequired():
            return UNREADABLE
        case discord.ConnectionClosed(code=code):
            found = _BY_CODE.get(code, _OTHERS)
            return Finding(found.problem.format(code=code), found.remedy)
        case _:
            return None
