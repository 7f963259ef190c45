"""What the web's sockets and routes work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from adapters.web.files import Uploads
from adapters.web.journal import Journal
from adapters.web.live import Live
from chat.channel import Sink


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces that every page needs. `clock` tells seconds since the epoch."""

    journal: Journal
    live: Live
    uploads: Uploads
    sink: Sink
    clock: Callable[[], float]
