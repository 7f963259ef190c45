"""The fault table: which request or gateway event goes wrong, and how."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

Where = Callable[[Mapping[str, Any]], object] | Mapping[str, Any] | None

CALL_FAULTS = frozenset(
    {
        "before_commit",  # 5xx, nothing was done
        "drop_before_commit",  # connection closed, nothing was done
        "commit_then_drop",  # done, connection closed without an answer
        "commit_then_5xx",  # done, but answered with 5xx
        "rate_limited",  # 429 with retry_after, nothing was done
        "delay",  # held until released, then done and answered
        "commit_then_delay",  # done, but the answer is held until released
    }
)
EVENT_FAULTS = frozenset(
    {
        "duplicate",  # told twice
        "reorder",  # told after the next event
        "drop_socket",  # the connection breaks instead; a resumed session hears of it
    }
)


def fits(where: Where, payload: Mapping[str, Any]) -> bool:
    """Whether a rule's condition holds: a predicate, or the fields that must have these values."""
    if where is None:
        return True
    if callable(where):
        return bool(where(payload))
    return all(payload.get(name) == value for name, value in where.items())


@dataclass(eq=False)
class Fault:
    """One rule of the table.

    It counts the calls (or events) it fits from the moment it was added, and strikes from the
    `nth` on, `times` times (None: for ever).
    """

    id: int
    target: str
    kind: str
    nth: int = 1
    times: int | None = 1
    where: Where = None
    status: int = 503
    retry_after: float = 0.01
    everywhere: bool = False
    seen: int = 0
    struck: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let go of what a delay holds, now and from now on."""
        self.released.set()

    def strikes(self, names: tuple[str, ...], payload: Mapping[str, Any]) -> bool:
        """Count a call or event; says whether this one goes wrong."""
        if not any(fnmatchcase(name, self.target) for name in names):
            return False
        if not fits(self.where, payload):
            return False
        self.seen += 1
        is_spent = self.times is not None and self.struck >= self.times
        return self.seen >= self.nth and not is_spent

    def struck_now(self) -> None:
        self.struck += 1
        self.reached.set()


class FaultTable:
    """All rules, for requests and for gateway events."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.rules: dict[int, Fault] = {}
        self._of_events: set[int] = set()

    def add(
        self,
        target: str,
        kind: str,
        *,
        nth: int = 1,
        times: int | None = 1,
        where: Where = None,
        status: int = 503,
        retry_after: float = 0.01,
        everywhere: bool = False,
    ) -> Fault:
        """Make the `nth` fitting request go wrong.

        `target` is an operation ("create_message"), or a method and path, in which "*" stands
        for anything ("POST /channels/*/messages"). The client library tries again by itself
        after 500, 502, 504 and 524, not after 503. `everywhere` makes a rate limit global.
        """
        if kind not in CALL_FAULTS:
            raise ValueError(f"{kind!r} is none of {sorted(CALL_FAULTS)}")
        fault = Fault(next(self._ids), target, kind, nth, times, where)
        fault.status, fault.retry_after, fault.everywhere = status, retry_after, everywhere
        self.rules[fault.id] = fault
        return fault

    def add_event(
        self,
        event: str,
        kind: str,
        *,
        nth: int = 1,
        times: int | None = 1,
        where: Where = None,
    ) -> Fault:
        """Make the `nth` fitting gateway event ("MESSAGE_CREATE", "*") go wrong."""
        if kind not in EVENT_FAULTS:
            raise ValueError(f"{kind!r} is none of {sorted(EVENT_FAULTS)}")
        fault = Fault(next(self._ids), event, kind, nth, times, where)
        self.rules[fault.id] = fault
        self._of_events.add(fault.id)
        return fault

    def for_call(self, names: tuple[str, ...], body: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this request, if any."""
        return self._strike(names, body, of_events=False)

    def for_event(self, event: str, payload: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this event, if any."""
        return self._strike((event,), payload, of_events=True)

    def _strike(
        self, names: tuple[str, ...], payload: Mapping[str, Any], *, of_events: bool
    ) -> Fault | None:
        striking = [
            fault
            for fault in list(self.rules.values())
            if (fault.id in self._of_events) == of_events and fault.strikes(names, payload)
        ]
        if not striking:
            return None
        striking[0].struck_now()
        return striking[0]

    def release_all(self) -> None:
        """Let go of everything that is held."""
        for fault in self.rules.values():
            fault.release()

    def clear(self) -> None:
        """Forget all rules."""
        self.release_all()
        self.rules.clear()
        self._of_events.clear()
