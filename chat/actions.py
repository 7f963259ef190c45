"""What shall be done, in the imperative. The engine asks; the store, outbox and channels do.

An action's `id` is `<event id>/<index>`, so the same decision always names the same actions.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chat.address import Address, Person
from chat.message import Attachment, MessageRef, Span

Reason: TypeAlias = Literal[
    "blocked",  # the person refuses messages from us
    "thread_gone",  # the thread was deleted or refuses everything
    "not_found",  # the chat, message or file does not exist
    "forbidden",  # we lack a permission
    "too_large",
    "invalid",  # the platform refuses the content
    "unsupported",  # the platform has nothing of the kind
    "expired",  # tried for too long
]
"""Why something could not be delivered."""

Role: TypeAlias = Literal["customer", "agent", "bot", "system"]
CardStatus: TypeAlias = Literal["waiting", "open", "closed", "returned"]


class Speaker(Struct, frozen=True, omit_defaults=True, gc=False):
    """In whose voice a message is said. `system` speaks for the desk itself."""

    role: Role
    name: str = ""


class Button(Struct, frozen=True, omit_defaults=True, gc=False):
    """A choice. `value` comes back in `ButtonPressed`; at most 64 bytes (Telegram's limit).

    A `form` asks for more (`note:…` for a text, `transfer:…` for an agent), which comes back as
    the command that one would type; platforms without forms leave the button out.
    """

    value: str
    label: str
    style: Literal["plain", "primary", "danger"] = "plain"
    form: bool = False


class Card(Struct, frozen=True, omit_defaults=True, gc=False):
    """The face of a case in the shared channel.

    `title` and `lines` are ready to show, in the desk's language; the other fields are for
    channels that draw their own list of cases. Times are in seconds since the epoch. `priority`
    is P0 (first of all) to P3, or empty.
    """

    ticket: str
    status: CardStatus
    title: str
    lines: tuple[str, ...]
    buttons: tuple[tuple[Button, ...], ...] = ()
    customer: str = ""
    platform: str = ""
    language: str = ""
    reason: str = ""
    quote: str = ""
    opened_at: float = 0.0
    agent: str = ""
    priority: str = ""


class _Action(Struct, frozen=True, tag=True, omit_defaults=True, gc=False):
    id: str


class Send(_Action, frozen=True, gc=False):
    """Say something at an address.

    `mirrors` is the message of which this is the relayed copy; `reply_to` is the message it
    answers, named on whichever side it was written. `only_in` lists the conversation states in
    which it may still be said when its turn comes (empty: always); it is checked at send time.
    `order` is the place of a relayed message among the customer's messages. `rings`: everybody in
    the shared channel shall be called, as loudly as the platform allows.
    """

    to: Address
    text: str = ""
    spans: tuple[Span, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    speaker: Speaker = Speaker("bot")
    reply_to: MessageRef | None = None
    mirrors: MessageRef | None = None
    album: str | None = None
    order: int = 0
    only_in: tuple[str, ...] = ()
    rings: bool = False


class Edit(_Action, frozen=True, gc=False):
    """Change the relayed copy of `target` at an address."""

    to: Address
    target: MessageRef
    text: str
    spans: tuple[Span, ...] = ()


class Delete(_Action, frozen=True, gc=False):
    """Take the relayed copy of `target` back from an address, or, where `target` lies at the
    address itself, the message that somebody wrote there."""

    to: Address
    target: MessageRef


def is_erasure(action: Delete) -> bool:
    """Whether it is somebody else's own message that goes, and no copy of ours."""
    place = (action.target.platform, action.target.channel)
    return place == (action.to.platform, action.to.channel)


class React(_Action, frozen=True, gc=False):
    """Show, on the copy of `target` at an address, that the other side reacted to it."""

    to: Address
    target: MessageRef
    emoji: str
    added: bool = True


class MarkInternal(_Action, frozen=True, gc=False):
    """Mark an agent's message in a thread as one that the customer did not get."""

    to: Address
    message_id: str


class ShowTyping(_Action, frozen=True, gc=False):
    """Show that somebody is writing. Never stored, never repeated."""

    to: Address
    speaker: Speaker


class OpenThread(_Action, frozen=True, gc=False):
    """Open a thread for a case in the shared channel and post its card.

    `instead_of` is the thread that is gone: whatever was on its way there goes first, so that it
    is known when the new one is filled.
    """

    desk: Address
    conversation: str
    card: Card
    instead_of: Address | None = None


class UpdateCard(_Action, frozen=True, gc=False):
    """Redraw the card of a case. `message_id` is `ThreadOpened.card_message`."""

    to: Address
    card: Card
    message_id: str | None = None


class CloseThread(_Action, frozen=True, gc=False):
    """Close a thread; nothing is deleted."""

    to: Address


class ReopenThread(_Action, frozen=True, gc=False):
    """Open a closed thread again."""

    to: Address


class LinkAddresses(_Action, frozen=True, gc=False):
    """Note, in the conversation at an address, that those at `others` are the same person's; or,
    when `added` is False, that they are not. `by` is the agent who says so."""

    to: Address
    others: tuple[str, ...]
    by: Person
    added: bool = True


class SetTimer(_Action, frozen=True, gc=False):
    """Fire `TimerFired(name)` at `at`; replaces a timer of the same name."""

    name: str
    at: float


class CancelTimer(_Action, frozen=True, gc=False):
    """Forget a timer, if it is set."""

    name: str


class Record(_Action, frozen=True, gc=False):
    """Note a fact for reports. `at` is the event's time."""

    kind: str
    at: float
    data: dict[str, str | int | float | None]


Delivery: TypeAlias = (
    Send
    | Edit
    | Delete
    | React
    | MarkInternal
    | OpenThread
    | UpdateCard
    | CloseThread
    | ReopenThread
    | LinkAddresses
)
"""Actions that leave through the outbox."""

Action: TypeAlias = Delivery | ShowTyping | SetTimer | CancelTimer | Record
