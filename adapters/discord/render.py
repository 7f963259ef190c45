"""Lays an action out as Discord messages. Pure but for the library's own types."""

from __future__ import annotations

import base64
import hashlib
from typing import Final

import discord
from msgspec import Struct

from adapters.discord.markup import TEXT_LIMIT, pieces_of
from chat.actions import Button, Card, Send
from chat.channel import Undeliverable
from chat.message import Attachment, Span
from chat.places import words_of
from chat.rich import Rich, sendable, shortened

ATTACHMENTS_MOST: Final = 10
THREAD_NAME_LIMIT: Final = 100
_LABEL_LIMIT: Final = 80
_STYLES: Final = {
    "plain": discord.ButtonStyle.secondary,
    "primary": discord.ButtonStyle.primary,
    "danger": discord.ButtonStyle.danger,
}

Buttons = tuple[tuple[Button, ...], ...]


EVERYBODY: Final = "@here"


class Part(Struct, frozen=True):
    """One message: Markdown, files, buttons. `rings`: its `@here` shall be one."""

    text: str = ""
    files: tuple[Attachment, ...] = ()
    buttons: Buttons = ()
    rings: bool = False


def parts_of(action: Send) -> list[Part]:
    """The messages that show an action, in order. Raises Undeliverable.

    Text stands above its files; the buttons are under the last message.
    """
    places = [a for a in action.attachments if a.kind == "location"]
    files = [a for a in action.attachments if a.kind != "location"]
    said = sendable(action.text, action.spans)
    if places:
        words = "\n".join(words_of(place) for place in places)
        said = Rich(f"{said.text}\n{words}".strip("\n"), said.spans)
    texts = pieces_of(said)
    batches = [
        tuple(files[i : i + ATTACHMENTS_MOST]) for i in range(0, len(files), ATTACHMENTS_MOST)
    ]
    parts = [Part(text) for text in texts]
    if batches and parts:
        parts[-1] = Part(parts[-1].text, batches.pop(0))
    parts += [Part(files=batch) for batch in batches]
    if not parts:
        raise Undeliverable("invalid", "there is nothing to show")
    if action.buttons:
        last = parts[-1]
        parts[-1] = Part(last.text, last.files, action.buttons)
    if action.rings:
        first = parts[0]
        parts[0] = Part(f"{EVERYBODY} {first.text}", first.files, first.buttons, rings=True)
    return parts


def card_text(card: Card) -> str:
    """A card as one message, its title in bold."""
    text = sendable(shortened("\n".join((card.title, *card.lines)), TEXT_LIMIT // 2)).text
    bold = Span("bold", 0, min(len(card.title), len(text)))
    return pieces_of(Rich(text, (bold,)))[0]


def thread_name(card: Card) -> str:
    """The title of a card as a thread's name."""
    name = " ".join(sendable(card.title).text.split())
    return shortened(name, THREAD_NAME_LIMIT) or card.ticket


def view_of(buttons: Buttons) -> discord.ui.View:
    """The buttons; with none, a view that takes away those that were there."""
    view = discord.ui.View(timeout=None)
    for row, together in enumerate(buttons[:5]):
        for button in together[:5]:
            view.add_item(
                discord.ui.Button(
                    style=_STYLES[button.style],
                    label=shortened(button.label, _LABEL_LIMIT),
                    custom_id=button.value,
                    row=row,
                )
            )
    # Presses come to us as events, so the library need not keep the view.
    view.stop()
    return view


def nonce_of(action_id: str, part: int) -> str:
    """The same for the same part of an action; at most 25 characters, Discord's limit."""
    digest = hashlib.blake2s(f"{action_id}#{part}".encode(), digest_size=15).digest()
    return base64.b32encode(digest).decode()
