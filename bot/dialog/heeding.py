"""Handlers for customers who are upset, or in danger: before a case, while it waits, while it is
open."""

from __future__ import annotations

from typing import Final

from bot.dialog.answering import give_answer
from bot.dialog.cases.before_thread import hold, hold_edit
from bot.dialog.cases.card import redraw, tell_alarm
from bot.dialog.cases.closing import reopen
from bot.dialog.cases.opening import hand_over
from bot.dialog.conversation import State
from bot.dialog.draft import SYSTEM, WHILE_WAITING, Draft
from bot.dialog.hearing import hear
from bot.dialog.reading import Reading
from bot.dialog.relaying import relay, relay_edit
from chat.events import MessageEdited
from handoff.concern import Concern, is_danger, may_be_danger

_LINE_TOLD: Final = "crisis_line"
_RAISE_TOLD: Final = "raised"


def hand_over_upset(draft: Draft, reading: Reading) -> None:
    """Listen, give the answer where there is a sure one, and hand over."""
    hear(draft, reading)
    concern = _concern(reading)
    if reading.entry is not None:
        give_answer(draft, reading.entry, reading)
    maybe = may_be_danger(concern)
    if maybe:
        listening = [draft.phrase("customer.upset.danger", crisis_line=_crisis_line(draft))]
    else:
        listening = [draft.phrase(f"customer.upset.{concern.kind or 'gathered'}")]
    if reading.entry is None and reading.candidates:
        title = reading.candidates[0].title[draft.conversation.lang]
        listening.append(draft.phrase("customer.upset.about", topic=title))
    told = "customer.handover_upset"
    hand_over(draft, reading, told=told, first="\n".join(listening), last=_when(draft))
    if maybe:
        draft.change_ticket(told=(*draft.ticket.told, _LINE_TOLD))


def _when(draft: Draft) -> str:
    """When they will hear again, as far as it is in our own hands."""
    steps = draft.settings.reminders
    if not steps:
        return ""
    return draft.phrase("customer.upset.when", minutes=max(1, round(steps[0] / 60)))


def hand_over_danger(draft: Draft, reading: Reading) -> None:
    """A life may be in danger: a gentle word, whom to call, and a person before all others."""
    hear(draft, reading)
    gentle = draft.phrase("customer.danger", crisis_line=_crisis_line(draft))
    hand_over(draft, reading, told="customer.handover_danger", first=gentle, safety=False)
    draft.change_ticket(told=(*draft.ticket.told, _LINE_TOLD))


def _crisis_line(draft: Draft) -> str:
    return draft.settings.crisis_lines[draft.conversation.lang]


def _concern(reading: Reading) -> Concern:
    assert reading.concern is not None
    return reading.concern


# ── while there is a case ────────────────────────────────────────────────────────────────────


def raise_case(draft: Draft, reading: Reading) -> None:
    """Show the message; the case comes before those that are less urgent."""
    _pass_on(draft, reading)
    heed(draft, reading)
    if may_be_danger(reading.concern):
        _tell_line(draft, "customer.upset.danger")


def come_back(draft: Draft, reading: Reading) -> None:
    """Reopen the case; who comes back upset raises it."""
    reopen(draft, reading)
    if reading.concern is not None:
        heed(draft, reading)


def face_danger(draft: Draft, reading: Reading) -> None:
    """A life may be in danger while the case waits or is open: whoever is there is called."""
    _pass_on(draft, reading)
    heed(draft, reading)
    _tell_line(draft, "customer.danger")


def _tell_line(draft: Draft, phrase: str) -> None:
    """Say whom to call, once for each case."""
    if _LINE_TOLD not in draft.ticket.told:
        draft.change_ticket(told=(*draft.ticket.told, _LINE_TOLD))
        text = draft.phrase(phrase, crisis_line=_crisis_line(draft))
        draft.tell_customer(text, speaker=SYSTEM)


def _pass_on(draft: Draft, reading: Reading) -> None:
    opening = draft.conversation.state is State.OPENING
    if isinstance(draft.event, MessageEdited):
        (hold_edit if opening else relay_edit)(draft, reading)
    else:
        (hold if opening else relay)(draft, reading)


def heed(draft: Draft, reading: Reading) -> None:
    """Raise the present case to what the message makes it, if it is not there already."""
    concern = _concern(reading)
    ticket = draft.ticket
    draft.change_ticket(priority=concern.priority, mood=concern.kind, evidence=concern.evidence)
    draft.record(
        "raised", ticket=ticket.id, priority=concern.priority, mood=concern.kind or "gathered"
    )
    if draft.conversation.state is not State.OPENING:
        tell_alarm(draft)
        redraw(draft, "open" if ticket.agent else "waiting")
    if _RAISE_TOLD in ticket.told:
        return
    draft.change_ticket(told=(*draft.ticket.told, _RAISE_TOLD))
    if draft.conversation.state is not State.HUMAN and not is_danger(concern):
        text = draft.phrase("customer.raised", position=draft.position)
        draft.tell_customer(text, only_in=WHILE_WAITING)
