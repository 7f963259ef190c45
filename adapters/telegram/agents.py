"""Agents by their usernames: Telegram tells whom `@name` means only where they write themselves."""

from __future__ import annotations

import re
from typing import Final

import msgspec
from msgspec import structs
from telegram import User

from adapters.telegram.facts import Facts
from adapters.telegram.parse import Event
from adapters.telegram.refs import PLATFORM
from chat.events import MessageReceived
from chat.message import Span

_TO_SOMEBODY: Final = re.compile(r"/transfer\s+@(\w+)")


class Agents:
    """Remembers who writes in the desk's topics."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._noted: dict[str, tuple[str, str]] = {}

    async def known(self, event: Event | None, user: User | None) -> Event | None:
        """The event; in a transfer, the name that is mentioned is somebody's. Raises RetryLater."""
        if not isinstance(event, MessageReceived) or event.message.address.thread is None:
            return event
        if user is not None and user.username:
            await self._note(user.username.lower(), (str(user.id), user.full_name))
        named = _TO_SOMEBODY.match(event.message.text)
        if named is None:
            return event
        found = await self._find(named[1].lower())
        if found is None:
            return event
        person, name = found
        text = f"/transfer @{name}"
        mention = Span("mention", len("/transfer "), len(text), f"{PLATFORM}:{person}")
        return structs.replace(
            event, message=structs.replace(event.message, text=text, spans=(mention,))
        )

    async def _note(self, username: str, person: tuple[str, str]) -> None:
        if self._noted.get(username) != person:
            await self._facts.put(f"agent:{username}", msgspec.json.encode(person).decode())
            self._noted[username] = person

    async def _find(self, username: str) -> tuple[str, str] | None:
        if username not in self._noted:
            body = await self._facts.get(f"agent:{username}")
            if body is None:
                return None
            self._noted[username] = msgspec.json.decode(body, type=tuple[str, str])
        return self._noted[username]
