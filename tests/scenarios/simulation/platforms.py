"""The chats and the shared channel as people see them. No faults here, only what took place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

from chat.actions import (
    Button,
    Card,
    Edit,
    OpenThread,
    Send,
    UpdateCard,
)
from chat.address import Address
from chat.channel import OpenedThread, Receipt, Undeliverable
from chat.message import Attachment, MessageRef
from tests.scenarios.simulation.history import History

LARGEST_FILE = 1_000_000


@dataclass(slots=True)
class Shown:
    """A message of ours as a person sees it."""

    id: str
    action: str
    step: int
    role: str
    name: str
    text: str
    attachments: tuple[Attachment, ...]
    buttons: tuple[tuple[Button, ...], ...]
    reply_to: str | None
    mirrors: MessageRef | None
    looked: int
    deleted: bool = False


@dataclass(slots=True, eq=False)
class Place:
    """A customer's chat or a desk thread: what we said there."""

    address: Address
    shown: list[Shown] = field(default_factory=list)

    def text(self, *, but: tuple[str, ...] = ()) -> str:
        """Everything that can be read here, but for messages that begin with one of these marks
        and lines that have one."""
        everything = "\n".join(
            " ".join((s.text, *(a.name for a in s.attachments)))
            for s in self.shown
            if not s.deleted and not (but and s.text.startswith(but))
        )
        if not but:
            return everything
        lines = everything.split("\n")
        return "\n".join(line for line in lines if not any(mark in line for mark in but))

    def find(self, message_id: str) -> Shown | None:
        """A message by its id."""
        return next((s for s in self.shown if s.id == message_id), None)


@dataclass(slots=True, eq=False)
class Chat(Place):
    """A customer's chat."""

    blocked: bool = False


@dataclass(slots=True, eq=False)
class Thread(Place):
    """A thread of the shared channel. `deleted_at` is the step at which it vanished."""

    conversation: str = ""
    action: str = ""
    card: Card | None = None
    card_message: str = ""
    closed: bool = False
    deleted_at: int | None = None
    internal: list[str] = field(default_factory=list)

    @property
    def live(self) -> bool:
        """Whether it can be written to."""
        return self.deleted_at is None


class Platform:
    """One platform. Where it `deduplicates`, an action's id counts once."""

    def __init__(self, name: str, history: History, *, deduplicates: bool) -> None:
        self.name = name
        self.deduplicates = deduplicates
        self._history = history
        self._ids = count(1)
        self._sent: dict[str, Receipt] = {}
        self._opened: dict[str, OpenedThread] = {}
        self.chats: dict[str, Chat] = {}
        self.threads: dict[str, Thread] = {}
        self.refuses_threads = False
        self.unreachable = False
        self.albums_shown = 0

    def chat(self, channel: str) -> Chat:
        """A customer's chat."""
        if channel not in self.chats:
            self.chats[channel] = Chat(Address(self.name, channel))
        return self.chats[channel]

    def thread(self, address: Address) -> Thread:
        """A thread that can be written to. Raises Undeliverable."""
        thread = self.threads.get(address.thread or "")
        if thread is None or not thread.live:
            raise Undeliverable("thread_gone")
        return thread

    def next_id(self) -> str:
        """An id for a message."""
        return f"{self.name}-{next(self._ids)}"

    def send(self, action: Send, reply_to: str | None, looked: int) -> Receipt:
        """Show a message. `looked`: when the sender last looked who owns the conversation."""
        if self.deduplicates and action.id in self._sent:
            return self._sent[action.id]
        place: Place
        if action.to.thread is not None:
            place = self.thread(action.to)
        else:
            place = chat = self.chat(action.to.channel)
            if chat.blocked:
                raise Undeliverable("blocked")
        if any(a.size > LARGEST_FILE for a in action.attachments):
            raise Undeliverable("too_large")
        shown = Shown(
            id=self.next_id(),
            action=action.id,
            step=self._history.tick(),
            role=action.speaker.role,
            name=action.speaker.name,
            text=action.text,
            attachments=action.attachments,
            buttons=action.buttons,
            reply_to=reply_to,
            mirrors=action.mirrors,
            looked=looked,
        )
        place.shown.append(shown)
        receipt = self._sent[action.id] = Receipt((shown.id,))
        return receipt

    def send_album(self, actions: Sequence[Send], reply_to: str | None, looked: int) -> Receipt:
        """Show several messages as one group, or none of them."""
        if any(a.size > LARGEST_FILE for action in actions for a in action.attachments):
            raise Undeliverable("too_large")
        receipts = [self.send(action, reply_to, looked) for action in actions]
        self.albums_shown += 1
        return Receipt(tuple(receipt.message_ids[0] for receipt in receipts))

    def edit(self, action: Edit, message_id: str) -> None:
        """Change a message of ours."""
        shown = self._own(action.to, message_id)
        shown.text = action.text

    def delete(self, to: Address, message_id: str) -> None:
        """Take a message of ours back."""
        self._own(to, message_id).deleted = True

    def _own(self, to: Address, message_id: str) -> Shown:
        place: Place = self.thread(to) if to.thread is not None else self.chat(to.channel)
        shown = place.find(message_id)
        if shown is None:
            raise Undeliverable("not_found")
        return shown

    def open_thread(self, action: OpenThread) -> OpenedThread:
        """Open a thread with its card."""
        if self.deduplicates and action.id in self._opened:
            return self._opened[action.id]
        if self.refuses_threads:
            raise Undeliverable("forbidden")
        thread = Thread(
            address=action.desk.in_thread(f"t{len(self.threads) + 1}"),
            conversation=action.conversation,
            action=action.id,
            card=action.card,
            card_message=self.next_id(),
        )
        assert thread.address.thread is not None
        self.threads[thread.address.thread] = thread
        self._history.tick()
        opened = OpenedThread(thread.address, thread.card_message)
        self._opened[action.id] = opened
        return opened

    def update_card(self, action: UpdateCard) -> None:
        """Redraw a card."""
        thread = self.thread(action.to)
        if action.message_id != thread.card_message:
            raise Undeliverable("not_found")
        thread.card = action.card

    def close_thread(self, address: Address) -> None:
        """Close a thread."""
        self.thread(address).closed = True

    def reopen_thread(self, address: Address) -> None:
        """Open a closed thread again."""
        self.thread(address).closed = False

    def vanish(self, thread: Thread) -> None:
        """Somebody deletes a thread."""
        thread.deleted_at = self._history.tick()
