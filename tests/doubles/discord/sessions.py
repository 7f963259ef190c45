"""A bot's session at the gateway: what it was told, and what it may hear."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.doubles.discord.places import Event
from tests.doubles.discord.things import User

if TYPE_CHECKING:
    from tests.doubles.discord.gateway import Connection

GUILDS = 1 << 0
GUILD_MEMBERS = 1 << 1
GUILD_PRESENCES = 1 << 8
MESSAGE_CONTENT = 1 << 15
PRIVILEGED = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT
# Which intent an event needs: in a guild, and in a private channel.
INTENTS = {
    "GUILD_CREATE": (GUILDS, 0),
    "CHANNEL_CREATE": (GUILDS, 0),
    "CHANNEL_UPDATE": (GUILDS, 0),
    "CHANNEL_DELETE": (GUILDS, 0),
    "CHANNEL_PINS_UPDATE": (GUILDS, 1 << 12),
    "THREAD_CREATE": (GUILDS, 0),
    "THREAD_UPDATE": (GUILDS, 0),
    "THREAD_DELETE": (GUILDS, 0),
    "THREAD_MEMBERS_UPDATE": (GUILDS | GUILD_MEMBERS, 0),
    "GUILD_ROLE_UPDATE": (GUILDS, 0),
    "GUILD_MEMBER_ADD": (GUILD_MEMBERS, 0),
    "GUILD_MEMBER_REMOVE": (GUILD_MEMBERS, 0),
    "MESSAGE_CREATE": (1 << 9, 1 << 12),
    "MESSAGE_UPDATE": (1 << 9, 1 << 12),
    "MESSAGE_DELETE": (1 << 9, 1 << 12),
    "MESSAGE_DELETE_BULK": (1 << 9, 0),
    "MESSAGE_REACTION_ADD": (1 << 10, 1 << 13),
    "MESSAGE_REACTION_REMOVE": (1 << 10, 1 << 13),
    "MESSAGE_REACTION_REMOVE_ALL": (1 << 10, 1 << 13),
    "TYPING_START": (1 << 11, 1 << 14),
}
CONTENT = {"content": "", "embeds": [], "attachments": [], "components": []}


@dataclass(eq=False)
class Session:
    """What began with IDENTIFY and goes on over several connections."""

    id: str
    intents: int
    shard: tuple[int, int] = (0, 1)
    told: list[dict[str, Any]] = field(default_factory=list)
    connection: "Connection | None" = None
    held: Event | None = None

    def hears(self, event: Event) -> bool:
        """Whether this shard, with these intents, is told of an event."""
        number, count = self.shard
        if (0 if event.guild_id is None else (event.guild_id >> 22) % count) != number:
            return False
        if event.name not in INTENTS:
            return True
        in_guild, in_private = INTENTS[event.name]
        return bool(self.intents & (in_private if event.guild_id is None else in_guild))

    def tell(self, event: Event) -> None:
        """Add an event to what the session was told, and send it if somebody listens."""
        frame = {"op": 0, "t": event.name, "s": len(self.told) + 1, "d": event.payload}
        self.told.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def as_told_to(self, event: Event, bot: User) -> Event:
        """The event, without the content of messages if the bot may not read them."""
        payload = event.payload
        if self.intents & MESSAGE_CONTENT or not event.name.startswith("MESSAGE_"):
            return event
        is_for_bot = event.guild_id is None or any(
            int(user["id"]) == bot.id
            for user in [payload.get("author", {"id": 0}), *payload.get("mentions", [])]
        )
        if is_for_bot or "content" not in payload:
            return event
        return Event(event.name, {**payload, **CONTENT}, event.guild_id)
