"""What was committed and shown, in the order in which it really happened."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import Raw, structs

from bot.dialog.conversation import Conversation
from chat.actions import Action, Delivery

_conversation = msgspec.json.Decoder(Conversation)
_delivery: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Delivery)


@dataclass(frozen=True, slots=True)
class Commit:
    """One event's effect. `step` orders commits and everything shown."""

    step: int
    at: float
    process: str
    event: str
    before: Conversation | None
    after: Conversation
    expected_version: int
    deliveries: tuple[Action, ...]
    timers: tuple[tuple[str, str], ...]

    @property
    def conversation(self) -> str:
        """The conversation's id."""
        return self.after.id


@dataclass(slots=True)
class History:
    """Everything that an invariant may need to know of the past.

    `routed` tells for a thread's key since which step the store knows whose case it is.
    """

    step: int = 0
    commits: list[Commit] = field(default_factory=list)
    by_event: dict[str, list[Commit]] = field(default_factory=dict)
    current: dict[str, Conversation] = field(default_factory=dict)
    routed: dict[str, int] = field(default_factory=dict)
    trace: list[str] = field(default_factory=list)

    def tick(self) -> int:
        """The next step."""
        self.step += 1
        return self.step

    def note(self, at: float, who: str, what: str) -> None:
        """Add a line to the trace."""
        self.trace.append(f"{at:10.4f} {who:<6} {what}")

    def committed(self, at: float, process: str, arguments: tuple[Any, ...]) -> None:
        """Keep what a successful `commit.lua` was given: its keys, then its arguments."""
        event = str(arguments[1]).partition(":seen:")[2]
        values = arguments[7:]
        after = _conversation.decode(values[2])
        lists = values[9:]
        count = int(lists[0])
        deliveries = tuple(_delivery.decode(body) for body in lists[1 : 1 + count])
        lists = lists[1 + count :]
        pairs = lists[1 : 1 + 2 * int(lists[0])]
        lists = lists[1 + 2 * int(lists[0]) :]
        lines = tuple(map(Raw, lists[2 + int(lists[0]) :]))
        before = self.current.get(after.id)
        if values[7] != "":
            story = before.story if before else ()
            assert int(values[7]) == len(story)
            lines = (*story[int(values[8]) :], *lines)
        after = structs.replace(after, story=lines)
        commit = Commit(
            step=self.tick(),
            at=at,
            process=process,
            event=event,
            before=before,
            after=after,
            expected_version=int(values[0]),
            deliveries=deliveries,
            timers=tuple(zip(pairs[::2], pairs[1::2], strict=True)),
        )
        self.commits.append(commit)
        self.by_event.setdefault(event, []).append(commit)
        self.current[after.id] = after
        self.note(at, process, f"commit {event} -> {after.id} {after.state} +{count}")
