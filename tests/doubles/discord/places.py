"""Where things happen: users, guilds, channels and threads, and the events about them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tests.doubles.discord import permissions
from tests.doubles.discord.changes import Changes
from tests.doubles.discord.errors import unknown
from tests.doubles.discord.shapes import channel_json, member_json, thread_member_json, user_json
from tests.doubles.discord.things import Channel, ChannelType, Guild, Member, Role, User

EPOCH_MS = 1420070400000
BOT_ROLE = "bot"


@dataclass(frozen=True)
class Event:
    """Something the gateway tells."""

    name: str
    payload: dict[str, Any]
    guild_id: int | None


class Places:
    """All users, guilds and channels, and the one bot among them."""

    def __init__(self, bot: User, owner: User, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.owner = owner
        self.clock = clock
        self.changes = Changes()
        self.users: dict[int, User] = {bot.id: bot, owner.id: owner}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.on_event: Callable[[Event], None] = lambda _event: None
        self._last_id = 0

    # -- time and ids -------------------------------------------------------------------------

    def now(self) -> str:
        return datetime.fromtimestamp(self.clock(), UTC).isoformat(timespec="milliseconds")

    def new_id(self) -> int:
        """A snowflake: later ones are larger, and it tells when it was made."""
        made_now = (int(self.clock() * 1000) - EPOCH_MS) << 22
        self._last_id = max(self._last_id + 1, made_now)
        return self._last_id

    # -- telling ------------------------------------------------------------------------------

    def emit(
        self,
        name: str,
        payload: dict[str, Any],
        *,
        channel: Channel | None = None,
        guild: Guild | None = None,
    ) -> None:
        """Tell the gateway of an event, unless it is in a channel that the bot cannot see."""
        guild = guild or (channel.guild if channel is not None else None)
        self.changes.ring()
        if channel is not None and not self.may(self.bot, channel, "view_channel"):
            return
        self.on_event(Event(name, payload, None if guild is None else guild.id))

    def may(self, user: User, channel: Channel, permission: str) -> bool:
        """Whether somebody has a permission in a channel."""
        if channel.guild is None:
            return True
        held = channel.guild.permissions_of(user, channel)
        is_inside = user.id in channel.thread_members or held & permissions.bits(["manage_threads"])
        if channel.type is ChannelType.PRIVATE_THREAD and not is_inside:
            return False
        return bool(held & permissions.bits([permission]))

    # -- looking up ---------------------------------------------------------------------------

    def user(self, user_id: int) -> User:
        if user_id not in self.users:
            raise unknown("User")
        return self.users[user_id]

    def guild(self, guild_id: int) -> Guild:
        if guild_id not in self.guilds:
            raise unknown("Guild")
        return self.guilds[guild_id]

    def channel(self, channel_id: int) -> Channel:
        if channel_id not in self.channels:
            raise unknown("Channel")
        return self.channels[channel_id]

    # -- users and guilds ---------------------------------------------------------------------

    def add_user(self, user: User) -> User:
        self.users[user.id] = user
        self.changes.ring()
        return user

    def create_guild(self, name: str, guild_id: int | None = None) -> Guild:
        """A guild with the bot in it; its owner is the bot's."""
        new_id = guild_id or self.new_id()
        guild = Guild(new_id, name, self.owner)
        guild.roles[new_id] = Role(new_id, "@everyone", permissions.EVERYBODYS)
        role = Role(self.new_id(), BOT_ROLE, permissions.BOTS)
        guild.roles[role.id] = role
        self.guilds[new_id] = guild
        guild.members[self.owner.id] = Member(self.owner, self.now())
        guild.members[self.bot.id] = Member(self.bot, self.now(), [role])
        self.emit("GUILD_CREATE", {}, guild=guild)
        return guild

    def join(self, guild: Guild, user: User) -> Member:
        if user.id in guild.members:
            return guild.members[user.id]
        member = guild.members[user.id] = Member(user, self.now())
        self.emit(
            "GUILD_MEMBER_ADD", {**member_json(member), "guild_id": str(guild.id)}, guild=guild
        )
        return member

    def leave(self, guild: Guild, user: User) -> None:
        guild.members.pop(user.id)
        self.emit(
            "GUILD_MEMBER_REMOVE",
            {"guild_id": str(guild.id), "user": user_json(user)},
            guild=guild,
        )

    # -- channels -----------------------------------------------------------------------------

    def shown(self, channel: Channel) -> dict[str, Any]:
        """A channel as the bot sees it."""
        return channel_json(channel, me=self.bot)

    def create_channel(
        self,
        guild: Guild,
        name: str,
        kind: ChannelType = ChannelType.TEXT,
        *,
        topic: str | None = None,
        channel_id: int | None = None,
    ) -> Channel:
        channel = Channel(channel_id or self.new_id(), kind, name, guild, topic=topic)
        channel.position = len(guild.channels)
        guild.channels[channel.id] = self.channels[channel.id] = channel
        self.emit("CHANNEL_CREATE", self.shown(channel), channel=channel)
        return channel

    def open_dm(self, user: User) -> Channel:
        """The private channel of the bot and a person."""
        if user.dm is None:
            user.dm = Channel(self.new_id(), ChannelType.DM, recipient=user)
            self.channels[user.dm.id] = user.dm
            self.changes.ring()
        return user.dm

    def channel_changed(self, channel: Channel) -> None:
        event = "THREAD_UPDATE" if channel.is_thread else "CHANNEL_UPDATE"
        self.emit(event, self.shown(channel), channel=channel)

    def delete_channel(self, channel: Channel) -> None:
        """Delete a channel or thread, with whatever is in it."""
        assert channel.guild is not None
        shown = self.shown(channel)
        for thread in [one for one in channel.guild.threads.values() if one.parent is channel]:
            self.delete_channel(thread)
        channel.deleted = True
        del self.channels[channel.id]
        if not channel.is_thread:
            self.emit("CHANNEL_DELETE", shown, channel=channel)
            del channel.guild.channels[channel.id]
            return
        del channel.guild.threads[channel.id]
        known = ("id", "guild_id", "parent_id", "type")
        self.emit("THREAD_DELETE", {name: shown[name] for name in known}, channel=channel)

    # -- threads ------------------------------------------------------------------------------

    def create_thread(
        self,
        parent: Channel,
        owner: User,
        name: str,
        *,
        kind: ChannelType = ChannelType.PUBLIC_THREAD,
        thread_id: int | None = None,
        auto_archive_minutes: int | None = None,
        slow_mode_seconds: int | None = None,
        applied_tags: list[int] | None = None,
        invitable: bool = True,
    ) -> Channel:
        assert parent.guild is not None
        thread = Channel(thread_id or self.new_id(), kind, name, parent.guild, parent)
        thread.owner = owner
        thread.created_at = thread.archived_at = self.now()
        thread.auto_archive_minutes = auto_archive_minutes or thread.auto_archive_minutes
        thread.slow_mode_seconds = slow_mode_seconds or 0
        thread.applied_tags = applied_tags or []
        thread.invitable = invitable
        thread.thread_members[owner.id] = self.now()
        parent.guild.threads[thread.id] = self.channels[thread.id] = thread
        self.emit("THREAD_CREATE", {**self.shown(thread), "newly_created": True}, channel=thread)
        return thread

    def change_thread(
        self, thread: Channel, *, archived: bool | None = None, locked: bool | None = None
    ) -> None:
        """Archive or lock a thread, or take that back."""
        if archived is not None and archived != thread.archived:
            thread.archived_at = self.now()
            thread.archived = archived
        if locked is not None:
            thread.locked = locked
        self.channel_changed(thread)

    def change_thread_members(
        self, thread: Channel, *, added: User | None = None, removed: User | None = None
    ) -> None:
        assert thread.guild is not None
        if added is not None and added.id not in thread.thread_members:
            thread.thread_members[added.id] = self.now()
        elif removed is not None and removed.id in thread.thread_members:
            del thread.thread_members[removed.id]
        else:
            return
        payload: dict[str, Any] = {
            "id": str(thread.id),
            "guild_id": str(thread.guild.id),
            "member_count": min(len(thread.thread_members), 50),
        }
        if added is not None:
            payload["added_members"] = [thread_member_json(thread, added.id)]
        if removed is not None:
            payload["removed_member_ids"] = [str(removed.id)]
        self.emit("THREAD_MEMBERS_UPDATE", payload, channel=thread)
