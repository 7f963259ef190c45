"""Handlers for a case's life: opened, waiting, its thread lost and found, closed, reopened."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.conversation import Question, State
from bot.dialog.draft import SYSTEM, WHILE_WAITING, Draft
from bot.dialog.hints import show_hint
from bot.dialog.noting import note_resolution, words_of
from bot.dialog.rating import stars
from bot.dialog.reading import OPENING_TIMER, WAITING_TIMER, Reading
from chat.actions import (
    CancelTimer,
    Card,
    CardStatus,
    CloseThread,
    OpenThread,
    ReopenThread,
    Send,
    SetTimer,
    Speaker,
    UpdateCard,
)
from chat.address import Address, Person
from chat.events import (
    DeliveryFailed,
    MessageDeleted,
    ThreadFailed,
    ThreadOpened,
)
from chat.message import Message, MessageRef
from handoff.priority import most_urgent
from handoff.story import draw_card, tell_story
from handoff.temper import Temper
from handoff.ticket import ClosedTicket, Held, Line, Ticket, lines_of, ticket_id
from handoff.wordings import wants_person


def card(draft: Draft, status: CardStatus) -> Card:
    """The present case's card."""
    conversation = draft.conversation
    person = conversation.person
    return draw_card(
        draft.ticket,
        status=status,
        customer=conversation.customer,
        customer_name=person.name if person else "",
        customer_lang=conversation.lang,
        topics=draft.ticket.topics,
        lang=draft.settings.desk_lang,
        linked=conversation.linked,
    )


def redraw(draft: Draft, status: CardStatus) -> None:
    """Show the card as it now is."""
    draft.act(
        UpdateCard(
            id=draft.next_id(),
            to=draft.thread,
            card=card(draft, status),
            message_id=draft.ticket.card_message,
        )
    )


# ── opening ──────────────────────────────────────────────────────────────────────────────────


def hand_over(
    draft: Draft,
    reading: Reading,
    *,
    told: str,
    first: str = "",
    last: str = "",
    safety: bool = True,
) -> None:
    """Open a case: queue it, tell the customer, ask for a thread, all in one decision.

    `told` names the phrase that says so; `first` stands before it and `last` after it. `safety`:
    the customer is reminded of what we never ask for.
    """
    conversation = draft.conversation
    spoken = [
        line.text for line in lines_of(conversation.story) if line.role == "customer" and line.ref
    ]
    telling = [text for text in spoken if text and not wants_person(text)]
    concern = reading.concern
    priority = concern.priority if concern else None
    ticket = Ticket(
        id=ticket_id(draft.event.id),
        cause=reading.cause,
        quote=telling[-1] if telling else reading.text,
        opened_at=draft.event.at,
        topics=_titles(draft),
        priority=most_urgent(priority, "P1" if reading.cause in ("critical", "leaked") else None),
        mood=concern.kind if concern else None,
        evidence=concern.evidence if concern else "",
    )
    draft.change(
        state=State.OPENING, ticket=ticket, last=None, misses=0, reminders=0, temper=Temper()
    )
    reminder = draft.phrase("customer.reminder") if safety else ""
    words = (first, draft.phrase(told, position=draft.position), last, reminder)
    draft.tell_customer("\n".join(filter(None, words)), only_in=WHILE_WAITING)
    _ask_for_thread(draft)
    set_reminder(draft)
    draft.record(
        "case_opened",
        ticket=ticket.id,
        cause=ticket.cause,
        priority=ticket.priority,
        mood=ticket.mood,
        question=words_of(ticket.quote),
        lang=draft.conversation.lang,
    )


def _titles(draft: Draft) -> tuple[str, ...]:
    """The topics that the customer was given before, as agents know them."""
    known = draft.knowledge.entries
    lang = draft.settings.desk_lang
    return tuple(known[t].title[lang] for t in draft.conversation.topics if t in known)


def _ask_for_thread(draft: Draft, instead_of: Address | None = None) -> None:
    status: CardStatus = "open" if draft.ticket.agent else "waiting"
    draft.act(
        OpenThread(
            id=draft.next_id(),
            desk=draft.settings.desk,
            conversation=draft.conversation.id,
            card=card(draft, status),
            instead_of=instead_of,
        )
    )


