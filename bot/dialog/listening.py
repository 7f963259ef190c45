"""How a customer's message sounds, beside what it asks."""

from __future__ import annotations

import hashlib
from typing import Final

from msgspec import Struct, structs

from bot.dialog.conversation import Conversation, Settings, State
from chat.message import Message
from chat.phrases import Lang
from faq.entry import Entry
from faq.knowledge_base import KnowledgeBase
from faq.language import detect
from faq.normal import normalise
from handoff.concern import Assessor, Concern, concern_of, may_be_danger
from handoff.priority import more_urgent
from handoff.secrets.telling import is_grave, left_of
from handoff.temper import Temper, after_turn
from handoff.wordings import is_greeting, is_thanks, wants_person

_AGAIN_WITHIN: Final = 3600.0


class Heard(Struct, frozen=True, gc=False):
    """A message's language and what it gives reason for; while the bot has the conversation, the
    temper after it and what tells its question from others."""

    lang: Lang
    concern: Concern | None = None
    temper: Temper = Temper()
    asked: str = ""

    def raises(self, conversation: Conversation) -> bool:
        """Whether the message makes the present case more urgent than it was."""
        ticket, concern = conversation.ticket, self.concern
        if ticket is None or concern is None:
            return False
        if may_be_danger(concern) and ticket.mood != "danger":
            return True
        return more_urgent(concern.priority, ticket.priority)

    def asks_again(self, conversation: Conversation, sure: Entry | None) -> bool:
        """Whether they ask what they asked last, in the same words or about the same topic, so
        that the same answer would not help."""
        if not 0 <= self.temper.at - conversation.temper.at <= _AGAIN_WITHIN:
            return False
        if self.asked and self.asked == conversation.asked:
            return True
        return sure is not None and conversation.topics[-1:] == (sure.id,)


def listen(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    mood: Assessor | None,
) -> Heard:
    """Hear a message of the customer's; a command has no mood.

    What matching goes by helps to hear. A message that will not be matched is heard without it,
    unless its words are near to danger.
    """
    text = left_of(message)
    in_bot = conversation.state is State.BOT
    has_mood = mood is not None and may_have_mood(text)
    if not in_bot and not has_mood:
        return Heard(conversation.lang)
    lang = conversation.lang
    if not conversation.language_chosen:
        lang = detect(text, lang)
    heard = None
    if mood is not None and has_mood:
        matched = in_bot and _is_matched(conversation, message, text, settings)
        heard = mood.assess(text, lang, knowledge.meaning(text) if matched else None)
        if heard.unsure and not matched and (meaning := knowledge.meaning(text)) is not None:
            heard = mood.assess(text, lang, meaning)
    if not in_bot:
        concern = concern_of(heard, Temper(), text) if heard else None
        return Heard(lang, _doubled(concern, conversation))
    temper = after_turn(conversation.temper, heard.score if heard else 0.0, message.at)
    concern = concern_of(heard, temper, text) if heard else None
    return Heard(lang, concern, temper, _fingerprint(text))


def may_have_mood(text: str) -> bool:
    """Whether a text, less secrets, is more than a command or thanks."""
    return bool(text) and not text.startswith("/") and not is_thanks(text)


def _doubled(concern: Concern | None, conversation: Conversation) -> Concern | None:
    """Somebody who may be in danger says so again while nobody has joined: that rings."""
    ticket = conversation.ticket
    if concern is None or ticket is None or not may_be_danger(concern):
        return concern
    if ticket.mood == "danger" and ticket.agent is None:
        return structs.replace(concern, priority="P0")
    return concern


def may_reopen(conversation: Conversation, message: Message, settings: Settings) -> bool:
    """Whether a message comes soon enough after a case to belong to it."""
    last = conversation.last
    return last is not None and 0 <= message.at - last.at <= settings.reopen_within


def _is_matched(
    conversation: Conversation, message: Message, text: str, settings: Settings
) -> bool:
    return not (
        is_grave(message)
        or is_greeting(text)
        or wants_person(text)
        or may_reopen(conversation, message, settings)
    )


def _fingerprint(text: str) -> str:
    """Tells one question from another, whatever its punctuation; empty when it says nothing."""
    normal = normalise(text)
    return hashlib.blake2s(normal.encode(), digest_size=5).hexdigest() if normal else ""
