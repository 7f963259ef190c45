"""Buttons that customers are offered again and again."""

from __future__ import annotations

from typing import TypeAlias

from bot.dialog.draft import Draft
from chat.actions import Button

Buttons: TypeAlias = tuple[tuple[Button, ...], ...]


def button(draft: Draft, what: str) -> Button:
    """A button whose value is its name, such as `person`, which asks for one."""
    return Button(what, draft.phrase(f"customer.button.{what}"))


def verdict_buttons(draft: Draft) -> Buttons:
    """Whether it helped; and a person, whatever it did."""
    return (
        (button(draft, "helped"), button(draft, "not_helped")),
        (button(draft, "person"),),
    )
