"""Events, conversations and decisions to commit."""

from __future__ import annotations

from bot.dialog.conversation import Conversation, Decision, State
from chat.actions import Action, CancelTimer, Record, Send, SetTimer
from chat.address import Address, Person
from chat.events import Event, MessageReceived, TimerFired
from chat.message import Message, MessageRef
from handoff.ticket import Ticket

CUSTOMER = Address("web", "v1")
DESK = Address("tg", "-100", "7")


def written(event: str, text: str = "hello", customer: Address = CUSTOMER) -> MessageReceived:
    """A customer wrote."""
    person = Person(customer.platform, customer.channel, "Li")
    return MessageReceived(event, 100.0, Message(f"m-{event}", 100.0, person, customer, text))


def conversation(
    state: State = State.BOT, *, opened_at: float | None = None, customer: Address = CUSTOMER
) -> Conversation:
    """A conversation, with a case where it was opened."""
    ticket = None
    if opened_at is not None:
        ticket = Ticket(id="K1", cause="asked", quote="help", opened_at=opened_at)
    return Conversation(id=customer.key, customer=customer, state=state, ticket=ticket)


def say(event: str, index: int = 0, text: str = "hi") -> Send:
    """Something to deliver."""
    return Send(f"{event}/{index}", to=CUSTOMER, text=text)


def decision(*actions: Action, then: Conversation | None = None) -> Decision:
    """A decision with these actions."""
    return Decision(then or conversation(), actions)


def set_timer(at: float, name: str = "waiting") -> SetTimer:
    """Set a timer."""
    return SetTimer("e/0", name, at)


def cancel_timer(name: str = "waiting") -> CancelTimer:
    """Cancel a timer."""
    return CancelTimer("e/0", name)


def fact(kind: str) -> Record:
    """A fact for reports."""
    return Record("e/0", kind, 100.0, {})


def fired(due: float, name: str = "waiting") -> Event:
    """A timer's event."""
    return TimerFired(f"timer:{CUSTOMER.key}/{name}/{due!r}", due + 1, CUSTOMER.key, name, due)


def ref(place: Address, message_id: str) -> MessageRef:
    """Names a message."""
    return MessageRef(place.platform, place.channel, message_id)
