"""Handlers for while the bot owns the conversation."""

from __future__ import annotations

from bot.dialog import guiding
from bot.dialog.cases.opening import hand_over
from bot.dialog.choices import Buttons, button, verdict_buttons
from bot.dialog.draft import SYSTEM, UNTIL_TAKEOVER, Draft
from bot.dialog.guide import can_be_walked
from bot.dialog.hearing import hear
from bot.dialog.noting import note_answered, note_missed, note_suggested, note_verdict
from bot.dialog.reading import Reading
from bot.dialog.transitions import Trigger
from chat.actions import Button
from chat.phrases import LANGS
from faq.entry import Entry
from faq.spoken import language_of


def _say(draft: Draft, key: str, buttons: Buttons = ()) -> None:
    draft.tell_customer(draft.phrase(key), buttons=buttons, only_in=UNTIL_TAKEOVER)


def welcome(draft: Draft, reading: Reading) -> None:
    """Greet and say what can be done."""
    hear(draft, reading)
    text = draft.phrase("customer.welcome", brand=draft.settings.brand)
    draft.tell_customer(text, buttons=((button(draft, "person"),),), only_in=UNTIL_TAKEOVER)


def explain(draft: Draft, reading: Reading) -> None:
    """Say what can be done."""
    hear(draft, reading)
    _say(draft, "customer.help", ((button(draft, "person"),),))


def greet(draft: Draft, reading: Reading) -> None:
    """Greet back."""
    hear(draft, reading)
    _say(draft, "customer.greeting")


def accept_thanks(draft: Draft, reading: Reading) -> None:
    """Say you are welcome; what was offered is settled with that."""
    hear(draft, reading)
    guiding.settle_offer(draft)
    _say(draft, "customer.thanks")


def be_glad(draft: Draft, reading: Reading) -> None:
    """The answer helped."""
    hear(draft, reading)
    draft.change(misses=0)
    note_verdict(draft, "helped")
    draft.change(guide=None)
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


def give_answer(
    draft: Draft, entry: Entry, reading: Reading, buttons: Buttons = (), *, walk: bool = False
) -> None:
    """Tell what an entry answers, in the language that it was asked in. `walk`: its steps are
    offered one by one, where there are several."""
    usual = draft.conversation.lang
    lang = language_of(entry, reading.text, usual)
    parts, back = [entry.answer[lang]], guiding.way_back(draft)
    topics = tuple(t for t in draft.conversation.topics if t != entry.id)
    draft.change(misses=0, topics=(*topics, entry.id)[-5:])
    note_answered(draft, entry, reading)
    guiding.leave(draft)
    if walk and can_be_walked(entry):
        parts.append(draft.phrase("customer.walk_offer", of=len(entry.steps)))
        buttons = (*guiding.offer(draft, entry, lang), *buttons)
    else:
        parts += guiding.listed(entry, lang, usual)
    draft.tell_customer("\n".join(parts), buttons=(*buttons, *back), only_in=UNTIL_TAKEOVER)


def answer(draft: Draft, reading: Reading) -> None:
    """Answer and ask whether it helped."""
    hear(draft, reading)
    assert reading.entry is not None
    give_answer(draft, reading.entry, reading, verdict_buttons(draft), walk=True)


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
    last = (button(draft, "none"), button(draft, "person"))
    _say(draft, "customer.suggest", (*rows, last, *guiding.way_back(draft)))


def ask_again(draft: Draft, reading: Reading) -> None:
    """Nothing was found: say so and offer a person."""
    hear(draft, reading)
    draft.change(misses=draft.conversation.misses + 1)
    note_missed(draft, reading)
    only_files = reading.message is not None and not reading.message.text.strip()
    key = "customer.missed_file" if only_files else "customer.missed"
    _say(draft, key, ((button(draft, "person"),), *guiding.way_back(draft)))


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
