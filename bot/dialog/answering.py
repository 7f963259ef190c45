"""Handlers for while the bot owns the conversation."""

from __future__ import annotations

from bot.dialog.cases.opening import hand_over
from bot.dialog.draft import SYSTEM, UNTIL_TAKEOVER, Draft
from bot.dialog.noting import note_answered, note_missed, note_suggested, note_verdict
from bot.dialog.reading import Reading
from bot.dialog.transitions import Trigger
from chat.actions import Button
from chat.phrases import LANGS
from faq.entry import Entry
from faq.spoken import language_of
from handoff.ticket import Line

Buttons = tuple[tuple[Button, ...], ...]


def hear(draft: Draft, reading: Reading) -> None:
    """Keep what the customer said or pressed in the story, and who said it."""
    if reading.lang is not None:
        draft.change(lang=reading.lang)
    if reading.temper is not None:
        draft.change(temper=reading.temper, asked=reading.asked)
    message = reading.message
    if message is not None:
        draft.change(person=message.sender, seq=draft.conversation.seq + 1)
        draft.keep(
            Line(
                role="customer",
                text=message.text,
                at=message.at,
                name=message.sender.name,
                ref=message.ref,
                attachments=message.attachments,
            )
        )
        draft.record("message", role="customer")
    elif reading.sender is not None:
        label = draft.phrase(f"customer.button.{reading.label}") if reading.label else reading.text
        draft.change(person=reading.sender)
        draft.keep(
            Line(
                role="customer",
                text=draft.desk_phrase("desk.pressed", label=label),
                at=draft.event.at,
                name=reading.sender.name,
            )
        )


def _button(draft: Draft, what: str) -> Button:
    return Button(what, draft.phrase(f"customer.button.{what}"))


def person_button(draft: Draft) -> Button:
    """The button that asks for a person."""
    return _button(draft, "person")


def _say(draft: Draft, key: str, buttons: Buttons = ()) -> None:
    draft.tell_customer(draft.phrase(key), buttons=buttons, only_in=UNTIL_TAKEOVER)


def welcome(draft: Draft, reading: Reading) -> None:
    """Greet and say what can be done."""
    hear(draft, reading)
    text = draft.phrase("customer.welcome", brand=draft.settings.brand)
    draft.tell_customer(text, buttons=((_button(draft, "person"),),), only_in=UNTIL_TAKEOVER)


def explain(draft: Draft, reading: Reading) -> None:
    """Say what can be done."""
    hear(draft, reading)
    _say(draft, "customer.help", ((_button(draft, "person"),),))


def greet(draft: Draft, reading: Reading) -> None:
    """Greet back."""
    hear(draft, reading)
    _say(draft, "customer.greeting")


def accept_thanks(draft: Draft, reading: Reading) -> None:
    """Say you are welcome."""
    hear(draft, reading)
    _say(draft, "customer.thanks")


def be_glad(draft: Draft, reading: Reading) -> None:
    """The answer helped."""
    hear(draft, reading)
    draft.change(misses=0)
    note_verdict(draft, "helped")
    _say(draft, "customer.helped")


def choose_language(draft: Draft, reading: Reading) -> None:
    """Switch to the language named, or offer all. Works in every state."""
    if reading.lang is None:
        buttons = tuple(Button(f"lang:{x}", draft.phrase(f"customer.button.{x}")) for x in LANGS)
        text = draft.phrase("customer.choose_language")
        draft.tell_customer(text, speaker=SYSTEM, buttons=(buttons,))
        return
    draft.change(lang=reading.lang, language_chosen=True)
    draft.tell_customer(draft.phrase("customer.language_set"), speaker=SYSTEM)


def give_answer(draft: Draft, entry: Entry, reading: Reading, buttons: Buttons = ()) -> None:
    """Tell what an entry answers, in the language that it was asked in."""
    usual = draft.conversation.lang
    lang = language_of(entry, reading.text, usual)
    steps = (step.get(lang, step[usual]) for step in entry.steps)
    parts = [entry.answer[lang]]
    parts += [f"{number}. {step}" for number, step in enumerate(steps, start=1)]
    topics = tuple(t for t in draft.conversation.topics if t != entry.id)
    draft.change(misses=0, topics=(*topics, entry.id)[-5:])
    note_answered(draft, entry, reading)
    draft.tell_customer("\n".join(parts), buttons=buttons, only_in=UNTIL_TAKEOVER)


def answer(draft: Draft, reading: Reading) -> None:
    """Answer and ask whether it helped."""
    hear(draft, reading)
    assert reading.entry is not None
    buttons = (
        (_button(draft, "helped"), _button(draft, "not_helped")),
        (_button(draft, "person"),),
    )
    give_answer(draft, reading.entry, reading, buttons)


def answer_and_hand_over(draft: Draft, reading: Reading) -> None:
    """Answer what is urgent and hand over in the same breath."""
    hear(draft, reading)
    assert reading.entry is not None
    give_answer(draft, reading.entry, reading)
    hand_over(draft, reading, told="customer.handover_critical")


def suggest(draft: Draft, reading: Reading) -> None:
    """Offer the likeliest topics as buttons."""
    hear(draft, reading)
    note_suggested(draft, reading)
    lang = draft.conversation.lang
    rows = tuple((Button(f"pick:{e.id}", e.title[lang]),) for e in reading.candidates)
    last = (_button(draft, "none"), _button(draft, "person"))
    _say(draft, "customer.suggest", (*rows, last))


def ask_again(draft: Draft, reading: Reading) -> None:
    """Nothing was found: say so and offer a person."""
    hear(draft, reading)
    draft.change(misses=draft.conversation.misses + 1)
    note_missed(draft, reading)
    only_files = reading.message is not None and not reading.message.text.strip()
    key = "customer.missed_file" if only_files else "customer.missed"
    _say(draft, key, ((_button(draft, "person"),),))


def hear_and_hand_over(draft: Draft, reading: Reading) -> None:
    """Hand over on request or because the bot did not help."""
    hear(draft, reading)
    missed = reading.trigger in (Trigger.MISSED_AGAIN, Trigger.NOT_HELPED, Trigger.STUCK)
    if reading.trigger is Trigger.MISSED_AGAIN:
        note_missed(draft, reading)
    elif reading.trigger is Trigger.NOT_HELPED:
        note_verdict(draft, "not_helped")
    told = "customer.handover_missed" if missed else "customer.handover"
    hand_over(draft, reading, told=told)
