"""Who may see the desk: one password, a signed session, few tries."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import deque
from collections.abc import Callable
from typing import Final

import msgspec
from msgspec import Struct

from chat.address import Person

COOKIE: Final = "kefu_desk"
SESSION_SECONDS: Final = 12 * 3600
TRIES_MOST: Final = 8
TRIES_SECONDS: Final = 60.0
NAME_MOST: Final = 40


class Session(Struct, frozen=True):
    """A signed-in agent. `until` is in seconds since the epoch."""

    agent: str
    name: str
    until: float

    @property
    def person(self) -> Person:
        """The agent."""
        return Person("web", self.agent, self.name)


class TooManyTries(Exception):
    """Wait a minute before the next try."""


class Door:
    """Checks passwords and sessions."""

    def __init__(self, password: str, key: bytes, clock: Callable[[], float]) -> None:
        self._password = hashlib.sha256(password.encode()).digest()
        # Sessions end when the password changes.
        self._key = hmac.digest(key, self._password, "sha256")
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}

    def enter(self, password: str, name: str, origin: str) -> Session | None:
        """A session, or None for a wrong password. Raises TooManyTries for an origin (an IP)."""
        now = self._clock()
        tries = self._wrong.setdefault(origin, deque())
        while tries and now - tries[0] > TRIES_SECONDS:
            tries.popleft()
        if len(tries) >= TRIES_MOST:
            raise TooManyTries
        given = hashlib.sha256(password.encode()).digest()
        if not hmac.compare_digest(given, self._password):
            tries.append(now)
            self._forget_old(now)
            return None
        self._wrong.pop(origin, None)
        shown = " ".join(name.split())[:NAME_MOST] or "Agent"
        return Session(shown.lower(), shown, now + SESSION_SECONDS)

    def _forget_old(self, now: float) -> None:
        if len(self._wrong) > 1000:
            self._wrong = {
                ip: tries
                for ip, tries in self._wrong.items()
                if tries and now - tries[-1] < TRIES_SECONDS
            }

    def seal(self, session: Session) -> str:
        """The session as a cookie's value."""
        body = base64.urlsafe_b64encode(msgspec.json.encode(session)).decode().rstrip("=")
        return f"{body}.{self._sign(body)}"

    def open(self, cookie: str | None) -> Session | None:
        """The session of a cookie; None when it is missing, forged or over."""
        body, _, signature = (cookie or "").rpartition(".")
        if not body or not hmac.compare_digest(signature, self._sign(body)):
            return None
        padded = body + "=" * (-len(body) % 4)
        session = msgspec.json.decode(base64.urlsafe_b64decode(padded), type=Session)
        return session if session.until > self._clock() else None

    def _sign(self, body: str) -> str:
        return hmac.new(self._key, body.encode(), "sha256").hexdigest()