def set_reminder(draft: Draft) -> None:
    """Wake up when it is time to tell the customer that they are not forgotten."""
    steps = draft.settings.reminders
    if steps:
        wait = steps[min(draft.conversation.reminders, len(steps) - 1)]
        draft.act(SetTimer(id=draft.next_id(), name=WAITING_TIMER, at=draft.event.at + wait))


def hold(draft: Draft, reading: Reading) -> None:
    """Keep a message until the thread is there."""
    assert reading.message is not None
    seq = draft.conversation.seq + 1
    draft.change(seq=seq, person=reading.message.sender)
    _hold(draft, Held(seq, reading.message))
    draft.record("message", role="customer")


def _hold(draft: Draft, held: Held) -> None:
    everything = sorted((*draft.ticket.held, held), key=lambda h: h.seq)
    draft.change_ticket(held=tuple(everything))


def hold_edit(draft: Draft, reading: Reading) -> None:
    """An edit before the thread is there; the earlier words stay readable."""
    message = reading.message
    assert message is not None
    for held in draft.ticket.held:
        if held.message.ref == message.ref:
            text = draft.desk_phrase(
                "desk.customer_edited_from", old=held.message.text, new=message.text
            )
            _change_held(draft, held, text)
            return
    _keep_line(draft, edit_text(draft, message))


def hold_deletion(draft: Draft, reading: Reading) -> None:
    """The customer took something back before anybody saw it: only that much is told."""
    event = draft.event
    assert isinstance(event, MessageDeleted)
    gone = MessageRef(event.address.platform, event.address.channel, event.message_id)
    text = draft.desk_phrase("desk.customer_deleted")
    for held in draft.ticket.held:
        if held.message.ref == gone:
            _change_held(draft, held, text)
            return
    _keep_line(draft, text)


def _change_held(draft: Draft, held: Held, text: str) -> None:
    message = structs.replace(held.message, text=text, spans=(), attachments=())
    rest = tuple(h for h in draft.ticket.held if h.seq != held.seq)
    draft.change_ticket(held=rest)
    _hold(draft, Held(held.seq, message))


def _keep_line(draft: Draft, text: str) -> None:
    draft.keep(Line(role="customer", text=text, at=draft.event.at, name=customer_name(draft)))


def edit_text(draft: Draft, message: Message) -> str:
    """What agents read about an edit; the earlier words too, while the story has them."""
    story = lines_of(draft.conversation.story)
    old = next((x.text for x in reversed(story) if x.ref == message.ref), "")
    if not old:
        return draft.desk_phrase("desk.customer_edited", new=message.text)
    return draft.desk_phrase("desk.customer_edited_from", old=old, new=message.text)


def customer_name(draft: Draft) -> str:
    """The customer's name, as far as it is known."""
    person = draft.conversation.person
    return person.name if person else ""


def fill_thread(draft: Draft, reading: Reading) -> None:
    """The thread is there: tell the story so far, then what was held, in order."""
    event = draft.event
    assert isinstance(event, ThreadOpened)
    ticket = draft.ticket
    draft.change_ticket(thread=event.thread, card_message=event.card_message, held=())
    draft.change(state=State.HUMAN if ticket.agent else State.WAITING)
    draft.act(CancelTimer(id=draft.next_id(), name=OPENING_TIMER))
    if ticket.priority in ("P0", "P1"):
        tell_alarm(draft)
    if "raised" in ticket.told:
        redraw(draft, "open" if ticket.agent else "waiting")
    if ticket.attempt > 1:
        draft.tell_thread(draft.desk_phrase("desk.thread_lost"))
    lines = lines_of(draft.conversation.story)
    held_refs = {held.message.ref for held in ticket.held}
    told = tuple(x for x in lines if x.ref is None or x.ref not in held_refs)
    story = tell_story(told, draft.settings.desk_lang)
    if story:
        draft.tell_thread(story)
        # One by one: a file that cannot be shown here must not hold back the others.
        for line in told:
            for file in line.attachments if line.role == "customer" else ():
                draft.tell_thread("", attachments=(file,))
    known = {line.ref for line in lines}
    for held in ticket.held:
        relay_message(draft, held.message, held.seq, keep=held.message.ref not in known)
    for reply in ticket.held_replies:
        show_hint(draft, reply)


