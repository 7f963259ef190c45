"""What is known of one customer's conversation, and what a decision is made with."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from bot.dialog.guide import Guide
from chat.actions import Action
from chat.address import Address, Person
from chat.phrases import Lang
from handoff.lookalikes import Official
from handoff.norms import NO_NORMS, Norms
from handoff.temper import Temper
from handoff.ticket import ClosedTicket, Story, Ticket

CRISIS_LINES: Final[dict[Lang, str]] = {
    "zh": "全国统一心理援助热线 12356；情况紧急请马上拨打 120 或 110",
    "en": "findahelpline.com lists people to talk to in every country (in the US: call or text "
    "988); in an emergency please call your local emergency number",
}


class State(StrEnum):
    """Who owns the conversation: the bot, nobody yet, or a person."""

    BOT = "bot"
    OPENING = "opening"
    WAITING = "waiting"
    HUMAN = "human"


class Question(Struct, frozen=True, omit_defaults=True, gc=False):
    """What the knowledge base was asked last, and when. `offered` are the ids of the entries that
    were offered for it. `topic` is that of the entry whose answer was given last, at `answered_at`,
    to what was `asked` then: what follows may be about it."""

    text: str = ""
    at: float = 0.0
    offered: tuple[str, ...] = ()
    topic: str = ""
    asked: str = ""
    answered_at: float = 0.0


class Conversation(Struct, frozen=True, omit_defaults=True, gc=False):
    """One customer at one address. `seq` counts the customer's messages.

    `language_chosen`: the customer set the language, so it is no longer guessed.
    `linked` are the keys of other addresses that an agent said are the same person's.
    `misses` counts questions in a row that found no answer. `reminders` counts the 'still
    waiting' messages of the present case. `temper` is how upset they have been lately; `asked`
    tells the last question from others, not what it was. `guide` is the procedure
    that they are walked through. `secret_at` and `leaked_at` are when a
    secret and when a key or seed phrase was last taken out of a message; `erased` are the ids of
    messages that we had the platform delete for it.
    """

    id: str
    customer: Address
    person: Person | None = None
    lang: Lang = "zh"
    language_chosen: bool = False
    state: State = State.BOT
    misses: int = 0
    topics: tuple[str, ...] = ()
    seq: int = 0
    reminders: int = 0
    temper: Temper = Temper()
    asked: str = ""
    question: Question = Question()
    guide: Guide | None = None
    secret_at: float = 0.0
    leaked_at: float = 0.0
    erased: tuple[str, ...] = ()
    story: Story = ()
    linked: tuple[str, ...] = ()
    ticket: Ticket | None = None
    last: ClosedTicket | None = None


class Settings(Struct, frozen=True, gc=False):
    """What the operator set; cases may also be shown in `spare_desks`.

    Durations in seconds; `agents` holds `Person.key`s, empty for all. `crisis_lines` says, by
    language, whom somebody in danger of their life can reach at once.
    """

    desk: Address
    spare_desks: frozenset[Address] = frozenset()
    brand: str = "Tokenim"
    default_lang: Lang = "zh"
    desk_lang: Lang = "zh"
    agents: frozenset[str] = frozenset()
    misses_before_person: int = 2
    reopen_within: float = 24 * 3600.0
    reminders: tuple[float, ...] = (300.0, 900.0, 3600.0)
    retry_open_after: float = 60.0
    crisis_lines: dict[Lang, str] = field(default_factory=lambda: dict(CRISIS_LINES))
    norms: Norms = NO_NORMS
    official: Official = Official()


class QueueView(Struct, frozen=True, gc=False):
    """The queue as it stands: how many cases wait before this one."""

    ahead: int


class Decision(Struct, frozen=True, gc=False):
    """The conversation as it shall be and what shall be done.

    `asks_place`: nothing was decided because it must be known how many cases wait before this
    place in the queue; ask again with it.
    """

    conversation: Conversation
    actions: tuple[Action, ...]
    asks_place: float | None = None
