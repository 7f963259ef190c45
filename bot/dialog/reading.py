"""Reads an event as a trigger of the transition table."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, structs

from bot.dialog.conversation import Conversation, Settings, State
from bot.dialog.listening import Heard, listen
from bot.dialog.transitions import Trigger
from chat.actions import Delete, React, Send, is_erasure
from chat.address import Address, Person
from chat.events import (
    ButtonPressed,
    DeliveryFailed,
    DeliveryUncertain,
    Event,
    MessageDeleted,
    MessageEdited,
    MessageReceived,
    ReactionChanged,
    ThreadClosed,
    ThreadFailed,
    ThreadOpened,
    TimerFired,
    TypingStarted,
)
from chat.message import Message, MessageRef
from chat.phrases import LANGS, Lang
from faq.entry import Entry
from faq.knowledge_base import KnowledgeBase
from faq.match import Match
from handoff.concern import Assessor, Concern, is_danger
from handoff.desk_text import DeskLine, Intent, named_person, read_desk_line
from handoff.impersonation import asks_whether_ours, asks_whether_real, poses_as_staff
from handoff.lookalikes import Lookalike, hosts_of, lookalikes
from handoff.norms import Breach, check
from handoff.secrets.telling import is_grave, left_of, secrets_of
from handoff.temper import Temper
from handoff.ticket import Cause, HeldReply, Ticket, lines_of
from handoff.wordings import is_greeting, is_thanks, wants_person

KEY_LEAKED: Final = "security.key_leaked"
WAITING_TIMER = "waiting"
OPENING_TIMER = "opening"


class Reading(Struct, frozen=True):
    """A trigger and what the handler needs of the event.

    `text` is what the customer or agent said, without command or prefix; `label` is what a
    pressed button said; `match` is what the matcher found, `candidates` are entries to suggest;
    `target` is who shall have the case; `score` is a rating from 1 to 5. `concern` is what makes
    the case urgent; `temper` and `asked` are to be remembered; `fakes` and `poses` tell of who
    poses as us. `breach` is the norm that a reply breaks, `held` the held reply it is about;
    `edited`: the message replaces an earlier one.
    """

    trigger: Trigger
    text: str = ""
    message: Message | None = None
    sender: Person | None = None
    address: Address | None = None
    lang: Lang | None = None
    entry: Entry | None = None
    match: Match | None = None
    candidates: tuple[Entry, ...] = ()
    cause: Cause = "asked"
    label: str = ""
    target: Person | None = None
    score: int = 0
    concern: Concern | None = None
    temper: Temper | None = None
    asked: str = ""
    fakes: tuple[Lookalike, ...] = ()
    poses: bool = False
    breach: Breach | None = None
    held: HeldReply | None = None
    edited: bool = False


_DESK_INTENTS: Final[dict[Intent, Trigger]] = {
    "takeover": Trigger.TOOK_OVER,
    "close": Trigger.CLOSED,
    "bot": Trigger.RETURNED,
    "help": Trigger.ASKED_COMMANDS,
    "unknown": Trigger.MISTYPED,
    "note": Trigger.NOTED,
    "link": Trigger.LINKED,
    "unlink": Trigger.UNLINKED,
}


def read(
    conversation: Conversation,
    event: Event,
    settings: Settings,
    knowledge: KnowledgeBase,
    mood: Assessor | None = None,
) -> Reading | None:
    """What the event means for the conversation; None when it means nothing."""
    match event:
        case MessageReceived(message=message) | MessageEdited(message=message):
            edited = isinstance(event, MessageEdited)
            if is_desk(message.address, settings):
                return _agent_message(conversation, message, settings, edited=edited)
            heard = listen(conversation, message, settings, mood)
            reading = (_customer_edit if edited else _customer_message)(
                conversation, message, settings, knowledge, heard
            )
            return _with_posing(reading, message, settings)
        case ButtonPressed():
            if is_desk(event.address, settings):
                return _agent_button(conversation, event, settings)
            return _customer_button(conversation, event, settings, knowledge)
        case MessageDeleted():
            if event.message_id in conversation.erased:
                return None
            if not is_desk(event.address, settings):
                return Reading(Trigger.DELETED)
            held = held_reply(conversation, _deleted(event))
            if held is not None and _may_have_deleted(conversation, event):
                trigger = Trigger.REPLY_DELETED if held.changes else Trigger.HELD_DROPPED
                return Reading(trigger, held=held)
            if _was_relayed(conversation, event):
                return Reading(Trigger.REPLY_DELETED)
            return None
        case ReactionChanged():
            if not is_desk(event.address, settings):
                return Reading(Trigger.REACTED, sender=event.sender)
            if _is_theirs(conversation, event.sender, event.address):
                return Reading(Trigger.AGENT_REACTED, sender=event.sender)
            return None
        case TypingStarted():
            if not is_desk(event.address, settings):
                return Reading(Trigger.CUSTOMER_TYPED, sender=event.sender)
            if _is_theirs(conversation, event.sender, event.address):
                return Reading(Trigger.AGENT_TYPED, sender=event.sender)
            return None
        case ThreadClosed():
            if _thread(conversation) == event.thread:
                return Reading(Trigger.CLOSED, sender=event.sender)
            return None
        case ThreadOpened():
            ticket = conversation.ticket
            awaited = (
                conversation.state is State.OPENING
                and ticket is not None
                and ticket.id == event.ticket
            )
            if not awaited and _thread(conversation) == event.thread:
                return None
            return Reading(Trigger.THREAD_OPENED if awaited else Trigger.EXTRA_THREAD)
        case ThreadFailed():
            return Reading(Trigger.THREAD_FAILED)
        case DeliveryFailed():
            return _failure(conversation, event, settings)
        case DeliveryUncertain():
            if is_desk(event.action.to, settings):
                return None
            return Reading(Trigger.REPLY_UNCERTAIN)
        case TimerFired(name=name):
            return Reading(
                Trigger.WAITED_LONG if name == WAITING_TIMER else Trigger.RETRY_DUE,
            )


def is_desk(address: Address, settings: Settings) -> bool:
    """Whether the address lies in the shared channel."""
    desk = settings.desk
    if (address.platform, address.channel) == (desk.platform, desk.channel):
        return True
    if not settings.spare_desks:
        return False
    return Address(address.platform, address.channel) in settings.spare_desks


def _thread(conversation: Conversation) -> Address | None:
    return conversation.ticket.thread if conversation.ticket else None


def _is_theirs(conversation: Conversation, sender: Person | None, address: Address) -> bool:
    """Whether the case in this thread belongs to the sender."""
    ticket = conversation.ticket
    return (
        ticket is not None
        and ticket.thread == address
        and ticket.agent is not None
        and sender is not None
        and ticket.agent.key == sender.key
        and not sender.outside
    )


def _was_relayed(conversation: Conversation, event: MessageDeleted) -> bool:
    """Whether what was deleted in a thread had gone to the customer. Some platforms do not say who
    deleted it; then it counts, unless the story knows it for a note."""
    if event.sender is not None:
        return _is_theirs(conversation, event.sender, event.address)
    if _thread(conversation) != event.address:
        return False
    gone = _deleted(event)
    lines = [line for line in lines_of(conversation.story) if line.ref == gone]
    return bool(lines) and not lines[-1].internal


def _deleted(event: MessageDeleted) -> MessageRef:
    return MessageRef(event.address.platform, event.address.channel, event.message_id)


def held_reply(conversation: Conversation, ref: MessageRef) -> HeldReply | None:
    """The reply that is kept back under this name, if any."""
    held = conversation.ticket.held_replies if conversation.ticket else ()
    return next((reply for reply in held if reply.message.ref == ref), None)


def _may_have_deleted(conversation: Conversation, event: MessageDeleted) -> bool:
    if event.sender is None:
        return _thread(conversation) == event.address
    return _is_theirs(conversation, event.sender, event.address)


# ── customers ────────────────────────────────────────────────────────────────────────────────


def _customer_message(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading:
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
    if is_grave(message) and not _may_reopen(conversation, message, settings):
        return _leaked(message, knowledge, heard)
    match command:
        case "/start":
            return Reading(Trigger.STARTED, message=message)
        case "/help":
            return Reading(Trigger.ASKED_HELP, message=message)
        case "/agent":
            return Reading(Trigger.ASKED_PERSON, message=message, cause="asked")
    if is_thanks(message.text):
        return Reading(Trigger.THANKED, message=message)
    if _may_reopen(conversation, message, settings):
        return _concerned(Trigger.CAME_BACK, conversation, message, heard)
    return _question(conversation, message, settings, knowledge, heard)


def _asks_about_link(message: Message, settings: Settings) -> bool:
    """Whether the customer asks if an address is ours; one that imitates ours is warned of."""
    official = settings.official
    return (
        bool(official.domains)
        and asks_whether_ours(message.text)
        and bool(hosts_of(message.text, message.spans))
        and not lookalikes(message.text, message.spans, official)
    )


def _may_reopen(conversation: Conversation, message: Message, settings: Settings) -> bool:
    last = conversation.last
    return last is not None and 0 <= message.at - last.at <= settings.reopen_within


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


def _with_posing(reading: Reading | None, message: Message, settings: Settings) -> Reading | None:
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


def _question(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading:
    text = left_of(message)
    lang = heard.lang
    if not text and secrets_of(message):
        return Reading(Trigger.SECRET_ONLY, message=message)
    if wants_person(text) and heard.concern is None:
        return Reading(Trigger.ASKED_PERSON, text=text, message=message, lang=lang, cause="asked")
    if is_greeting(text):
        return Reading(Trigger.GREETED, text=text, message=message, lang=lang)
    match = knowledge.match(text, lang)
    entries = tuple(knowledge.get(candidate.id) for candidate in match.candidates)
    sure = entries[0] if match.decision == "answer" else None
    said = Reading(
        _missed(conversation, settings),
        text=text,
        message=message,
        lang=lang,
        cause="missed",
        match=match,
        concern=heard.concern,
        temper=heard.temper,
        asked=heard.asked,
    )
    if sure is not None and sure.urgency == "critical":
        return structs.replace(
            said, trigger=Trigger.ANSWERED_CRITICAL, entry=sure, cause="critical"
        )
    if heard.concern is not None:
        answerable = sure if heard.concern.priority == "P3" else None
        return structs.replace(
            said,
            trigger=Trigger.UPSET,
            entry=answerable,
            candidates=(sure,) if sure else (),
            cause="upset",
        )
    if heard.asks_again(conversation, sure):
        return structs.replace(said, trigger=Trigger.STUCK, cause="stuck")
    if sure is not None:
        return structs.replace(said, trigger=Trigger.ANSWERED, entry=sure)
    if match.decision == "suggest":
        return structs.replace(said, trigger=Trigger.UNCLEAR, candidates=entries[:3])
    return said


def _answered(entry: Entry) -> Trigger:
    return Trigger.ANSWERED_CRITICAL if entry.urgency == "critical" else Trigger.ANSWERED


def _missed(conversation: Conversation, settings: Settings) -> Trigger:
    again = conversation.misses + 1 >= settings.misses_before_person
    return Trigger.MISSED_AGAIN if again else Trigger.MISSED


def _customer_edit(
    conversation: Conversation,
    message: Message,
    settings: Settings,
    knowledge: KnowledgeBase,
    heard: Heard,
) -> Reading | None:
    if is_danger(heard.concern):
        return _concerned(Trigger.DANGER, conversation, message, heard)
    if conversation.state is not State.BOT:
        return Reading(Trigger.EDITED, message=message)
    if is_grave(message):
        return _leaked(message, knowledge, heard)
    spoken = [line for line in lines_of(conversation.story) if line.role == "customer"]
    corrects_last = bool(spoken) and spoken[-1].ref == message.ref
    if corrects_last and conversation.last is None:
        return _question(conversation, message, settings, knowledge, heard)
    return Reading(Trigger.SECRET_ONLY, message=message) if secrets_of(message) else None


def _customer_button(
    conversation: Conversation,
    event: ButtonPressed,
    settings: Settings,
    knowledge: KnowledgeBase,
) -> Reading | None:
    what, _, argument = event.value.partition(":")
    match what:
        case "lang":
            lang = next((known for known in LANGS if known == argument), None)
            if lang is None:
                return None
            return Reading(Trigger.CHOSE_LANGUAGE, sender=event.sender, lang=lang)
        case "person":
            return Reading(Trigger.ASKED_PERSON, sender=event.sender, cause="asked", label="person")
        case "helped":
            return Reading(Trigger.HELPED, sender=event.sender, label="helped")
        case "not_helped":
            return Reading(
                Trigger.NOT_HELPED, sender=event.sender, cause="not_helped", label="not_helped"
            )
        case "none":
            return Reading(
                _missed(conversation, settings), sender=event.sender, cause="missed", label="none"
            )
        case "rate":
            ticket, _, score = argument.partition(":")
            if score not in ("1", "2", "3", "4", "5"):
                return None
            return Reading(Trigger.RATED, text=ticket, sender=event.sender, score=int(score))
        case "pick" if argument in knowledge.entries:
            entry = knowledge.get(argument)
            return Reading(
                _answered(entry),
                text=entry.title[conversation.lang],
                sender=event.sender,
                entry=entry,
                cause="critical",
            )
        case "pick":
            # The entry is gone since it was offered.
            return Reading(
                _missed(conversation, settings), text=argument, sender=event.sender, cause="missed"
            )
        case _:
            return None


# ── agents ───────────────────────────────────────────────────────────────────────────────────


def _is_agent(person: Person, settings: Settings) -> bool:
    """Whoever is in the shared channel, or on the list; people of other organisations never."""
    return not person.outside and (not settings.agents or person.key in settings.agents)


def _agent_message(
    conversation: Conversation, message: Message, settings: Settings, *, edited: bool
) -> Reading | None:
    sender, ticket = message.sender, conversation.ticket
    late = ticket is None or ticket.thread != message.address
    if late:
        return (
            None
            if edited
            else Reading(Trigger.SPOKE_LATE, message=message, address=message.address)
        )
    line = read_desk_line(message.text)
    theirs = _is_theirs(conversation, sender, message.address)
    if edited:
        return _agent_edit(conversation, message, settings, line) if theirs else None
    if not _is_agent(sender, settings):
        return Reading(Trigger.NOT_AN_AGENT, message=message, sender=sender)
    match line.intent:
        case "reply" if theirs:
            breach = check(message.text, settings.norms)
            trigger = Trigger.REPLY_HELD if breach else Trigger.REPLIED
            return Reading(trigger, message=message, sender=sender, breach=breach)
        case "reply":
            trigger = Trigger.SPOKE_INSIDE
        case "claim":
            trigger = _claim(conversation)
        case "takeover":
            trigger = _takeover(conversation)
        case "transfer":
            return _transfer(message, line.text, settings)
        case intent:
            trigger = _DESK_INTENTS[intent]
    return Reading(trigger, text=line.text, message=message, sender=sender)


def _agent_edit(
    conversation: Conversation, message: Message, settings: Settings, line: DeskLine
) -> Reading:
    """An edit by the agent whose case it is."""
    sender, held = message.sender, held_reply(conversation, message.ref)
    if line.intent != "reply":
        trigger = Trigger.HELD_DROPPED if held else Trigger.INSIDE_EDITED
        return Reading(trigger, message=message, sender=sender, held=held)
    breach = check(message.text, settings.norms)
    if breach is not None:
        trigger = Trigger.EDIT_HELD
    else:
        trigger = Trigger.HELD_MENDED if held else Trigger.REPLY_EDITED
    return Reading(trigger, message=message, sender=sender, breach=breach, held=held, edited=True)


def _transfer(message: Message, argument: str, settings: Settings) -> Reading:
    """`/transfer` with a mention or an id names an agent; alone it means the queue."""
    target = named_person(message, argument)
    if target is None:
        return Reading(Trigger.RELEASED, message=message, sender=message.sender)
    if not _is_agent(target, settings):
        return Reading(Trigger.TRANSFER_REFUSED, message=message, target=target)
    return Reading(Trigger.TRANSFERRED, message=message, sender=message.sender, target=target)


def _claim(conversation: Conversation) -> Trigger:
    return Trigger.CLAIMED_AGAIN if conversation.state is State.HUMAN else Trigger.CLAIMED


def _takeover(conversation: Conversation) -> Trigger:
    return Trigger.TOOK_OVER if conversation.state is State.HUMAN else Trigger.CLAIMED


def _agent_button(
    conversation: Conversation, event: ButtonPressed, settings: Settings
) -> Reading | None:
    what, _, named = event.value.partition(":")
    ticket_id, _, key = named.partition(":")
    ticket = conversation.ticket
    if ticket is None or ticket.id != ticket_id or ticket.thread != event.address:
        return Reading(Trigger.SPOKE_LATE, sender=event.sender, address=event.address)
    if not _is_agent(event.sender, settings):
        return Reading(Trigger.NOT_AN_AGENT, sender=event.sender)
    match what:
        case "claim":
            return Reading(_claim(conversation), sender=event.sender)
        case "takeover":
            return Reading(_takeover(conversation), sender=event.sender)
        case "close":
            return Reading(Trigger.CLOSED, sender=event.sender)
        case "bot":
            return Reading(Trigger.RETURNED, sender=event.sender)
        case "send":
            return _press_to_send(ticket, event.sender, key)
        case _:
            return None


def _press_to_send(ticket: Ticket, sender: Person, key: str) -> Reading:
    """Only who wrote a held reply, and has the case still, may send it as it is."""
    held = next((reply for reply in ticket.held_replies if reply.key == key), None)
    theirs = ticket.agent is not None and ticket.agent.key == sender.key
    if held is None or held.never or not theirs or held.message.sender.key != sender.key:
        return Reading(Trigger.SEND_REFUSED, sender=sender)
    return Reading(Trigger.SENT_ANYWAY, sender=sender, held=held)


# ── what the outbox reports ──────────────────────────────────────────────────────────────────


def _failure(
    conversation: Conversation, event: DeliveryFailed, settings: Settings
) -> Reading | None:
    action = event.action
    if isinstance(action, Delete) and is_erasure(action):
        return None
    if not is_desk(action.to, settings):
        return Reading(
            Trigger.REACTION_UNSEEN if isinstance(action, React) else Trigger.REPLY_FAILED
        )
    if isinstance(action, React):
        return Reading(Trigger.REACTION_UNSHOWN)
    relayed = isinstance(action, Send) and action.speaker.role == "customer"
    if event.reason == "thread_gone":
        present = _thread(conversation) == action.to
        if present and conversation.state is not State.OPENING:
            return Reading(Trigger.THREAD_LOST)
        return Reading(Trigger.RELAY_ASTRAY) if relayed else None
    return Reading(Trigger.RELAY_FAILED) if relayed else None
