"""Handlers for what customers and agents say to each other, and for who may say it."""

from __future__ import annotations

from msgspec import structs

from bot.dialog.cases.card import redraw
from bot.dialog.cases.showing import customer_name, edit_text, relay_message
from bot.dialog.conversation import State
from bot.dialog.draft import Draft
from bot.dialog.reading import WAITING_TIMER, Reading
from chat.actions import CancelTimer, Delete, Edit, MarkInternal, Send, ShowTyping, Speaker
from chat.address import Person
from chat.events import MessageDeleted
from chat.message import Message, MessageRef
from handoff.ticket import Line, lines_of, written

# ── from the customer ────────────────────────────────────────────────────────────────────────


def relay(draft: Draft, reading: Reading) -> None:
    """Show the customer's message in the thread."""
    message = reading.message
    assert message is not None
    draft.change(seq=draft.conversation.seq + 1, person=message.sender)
    relay_message(draft, message, draft.conversation.seq, keep=True)
    draft.record("message", role="customer")


def relay_edit(draft: Draft, reading: Reading) -> None:
    """Show an edit as a message of its own, so that the earlier words stay readable."""
    message = reading.message
    assert message is not None
    text = edit_text(draft, message)
    _tell_as_customer(draft, text, message.ref)
    new = written(
        *(
            structs.replace(line, text=message.text) if line.ref == message.ref else line
            for line in lines_of(draft.conversation.story)
        )
    )
    draft.change(story=new)


def relay_deletion(draft: Draft, reading: Reading) -> None:
    """Say that the customer took a message back; agents may have acted on it."""
    event = draft.event
    assert isinstance(event, MessageDeleted)
    gone = MessageRef(event.address.platform, event.address.channel, event.message_id)
    _tell_as_customer(draft, draft.desk_phrase("desk.customer_deleted"), gone)


def _tell_as_customer(draft: Draft, text: str, about: MessageRef) -> None:
    """What the customer did to an earlier message, in its place among what they wrote."""
    speaker = Speaker("customer", customer_name(draft))
    draft.tell_thread(text, reply_to=about, speaker=speaker, order=draft.conversation.seq)


def show_customer_typing(draft: Draft, reading: Reading) -> None:
    """The customer is writing."""
    name = reading.sender.name if reading.sender else ""
    draft.act(ShowTyping(draft.next_id(), to=draft.thread, speaker=Speaker("customer", name)))


# ── from agents ──────────────────────────────────────────────────────────────────────────────


def _sender(reading: Reading) -> Person:
    assert reading.sender is not None
    return reading.sender


def _message(reading: Reading) -> Message:
    assert reading.message is not None
    return reading.message


def claim(draft: Draft, reading: Reading) -> None:
    """The case has an agent now; the bot is silent from here."""
    agent = _sender(reading)
    waited = draft.event.at - draft.ticket.opened_at
    draft.change(state=State.HUMAN)
    draft.change_ticket(agent=agent, claimed_at=draft.event.at)
    draft.act(CancelTimer(id=draft.next_id(), name=WAITING_TIMER))
    draft.tell_thread(draft.desk_phrase("desk.claimed", agent=agent.name))
    redraw(draft, "open")
    draft.tell_customer(
        draft.phrase("customer.joined", agent=agent.name), speaker=Speaker("system")
    )
    draft.record("claimed", ticket=draft.ticket.id, agent=agent.key, waited=waited)


def take_over(draft: Draft, reading: Reading) -> None:
    """Another agent takes the case."""
    agent, before = _sender(reading), draft.ticket.agent
    if before is not None and before.key == agent.key:
        draft.tell_thread(draft.desk_phrase("desk.already_yours"))
        return
    draft.change_ticket(agent=agent, claimed_at=draft.event.at)
    draft.tell_thread(
        draft.desk_phrase("desk.taken_over", agent=agent.name, before=before.name if before else "")
    )
    redraw(draft, "open")
    draft.tell_customer(
        draft.phrase("customer.agent_changed", agent=agent.name), speaker=Speaker("system")
    )
    draft.record("taken_over", ticket=draft.ticket.id, agent=agent.key)


def refuse_claim(draft: Draft, reading: Reading) -> None:
    """The case has an agent already."""
    agent = draft.ticket.agent
    if agent is not None and agent.key == _sender(reading).key:
        draft.tell_thread(draft.desk_phrase("desk.already_yours"))
    else:
        name = agent.name if agent else ""
        draft.tell_thread(draft.desk_phrase("desk.already_claimed", agent=name))


def reply(draft: Draft, reading: Reading) -> None:
    """The agent's words go to the customer."""
    pass_reply_on(draft, _message(reading), keep=True)


