"""What Slack brings to the app, and what became of it."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from tests.doubles.slack.faults import FaultTable
from tests.doubles.slack.records import Channel
from tests.doubles.slack.spec import SlackSpec
from tests.doubles.slack.world import World

Json = dict[str, Any]
Kind = Literal["events_api", "interactive", "slash_commands"]
RETRIES_MOST = 3


@dataclass(eq=False)
class Delivery:
    """An event, an interaction or a slash command on its way to the app."""

    kind: Kind
    payload: Json
    key: str
    """What is delivered in order: the channel, or the person."""
    attempts: int = 0
    retry_reason: str = ""
    acknowledged: bool = False
    answer: Json | None = None
    """What the app sent along with its acknowledgement."""
    failure: str | None = None
    """Why Slack gave up; for an interaction this is what the person is shown."""
    on_answer: Callable[[Json], None] = lambda _answer: None
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def event(self) -> Json:
        found: Json = self.payload.get("event", {})
        return found

    @property
    def event_id(self) -> str:
        return str(self.payload.get("event_id", ""))

    async def done(self) -> "Delivery":
        """Wait until the app acknowledged it, or Slack gave up."""
        await asyncio.wait_for(self.settled.wait(), 10)
        return self


class Transport(Protocol):
    """Socket Mode or HTTP."""

    def carry(self, delivery: Delivery) -> bool:
        """Begin to deliver; False if the app cannot be reached at all."""
        ...


class Deliveries:
    """Wraps what happened, lets faults strike, hands it to the transport, and tries again."""

    def __init__(
        self,
        world: World,
        spec: SlackSpec,
        faults: FaultTable,
        violate: Callable[[str, object, Any], None],
    ) -> None:
        self._world = world
        self._spec = spec
        self._faults = faults
        self._violate = violate
        self._numbers = itertools.count(1)
        self._held: list[Delivery] = []
        self._timers: dict[Delivery, asyncio.TimerHandle] = {}
        self.transport: Transport | None = None
        self.retry_seconds: float | None = None
        self.all: list[Delivery] = []

    @property
    def waiting(self) -> list[Delivery]:
        """Events that are neither acknowledged nor given up."""
        return [d for d in self.all if d.kind == "events_api" and not d.settled.is_set()]

    def event(self, event: Json, channel: Channel | None = None) -> list[Delivery]:
        """Tell the app that something happened, if it asked for it."""
        app, world = self._world.app, self._world
        wanted = app.subscriptions is None or event["type"] in app.subscriptions
        if not wanted or not app.installed:
            return []
        body: Json = {
            "token": app.verification_token,
            "team_id": world.team_id,
            "api_app_id": app.id,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev0DOUBLE{next(self._numbers):05d}",
            "event_time": int(world.now),
            "authed_users": [world.bot.id],
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": world.team_id,
                    "user_id": world.bot.id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": bool(channel and channel.is_shared),
            "event_context": f"4-double-{event['type']}",
        }
        for problem in self._spec.check_event(body):
            self._violate(f"event {event['type']}", problem, body)
        new = Delivery("events_api", body, channel.id if channel else "")
        fault = self._faults.for_event(event["type"], event)
        if fault is not None and fault.kind == "reorder":
            self._held.append(new)
            return [new]
        self._begin(new)
        if fault is not None and fault.kind == "duplicate":
            twin = Delivery("events_api", body, new.key)
            self._begin(twin)
            return [new, twin]
        return [new]

    def interaction(
        self,
        shape: str,
        payload: Json,
        *,
        by: str,
        on_answer: Callable[[Json], None] = lambda _answer: None,
    ) -> Delivery:
        """Bring what somebody did; Slack tries this once only."""
        if shape:
            for problem in self._spec.check_payload(shape, payload):
                self._violate(f"payload {shape}", problem, payload)
        kind: Kind = "slash_commands" if shape == "SlashCommandPayload" else "interactive"
        delivery = Delivery(kind, payload, by, on_answer=on_answer)
        self._begin(delivery)
        return delivery

    def _begin(self, delivery: Delivery) -> None:
        self.all.append(delivery)
        self._try(delivery)
        held, self._held = self._held, []
        for late in held:
            self._begin(late)
        self._world.changes.ring()

    def _try(self, delivery: Delivery) -> None:
        carried = self.transport is not None and self.transport.carry(delivery)
        if not carried and delivery.kind != "events_api":
            self.give_up(delivery, "dispatch_failed")
        elif not carried:
            delivery.retry_reason = "timeout"
        if self.retry_seconds is not None and delivery.kind == "events_api":
            self._timers[delivery] = asyncio.get_running_loop().call_later(
                self.retry_seconds, self._again, delivery
            )

    # -- what becomes of them -----------------------------------------------------------------

    def acknowledge(self, delivery: Delivery, answer: Json | None = None) -> None:
        if not delivery.acknowledged:
            delivery.acknowledged, delivery.answer = True, answer
            delivery.failure = None
            delivery.settled.set()
            delivery.on_answer(answer or {})
        self._world.changes.ring()

    def failed(self, delivery: Delivery, reason: str) -> None:
        """An attempt came to nothing: an event waits for its retry, the rest is over."""
        delivery.retry_reason = reason
        if delivery.kind != "events_api" and not delivery.acknowledged:
            self.give_up(delivery, "operation_timeout")
        self._world.changes.ring()

    def give_up(self, delivery: Delivery, why: str) -> None:
        delivery.failure = why
        delivery.settled.set()
        self._world.changes.ring()

    # -- trying again -------------------------------------------------------------------------

    def retry(self) -> list[Delivery]:
        """As if the time for a retry had come: everything that waits is delivered again."""
        waiting = self.waiting
        for delivery in waiting:
            self._again(delivery)
        return waiting

    def _again(self, delivery: Delivery) -> None:
        if (timer := self._timers.pop(delivery, None)) is not None:
            timer.cancel()
        if delivery.settled.is_set():
            return
        if delivery.attempts > RETRIES_MOST:
            self.give_up(delivery, "gave up after three retries")
            return
        delivery.retry_reason = delivery.retry_reason or "timeout"
        self._try(delivery)

    def release_held(self) -> None:
        """Deliver what a reorder still holds."""
        held, self._held = self._held, []
        for late in held:
            self._begin(late)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()