def tell_alarm(draft: Draft) -> None:
    """Tell the thread how urgent the case is and why; a life in danger rings for everybody."""
    ticket = draft.ticket
    what = f"desk.mood.{ticket.mood}" if ticket.mood else f"desk.cause.{ticket.cause}"
    danger = ticket.priority == "P0"
    text = draft.desk_phrase(
        "desk.alarm_danger" if danger else "desk.alarm",
        priority=ticket.priority,
        what=draft.desk_phrase(what),
        evidence=ticket.evidence or ticket.quote,
    )
    draft.tell_thread(text, rings=danger)


def relay_message(draft: Draft, message: Message, order: int, *, keep: bool) -> None:
    """Show a customer's message in the thread; `keep` adds it to the story."""
    reply_to = None
    if message.reply_to is not None:
        here = message.address
        reply_to = MessageRef(here.platform, here.channel, message.reply_to)
    draft.act(
        Send(
            id=draft.next_id(),
            to=draft.thread,
            text=message.text,
            spans=message.spans,
            attachments=message.attachments,
            speaker=Speaker("customer", message.sender.name),
            reply_to=reply_to,
            mirrors=message.ref,
            album=message.album,
            order=order,
        )
    )
    if keep:
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


def retry_later(draft: Draft, reading: Reading) -> None:
    """The desk cannot be reached: tell the customer once, try again in a while."""
    event = draft.event
    assert isinstance(event, ThreadFailed)
    if "desk_trouble" not in draft.ticket.told:
        draft.change_ticket(told=(*draft.ticket.told, "desk_trouble"))
        draft.tell_customer(draft.phrase("customer.desk_trouble"), speaker=SYSTEM)
    again = event.at + draft.settings.retry_open_after
    draft.act(SetTimer(id=draft.next_id(), name=OPENING_TIMER, at=again))
    draft.record("thread_failed", ticket=draft.ticket.id, reason=event.reason)


def open_again(draft: Draft, reading: Reading) -> None:
    """Ask for the thread once more."""
    _ask_for_thread(draft)


def close_extra(draft: Draft, reading: Reading) -> None:
    """A thread came twice: send whoever sees it to the right one, and close it."""
    event = draft.event
    assert isinstance(event, ThreadOpened)
    draft.tell_thread(draft.desk_phrase("desk.extra_thread", ticket=event.ticket), to=event.thread)
    draft.act(CloseThread(id=draft.next_id(), to=event.thread))


# ── waiting ──────────────────────────────────────────────────────────────────────────────────


def remind(draft: Draft, reading: Reading) -> None:
    """Tell the customer that they are not forgotten, and prove that the card is still there."""
    text = draft.phrase("customer.still_waiting", position=draft.position)
    draft.tell_customer(text, only_in=WHILE_WAITING)
    draft.change(reminders=draft.conversation.reminders + 1)
    set_reminder(draft)
    if draft.conversation.state is State.WAITING:
        redraw(draft, "waiting")


# ── the thread gets lost ─────────────────────────────────────────────────────────────────────


def recreate(draft: Draft, reading: Reading) -> None:
    """The thread is gone: back to opening; what was on its way waits for the new one."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    gone = draft.thread
    draft.change(state=State.OPENING)
    draft.change_ticket(thread=None, card_message=None, attempt=draft.ticket.attempt + 1)
    _hold_failed(draft, event)
    _ask_for_thread(draft, gone)
    draft.record("thread_lost", ticket=draft.ticket.id)


def hold_again(draft: Draft, reading: Reading) -> None:
    """One more message found the old thread gone: it waits too."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    _hold_failed(draft, event)


def _hold_failed(draft: Draft, event: DeliveryFailed) -> None:
    action = event.action
    if isinstance(action, Send) and action.speaker.role == "customer":
        _hold(draft, Held(action.order, _as_message(draft, action)))


