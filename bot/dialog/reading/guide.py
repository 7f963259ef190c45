"""What customers press and write while they are walked through a procedure."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Conversation
from bot.dialog.guide import can_be_walked, has_changed, standing, was_just_shown
from bot.dialog.listening import Heard
from bot.dialog.reading.meaning import Reading
from bot.dialog.transitions import Trigger
from chat.events import ButtonPressed
from chat.message import Message
from faq.entry import Entry
from faq.knowledge_base import KnowledgeBase
from faq.walking import Word, walking_word

_VERDICT_WITHIN = 600.0


def guide_button(
    conversation: Conversation, event: ButtonPressed, knowledge: KnowledgeBase
) -> Reading | None:
    """A button of a procedure: `step:` and `failed:` with entry and step, `walked:` with the last
    step, `steps:` with the entry. Old ones lead where they say; None when it was pressed twice."""
    what, _, named = event.value.partition(":")
    name, _, number = named.partition(":")
    step = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0
    entry = knowledge.entries.get(name)
    pressed = Reading(Trigger.ASKED_STEP, sender=event.sender, entry=entry, topic=name)
    guide = conversation.guide
    match what:
        case "step":
            if was_just_shown(guide, name, step, event.at):
                return None
            return _to_step(conversation, knowledge, pressed, step)
        case "walked":
            if entry is not None and can_be_walked(entry) and len(entry.steps) > step:
                return _to_step(conversation, knowledge, pressed, step + 1)
            if was_just_shown(guide, name, step + 1, event.at):
                return None
            return structs.replace(
                pressed, trigger=Trigger.WALKED_ALL, step=step, label="walked", cause="not_helped"
            )
        case "failed":
            return structs.replace(
                pressed, trigger=Trigger.STEP_FAILED, step=step, label="failed", cause="step_failed"
            )
        case "steps" if entry is None:
            return structs.replace(pressed, trigger=Trigger.STEPS_CHANGED, text=name)
        case "steps":
            listed = guide is not None and guide.listed
            if listed and was_just_shown(guide, name, 0, event.at):
                return None
            return structs.replace(pressed, trigger=Trigger.ASKED_STEPS, label="steps")
        case _:
            return None


def _to_step(
    conversation: Conversation, knowledge: KnowledgeBase, said: Reading, step: int
) -> Reading:
    """Where a step leads: to itself, or to news of an edit of the procedure meanwhile."""
    entry = knowledge.entries.get(said.topic)
    if entry is None or not can_be_walked(entry):
        text = said.text or said.topic
        return structs.replace(said, trigger=Trigger.STEPS_CHANGED, entry=None, text=text)
    text = said.text or f"{entry.title[conversation.lang]} {step}/{len(entry.steps)}"
    if has_changed(conversation.guide, entry) or not 1 <= step <= len(entry.steps):
        return structs.replace(said, trigger=Trigger.STEPS_CHANGED, step=1, text=text)
    return structs.replace(said, step=step, text=text)


def guide_words(
    conversation: Conversation, message: Message, knowledge: KnowledgeBase, heard: Heard
) -> Reading | None:
    """Words that do as the buttons do; None when the message is about something else."""
    word = walking_word(message.text)
    if word is None or (heard.concern is not None and word != "failed"):
        return None
    guide = conversation.guide
    where = standing(guide, message.at) if guide is not None else "over"
    said = Reading(
        Trigger.ASKED_STEP,
        text=message.text.strip(),
        message=message,
        concern=heard.concern,
        temper=heard.temper,
        asked=conversation.asked,
    )
    if guide is None or where in ("over", "offered"):
        if _is_verdict(conversation, word, message.at):
            return structs.replace(said, trigger=Trigger.NOT_HELPED, cause="not_helped")
        if guide is None or where == "over":
            return None
    entry: Entry | None = knowledge.entries.get(guide.entry)
    said = structs.replace(said, entry=entry, topic=guide.entry)

    def to(step: int) -> Reading:
        return _to_step(conversation, knowledge, said, step)

    match where, word:
        case "offered", "ok" | "go":
            return to(1)
        case "offered", "no":
            return structs.replace(said, trigger=Trigger.THANKED)
        case "left", "go" | "back" | "again":
            return to(min(guide.step, guide.of))
        case "walking", "ok" | "go" | "done" if guide.step < guide.of or (
            entry is not None and guide.step < len(entry.steps)
        ):
            return to(guide.step + 1)
        case "walking", "ok" | "go" | "done":
            return structs.replace(said, trigger=Trigger.WALKED_ALL, step=guide.step)
        case "walking", "back":
            return to(max(1, guide.step - 1))
        case "walking" | "walked", "again":
            return to(min(guide.step, guide.of))
        case "walking", "wait" | "no":
            return structs.replace(said, trigger=Trigger.ASKED_TIME)
        case "walking", "failed":
            return structs.replace(
                said, trigger=Trigger.STEP_FAILED, step=guide.step, cause="step_failed"
            )
        case "walked", "back":
            return to(guide.of)
        case "walked", "ok" | "done":
            return structs.replace(said, trigger=Trigger.HELPED)
        case "walked", "no" | "failed":
            return structs.replace(said, trigger=Trigger.NOT_HELPED, cause="not_helped")
        case _:
            return None


def _is_verdict(conversation: Conversation, word: Word, at: float) -> bool:
    """Whether 'it did not work' is said of an answer that was just given."""
    question = conversation.question
    return (
        word == "failed"
        and bool(question.topic)
        and 0 <= at - question.answered_at <= _VERDICT_WITHIN
    )
