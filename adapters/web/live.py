"""Connections that are open now, and how they learn that there is something new."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable

Tell = Callable[[dict[str, object]], None]


class Listener:
    """One open page: wakes when one of its channels changes."""

    def __init__(self, tell: Tell) -> None:
        self.news = asyncio.Event()
        self.tell = tell


class Live:
    """Open pages by the channel that they watch."""

    def __init__(self) -> None:
        self._watching: dict[str, set[Listener]] = defaultdict(set)

    def watch(self, channel: str, listener: Listener) -> None:
        """Wake the listener when the channel changes."""
        self._watching[channel].add(listener)

    def leave(self, listener: Listener) -> None:
        """The page is gone."""
        for channel in [c for c, who in self._watching.items() if listener in who]:
            self._watching[channel].discard(listener)
            if not self._watching[channel]:
                del self._watching[channel]

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
