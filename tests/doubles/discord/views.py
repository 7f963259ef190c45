"""What the control API shows of the world, as JSON can carry it."""

from typing import TYPE_CHECKING, Any

import msgspec

from tests.doubles.discord.faults import Fault
from tests.doubles.discord.interactions import Interaction
from tests.doubles.discord.people import Person
from tests.doubles.discord.things import Channel, Guild, Message

if TYPE_CHECKING:
    from tests.doubles.discord.double import DiscordDouble


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is shown now."""

    id: int
    channel_id: int
    author_id: int
    from_bot: bool
    type: str
    content: str
    edited: bool
    earlier_contents: list[str]
    reply_to: int | None
    labels: list[str]
    components: list[dict[str, Any]]
    embeds: list[dict[str, Any]]
    files: dict[str, bytes]
    reactions: dict[str, list[int]]
    pinned: bool
    flags: int
    allowed_mentions: dict[str, Any] | None
    thread_id: int | None


class ChannelView(msgspec.Struct, frozen=True, kw_only=True):
    """A channel, thread or private channel as it is shown now."""

    id: int
    type: str
    name: str
    guild_id: int | None
    parent_id: int | None
    recipient_id: int | None
    archived: bool
    locked: bool
    members: list[int]
    messages: list[MessageView]

    @property
    def texts(self) -> list[str]:
        return [message.content for message in self.messages]


class InteractionView(msgspec.Struct, frozen=True, kw_only=True):
    """An interaction and what the bot answered to it."""

    id: int
    user_id: int
    channel_id: int
    answered: bool
    callback: str | None
    is_loading: bool
    modal: dict[str, Any] | None
    messages: list[MessageView]


class CallView(msgspec.Struct, frozen=True):
    """A request of the bot's."""

    name: str
    method: str
    path: str
    body: Any


class FaultView(msgspec.Struct, frozen=True):
    """A rule of the fault table, and how often it struck."""

    id: int
    target: str
    kind: str
    struck: int


class PersonView(msgspec.Struct, frozen=True):
    """A person, and the private channel with the bot."""

    id: int
    dm: int


class GuildView(msgspec.Struct, frozen=True):
    """A guild."""

    id: int
    name: str


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The whole world at one moment."""

    version: int
    channels: dict[int, ChannelView]
    calls: list[CallView]
    interactions: dict[int, InteractionView]
    typing: list[int]
    violations: list[str]
    unknown: list[str]
    faults: dict[int, FaultView]
    connected: bool
    identified: int
    resumed: int

    def calls_of(self, operation: str) -> list[CallView]:
        """Every request to one operation."""
        return [call for call in self.calls if call.name == operation]


def message_view(message: Message) -> MessageView:
    return MessageView(
        id=message.id,
        channel_id=message.channel.id,
        author_id=message.author.id,
        from_bot=message.author.is_bot,
        type=message.type.name,
        content=message.content,
        edited=message.edited,
        earlier_contents=message.earlier_contents,
        reply_to=message.reply_to,
        labels=message.labels,
        components=message.components,
        embeds=message.embeds,
        files=message.files,
        reactions=message.reactions,
        pinned=message.pinned_at is not None,
        flags=message.flags,
        allowed_mentions=message.allowed_mentions,
        thread_id=None if message.thread is None else message.thread.id,
    )


def channel_view(channel: Channel) -> ChannelView:
    return ChannelView(
        id=channel.id,
        type=channel.type.name,
        name=channel.name,
        guild_id=None if channel.guild is None else channel.guild.id,
        parent_id=None if channel.parent is None else channel.parent.id,
        recipient_id=None if channel.recipient is None else channel.recipient.id,
        archived=channel.archived,
        locked=channel.locked,
        members=list(channel.thread_members),
        messages=[message_view(message) for message in channel.visible],
    )


def interaction_view(interaction: Interaction) -> InteractionView:
    callback = interaction.callback
    return InteractionView(
        id=interaction.id,
        user_id=interaction.user.id,
        channel_id=interaction.channel.id,
        answered=interaction.answered,
        callback=None if callback is None else callback.name,
        is_loading=interaction.is_loading,
        modal=interaction.modal,
        messages=[message_view(message) for message in interaction.messages],
    )


def fault_view(fault: Fault) -> FaultView:
    return FaultView(fault.id, fault.target, fault.kind, fault.struck)


def shown(result: Any) -> Any:
    """What a verb returned, as a view."""
    match result:
        case Message():
            return message_view(result)
        case Channel():
            return channel_view(result)
        case Interaction():
            return interaction_view(result)
        case Fault():
            return fault_view(result)
        case Person():
            return PersonView(result.id, result.dm.id)
        case Guild():
            return GuildView(result.id, result.name)
        case other:
            return other


def state_of(double: "DiscordDouble") -> State:
    """Everything, as it is now."""
    return State(
        version=double.world.changes.version,
        channels={one.id: channel_view(one) for one in double.world.channels.values()},
        calls=[CallView(call.name, call.method, call.path, call.body) for call in double.calls],
        interactions={one.id: interaction_view(one) for one in double.interactions},
        typing=[channel.id for channel in double.typing],
        violations=[str(violation) for violation in double.violations],
        unknown=double.unknown,
        faults={fault.id: fault_view(fault) for fault in double.faults.rules.values()},
        connected=double.sessions.is_connected,
        identified=double.sessions.identified,
        resumed=double.sessions.resumed,
    )
