"""Reads an event as a trigger of the transition table."""

from __future__ import annotations

from bot.dialog.conversation import Conversation, Settings, State
from bot.dialog.listening import listen, may_have_mood
from bot.dialog.reading.agents import agent_button, agent_deletion, agent_message
from bot.dialog.reading.customer_buttons import customer_button
from bot.dialog.reading.customers import customer_edit, customer_message, with_posing
from bot.dialog.reading.deliveries import failure
from bot.dialog.reading.meaning import WAITING_TIMER, Reading
from bot.dialog.reading.whose import (
    is_desk,
    is_theirs,
    thread_of,
)
from bot.dialog.transitions import Trigger
from chat.events import (
    AddressesLinked,
    ButtonPressed,
    DeliveryFailed,
    DeliveryUncertain,
    Event,
    LinkRefused,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadClosed,
    ThreadFailed,
    ThreadOpened,
    TimerFired,
    TypingStarted,
)
from faq.knowledge_base import KnowledgeBase
from handoff.concern import Assessor
from handoff.secrets.telling import left_of


def heard_in(event: Event, settings: Settings) -> str:
    """The text whose mood is heard when the event is read; empty where none is."""
    match event:
        case MessageReceived(message=message) | MessageEdited(message=message):
            text = left_of(message)
            if may_have_mood(text) and not is_desk(message.address, settings):
                return text
    return ""


def read(
    conversation: Conversation,
    event: Event,
    settings: Settings,
    knowledge: KnowledgeBase,
    mood: Assessor | None = None,
) -> Reading | None:
    """What the event means for the conversation; None when it means nothing."""
    match event:
        case MessageReceived(message=message) | MessageEdited(message=message):
            edited = isinstance(event, MessageEdited)
            if is_desk(message.address, settings):
                return agent_message(conversation, message, settings, edited=edited)
            heard = listen(conversation, message, settings, knowledge, mood)
            reading = (customer_edit if edited else customer_message)(
                conversation, message, settings, knowledge, heard
            )
            return with_posing(reading, message, settings)
        case ButtonPressed():
            if is_desk(event.address, settings):
                return agent_button(conversation, event, settings)
            return customer_button(conversation, event, settings, knowledge)
        case MessageDeleted():
            if event.message_id in conversation.erased:
                return None
            if not is_desk(event.address, settings):
                return Reading(Trigger.DELETED)
            return agent_deletion(conversation, event)
        case ReactionChanged():
            if not is_desk(event.address, settings):
                return Reading(Trigger.REACTED, sender=event.sender)
            if is_theirs(conversation, event.sender, event.address):
                return Reading(Trigger.AGENT_REACTED, sender=event.sender)
            return None
        case TypingStarted():
            if not is_desk(event.address, settings):
                return Reading(Trigger.CUSTOMER_TYPED, sender=event.sender)
            if is_theirs(conversation, event.sender, event.address):
                return Reading(Trigger.AGENT_TYPED, sender=event.sender)
            return None
        case ThreadClosed():
            if thread_of(conversation) == event.thread:
                return Reading(Trigger.CLOSED, sender=event.sender)
            return None
        case ThreadOpened():
            ticket = conversation.ticket
            awaited = (
                conversation.state is State.OPENING
                and ticket is not None
                and ticket.id == event.ticket
            )
            if not awaited and thread_of(conversation) == event.thread:
                return None
            return Reading(Trigger.THREAD_OPENED if awaited else Trigger.EXTRA_THREAD)
        case ThreadFailed():
            return Reading(Trigger.THREAD_FAILED)
        case DeliveryFailed():
            return failure(conversation, event, settings)
        case DeliveryUncertain():
            if is_desk(event.action.to, settings):
                return None
            return Reading(Trigger.REPLY_UNCERTAIN)
        case AddressesLinked():
            return Reading(Trigger.LINKS_CHANGED)
        case LinkRefused():
            return Reading(Trigger.LINK_UNKNOWN)
        case TimerFired(name=name):
            return Reading(
                Trigger.WAITED_LONG if name == WAITING_TIMER else Trigger.RETRY_DUE,
            )
