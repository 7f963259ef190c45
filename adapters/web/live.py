"""Connections that are open now, and how they learn that there is something new."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

Tell = Callable[[dict[str, object]], None]


class Listener:
    """One reason for an open page to wake up."""

    def __init__(self, tell: Tell) -> None:
        self.news = asyncio.Event()
        self.tell = tell
        self.channels: set[str] = set()


class Live:
    """Listeners by the channel that they watch."""

    def __init__(self) -> None:
        self._watching: dict[str, set[Listener]] = {}

    def watch(self, channel: str, listener: Listener) -> None:
        """Wake the listener when the channel changes."""
        self._watching.setdefault(channel, set()).add(listener)
        listener.channels.add(channel)

    def leave(self, listener: Listener) -> None:
        """Wake it no more."""
        for channel in listener.channels:
            listeners = self._watching[channel]
            listeners.discard(listener)
            if not listeners:
                del self._watching[channel]
        listener.channels.clear()

    def changed(self, channel: str) -> None:
        """Wake whoever watches; `*` wakes all."""
        if channel == "*":
            for listeners in self._watching.values():
                for listener in listeners:
                    listener.news.set()
        for listener in self._watching.get(channel, ()):
            listener.news.set()

    def tell(self, channel: str, frame: dict[str, object]) -> None:
        """Pass on something that need not survive."""
        for listener in list(self._watching.get(channel, ())):
            listener.tell(frame)
