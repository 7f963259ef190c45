"""What is decided where a decision failed through a fault of ours.

The table has no say here: something in it, or in what it reads with, does not work. So this uses
as little of it as it can, and what a person wrote goes to a person.
"""

from __future__ import annotations

from bot.dialog import relaying
from bot.dialog.cases import before_thread
from bot.dialog.cases.opening import hand_over
from bot.dialog.conversation import Conversation, Decision, QueueView, Settings, State
from bot.dialog.draft import Draft, NeedsQueue
from bot.dialog.hearing import hear
from bot.dialog.reading import Reading, is_desk
from bot.dialog.transitions import Trigger
from chat.events import ButtonPressed, Event, MessageEdited, MessageReceived
from chat.message import Message
from faq.knowledge_base import KnowledgeBase
from handoff.ticket import line_of


def decide_after_fault(
    conversation: Conversation,
    event: Event,
    *,
    settings: Settings,
    knowledge: KnowledgeBase,
    queue: QueueView | None = None,
) -> Decision:
    """What still can be done about an event that could not be handled.

    A customer's words reach a person: a new case, or the present one. An agent is told that
    nothing was sent. As `engine.decide`, it may have to be asked again with `queue`.
    """
    draft = Draft(conversation, event, settings, knowledge, queue)
    try:
        match event:
            case MessageReceived(message=message) | MessageEdited(message=message):
                if is_desk(message.address, settings):
                    _tell_agent(draft, message)
                else:
                    _pass_on(draft, message)
            case ButtonPressed():
                if is_desk(event.address, settings):
                    draft.tell_thread(draft.desk_phrase("desk.fault_button"), to=event.address)
                elif conversation.state is State.BOT:
                    _open_case(draft, None)
    except NeedsQueue as needed:
        return Decision(conversation, (), asks_place=needed.place)
    draft.record("fault", event=event.id, what=type(event).__name__)
    return draft.decision()


def _pass_on(draft: Draft, message: Message) -> None:
    reading = Reading(Trigger.WROTE, message=message)
    edited = isinstance(draft.event, MessageEdited)
    match draft.conversation.state:
        case State.BOT:
            _open_case(draft, message)
        case State.OPENING:
            (before_thread.hold_edit if edited else before_thread.hold)(draft, reading)
        case State.WAITING | State.HUMAN:
            (relaying.relay_edit if edited else relaying.relay)(draft, reading)


def _open_case(draft: Draft, message: Message | None) -> None:
    """Hand over without having understood what it is about."""
    text = message.text if message else ""
    reading = Reading(Trigger.ASKED_PERSON, text=text, message=message, cause="fault")
    hear(draft, reading)
    hand_over(draft, reading, told="customer.handover_fault")


def _tell_agent(draft: Draft, message: Message) -> None:
    draft.tell_thread(draft.desk_phrase("desk.fault_reply"), to=message.address)
    draft.keep(line_of(message, "agent", internal=True))
