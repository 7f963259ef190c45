"""How a customer's message sounds, beside what it asks."""

from __future__ import annotations

import hashlib
from typing import Final

from msgspec import Struct

from bot.dialog.conversation import Conversation, Settings, State
from chat.message import Message
from chat.phrases import Lang
from faq.entry import Entry
from faq.language import detect
from faq.normal import normalise
from handoff.concern import Assessor, Concern, concern_of
from handoff.priority import more_urgent
from handoff.temper import Temper, after_turn
from handoff.wordings import is_thanks

_AGAIN_WITHIN: Final = 3600.0


class Heard(Struct, frozen=True):
    """A message's language, what it gives reason for, the temper after it, and what tells its
    question from others."""

    lang: Lang
    concern: Concern | None
    temper: Temper
    asked: str

    def raises(self, conversation: Conversation) -> bool:
        """Whether the message makes the present case more urgent than it was."""
        ticket = conversation.ticket
        return (
            ticket is not None
            and self.concern is not None
            and more_urgent(self.concern.priority, ticket.priority)
        )

    def asks_again(self, conversation: Conversation, sure: Entry | None) -> bool:
        """Whether they ask what they asked last, in the same words or about the same topic, so
        that the same answer would not help."""
        if not 0 <= self.temper.at - conversation.temper.at <= _AGAIN_WITHIN:
            return False
        if self.asked and self.asked == conversation.asked:
            return True
        return sure is not None and conversation.topics[-1:] == (sure.id,)


def listen(
    conversation: Conversation, message: Message, settings: Settings, mood: Assessor | None
) -> Heard:
    """Hear a message of the customer's; a command has no mood."""
    text = message.text.strip()
    lang = conversation.lang
    if not conversation.language_chosen:
        lang = detect(text, lang)
    in_bot = conversation.state is State.BOT
    asked = _fingerprint(text) if in_bot else ""
    if mood is None or not text or text.startswith("/") or is_thanks(text):
        temper = after_turn(conversation.temper, 0.0, message.at) if in_bot else Temper()
        return Heard(lang, None, temper, asked)
    heard = mood.assess(text, lang)
    if not in_bot:
        return Heard(lang, concern_of(heard, Temper(), text), Temper(), asked)
    temper = after_turn(conversation.temper, heard.score, message.at)
    return Heard(lang, concern_of(heard, temper, text), temper, asked)


def _fingerprint(text: str) -> str:
    """Tells one question from another, whatever its punctuation; empty when it says nothing."""
    normal = normalise(text)
    return hashlib.blake2s(normal.encode(), digest_size=5).hexdigest() if normal else ""
