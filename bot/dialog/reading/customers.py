"""What customers write and change."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Conversation, Settings, State
from bot.dialog.listening import Heard, may_reopen
from bot.dialog.reading.guide import guide_words
from bot.dialog.reading.meaning import KEY_LEAKED, Reading
from bot.dialog.reading.questions import read_question
from bot.dialog.transitions import Trigger
from chat.message import Message
from chat.phrases import LANGS
from faq.knowledge_base import KnowledgeBase
from handoff.concern import is_danger
from handoff.impersonation import asks_whether_ours, asks_whether_real, poses_as_staff
from handoff.lookalikes import hosts_of, lookalikes
from handoff.secrets.telling import is_grave, secrets_of
from handoff.ticket import lines_of
from handoff.wordings import is_thanks


def customer_message(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading:
    """What a customer wrote."""
    command, _, argument = message.text.strip().partition(" ")
    command = command.lower()
    if command == "/language":
        lang = next((known for known in LANGS if known == argument.strip().lower()), None)
        return Reading(Trigger.CHOSE_LANGUAGE, message=message, lang=lang)
    if command == "/verify":
        return Reading(Trigger.ASKED_VERIFY, message=message, temper=heard.temper)
    if is_danger(heard.concern):
        return _concerned(Trigger.DANGER, conversation, message, heard)
    doubts = asks_whether_real(message.text) or _asks_about_link(message, settings)
    if doubts and heard.concern is None:
        return Reading(
            Trigger.ASKED_VERIFY,
            text=message.text.strip(),
            message=message,
            lang=heard.lang,
            temper=heard.temper,
        )
    if conversation.state is not State.BOT:
        trigger = Trigger.RAISED if heard.raises(conversation) else Trigger.WROTE
        return _concerned(trigger, conversation, message, heard)
    if is_grave(message) and not may_reopen(conversation, message, settings):
        return _leaked(message, knowledge, heard)
    match command:
        case "/start":
            return Reading(Trigger.STARTED, message=message)
        case "/help":
            return Reading(Trigger.ASKED_HELP, message=message)
        case "/agent":
            return Reading(Trigger.ASKED_PERSON, message=message, cause="asked")
    guided = guide_words(conversation, message, knowledge, heard)
    if guided is not None:
        return guided
    if is_thanks(message.text):
        return Reading(Trigger.THANKED, message=message)
    if may_reopen(conversation, message, settings):
        return _concerned(Trigger.CAME_BACK, conversation, message, heard)
    return read_question(conversation, message, settings, knowledge, heard)


def customer_edit(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading | None:
    """What a customer changed; None when nothing follows from it."""
    if is_danger(heard.concern):
        return _concerned(Trigger.DANGER, conversation, message, heard)
    if conversation.state is not State.BOT:
        return Reading(Trigger.EDITED, message=message)
    if is_grave(message):
        return _leaked(message, knowledge, heard)
    spoken = [line for line in lines_of(conversation.story) if line.role == "customer"]
    corrects_last = bool(spoken) and spoken[-1].ref == message.ref
    if corrects_last and conversation.last is None:
        guided = guide_words(conversation, message, knowledge, heard)
        return guided or read_question(conversation, message, settings, knowledge, heard)
    return Reading(Trigger.SECRET_ONLY, message=message) if secrets_of(message) else None


def with_posing(reading: Reading | None, message: Message, settings: Settings) -> Reading | None:
    """The reading, with what in the message poses as us."""
    if reading is None:
        return None
    official = settings.official
    fakes = lookalikes(message.text, message.spans, official)
    poses = poses_as_staff(message.text, official.brand)
    if not fakes and not poses:
        return reading
    trigger = reading.trigger
    if fakes and trigger in (Trigger.MISSED, Trigger.MISSED_AGAIN, Trigger.UNCLEAR):
        trigger = Trigger.SHOWED_FAKE
    return structs.replace(reading, trigger=trigger, fakes=fakes, poses=poses)


def _asks_about_link(message: Message, settings: Settings) -> bool:
    """Whether the customer asks if an address is ours; one that imitates ours is warned of."""
    official = settings.official
    return (
        bool(official.domains)
        and asks_whether_ours(message.text)
        and bool(hosts_of(message.text, message.spans))
        and not lookalikes(message.text, message.spans, official)
    )


def _leaked(message: Message, knowledge: KnowledgeBase, heard: Heard) -> Reading:
    """What opens a wallet was in the message; an operator's own base may not have the topic."""
    return Reading(
        Trigger.LEAKED,
        text=message.text.strip(),
        message=message,
        lang=heard.lang,
        entry=knowledge.entries.get(KEY_LEAKED),
        cause="leaked",
        concern=heard.concern,
        temper=heard.temper,
    )


def _concerned(
    trigger: Trigger, conversation: Conversation, message: Message, heard: Heard
) -> Reading:
    in_bot = conversation.state is State.BOT
    return Reading(
        trigger,
        text=message.text.strip(),
        message=message,
        lang=heard.lang if in_bot and trigger is Trigger.DANGER else None,
        cause="danger",
        concern=heard.concern,
    )
