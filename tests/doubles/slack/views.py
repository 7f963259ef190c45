"""The state of a double, as its control API carries it to another process."""

from typing import TYPE_CHECKING, Any

import msgspec

from tests.doubles.slack.deliveries import Delivery
from tests.doubles.slack.records import Channel, Ephemeral, Message, StoredFile, View

if TYPE_CHECKING:
    from tests.doubles.slack.double import SlackDouble

Json = dict[str, Any]


class FileView(msgspec.Struct, frozen=True):
    """A file of a message."""

    id: str
    name: str
    title: str
    mimetype: str
    content: bytes


class MessageView(msgspec.Struct, frozen=True, kw_only=True):
    """A message as it is now."""

    channel: str
    ts: str
    sender: str
    by_app: bool
    text: str
    blocks: list[Json]
    labels: list[str]
    thread_ts: str | None
    broadcast: bool
    metadata: Json | None
    files: list[FileView]
    reactions: dict[str, list[str]]
    earlier_texts: list[str]
    tombstone: bool
    acknowledged: bool
    """Whether the app took every event about it."""


class EphemeralView(msgspec.Struct, frozen=True, kw_only=True):
    """A message that only one person sees."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json]


class ChannelView(msgspec.Struct, frozen=True, kw_only=True):
    """A channel, and all that is in it."""

    id: str
    kind: str
    name: str
    user: str | None
    members: list[str]
    archived: bool
    messages: list[MessageView]

    def thread(self, ts: str) -> list[MessageView]:
        """A thread, with its first message."""
        return [message for message in self.messages if ts in (message.ts, message.thread_ts)]


class ModalView(msgspec.Struct, frozen=True, kw_only=True):
    """A modal that is open, or an App Home."""

    id: str
    user: str
    title: str
    callback_id: str
    definition: Json
    errors: dict[str, str]


class DeliveryView(msgspec.Struct, frozen=True, kw_only=True):
    """What became of an event, interaction or command."""

    number: int
    kind: str
    acknowledged: bool
    attempts: int
    answer: Json | None
    failure: str | None


class State(msgspec.Struct, frozen=True, kw_only=True):
    """The whole world at one moment."""

    version: int
    channels: dict[str, ChannelView]
    ephemerals: list[EphemeralView]
    views: list[ModalView]
    homes: dict[str, ModalView]
    calls: list[tuple[str, Json]]
    unknown: list[str]
    violations: list[str]
    deliveries: list[DeliveryView]
    struck: dict[int, int]
    """How often each rule of the fault table struck."""
    connections: int

    def calls_of(self, method: str) -> list[Json]:
        """The arguments of every call of one method."""
        return [arguments for name, arguments in self.calls if name == method]

    def dm(self, user: str) -> list[MessageView]:
        """What was said between somebody and the app."""
        for channel in self.channels.values():
            if channel.user == user:
                return channel.messages
        return []


def state_of(double: "SlackDouble") -> State:
    world, deliveries = double.world, double.deliveries.all
    return State(
        version=world.changes.version,
        channels={channel.id: channel_view(double, channel) for channel in world.channels.values()},
        ephemerals=[ephemeral_view(one) for one in double.ephemerals],
        views=[modal_view(one) for one in world.views.values() if one.is_open],
        homes={user: modal_view(one) for user, one in world.homes.items()},
        calls=[(method, arguments) for method, arguments in double.calls],
        unknown=double.unknown,
        violations=[str(violation) for violation in double.violations],
        deliveries=[delivery_view(number, one) for number, one in enumerate(deliveries)],
        struck={rule.id: rule.struck for rule in double.faults.rules.values()},
        connections=len(double.sockets.connections),
    )


def channel_view(double: "SlackDouble", channel: Channel) -> ChannelView:
    return ChannelView(
        id=channel.id,
        kind=channel.kind,
        name=channel.name,
        user=channel.user,
        members=channel.members,
        archived=channel.archived,
        messages=[message_view(double, message) for message in channel.messages],
    )


def message_view(double: "SlackDouble", message: Message) -> MessageView:
    return MessageView(
        channel=message.channel.id,
        ts=message.ts,
        sender=message.sender.id,
        by_app=message.by_app,
        text=message.text,
        blocks=message.blocks,
        labels=message.labels,
        thread_ts=message.thread_ts,
        broadcast=message.broadcast,
        metadata=message.metadata,
        files=[file_view(file) for file in message.files],
        reactions=message.reactions,
        earlier_texts=message.earlier_texts,
        tombstone=message.tombstone,
        acknowledged=double.acknowledged(message),
    )


def file_view(file: StoredFile) -> FileView:
    return FileView(file.id, file.name, file.title, file.mimetype, file.content or b"")


def ephemeral_view(shown: Ephemeral) -> EphemeralView:
    return EphemeralView(
        channel=shown.channel.id,
        ts=shown.ts,
        user=shown.user,
        text=shown.text,
        blocks=shown.blocks,
    )


def modal_view(view: View) -> ModalView:
    return ModalView(
        id=view.id,
        user=view.user,
        title=view.title,
        callback_id=view.callback_id,
        definition=view.definition,
        errors=view.errors,
    )


def delivery_view(number: int, delivery: Delivery) -> DeliveryView:
    return DeliveryView(
        number=number,
        kind=delivery.kind,
        acknowledged=delivery.acknowledged,
        attempts=delivery.attempts,
        answer=delivery.answer,
        failure=delivery.failure,
    )
