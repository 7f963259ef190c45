"""What the operator sets for the Discord channel."""

from __future__ import annotations

from msgspec import Struct

DISCORD_API = "https://discord.com/api/v10"
DISCORD_GATEWAY = "wss://gateway.discord.gg/"


class DiscordSettings(Struct, frozen=True):
    """How to reach Discord.

    `token` is the bot's. `desk_channel` is the id of the text or forum channel that is the desk,
    when Discord is. `entrances` are public text channels in which customers may open a case, each
    in a private thread. `api_base` reaches up to and including `/api/v10`. `search_after` is in
    seconds: a message older than that is looked for before it is said again, since Discord knows
    a nonce for a few minutes only.
    """

    token: str
    api_base: str = DISCORD_API
    gateway: str = DISCORD_GATEWAY
    desk_channel: str | None = None
    entrances: frozenset[str] = frozenset()
    search_after: float = 60.0
