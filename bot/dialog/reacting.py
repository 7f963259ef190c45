"""Handlers for emoji on messages: shown as such where the other side can, else in words."""

from __future__ import annotations

from typing import Final

from bot.dialog.draft import Draft
from bot.dialog.reading import Reading
from chat.actions import React
from chat.address import Address
from chat.events import DeliveryFailed, ReactionChanged
from chat.message import MessageRef
from handoff.story import plain
from handoff.ticket import lines_of

_EXCERPT: Final = 60


def _react(draft: Draft, to: Address) -> None:
    event = draft.event
    assert isinstance(event, ReactionChanged)
    target = MessageRef(event.address.platform, event.address.channel, event.message_id)
    draft.act(React(id=draft.next_id(), to=to, target=target, emoji=event.emoji, added=event.added))


def relay_reaction(draft: Draft, reading: Reading) -> None:
    """A customer's reaction."""
    _react(draft, draft.thread)


def pass_reaction(draft: Draft, reading: Reading) -> None:
    """The agent's reaction."""
    _react(draft, draft.conversation.customer)


def tell_reaction(draft: Draft, reading: Reading) -> None:
    """The desk cannot show it: say it. That one was taken off again needs no words."""
    action = _failed(draft)
    if not action.added:
        return
    lines = lines_of(draft.conversation.story)
    about = next((line for line in reversed(lines) if line.ref == action.target), None)
    text = plain(about.text, about.attachments, draft.settings.desk_lang) if about else "…"
    draft.tell_thread(
        draft.desk_phrase("desk.customer_reacted", text=text[:_EXCERPT], emoji=action.emoji)
    )


def tell_unseen(draft: Draft, reading: Reading) -> None:
    """The customer cannot see it: the agent should know."""
    action = _failed(draft)
    if action.added:
        draft.tell_thread(draft.desk_phrase("desk.reaction_unseen", emoji=action.emoji))


def _failed(draft: Draft) -> React:
    event = draft.event
    assert isinstance(event, DeliveryFailed) and isinstance(event.action, React)
    return event.action
