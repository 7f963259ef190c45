"""What happened, in the past tense. Platforms and clocks make events; the engine decides on them.

An event's `id` is the same however often it is delivered. `at` is in seconds since the epoch.
"""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct

from chat.actions import Delete, Edit, React, Reason, Send, UpdateCard
from chat.address import Address, Person
from chat.message import Message


class _Event(Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    id: str
    at: float


class MessageReceived(_Event, frozen=True, gc=False):
    """A person wrote, to us or in a desk thread."""

    message: Message


class MessageEdited(_Event, frozen=True, gc=False):
    """A person changed an earlier message; `message` is its new form under its old id."""

    message: Message


class MessageDeleted(_Event, frozen=True, gc=False):
    """A person took an earlier message back."""

    address: Address
    message_id: str
    sender: Person | None = None


class ButtonPressed(_Event, frozen=True, gc=False):
    """A person pressed a button under one of our messages; `value` is `Button.value`."""

    address: Address
    sender: Person
    value: str
    message_id: str | None = None


class ReactionChanged(_Event, frozen=True, gc=False):
    """A person put an emoji on a message, or took it off (`added` is False)."""

    address: Address
    sender: Person
    message_id: str
    emoji: str
    added: bool = True


class TypingStarted(_Event, frozen=True, gc=False):
    """A person is writing. Never stored, never repeated."""

    address: Address
    sender: Person


class ThreadOpened(_Event, frozen=True, gc=False):
    """The thread that an `OpenThread` asked for is there."""

    conversation: str
    ticket: str
    thread: Address
    card_message: str | None = None


class ThreadClosed(_Event, frozen=True, gc=False):
    """An agent closed the thread with the platform's own means."""

    thread: Address
    sender: Person


class DeliveryFailed(_Event, frozen=True, gc=False):
    """Something could not be delivered and will not be tried again."""

    conversation: str
    action: Send | Edit | Delete | React | UpdateCard
    reason: Reason


class DeliveryUncertain(_Event, frozen=True, gc=False):
    """A message was delivered, but an earlier try may have arrived too."""

    conversation: str
    action: Send


class ThreadFailed(_Event, frozen=True, gc=False):
    """An `OpenThread` could not be carried out."""

    conversation: str
    ticket: str
    reason: Reason


class TimerFired(_Event, frozen=True, gc=False):
    """A timer that the conversation set is due; `due` is the time it was set to."""

    conversation: str
    name: str
    due: float


class AddressesLinked(_Event, frozen=True, gc=False):
    """An agent said, perhaps in another case, that those at `others` (`Address.key`) are this
    conversation's customer too; or, when `added` is False, that they are not."""

    conversation: str
    others: tuple[str, ...]
    by: Person
    added: bool = True


class LinkRefused(_Event, frozen=True, gc=False):
    """An agent named an address from which nobody has written to us."""

    conversation: str
    other: str


Event: TypeAlias = (
    MessageReceived
    | MessageEdited
    | MessageDeleted
    | ButtonPressed
    | ReactionChanged
    | TypingStarted
    | ThreadOpened
    | ThreadClosed
    | ThreadFailed
    | DeliveryFailed
    | DeliveryUncertain
    | TimerFired
    | AddressesLinked
    | LinkRefused
)
