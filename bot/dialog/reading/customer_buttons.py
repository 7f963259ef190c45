"""What customers press."""

from __future__ import annotations

from bot.dialog.conversation import Conversation, Settings
from bot.dialog.reading.guide import guide_button
from bot.dialog.reading.meaning import Reading
from bot.dialog.reading.questions import answered, missed
from bot.dialog.transitions import Trigger
from chat.events import (
    ButtonPressed,
)
from chat.phrases import LANGS
from faq.knowledge_base import KnowledgeBase


def customer_button(
    conversation: Conversation,
    event: ButtonPressed,
    settings: Settings,
    knowledge: KnowledgeBase,
) -> Reading | None:
    """What a customer pressed; None for a button that is none of ours."""
    what, _, argument = event.value.partition(":")
    match what:
        case "lang":
            lang = next((known for known in LANGS if known == argument), None)
            if lang is None:
                return None
            return Reading(Trigger.CHOSE_LANGUAGE, sender=event.sender, lang=lang)
        case "person":
            return Reading(Trigger.ASKED_PERSON, sender=event.sender, cause="asked", label="person")
        case "helped":
            return Reading(Trigger.HELPED, sender=event.sender, label="helped")
        case "not_helped":
            return Reading(
                Trigger.NOT_HELPED, sender=event.sender, cause="not_helped", label="not_helped"
            )
        case "none":
            return Reading(
                missed(conversation, settings), sender=event.sender, cause="missed", label="none"
            )
        case "rate":
            ticket, _, score = argument.partition(":")
            if score not in ("1", "2", "3", "4", "5"):
                return None
            return Reading(Trigger.RATED, text=ticket, sender=event.sender, score=int(score))
        case "pick" if argument in knowledge.entries:
            entry = knowledge.get(argument)
            return Reading(
                answered(entry),
                text=entry.title[conversation.lang],
                sender=event.sender,
                entry=entry,
                cause="critical",
            )
        case "step" | "steps" | "walked" | "failed":
            return guide_button(conversation, event, knowledge)
        case "pick":
            # The entry is gone since it was offered.
            return Reading(
                missed(conversation, settings), text=argument, sender=event.sender, cause="missed"
            )
        case _:
            return None
