"""Handlers for knowing a person again who writes from several addresses.

Only agents say so. Each of the person's conversations knows all the others, and whichever learns
of one tells them; so the links show on every case of theirs, wherever it was said.
"""

from __future__ import annotations

from bot.dialog.cases.card import redraw
from bot.dialog.conversation import State
from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.actions import LinkAddresses
from chat.address import Address, Person
from chat.events import AddressesLinked, LinkRefused


def link(draft: Draft, reading: Reading) -> None:
    """Ask the other conversation, which answers if it is there."""
    conversation, other = draft.conversation, reading.text.strip()
    known = conversation.linked
    if not _is_address(other) or other == conversation.id or other in known:
        _tell_how(draft)
        return
    assert reading.sender is not None
    _tell(draft, other, (conversation.id, *known), reading.sender, added=True)


def unlink(draft: Draft, reading: Reading) -> None:
    """One address is not this person's: every conversation of theirs forgets it."""
    conversation, other = draft.conversation, reading.text.strip()
    if other not in conversation.linked:
        _tell_how(draft)
        return
    assert reading.sender is not None
    rest = tuple(known for known in conversation.linked if known != other)
    draft.change(linked=rest)
    _tell(draft, other, (conversation.id, *rest), reading.sender, added=False)
    for known in rest:
        _tell(draft, known, (other,), reading.sender, added=False)
    _show(draft, (other,), reading.sender, added=False)


def note_links(draft: Draft, reading: Reading) -> None:
    """Keep what was said about this person, and pass on what is new."""
    event, conversation = draft.event, draft.conversation
    assert isinstance(event, AddressesLinked)
    known = conversation.linked
    if event.added:
        changed = tuple(o for o in event.others if o != conversation.id and o not in known)
        now = (*known, *changed)
    else:
        changed = tuple(o for o in known if o in event.others)
        now = tuple(o for o in known if o not in changed)
    if not changed:
        return
    draft.change(linked=now)
    for other in now if event.added else ():
        others = (conversation.id, *(o for o in now if o != other))
        _tell(draft, other, others, event.by, added=True)
    _show(draft, changed, event.by, added=event.added)


def refuse_link(draft: Draft, reading: Reading) -> None:
    """A typing mistake must not be noted as a person."""
    event = draft.event
    assert isinstance(event, LinkRefused)
    draft.tell_thread(draft.desk_phrase("desk.link_unknown", other=event.other))


def _tell(draft: Draft, at: str, others: tuple[str, ...], by: Person, *, added: bool) -> None:
    platform, _, channel = at.partition(":")
    to = Address(platform, channel)
    draft.act(LinkAddresses(id=draft.next_id(), to=to, others=others, by=by, added=added))


def _show(draft: Draft, others: tuple[str, ...], by: Person, *, added: bool) -> None:
    """On the card and in the thread, if there are any; and for the reports."""
    ticket = draft.conversation.ticket
    match draft.conversation.state:
        case State.WAITING | State.HUMAN:
            key = "desk.linked" if added else "desk.unlinked"
            draft.tell_thread(
                "\n".join(draft.desk_phrase(key, by=by.name, other=other) for other in others)
            )
            redraw(draft, "open" if draft.ticket.agent else "waiting")
        case State.OPENING:
            draft.change_ticket(told=(*draft.ticket.told, "linked"))
    for other in others:
        draft.record(
            "linked" if added else "unlinked",
            ticket=ticket.id if ticket else None,
            other=other,
            agent=by.key,
        )


def _tell_how(draft: Draft) -> None:
    known = " / ".join(draft.conversation.linked) or "—"
    draft.tell_thread(draft.desk_phrase("desk.link_how", own=draft.conversation.id, linked=known))


def _is_address(text: str) -> bool:
    platform, _, channel = text.partition(":")
    return bool(platform and channel) and not any(c.isspace() for c in text)
