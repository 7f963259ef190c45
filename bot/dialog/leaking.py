"""Handlers for secrets that were taken out of a message before anybody saw it: whoever sent one is
warned, the platform's own copy goes where it may, agents know what it was."""

from __future__ import annotations

from typing import Final

from bot.dialog.answering import give_answer
from bot.dialog.cases.card import redraw, tell_alarm
from bot.dialog.cases.opening import hand_over
from bot.dialog.conversation import State
from bot.dialog.draft import SYSTEM, Draft
from bot.dialog.hearing import hear
from bot.dialog.reading import KEY_LEAKED, Reading, is_desk
from bot.dialog.transitions import Trigger
from chat.actions import Delete
from chat.message import Message
from handoff.priority import more_urgent
from handoff.secrets.telling import is_about_keys, is_grave, may_show, names_of, secrets_of
from handoff.ticket import Line, lines_of

_AGAIN_AFTER: Final = 30.0
_NEIGHBOURING: Final = 600.0
_NEIGHBOURS: Final = 6
_ERASED_KEPT: Final = 10


def hand_over_leaked(draft: Draft, reading: Reading) -> None:
    """A seed phrase or key is out: say what to do at once, and hand over."""
    hear(draft, reading)
    if reading.entry is not None:
        _warn(draft, reading, "customer.secret_removed")
        give_answer(draft, reading.entry, reading)
    else:
        _warn(draft, reading, "customer.key_leaked")
    hand_over(draft, reading, told="customer.leak_handover")


def hear_secret(draft: Draft, reading: Reading) -> None:
    """There was nothing but a secret: there is nothing to answer."""
    hear(draft, reading)


def heed_removed(draft: Draft, reading: Reading) -> None:
    """Whatever else was done about a message: see to what was taken out of it, and to pictures
    that may show such a thing."""
    message = reading.message
    if message is None:
        return
    if is_desk(message.address, draft.settings):
        if secrets_of(message):
            _hint_agent(draft, message)
        return
    kinds = secrets_of(message)
    if kinds:
        _erase(draft, message)
        if reading.trigger is not Trigger.LEAKED:
            grave = is_grave(message)
            _warn(draft, reading, "customer.key_leaked" if grave else "customer.secret_removed")
        _tell_agents(draft, message)
        draft.record("secret_removed", kinds=",".join(kinds))
    if _calls_for_caution(draft, message):
        _tell_desk(draft, draft.desk_phrase("desk.picture_caution"))
    if kinds:
        draft.change(secret_at=message.at)
        if is_grave(message):
            draft.change(leaked_at=message.at)


def _warn(draft: Draft, reading: Reading, phrase: str) -> None:
    """Warn the sender; parts of one secret that come one after the other need one warning."""
    message, conversation = reading.message, draft.conversation
    assert message is not None
    last = conversation.leaked_at if is_grave(message) else conversation.secret_at
    if last and 0 <= message.at - last < _AGAIN_AFTER:
        return
    what = names_of(secrets_of(message), conversation.lang)
    draft.tell_customer(draft.phrase(phrase, what=what), speaker=SYSTEM)


def _erase(draft: Draft, message: Message) -> None:
    draft.act(Delete(id=draft.next_id(), to=message.address, target=message.ref))
    erased = (*draft.conversation.erased, message.id)
    draft.change(erased=erased[-_ERASED_KEPT:])


def _tell_agents(draft: Draft, message: Message) -> None:
    kinds = secrets_of(message)
    what = names_of(kinds, draft.settings.desk_lang)
    if not is_grave(message):
        _tell_desk(draft, draft.desk_phrase("desk.secret_removed", what=what))
        return
    entry = draft.knowledge.entries.get(KEY_LEAKED)
    topic = entry.title[draft.settings.desk_lang] if entry else KEY_LEAKED
    _tell_desk(draft, draft.desk_phrase("desk.key_leaked", what=what, topic=topic))
    ticket = draft.conversation.ticket
    if ticket is None or not more_urgent("P1", ticket.priority):
        return
    draft.change_ticket(priority="P1", cause="leaked", mood=None, evidence="")
    draft.record("raised", ticket=ticket.id, priority="P1", mood=None)
    if draft.conversation.state is not State.OPENING and ticket.thread is not None:
        tell_alarm(draft)
        redraw(draft, "open" if ticket.agent else "waiting")


def _calls_for_caution(draft: Draft, message: Message) -> bool:
    """Whether a picture came with a secret or next to one, or where keys are spoken of."""
    conversation = draft.conversation
    if not may_show(message):
        leaked = bool(secrets_of(message)) and not _follows(conversation.secret_at, message)
        near = _lines_near(draft, message) if leaked else ()
        return any(file.kind == "photo" for line in near for file in line.attachments)
    ticket = conversation.ticket
    return (
        bool(secrets_of(message))
        or _follows(conversation.secret_at, message)
        or (ticket is not None and ticket.cause == "leaked")
        or is_about_keys(message.text)
        or any(is_about_keys(file.name) for file in message.attachments)
        or any(is_about_keys(line.text) for line in _lines_near(draft, message))
    )


def _lines_near(draft: Draft, message: Message) -> list[Line]:
    lines = [line for line in lines_of(draft.conversation.story) if line.role == "customer"]
    return [line for line in lines[-_NEIGHBOURS:] if 0 <= message.at - line.at <= _NEIGHBOURING]


def _follows(at: float, message: Message) -> bool:
    return bool(at) and 0 <= message.at - at <= _NEIGHBOURING


def _tell_desk(draft: Draft, text: str) -> None:
    """In the case's thread; before there is one, in the story that it will be told."""
    ticket = draft.conversation.ticket
    if ticket is None or ticket.thread is None:
        draft.keep(Line(role="system", text=text, at=draft.event.at, internal=True))
    else:
        draft.tell_thread(text)


def _hint_agent(draft: Draft, message: Message) -> None:
    """Agents' messages carry no secrets to customers either."""
    what = names_of(secrets_of(message), draft.settings.desk_lang)
    _erase(draft, message)
    draft.tell_thread(draft.desk_phrase("desk.own_secret_removed", what=what), to=message.address)
    draft.record("agent_secret_removed", kinds=",".join(secrets_of(message)))
