"""What agents write, change, press and delete in a thread."""

from __future__ import annotations

from typing import Final

from bot.dialog.conversation import Conversation, Settings, State
from bot.dialog.reading.meaning import Reading
from bot.dialog.reading.whose import (
    deleted_ref,
    held_reply,
    is_agent,
    is_theirs,
    thread_of,
)
from bot.dialog.transitions import Trigger
from chat.address import Person
from chat.events import (
    ButtonPressed,
    MessageDeleted,
)
from chat.message import Message
from handoff.desk_text import DeskLine, Intent, named_person, read_desk_line
from handoff.norms import check
from handoff.ticket import Ticket, lines_of

_DESK_INTENTS: Final[dict[Intent, Trigger]] = {
    "takeover": Trigger.TOOK_OVER,
    "close": Trigger.CLOSED,
    "bot": Trigger.RETURNED,
    "help": Trigger.ASKED_COMMANDS,
    "unknown": Trigger.MISTYPED,
    "note": Trigger.NOTED,
    "link": Trigger.LINKED,
    "unlink": Trigger.UNLINKED,
}


def agent_message(
    conversation: Conversation, message: Message, settings: Settings, *, edited: bool
) -> Reading | None:
    """What an agent wrote or changed in a thread; None when it means nothing."""
    sender, ticket = message.sender, conversation.ticket
    late = ticket is None or ticket.thread != message.address
    if late:
        return (
            None
            if edited
            else Reading(Trigger.SPOKE_LATE, message=message, address=message.address)
        )
    line = read_desk_line(message.text)
    theirs = is_theirs(conversation, sender, message.address)
    if edited:
        return _agent_edit(conversation, message, settings, line) if theirs else None
    if not is_agent(sender, settings):
        return Reading(Trigger.NOT_AN_AGENT, message=message, sender=sender)
    match line.intent:
        case "reply" if theirs:
            breach = check(message.text, settings.norms)
            trigger = Trigger.REPLY_HELD if breach else Trigger.REPLIED
            return Reading(trigger, message=message, sender=sender, breach=breach)
        case "reply":
            trigger = Trigger.SPOKE_INSIDE
        case "claim":
            trigger = _claim(conversation)
        case "takeover":
            trigger = _takeover(conversation)
        case "transfer":
            return _transfer(message, line.text, settings)
        case intent:
            trigger = _DESK_INTENTS[intent]
    return Reading(trigger, text=line.text, message=message, sender=sender)


def _agent_edit(
    conversation: Conversation, message: Message, settings: Settings, line: DeskLine
) -> Reading:
    """An edit by the agent whose case it is."""
    sender, held = message.sender, held_reply(conversation, message.ref)
    if line.intent != "reply":
        trigger = Trigger.HELD_DROPPED if held else Trigger.INSIDE_EDITED
        return Reading(trigger, message=message, sender=sender, held=held)
    breach = check(message.text, settings.norms)
    if breach is not None:
        trigger = Trigger.EDIT_HELD
    else:
        trigger = Trigger.HELD_MENDED if held else Trigger.REPLY_EDITED
    return Reading(trigger, message=message, sender=sender, breach=breach, held=held, edited=True)


def _transfer(message: Message, argument: str, settings: Settings) -> Reading:
    """`/transfer` with a mention or an id names an agent; alone it means the queue."""
    target = named_person(message, argument)
    if target is None:
        return Reading(Trigger.RELEASED, message=message, sender=message.sender)
    if not is_agent(target, settings):
        return Reading(Trigger.TRANSFER_REFUSED, message=message, target=target)
    return Reading(Trigger.TRANSFERRED, message=message, sender=message.sender, target=target)


def _claim(conversation: Conversation) -> Trigger:
    return Trigger.CLAIMED_AGAIN if conversation.state is State.HUMAN else Trigger.CLAIMED


def _takeover(conversation: Conversation) -> Trigger:
    return Trigger.TOOK_OVER if conversation.state is State.HUMAN else Trigger.CLAIMED


def agent_button(
    conversation: Conversation, event: ButtonPressed, settings: Settings
) -> Reading | None:
    """What an agent pressed under a card or a hint."""
    what, _, named = event.value.partition(":")
    ticket_id, _, key = named.partition(":")
    ticket = conversation.ticket
    if ticket is None or ticket.id != ticket_id or ticket.thread != event.address:
        return Reading(Trigger.SPOKE_LATE, sender=event.sender, address=event.address)
    if not is_agent(event.sender, settings):
        return Reading(Trigger.NOT_AN_AGENT, sender=event.sender)
    match what:
        case "claim":
            return Reading(_claim(conversation), sender=event.sender)
        case "takeover":
            return Reading(_takeover(conversation), sender=event.sender)
        case "close":
            return Reading(Trigger.CLOSED, sender=event.sender)
        case "bot":
            return Reading(Trigger.RETURNED, sender=event.sender)
        case "send":
            return _press_to_send(ticket, event.sender, key)
        case _:
            return None


def _press_to_send(ticket: Ticket, sender: Person, key: str) -> Reading:
    """Only who wrote a held reply, and has the case still, may send it as it is."""
    held = next((reply for reply in ticket.held_replies if reply.key == key), None)
    theirs = ticket.agent is not None and ticket.agent.key == sender.key
    if held is None or held.never or not theirs or held.message.sender.key != sender.key:
        return Reading(Trigger.SEND_REFUSED, sender=sender)
    return Reading(Trigger.SENT_ANYWAY, sender=sender, held=held)


def agent_deletion(conversation: Conversation, event: MessageDeleted) -> Reading | None:
    """What follows from a message that is gone from a thread; None when nothing does."""
    held = held_reply(conversation, deleted_ref(event))
    if held is not None and _may_have_deleted(conversation, event):
        trigger = Trigger.REPLY_DELETED if held.changes else Trigger.HELD_DROPPED
        return Reading(trigger, held=held)
    if _was_relayed(conversation, event):
        return Reading(Trigger.REPLY_DELETED)
    return None


def _was_relayed(conversation: Conversation, event: MessageDeleted) -> bool:
    """Whether what was deleted in a thread had gone to the customer. Some platforms do not say who
    deleted it; then it counts, unless the story knows it for a note."""
    if event.sender is not None:
        return is_theirs(conversation, event.sender, event.address)
    if thread_of(conversation) != event.address:
        return False
    gone = deleted_ref(event)
    lines = [line for line in lines_of(conversation.story) if line.ref == gone]
    return bool(lines) and not lines[-1].internal


def _may_have_deleted(conversation: Conversation, event: MessageDeleted) -> bool:
    if event.sender is None:
        return thread_of(conversation) == event.address
    return is_theirs(conversation, event.sender, event.address)
