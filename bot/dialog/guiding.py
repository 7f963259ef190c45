"""Handlers for procedures that a customer is walked through, step by step."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from bot.dialog.cases.opening import hand_over
from bot.dialog.choices import Buttons, button, verdict_buttons
from bot.dialog.conversation import Question, State
from bot.dialog.draft import Draft
from bot.dialog.guide import Guide, can_be_walked, has_changed, is_walking, mark_of
from bot.dialog.hearing import hear
from bot.dialog.noting import words_of
from bot.dialog.reading import Reading
from chat.actions import Button
from chat.phrases import LANGS
from faq.entry import Entry
from faq.spoken import language_of
from handoff.ticket import Line

_WHILE_GUIDING: Final = (State.BOT.value,)
"""A step that has not been shown when the case goes to people is not shown any more."""


def offer(draft: Draft, entry: Entry, lang: str) -> Buttons:
    """Remember that a procedure is offered beside an answer; the buttons that begin it."""
    further = "" if lang in LANGS else lang
    draft.change(guide=Guide(entry.id, len(entry.steps), draft.event.at, lang=further))
    walk = Button(f"step:{entry.id}:1", draft.phrase("customer.button.walk"), "primary")
    return ((walk, Button(f"steps:{entry.id}", draft.phrase("customer.button.steps"))),)


def way_back(draft: Draft) -> Buttons:
    """A button back to the step that the customer is at, if any."""
    guide = draft.conversation.guide
    if guide is None or not is_walking(guide, draft.event.at):
        return ()
    label = draft.phrase("customer.button.resume", number=guide.step)
    return ((Button(f"step:{guide.entry}:{guide.step}", label),),)


def settle_offer(draft: Draft) -> None:
    """An offer that was not taken up: a later 'all right' is no yes to it."""
    guide = draft.conversation.guide
    if guide is not None and guide.step == 0:
        leave(draft)


def leave(draft: Draft) -> None:
    """The customer was told something else: words are not about the step any more."""
    guide = draft.conversation.guide
    if guide is not None:
        draft.change(guide=structs.replace(guide, left=True))


def listed(entry: Entry, lang: str, usual: str) -> list[str]:
    """All steps of a procedure, numbered."""
    steps = (step.get(lang, step[usual]) for step in entry.steps)
    return [f"{number}. {step}" for number, step in enumerate(steps, start=1)]


def show_step(draft: Draft, reading: Reading) -> None:
    """Show one step and the buttons on from there."""
    hear(draft, reading)
    assert reading.entry is not None
    _show(draft, reading.entry, reading.step)


def _show(draft: Draft, entry: Entry, step: int, before: str = "") -> None:
    lang, guide = _language(draft, entry), draft.conversation.guide
    _be_about(draft, entry.id)
    if guide is None or guide.entry != entry.id or guide.step == 0:
        draft.record("guide_started", topic=entry.id, lang=draft.conversation.lang)
    usual, of = draft.conversation.lang, len(entry.steps)
    text = entry.steps[step - 1].get(lang, entry.steps[step - 1][usual])
    draft.change(
        guide=Guide(
            entry.id,
            of,
            draft.event.at,
            step,
            mark_of(entry, step),
            words_of(text),
            "" if lang in LANGS else lang,
        )
    )
    where = f"{step}/{of}" if lang not in LANGS else draft.phrase("customer.step", n=step, of=of)
    draft.tell_customer(
        "\n".join(filter(None, (before, where, text))),
        buttons=_buttons(draft, entry.id, step, of),
        only_in=_WHILE_GUIDING,
    )


def _buttons(draft: Draft, entry: str, step: int, of: int) -> Buttons:
    if step < of:
        on = Button(f"step:{entry}:{step + 1}", draft.phrase("customer.button.next"), "primary")
    else:
        on = Button(f"walked:{entry}:{step}", draft.phrase("customer.button.walked"), "primary")
    failed = Button(f"failed:{entry}:{step}", draft.phrase("customer.button.failed"))
    if step == 1:
        return ((on,), (failed,))
    return (
        (on,),
        (Button(f"step:{entry}:{step - 1}", draft.phrase("customer.button.back")), failed),
    )


def _language(draft: Draft, entry: Entry) -> str:
    """The language of the steps: a further one, where they were asked for in it."""
    usual, guide = draft.conversation.lang, draft.conversation.guide
    if guide is not None and guide.entry == entry.id:
        return guide.lang if guide.lang in entry.answer else usual
    question = draft.conversation.question
    asked = question.asked if question.topic == entry.id else ""
    return language_of(entry, asked, usual) if asked else usual


def _be_about(draft: Draft, entry: str) -> None:
    """What is said from now on is about this topic, also when an old button led back to it."""
    question, topics = draft.conversation.question, draft.conversation.topics
    if question.topic != entry:
        at = draft.event.at
        draft.change(question=Question("", at, (), entry, "", at))
    draft.change(topics=(*(t for t in topics if t != entry), entry)[-5:])


def list_steps(draft: Draft, reading: Reading) -> None:
    """Show all steps at once."""
    hear(draft, reading)
    entry = reading.entry
    assert entry is not None
    lang = _language(draft, entry)
    _be_about(draft, entry.id)
    further = "" if lang in LANGS else lang
    draft.change(guide=Guide(entry.id, len(entry.steps), draft.event.at, lang=further, listed=True))
    lines = listed(entry, lang, draft.conversation.lang) or [entry.answer[lang]]
    draft.tell_customer("\n".join(lines), buttons=verdict_buttons(draft), only_in=_WHILE_GUIDING)


def ask_whether_helped(draft: Draft, reading: Reading) -> None:
    """The last step is done."""
    hear(draft, reading)
    _be_about(draft, reading.topic)
    guide = draft.conversation.guide
    if guide is None or guide.entry != reading.topic:
        guide = Guide(reading.topic, reading.step, draft.event.at)
    # An old button may lead to the end past steps that were never shown.
    seen = guide.seen if guide.step >= guide.of else ""
    done = structs.replace(guide, step=guide.of + 1, seen=seen, at=draft.event.at, left=False)
    draft.change(guide=done)
    draft.record("guide_finished", topic=reading.topic, lang=draft.conversation.lang)
    draft.tell_customer(
        draft.phrase("customer.steps_done"),
        buttons=verdict_buttons(draft),
        only_in=_WHILE_GUIDING,
    )


def give_time(draft: Draft, reading: Reading) -> None:
    """The customer needs a moment, or says something that could mean either."""
    hear(draft, reading)
    draft.tell_customer(draft.phrase("customer.take_your_time"), only_in=_WHILE_GUIDING)


def tell_changed(draft: Draft, reading: Reading) -> None:
    """The procedure was edited since: begin it anew, or say that it is there no more."""
    hear(draft, reading)
    if reading.entry is not None and can_be_walked(reading.entry):
        _show(draft, reading.entry, 1, draft.phrase("customer.steps_changed"))
        return
    draft.change(guide=None)
    draft.tell_customer(
        draft.phrase("customer.steps_gone"),
        buttons=((button(draft, "person"),),),
        only_in=_WHILE_GUIDING,
    )


def hand_over_step(draft: Draft, reading: Reading) -> None:
    """A step did not work: hand over, and tell both sides at which it was."""
    hear(draft, reading)
    conversation, entry, step = draft.conversation, reading.entry, reading.step
    guide, text = conversation.guide, ""
    if guide is None or (guide.entry, guide.step) != (reading.topic, step):
        guide = Guide(reading.topic, len(entry.steps) if entry else step, draft.event.at)
    if entry is None or has_changed(guide, entry) or not 1 <= step <= len(entry.steps):
        text = guide.text
    else:
        text = entry.steps[step - 1][draft.settings.desk_lang]
    guide = structs.replace(guide, step=step, text=text, left=False, at=draft.event.at)
    draft.change(guide=guide)
    _be_about(draft, reading.topic)
    question = draft.conversation.question.asked
    draft.record(
        "step_failed",
        topic=reading.topic,
        step=step,
        text=words_of(text),
        question=question,
        lang=draft.conversation.lang,
    )
    title = entry.title[draft.conversation.lang] if entry else reading.topic
    at_desk = entry.title[draft.settings.desk_lang] if entry else reading.topic
    where = draft.desk_phrase("desk.step_failed", title=at_desk, n=step, text=text)
    draft.keep(Line(role="system", text=where, at=draft.event.at, internal=True))
    first = draft.phrase("customer.step_stuck", title=title, n=step)
    hand_over(draft, reading, told="customer.handover_missed", first=first, quote=question)
