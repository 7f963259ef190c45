"""Lays an action out as Slack messages. Pure."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from adapters.slack.markup import TEXT_LIMIT, Json, block_of, fallback_of, pieces_of
from chat.actions import Button, Card, Send
from chat.channel import Undeliverable
from chat.message import Attachment, Span
from chat.places import words_of
from chat.rich import Rich, sendable, shortened

_LABEL_LIMIT: Final = 75
_QUOTE_LIMIT: Final = 100
_STYLES: Final = {"primary": "primary", "danger": "danger"}
METADATA: Final = "kefu_action"

EVERYBODY: Final[Json] = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [{"type": "broadcast", "range": "channel"}],
        }
    ],
}

Buttons = tuple[tuple[Button, ...], ...]


class TextPart(Struct, frozen=True):
    """A message of text. `rings`: everybody in the channel is mentioned, and it is shown there
    too, not in its thread alone."""

    said: Rich
    buttons: Buttons = ()
    rings: bool = False


class FilePart(Struct, frozen=True):
    """A message that shows a file."""

    attachment: Attachment


Part = TextPart | FilePart


def parts_of(action: Send) -> list[Part]:
    """The messages that show an action, in order: text, then files; buttons under the last text.

    Raises Undeliverable.
    """
    places = [words_of(a) for a in action.attachments if a.kind == "location"]
    said = sendable(action.text, action.spans)
    if places:
        said = Rich("\n".join((said.text, *places)).strip("\n"), said.spans)
    parts: list[Part] = [TextPart(piece) for piece in pieces_of(said)]
    parts += [FilePart(a) for a in action.attachments if a.kind != "location"]
    if not parts:
        raise Undeliverable("invalid", "there is nothing to show")
    if action.buttons:
        last = max((i for i, p in enumerate(parts) if isinstance(p, TextPart)), default=None)
        if last is None:
            parts.append(TextPart(Rich("…"), action.buttons))
        else:
            parts[last] = TextPart(parts[last].said, action.buttons)  # type: ignore[union-attr]
    first = parts[0]
    if action.rings and isinstance(first, TextPart):
        parts[0] = TextPart(first.said, first.buttons, rings=True)
    return parts


def quoting(words: str, part: TextPart) -> TextPart:
    """The part below the beginning of what it answers."""
    first = shortened(" ".join(words.split()), _QUOTE_LIMIT)
    if not first:
        return part
    shift = len(first) + 1
    spans = (Span(s.kind, s.start + shift, s.end + shift, s.url) for s in part.said.spans)
    said = Rich(f"{first}\n{part.said.text}", (Span("quote", 0, len(first)), *spans))
    return TextPart(said, part.buttons, part.rings)


def body_of(part: TextPart, action_id: str, index: int) -> Json:
    """What `chat.postMessage` and `chat.update` take, but for the place."""
    body: Json = {
        "text": fallback_of(part.said.text),
        "blocks": [block_of(part.said), *buttons_of(part.buttons)],
        "metadata": metadata_of(action_id, index),
        "unfurl_links": False,
        "unfurl_media": False,
    }
    if part.rings:
        body["text"] = f"<!channel> {body['text']}"
        body["blocks"].insert(0, EVERYBODY)
        body["reply_broadcast"] = True
    return body


def metadata_of(action_id: str, index: int) -> Json:
    """By this a message is known again."""
    return {
        "event_type": METADATA,
        "event_payload": {"action": action_id, "part": index},
    }


def shows(message: Json, action_id: str, index: int) -> bool:
    """Whether a message of the history is this part of an action."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    return (
        metadata.get("event_type") == METADATA
        and payload.get("action") == action_id
        and payload.get("part") == index
    )


def card_part(card: Card) -> TextPart:
    """A card as one message, its title in bold."""
    text = sendable(shortened("\n".join((card.title, *card.lines)), TEXT_LIMIT)).text
    bold = Span("bold", 0, min(len(card.title), len(text)))
    return TextPart(Rich(text, (bold,)), card.buttons)


def buttons_of(buttons: Buttons) -> list[Json]:
    """Rows of buttons as blocks. An `action_id` may stand only once in a message."""
    return [
        {
            "type": "actions",
            "elements": [_button(button, f"{row}.{place}") for place, button in enumerate(line)],
        }
        for row, line in enumerate(buttons)
        if line
    ]


def _button(button: Button, place: str) -> Json:
    element: Json = {
        "type": "button",
        "action_id": f"kefu.{place}",
        "text": {"type": "plain_text", "text": shortened(button.label, _LABEL_LIMIT)},
        "value": button.value,
    }
    if button.style in _STYLES:
        element["style"] = _STYLES[button.style]
    return element
