"""A customer's messages as the thread shows them."""

from __future__ import annotations

from bot.dialog.draft import Draft
from chat.actions import (
    Send,
    Speaker,
)
from chat.message import Message, MessageRef
from handoff.ticket import line_of, lines_of


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
        draft.keep(line_of(message, "customer"))


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
