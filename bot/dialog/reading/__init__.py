"""Reads events as triggers of the transition table."""

from bot.dialog.reading.events import heard_in, read
from bot.dialog.reading.meaning import KEY_LEAKED, OPENING_TIMER, WAITING_TIMER, Reading
from bot.dialog.reading.whose import held_reply, is_desk

__all__ = [
    "KEY_LEAKED",
    "OPENING_TIMER",
    "WAITING_TIMER",
    "Reading",
    "heard_in",
    "held_reply",
    "is_desk",
    "read",
]