def _as_message(draft: Draft, action: Send) -> Message:
    """The message that was relayed; for an edit or a deletion what was said about it."""
    customer = draft.conversation.customer
    return Message(
        id=action.mirrors.id if action.mirrors else action.id,
        at=draft.event.at,
        sender=Person(customer.platform, customer.channel, action.speaker.name),
        address=customer,
        text=action.text,
        spans=action.spans,
        attachments=action.attachments,
        reply_to=action.reply_to.id if action.reply_to else None,
        album=action.album,
    )


def relay_again(draft: Draft, reading: Reading) -> None:
    """A message was on its way to a thread that is gone: show it in the present one."""
    event = draft.event
    assert isinstance(event, DeliveryFailed)
    if isinstance(event.action, Send):
        message = _as_message(draft, event.action)
        relay_message(draft, message, event.action.order, keep=False)


# ── ending and coming back ───────────────────────────────────────────────────────────────────


def end(draft: Draft, status: CardStatus, sender: Person | None) -> Ticket:
    """Close the case's card and thread and give the conversation back to the bot."""
    by = sender.name if sender else ""
    key = "desk.closed" if status == "closed" else "desk.returned"
    ticket = draft.ticket
    draft.tell_thread(draft.desk_phrase(key, agent=by))
    redraw(draft, status)
    draft.act(CloseThread(id=draft.next_id(), to=draft.thread))
    draft.act(CancelTimer(id=draft.next_id(), name=WAITING_TIMER))
    note_resolution(draft, ticket)
    draft.record(status, ticket=ticket.id, agent=sender.key if sender else None)
    draft.change(
        state=State.BOT,
        ticket=None,
        last=None,
        misses=0,
        topics=(),
        reminders=0,
        temper=Temper(),
        asked="",
        question=Question(),
    )
    return ticket


def close(draft: Draft, reading: Reading) -> None:
    """Thank the customer; the case can be reopened for a while."""
    key = "customer.closed" if draft.ticket.agent else "customer.closed_unclaimed"
    rated = draft.ticket.agent is not None
    ticket = end(draft, "closed", reading.sender)
    text = draft.phrase(key)
    if rated:
        text += "\n" + draft.phrase("customer.rate")
    draft.tell_customer(text, speaker=Speaker("system"), buttons=stars(ticket) if rated else ())
    # Its agent has dealt with it: whoever comes back begins with a case like any other.
    calm = structs.replace(ticket, priority=None, mood=None, evidence="", held_replies=())
    draft.change(last=ClosedTicket(calm, draft.event.at))


def give_back(draft: Draft, reading: Reading) -> None:
    """Thank the customer and let the bot go on."""
    end(draft, "returned", reading.sender)
    draft.tell_customer(draft.phrase("customer.returned"), speaker=Speaker("system"))


def reopen(draft: Draft, reading: Reading) -> None:
    """The customer is back soon after closing: the same case, the same agent."""
    last, message = draft.conversation.last, reading.message
    assert last is not None and message is not None
    agent = last.ticket.agent
    draft.change(
        ticket=last.ticket,
        last=None,
        reminders=0,
        state=State.HUMAN if agent else State.WAITING,
        seq=draft.conversation.seq + 1,
        person=message.sender,
    )
    draft.record("reopened", ticket=last.ticket.id)
    draft.act(ReopenThread(id=draft.next_id(), to=draft.thread))
    if agent:
        draft.tell_customer(
            draft.phrase("customer.reopened", agent=agent.name), speaker=Speaker("system")
        )
        draft.tell_thread(draft.desk_phrase("desk.reopened", agent=agent.name))
        redraw(draft, "open")
    else:
        text = draft.phrase("customer.reopened_queue", position=draft.position)
        draft.tell_customer(text, only_in=WHILE_WAITING)
        draft.tell_thread(draft.desk_phrase("desk.reopened_queue"))
        redraw(draft, "waiting")
        set_reminder(draft)
    relay_message(draft, message, draft.conversation.seq, keep=True)
    draft.record("message", role="customer")
