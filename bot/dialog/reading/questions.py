"""What a customer asks, and whether the knowledge base answers it."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from bot.dialog.conversation import Conversation, Settings
from bot.dialog.guide import is_offered
from bot.dialog.listening import Heard
from bot.dialog.reading.meaning import Reading
from bot.dialog.transitions import Trigger
from chat.message import Message
from faq.entry import Entry
from faq.knowledge_base import KnowledgeBase
from handoff.concern import may_be_danger
from handoff.secrets.telling import left_of, secrets_of
from handoff.wordings import is_greeting, wants_person

_FOLLOWS_WITHIN: Final = 1800.0
"""How long a short question may be about the topic that was answered."""


def read_question(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading:
    """A message that the bot is to answer, by itself."""
    text = left_of(message)
    lang = heard.lang
    if not text and secrets_of(message):
        return Reading(Trigger.SECRET_ONLY, message=message)
    if wants_person(text) and heard.concern is None:
        return Reading(Trigger.ASKED_PERSON, text=text, message=message, lang=lang, cause="asked")
    if is_greeting(text):
        return Reading(Trigger.GREETED, text=text, message=message, lang=lang)
    before = conversation.question
    if before.topic and 0 <= message.at - before.answered_at <= _FOLLOWS_WITHIN:
        match = knowledge.match_after(text, lang, before.topic, before.asked)
    else:
        match = knowledge.match(text, lang)
    entries = tuple(knowledge.get(candidate.id) for candidate in match.candidates)
    sure = entries[0] if match.decision == "answer" else None
    said = Reading(
        missed(conversation, settings),
        text=text,
        message=message,
        lang=lang,
        cause="missed",
        match=match,
        concern=heard.concern,
        temper=heard.temper,
        asked=heard.asked,
    )
    endangered = may_be_danger(heard.concern)
    if sure is not None and sure.urgency == "critical" and not endangered:
        return structs.replace(
            said, trigger=Trigger.ANSWERED_CRITICAL, entry=sure, cause="critical"
        )
    if heard.concern is not None:
        answerable = sure if endangered or heard.concern.priority == "P3" else None
        return structs.replace(
            said,
            trigger=Trigger.UPSET,
            entry=answerable,
            candidates=(sure,) if sure else (),
            cause="upset",
        )
    if sure is not None and is_offered(conversation.guide, sure.id, message.at):
        return structs.replace(said, trigger=Trigger.ASKED_STEP, entry=sure, topic=sure.id, step=1)
    if heard.asks_again(conversation, sure):
        return structs.replace(said, trigger=Trigger.STUCK, cause="stuck")
    if sure is not None:
        return structs.replace(said, trigger=Trigger.ANSWERED, entry=sure)
    if match.decision == "suggest":
        return structs.replace(said, trigger=Trigger.UNCLEAR, candidates=entries[:3])
    return said


def answered(entry: Entry) -> Trigger:
    """What it means that an entry is the answer."""
    return Trigger.ANSWERED_CRITICAL if entry.urgency == "critical" else Trigger.ANSWERED


def missed(conversation: Conversation, settings: Settings) -> Trigger:
    """What it means that there is no answer, which counts."""
    again = conversation.misses + 1 >= settings.misses_before_person
    return Trigger.MISSED_AGAIN if again else Trigger.MISSED
