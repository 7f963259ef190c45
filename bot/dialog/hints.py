"""What the author of a held reply reads in the thread."""

from __future__ import annotations

from bot.dialog.draft import Draft
from chat.actions import Button
from handoff.norms import check
from handoff.ticket import HeldReply


def show_hint(draft: Draft, held: HeldReply) -> None:
    """Why a reply was kept back, and a better idea; with a button, unless it may never go out."""
    breach = check(held.message.text, draft.settings.norms)
    hint = breach.advice(draft.settings.desk_lang) if breach else ""
    key = "desk.edit_held" if held.changes else "desk.reply_held"
    buttons: tuple[tuple[Button, ...], ...] = ()
    if not held.never:
        value = f"send:{draft.ticket.id}:{held.key}"
        buttons = ((Button(value, draft.desk_phrase("desk.button.send"), "danger"),),)
    text = draft.desk_phrase(key, phrase=held.phrase, hint=hint)
    if held.never:
        text += draft.desk_phrase("desk.held_never")
    draft.tell_thread(text, reply_to=held.message.ref, buttons=buttons)
