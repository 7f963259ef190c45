"""Whose an address, a case and a message are."""

from __future__ import annotations

from bot.dialog.conversation import Conversation, Settings
from chat.address import Address, Person
from chat.events import (
    MessageDeleted,
)
from chat.message import MessageRef
from handoff.ticket import HeldReply


def is_desk(address: Address, settings: Settings) -> bool:
    """Whether the address lies in the shared channel."""
    desk = settings.desk
    if (address.platform, address.channel) == (desk.platform, desk.channel):
        return True
    if not settings.spare_desks:
        return False
    return Address(address.platform, address.channel) in settings.spare_desks


def thread_of(conversation: Conversation) -> Address | None:
    """The present case's thread, if it has one."""
    return conversation.ticket.thread if conversation.ticket else None


def is_theirs(conversation: Conversation, sender: Person | None, address: Address) -> bool:
    """Whether the case in this thread belongs to the sender."""
    ticket = conversation.ticket
    return (
        ticket is not None
        and ticket.thread == address
        and ticket.agent is not None
        and sender is not None
        and ticket.agent.key == sender.key
        and not sender.outside
    )


def is_agent(person: Person, settings: Settings) -> bool:
    """Whoever is in the shared channel, or on the list; people of other organisations never."""
    return not person.outside and (not settings.agents or person.key in settings.agents)


def held_reply(conversation: Conversation, ref: MessageRef) -> HeldReply | None:
    """The reply that is kept back under this name, if any."""
    held = conversation.ticket.held_replies if conversation.ticket else ()
    return next((reply for reply in held if reply.message.ref == ref), None)


def deleted_ref(event: MessageDeleted) -> MessageRef:
    """The message that was deleted, by its name where it was written."""
    return MessageRef(event.address.platform, event.address.channel, event.message_id)
