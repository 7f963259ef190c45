"""Reads events as triggers of the transition table."""

from bot.dialog.reading.events import read
from bot.dialog.reading.meaning import KEY_LEAKED, OPENING_TIMER, WAITING_TIMER, Reading
from bot.dialog.reading.whose import held_reply, is_desk

__all__ = [
    "KEY_LEAKED",
    "OPENING_TIMER",
    "WAITING_TIMER",
    "Reading",
    "held_reply",
    "is_desk",
    "read",
]
