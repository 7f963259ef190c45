"""Forms: a note, or to whom a case is transferred."""

from __future__ import annotations

from typing import Any, Final, cast

import discord

from adapters.discord.files import PLATFORM
from chat.message import Span
from chat.phrases import Lang, say
from chat.rich import Rich

FORMS: Final = ("note", "transfer")
_NOTE_MOST: Final = 2000


def form_modal(value: str, lang: Lang) -> discord.ui.Modal:
    """The form that a button opens; `value` is the button's."""
    what = value.partition(":")[0]
    modal = discord.ui.Modal(title=say(f"desk.form.{what}", lang)[:45], custom_id=value)
    label = say(f"desk.form.{what}_label", lang)[:45]
    if what == "note":
        field: discord.ui.Item[Any] = discord.ui.TextInput(
            style=discord.TextStyle.paragraph, custom_id="text", max_length=_NOTE_MOST
        )
    else:
        field = discord.ui.UserSelect(custom_id="agent", required=True)
    modal.add_item(discord.ui.Label(text=label, component=field))
    modal.stop()
    return modal


def form_text(data: dict[str, object]) -> Rich | None:
    """A form that was sent, as the command that somebody would type for it."""
    what = str(data.get("custom_id", "")).partition(":")[0]
    for field in _fields(data.get("components")):
        if what == "note" and field.get("custom_id") == "text":
            return Rich(f"/note {field.get('value', '')}")
        if what == "transfer" and field.get("custom_id") == "agent" and field.get("values"):
            person = str(field["values"][0])
            users = cast(dict[str, Any], data.get("resolved") or {}).get("users", {})
            user = users.get(person, {})
            name = f"@{user.get('global_name') or user.get('username') or person}"
            text = f"/transfer {name}"
            mention = Span("mention", len("/transfer "), len(text), f"{PLATFORM}:{person}")
            return Rich(text, (mention,))
    return None


def _fields(components: object) -> list[dict[str, Any]]:
    """The fields of a form, whether in rows or under labels."""
    fields: list[dict[str, Any]] = []
    for component in components if isinstance(components, list) else []:
        if "component" in component:
            fields.append(component["component"])
        fields += component.get("components", [])
    return fields
