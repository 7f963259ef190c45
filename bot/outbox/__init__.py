"""Delivers what was decided: in order for each destination, at least once, with patience."""

from bot.outbox.lanes import Lane, Outbox
from bot.outbox.patience import Patience

__all__ = ["Lane", "Outbox", "Patience"]
