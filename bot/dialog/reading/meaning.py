"""What an event means for a conversation."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from bot.dialog.transitions import Trigger
from chat.address import Address, Person
from chat.message import Message
from chat.phrases import Lang
from faq.entry import Entry
from faq.match import Match
from handoff.concern import Concern
from handoff.lookalikes import Lookalike
from handoff.norms import Breach
from handoff.temper import Temper
from handoff.ticket import Cause, HeldReply

KEY_LEAKED: Final = "security.key_leaked"
WAITING_TIMER = "waiting"
OPENING_TIMER = "opening"


class Reading(Struct, frozen=True, gc=False):
    """A trigger and what the handler needs of the event.

    `text` is what the customer or agent said, without command or prefix; `label` is what a
    pressed button said; `match` is what the matcher found, `candidates` are entries to suggest;
    `topic` names an entry that may be gone, `step` one of its steps; `target` is who shall have
    the case; `score` is a rating from 1 to 5. `concern` is what makes the case urgent; `temper`
    and `asked` are to be remembered; `fakes` and `poses` tell of who poses as us. `breach` is the
    norm that a reply breaks, `held` the held reply it is about; `edited`: the message replaces an
    earlier one.
    """

    trigger: Trigger
    text: str = ""
    message: Message | None = None
    sender: Person | None = None
    address: Address | None = None
    lang: Lang | None = None
    entry: Entry | None = None
    topic: str = ""
    step: int = 0
    match: Match | None = None
    candidates: tuple[Entry, ...] = ()
    cause: Cause = "asked"
    label: str = ""
    target: Person | None = None
    score: int = 0
    concern: Concern | None = None
    temper: Temper | None = None
    asked: str = ""
    fakes: tuple[Lookalike, ...] = ()
    poses: bool = False
    breach: Breach | None = None
    held: HeldReply | None = None
    edited: bool = False
