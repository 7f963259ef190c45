"""What the outbox reports."""

from __future__ import annotations

from bot.dialog.conversation import Conversation, Settings, State
from bot.dialog.reading.meaning import Reading
from bot.dialog.reading.whose import (
    is_desk,
    thread_of,
)
from bot.dialog.transitions import Trigger
from chat.actions import Delete, React, Send, is_erasure
from chat.events import (
    DeliveryFailed,
)


def failure(
    conversation: Conversation, event: DeliveryFailed, settings: Settings
) -> Reading | None:
    """What follows from a delivery that was refused for good; None when nothing does."""
    action = event.action
    if isinstance(action, Delete) and is_erasure(action):
        return None
    if not is_desk(action.to, settings):
        return Reading(
            Trigger.REACTION_UNSEEN if isinstance(action, React) else Trigger.REPLY_FAILED
        )
    if isinstance(action, React):
        return Reading(Trigger.REACTION_UNSHOWN)
    relayed = isinstance(action, Send) and action.speaker.role == "customer"
    if event.reason == "thread_gone":
        present = thread_of(conversation) == action.to
        if present and conversation.state is not State.OPENING:
            return Reading(Trigger.THREAD_LOST)
        return Reading(Trigger.RELAY_ASTRAY) if relayed else None
    return Reading(Trigger.RELAY_FAILED) if relayed else None
