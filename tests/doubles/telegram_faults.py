"""The fault table: which call or update goes wrong, and how."""

import asyncio
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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
UPDATE_FAULTS = frozenset(
    {
        "duplicate",  # delivered once more, with the same update_id, even if confirmed
        "reorder",  # held until the next update is there, and delivered after it
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

    It counts the calls (or updates) it fits from the moment it was added, and strikes from the
    `nth` on, `times` times (None: for ever).
    """

    id: int
    target: str
    kind: str
    nth: int = 1
    times: int | None = 1
    where: Where = None
    status: int = 502
    retry_after: int = 1
    seen: int = 0
    struck: int = 0
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    def release(self) -> None:
        """Let go of what a delay holds, now and from now on."""
        self.released.set()

    def strikes(self, target: str, payload: Mapping[str, Any]) -> bool:
        """Count a call or update; says whether this one goes wrong."""
        if self.target not in {target, "*"} or not fits(self.where, payload):
            return False
        self.seen += 1
        is_spent = self.times is not None and self.struck >= self.times
        return self.seen >= self.nth and not is_spent

    def struck_now(self) -> None:
        self.struck += 1
        self.reached.set()


class FaultTable:
    """All rules, for calls and for updates."""

    def __init__(self) -> None:
        self._ids = itertools.count(1)
        self.rules: dict[int, Fault] = {}
        self._of_updates: set[int] = set()

    def add(
        self,
        method: str,
        kind: str,
        *,
        nth: int = 1,
        times: int | None = 1,
        where: Where = None,
        status: int = 502,
        retry_after: int = 1,
    ) -> Fault:
        """Make the `nth` fitting call of a method ("*": of any method) go wrong."""
        if kind not in CALL_FAULTS:
            raise ValueError(f"{kind!r} is none of {sorted(CALL_FAULTS)}")
        return self._enter(
            Fault(
                next(self._ids),
                method,
                kind,
                nth,
                times,
                where,
                status=status,
                retry_after=retry_after,
            )
        )

    def add_update(
        self,
        kind: str,
        *,
        update_type: str = "*",
        nth: int = 1,
        times: int | None = 1,
        where: Where = None,
    ) -> Fault:
        """Make the `nth` fitting update go wrong; `where` sees what the update carries."""
        if kind not in UPDATE_FAULTS:
            raise ValueError(f"{kind!r} is none of {sorted(UPDATE_FAULTS)}")
        fault = self._enter(Fault(next(self._ids), update_type, kind, nth, times, where))
        self._of_updates.add(fault.id)
        return fault

    def _enter(self, fault: Fault) -> Fault:
        self.rules[fault.id] = fault
        return fault

    def for_call(self, method: str, params: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this call, if any."""
        return self._strike(method, params, of_updates=False)

    def for_update(self, update_type: str, payload: Mapping[str, Any]) -> Fault | None:
        """The fault that strikes this update, if any."""
        return self._strike(update_type, payload, of_updates=True)

    def _strike(self, target: str, payload: Mapping[str, Any], *, of_updates: bool) -> Fault | None:
        striking = [
            fault
            for fault in list(self.rules.values())
            if (fault.id in self._of_updates) == of_updates and fault.strikes(target, payload)
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
        self._of_updates.clear()
