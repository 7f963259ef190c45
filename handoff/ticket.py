"""A case in the hands of people: what it is, what is known of it, who has it."""

from __future__ import annotations

import base64
import hashlib
from typing import Literal, TypeAlias

from msgspec import Raw, Struct, json, structs

from chat.actions import Role
from chat.address import Address, Person
from chat.message import Attachment, Message, MessageRef
from handoff.mood import Kind
from handoff.priority import Priority, queue_score

Cause: TypeAlias = Literal[
    "asked",
    "missed",
    "not_helped",
    "step_failed",
    "critical",
    "leaked",
    "stuck",
    "upset",
    "danger",
    "fault",
]
"""Why a conversation was handed over; `fault`: because of a fault of ours."""

Story: TypeAlias = tuple[Raw, ...]
"""A conversation so far: its `Line`s, each as JSON. A conversation is written down with every
message, and its old lines need not be encoded again each time."""

STORY_LINES = 40
STORY_LINE_LENGTH = 1000


class Line(Struct, frozen=True, omit_defaults=True, gc=False):
    """One line of a conversation's story. `at` is in seconds since the epoch.

    An `internal` line is a note among agents.
    """

    role: Role
    text: str
    at: float
    name: str = ""
    internal: bool = False
    ref: MessageRef | None = None
    attachments: tuple[Attachment, ...] = ()


def line_of(message: Message, role: Role, *, internal: bool = False) -> Line:
    """A message as a line of the story."""
    return Line(
        role=role,
        text=message.text,
        at=message.at,
        name=message.sender.name,
        internal=internal,
        ref=message.ref,
        attachments=message.attachments,
    )


class Held(Struct, frozen=True, omit_defaults=True, gc=False):
    """A customer's message that waits for a thread. `seq` counts the customer's messages."""

    seq: int
    message: Message


class HeldReply(Struct, frozen=True, omit_defaults=True, gc=False):
    """An agent's reply that was kept back because it breaks a service norm.

    `key` names it in its button and changes with every edit. `never`: it may not go out as it is.
    `changes`: the customer has an earlier form of it.
    """

    key: str
    message: Message
    norm: str
    phrase: str
    never: bool = False
    changes: bool = False


class StepReached(Struct, frozen=True, gc=False):
    """Where in a guided procedure a customer was: its title, the step from 1, its words."""

    title: str
    step: int
    of: int
    text: str


class Ticket(Struct, frozen=True, omit_defaults=True, gc=False):
    """A case. `opened_at`, `claimed_at` and `replied_at` are in seconds since the epoch.

    `priority`, `mood` and `evidence` (the customer's own words) say why it should be seen to
    before others, if it should. `doubted` are agents' messages that may stand twice at the
    customer's.
    """

    id: str
    cause: Cause
    quote: str
    opened_at: float
    topics: tuple[str, ...] = ()
    thread: Address | None = None
    card_message: str | None = None
    agent: Person | None = None
    claimed_at: float | None = None
    replied_at: float | None = None
    attempt: int = 1
    told: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    priority: Priority | None = None
    mood: Kind | None = None
    evidence: str = ""
    held_replies: tuple[HeldReply, ...] = ()
    doubted: tuple[MessageRef, ...] = ()
    step: StepReached | None = None


class ClosedTicket(Struct, frozen=True, gc=False):
    """The last case of a conversation, kept for reopening."""

    ticket: Ticket
    at: float


_encoder = json.Encoder()
_line_decoder = json.Decoder(Line)


def ticket_id(event_id: str) -> str:
    """A short name for a case, derived from the event that opened it: `K` and six of A-Z2-7."""
    digest = hashlib.blake2s(event_id.encode(), digest_size=5).digest()
    return "K" + base64.b32encode(digest).decode()[:6]


def place_of(ticket: Ticket) -> float:
    """A case's place in the queue; the lower, the sooner."""
    return queue_score(ticket.priority, ticket.opened_at)


def remember(story: Story, line: Line) -> Story:
    """The story with one more line, within its bounds; the oldest lines go first."""
    if len(line.text) > STORY_LINE_LENGTH:
        line = structs.replace(line, text=line.text[: STORY_LINE_LENGTH - 1] + "…")
    return (*story, *written(line))[-STORY_LINES:]


def written(*lines: Line) -> Story:
    """Lines as a story keeps them."""
    return tuple(Raw(_encoder.encode(line)) for line in lines)


def lines_of(story: Story) -> tuple[Line, ...]:
    """The lines of a story."""
    return tuple(_line_decoder.decode(line) for line in story)
