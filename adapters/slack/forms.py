"""Forms: a note, or to whom a case is transferred."""

from __future__ import annotations

import json
from typing import Any, Final, TypeAlias

from adapters.slack.reading import PLATFORM
from chat.address import Address
from chat.message import Span
from chat.phrases import Lang, say
from chat.rich import Rich

Json: TypeAlias = dict[str, Any]

FORMS: Final = ("note", "transfer")
_TITLE_LIMIT: Final = 24


def form_view(what: str, thread: Address, lang: Lang) -> Json:
    """The form that a button opens."""
    element: Json = (
        {"type": "plain_text_input", "action_id": "value", "multiline": True, "max_length": 2000}
        if what == "note"
        else {"type": "users_select", "action_id": "value"}
    )
    return {
        "type": "modal",
        "callback_id": what,
        "private_metadata": json.dumps({"channel": thread.channel, "thread": thread.thread}),
        "title": _plain(say(f"desk.form.{what}", lang)[:_TITLE_LIMIT]),
        "submit": _plain(say("slack.send", lang)),
        "close": _plain(say("slack.cancel", lang)),
        "blocks": [
            {
                "type": "input",
                "block_id": "field",
                "label": _plain(say(f"desk.form.{what}_label", lang)),
                "element": element,
            }
        ],
    }


def form_place(view: Json) -> Address:
    """In which thread a form belongs."""
    place = json.loads(view.get("private_metadata") or "{}")
    return Address(PLATFORM, str(place.get("channel")), place.get("thread"))


def form_user(view: Json) -> str | None:
    """Whom a form names."""
    chosen = _value(view).get("selected_user")
    return str(chosen) if chosen else None


def form_text(view: Json, name: str) -> Rich | None:
    """A form that was sent, as the command that somebody would type for it."""
    if view.get("callback_id") == "note":
        return Rich(f"/note {_value(view).get('value') or ''}")
    user = form_user(view)
    if user is None:
        return None
    text = f"/transfer @{name}"
    return Rich(text, (Span("mention", len("/transfer "), len(text), f"{PLATFORM}:{user}"),))


def _value(view: Json) -> Json:
    values = (view.get("state") or {}).get("values") or {}
    found: Json = (values.get("field") or {}).get("value") or {}
    return found


def home_view(lang: Lang) -> Json:
    """What the App Home shows."""
    return {
        "type": "home",
        "blocks": [
            {"type": "section", "text": _plain(say("slack.home", lang))},
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "action_id": "kefu.home",
                        "text": _plain(say("slack.home_button", lang)),
                        "value": "person",
                        "style": "primary",
                    }
                ],
            },
        ],
    }


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}
