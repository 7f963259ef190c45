"""What a Discord is made of: users, guilds, channels, messages and files."""

from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any, NamedTuple

from tests.doubles.discord.permissions import ADMINISTRATOR, EVERYTHING


class ChannelType(IntEnum):
    """The kinds of channels there are in the double."""

    TEXT = 0
    DM = 1
    FORUM = 15
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12


THREADS = frozenset({ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD})


class MessageType(IntEnum):
    """The kinds of messages there are in the double."""

    DEFAULT = 0
    RECIPIENT_ADD = 1
    RECIPIENT_REMOVE = 2
    CHANNEL_NAME_CHANGE = 4
    CHANNEL_PINNED_MESSAGE = 6
    THREAD_CREATED = 18
    REPLY = 19
    CHAT_INPUT_COMMAND = 20
    THREAD_STARTER_MESSAGE = 21
    CONTEXT_MENU_COMMAND = 23


WRITTEN = frozenset(
    {
        MessageType.DEFAULT,
        MessageType.REPLY,
        MessageType.CHAT_INPUT_COMMAND,
        MessageType.CONTEXT_MENU_COMMAND,
    }
)


class MessageFlag(IntEnum):
    """What is special about a message."""

    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    IS_VOICE_MESSAGE = 1 << 13
    COMPONENTS_V2 = 1 << 15


@dataclass(eq=False)
class User:
    """A person or a bot."""

    id: int
    username: str
    global_name: str | None = None
    is_bot: bool = False
    locale: str = "en-US"
    refuses_bot: bool = False
    dm: "Channel | None" = None


@dataclass(eq=False)
class Role:
    """A role of a guild; the one with the guild's id is everybody's."""

    id: int
    name: str
    permissions: int = 0


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined_at: str
    roles: list[Role] = field(default_factory=list)
    nick: str | None = None


@dataclass(eq=False)
class Guild:
    """A server, as people call it."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, "Channel"] = field(default_factory=dict)
    threads: dict[int, "Channel"] = field(default_factory=dict)

    def role(self, name: str) -> Role:
        return next(role for role in self.roles.values() if role.name == name)

    def permissions_of(self, user: User, channel: "Channel | None" = None) -> int:
        """What a member may do, in the guild or in one of its channels."""
        member = self.members.get(user.id)
        if member is None:
            return 0
        if user is self.owner:
            return EVERYTHING
        held = self.roles[self.id].permissions
        for role in member.roles:
            held |= role.permissions
        if held & ADMINISTRATOR:
            return EVERYTHING
        place = channel.parent or channel if channel is not None else None
        if place is None:
            return held
        of_roles = [place.overwrites.get(role.id, (0, 0)) for role in member.roles]
        for allow, deny in (
            place.overwrites.get(self.id, (0, 0)),
            (union(allow for allow, _ in of_roles), union(deny for _, deny in of_roles)),
            place.overwrites.get(user.id, (0, 0)),
        ):
            held = held & ~deny | allow
        return held


def union(sets: Any) -> int:
    together = 0
    for one in sets:
        together |= one
    return together


@dataclass(eq=False)
class Channel:
    """A channel of a guild, a thread, or a private conversation with the bot."""

    id: int
    type: ChannelType
    name: str = ""
    guild: Guild | None = None
    parent: "Channel | None" = None
    topic: str | None = None
    position: int = 0
    recipient: User | None = None
    messages: dict[int, "Message"] = field(default_factory=dict)
    overwrites: dict[int, tuple[int, int]] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    # Of threads only.
    owner: User | None = None
    created_at: str = ""
    archived: bool = False
    archived_at: str = ""
    locked: bool = False
    invitable: bool = True
    auto_archive_minutes: int = 1440
    slow_mode_seconds: int = 0
    applied_tags: list[int] = field(default_factory=list)
    thread_members: dict[int, str] = field(default_factory=dict)
    sent_ever: int = 0
    deleted: bool = False

    @property
    def is_thread(self) -> bool:
        return self.type in THREADS

    @property
    def is_forum(self) -> bool:
        return self.type is ChannelType.FORUM

    @property
    def is_dm(self) -> bool:
        return self.type is ChannelType.DM

    @property
    def visible(self) -> list["Message"]:
        """The messages that everybody in the channel sees, oldest first."""
        return [message for message in self.messages.values() if message.is_visible]


class Upload(NamedTuple):
    """A file as somebody sends it."""

    filename: str
    content: bytes
    description: str | None = None
    # What the file passes for, if it is not as large as it should be.
    size: int | None = None


@dataclass(eq=False)
class Attachment:
    """A file at a message."""

    id: int
    channel_id: int
    filename: str
    content: bytes
    content_type: str
    description: str | None = None
    size: int = 0
    ephemeral: bool = False


@dataclass(eq=False)
class Message:
    """A message of a channel, with everything that happened to it."""

    id: int
    channel: Channel
    author: User
    content: str
    at: str
    type: MessageType = MessageType.DEFAULT
    flags: int = 0
    edited_at: str | None = None
    earlier_contents: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    stickers: list[dict[str, Any]] = field(default_factory=list)
    poll: dict[str, Any] | None = None
    reactions: dict[str, list[int]] = field(default_factory=dict)
    reference: dict[str, Any] | None = None
    nonce: str | int | None = None
    allowed_mentions: dict[str, Any] | None = None
    mentions: list[User] = field(default_factory=list)
    mention_everyone: bool = False
    tts: bool = False
    pinned_at: str | None = None
    thread: Channel | None = None
    interaction_metadata: dict[str, Any] | None = None
    interaction_id: int | None = None
    deleted: bool = False

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.flags & MessageFlag.EPHEMERAL)

    @property
    def is_visible(self) -> bool:
        return not self.deleted and not self.is_ephemeral

    @property
    def edited(self) -> bool:
        return self.edited_at is not None

    @property
    def files(self) -> dict[str, bytes]:
        """The bytes of its files, by name."""
        return {attachment.filename: attachment.content for attachment in self.attachments}

    @property
    def reply_to(self) -> int | None:
        """The id of the message that it answers."""
        if self.type is not MessageType.REPLY or self.reference is None:
            return None
        return int(self.reference["message_id"])

    @property
    def inputs(self) -> list[dict[str, Any]]:
        """Its buttons and selects, in the order of the rows."""
        return [part for row in self.components for part in inputs_in(row)]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [part.get("label", "") for part in self.inputs if part["type"] == 2]


def inputs_in(component: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of a component that can be pressed or chosen from, or it itself."""
    inner = [*component.get("components", []), component.get("accessory")]
    if not any(inner):
        return [component] if "style" in component or "custom_id" in component else []
    return [part for child in inner if child is not None for part in inputs_in(child)]
