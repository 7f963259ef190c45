"""What a platform adapter must and may be able to do.

`Channel` is required. Each further ability is a protocol of its own; what a channel does not
offer, the program replaces by a visible note. Whatever has threads can be a desk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from msgspec import Struct

from chat.actions import (
    CloseThread,
    Delete,
    Edit,
    MarkInternal,
    OpenThread,
    React,
    Reason,
    ReopenThread,
    Send,
    ShowTyping,
    UpdateCard,
)
from chat.address import Address
from chat.events import Event
from chat.message import Attachment, Message


class RetryLater(Exception):
    """Not now. `after`: seconds to wait at least, or None for the usual backoff.

    `ambiguous`: the platform may have carried the request out although no answer came.
    """

    def __init__(self, why: str, after: float | None = None, *, ambiguous: bool = False) -> None:
        super().__init__(why)
        self.after = after
        self.ambiguous = ambiguous


class Undeliverable(Exception):
    """Never. The other side will be told."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class OperatorNeeded(Exception):
    """The channel cannot run until somebody mends its set-up; the message says what to do."""


class Receipt(Struct, frozen=True):
    """The ids that the platform gave to the messages of one `Send`, in order."""

    message_ids: tuple[str, ...]


class OpenedThread(Struct, frozen=True):
    """A thread and the id of the card posted in it."""

    thread: Address
    card_message: str | None


class Sink(Protocol):
    """Where a channel puts what it hears."""

    async def submit(self, event: Event) -> None:
        """Return once the event's effect is durable: only then may the platform be told
        'received'. Call in the platform's order. Raises nothing but cancellation."""

    async def hint(self, event: Event) -> None:
        """Pass on something that need not survive, such as typing."""

    def redact(self, message: Message) -> Message:
        """The message without the secrets in it. A channel that keeps messages of its own keeps
        this one; the others need not ask, for `submit` does the same first of all."""

    def redact_text(self, text: str) -> str:
        """The same for a text by itself, such as the name of a file that is kept."""


class FileSource(Protocol):
    """Reads what an attachment refers to, on whichever platform it lies."""

    async def read(self, attachment: Attachment) -> bytes:
        """The bytes. Raises `RetryLater` or `Undeliverable`."""


class Memory(Protocol):
    """A few small durable facts for a channel, such as a chat's new id."""

    async def get(self, key: str) -> str | None:
        """The value, or None."""

    async def put(self, key: str, value: str) -> None:
        """Remember for good."""


class Channel(Protocol):
    """One platform. `name` is the platform of its addresses.

    `deduplicates`: saying the same action twice shows it once. Where that is False, whoever
    is concerned is told when something may have arrived twice.
    """

    @property
    def name(self) -> str: ...

    @property
    def deduplicates(self) -> bool: ...

    async def run(self, sink: Sink) -> None:
        """Listen until cancelled."""

    async def send(self, action: Send, reply_to: str | None) -> Receipt:
        """Say it. `reply_to` is the id of the answered message at `action.to`, where known.

        Raises `RetryLater` or `Undeliverable`, nothing else; the same holds for every ability.
        """


@runtime_checkable
class ThreadChannel(Protocol):
    """Has threads, so it can be a desk."""

    async def open_thread(self, action: OpenThread) -> OpenedThread: ...

    async def update_card(self, action: UpdateCard) -> None: ...

    async def close_thread(self, action: CloseThread) -> None: ...

    async def reopen_thread(self, action: ReopenThread) -> None: ...


@runtime_checkable
class EditChannel(Protocol):
    """Can change and take back what we said."""

    async def edit(self, action: Edit, message_id: str) -> None: ...

    async def delete(self, action: Delete, message_id: str) -> None: ...


@runtime_checkable
class EraseChannel(Protocol):
    """Can take away what others wrote, at least in some places."""

    async def erase(self, action: Delete, message_id: str) -> None: ...


@runtime_checkable
class ReactionChannel(Protocol):
    """Can put an emoji on a message in our name."""

    async def react(self, action: React, message_id: str) -> None: ...


@runtime_checkable
class AlbumChannel(Protocol):
    """Can show several attachments as one group."""

    async def send_album(self, actions: Sequence[Send], reply_to: str | None) -> Receipt:
        """Say them as one group; the receipt has one id for each action."""


@runtime_checkable
class MarkChannel(Protocol):
    """Can mark an agent's message as internal without a further message."""

    async def mark_internal(self, action: MarkInternal) -> None: ...


@runtime_checkable
class TypingChannel(Protocol):
    """Can show that somebody is writing."""

    async def show_typing(self, action: ShowTyping) -> None: ...


@runtime_checkable
class FileChannel(Protocol):
    """Holds files that others may read."""

    async def fetch(self, attachment: Attachment) -> bytes: ...


@runtime_checkable
class SearchChannel(Protocol):
    """Can tell whether an earlier try, of which no answer came, has shown a message."""

    async def find(self, action: Send, since: float) -> Receipt | None:
        """What shows the action already, said at `since` (epoch seconds) or later; else None."""


@runtime_checkable
class BatchChannel(Protocol):
    """Has so few turns in some places that what waits for one had better share it."""

    async def turn(self, to: Address) -> None:
        """Wait for the turn in which the next `send` at this address is said."""

    def batch_most(self, to: Address) -> int:
        """How long a text several messages may share there, in UTF-16 units; 0: they may not."""