def pass_reply_on(draft: Draft, message: Message, *, keep: bool) -> None:
    """Send an agent's message to the customer; `keep` adds it to the story."""
    agent = message.sender
    reply_to = None
    if message.reply_to is not None:
        desk = message.address
        reply_to = MessageRef(desk.platform, desk.channel, message.reply_to)
    draft.act(
        Send(
            id=draft.next_id(),
            to=draft.conversation.customer,
            text=message.text,
            spans=message.spans,
            attachments=message.attachments,
            speaker=Speaker("agent", agent.name),
            reply_to=reply_to,
            mirrors=message.ref,
            album=message.album,
        )
    )
    if keep:
        draft.keep(
            Line(
                role="agent",
                text=message.text,
                at=message.at,
                name=agent.name,
                ref=message.ref,
                attachments=message.attachments,
            )
        )
    if draft.ticket.replied_at is None:
        draft.change_ticket(replied_at=draft.event.at)
        draft.record(
            "first_reply",
            ticket=draft.ticket.id,
            agent=agent.key,
            waited=draft.event.at - draft.ticket.opened_at,
        )
    draft.record("message", role="agent")


def edit_reply(draft: Draft, reading: Reading) -> None:
    """Change what the customer sees."""
    pass_edit_on(draft, _message(reading))


def pass_edit_on(draft: Draft, message: Message) -> None:
    """Give the customer's copy of an agent's message its new words."""
    draft.act(
        Edit(
            id=draft.next_id(),
            to=draft.conversation.customer,
            target=message.ref,
            text=message.text,
            spans=message.spans,
        )
    )
    _mention_other_copy(draft, message.ref)


def _mention_other_copy(draft: Draft, target: MessageRef) -> None:
    """Of a message that stands there twice we know one copy, so the other stays as it is."""
    if target in draft.ticket.doubted:
        draft.tell_thread(draft.desk_phrase("desk.copy_may_remain"), reply_to=target)


def delete_reply(draft: Draft, reading: Reading) -> None:
    """Take a reply back at the customer's, and forget a new form of it that was held."""
    if reading.held is not None:
        rest = tuple(h for h in draft.ticket.held_replies if h.key != reading.held.key)
        draft.change_ticket(held_replies=rest)
    event = draft.event
    assert isinstance(event, MessageDeleted)
    target = MessageRef(event.address.platform, event.address.channel, event.message_id)
    draft.act(Delete(id=draft.next_id(), to=draft.conversation.customer, target=target))
    _mention_other_copy(draft, target)


def keep_edit_inside(draft: Draft, reading: Reading) -> None:
    """A reply edited into a note must not leave the desk, nor be believed sent."""
    message = _message(reading)
    draft.tell_thread(draft.desk_phrase("desk.edit_kept_inside"), reply_to=message.ref)


def _mark(draft: Draft, message: Message) -> None:
    if message.shown:
        draft.act(MarkInternal(id=draft.next_id(), to=message.address, message_id=message.id))


def keep_internal(draft: Draft, message: Message, text: str) -> None:
    """Keep an agent's message in the story as a note, and mark it as one."""
    _mark(draft, message)
    draft.keep(
        Line(
            role="agent",
            text=text,
            at=message.at,
            name=message.sender.name,
            internal=True,
            ref=message.ref,
            attachments=message.attachments,
        )
    )


def keep_note(draft: Draft, reading: Reading) -> None:
    """A note stays inside and is marked so; one typed in a form is shown to the others."""
    message = _message(reading)
    keep_internal(draft, message, reading.text)
    if not message.shown:
        text = draft.desk_phrase("desk.note_by", agent=message.sender.name, text=reading.text)
        draft.tell_thread(text)
    draft.record("note", ticket=draft.ticket.id)


def keep_inside(draft: Draft, reading: Reading) -> None:
    """A plain message of somebody who does not have the case: say that it was not sent."""
    message, agent = _message(reading), draft.ticket.agent
    keep_internal(draft, message, message.text)
    if agent is not None:
        text = draft.desk_phrase("desk.kept_inside", agent=agent.name)
    else:
        text = draft.desk_phrase("desk.claim_first")
    draft.tell_thread(text, reply_to=message.ref)


def keep_late_inside(draft: Draft, reading: Reading) -> None:
    """The case of this thread is over: say that nothing was sent."""
    address = reading.address
    assert address is not None
    last = draft.conversation.last
    over = last is not None and last.ticket.thread == address
    key = "desk.case_over" if over else "desk.no_case"
    ticket = last.ticket.id if last else ""
    reply_to = reading.message.ref if reading.message else None
    if reading.message is not None:
        _mark(draft, reading.message)
    draft.tell_thread(draft.desk_phrase(key, ticket=ticket), to=address, reply_to=reply_to)


def list_commands(draft: Draft, reading: Reading) -> None:
    """List the commands; a mistyped one stays inside."""
    message = _message(reading)
    mistyped = reading.text != "" or message.text.split(" ", 1)[0] not in ("/help", "/start")
    _mark(draft, message)
    key = "desk.unknown_command" if mistyped else "desk.help"
    draft.tell_thread(draft.desk_phrase(key), reply_to=message.ref)


def refuse(draft: Draft, reading: Reading) -> None:
    """Not an agent: nothing is done, and they are told."""
    sender = _sender(reading)
    if reading.message is not None:
        keep_internal(draft, reading.message, reading.message.text)
    draft.tell_thread(draft.desk_phrase("desk.not_an_agent", agent=sender.name))


def show_agent_typing(draft: Draft, reading: Reading) -> None:
    """The agent is writing."""
    speaker = Speaker("agent", _sender(reading).name)
    draft.act(ShowTyping(draft.next_id(), to=draft.conversation.customer, speaker=speaker))
