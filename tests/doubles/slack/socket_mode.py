"""Socket Mode: WebSocket connections, envelopes, acknowledgements."""

import asyncio
import contextlib
import itertools
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import WSMsgType, web

from tests.doubles.slack.deliveries import Deliveries, Delivery
from tests.doubles.slack.world import World

Json = dict[str, Any]
Reason = Literal["refresh_requested", "warning", "link_disabled", "too_many_websockets"]
CONNECTIONS_MOST = 10


@dataclass(eq=False)
class Connection:
    """One WebSocket of the app."""

    number: int
    socket: web.WebSocketResponse
    request: web.Request
    outgoing: asyncio.Queue[Json | None] = field(default_factory=asyncio.Queue)
    unacknowledged: dict[str, Delivery] = field(default_factory=dict)
    is_leaving: bool = False
    """It was told to disconnect, and gets nothing new."""
    pings: int = 0
    pongs: int = 0

    async def write(self) -> None:
        """Send what is to be sent, up to a None, which closes the connection."""
        while (message := await self.outgoing.get()) is not None:
            await self.socket.send_json(message)
        await self.socket.close()


class SocketMode:
    """All connections; an envelope goes to one of them, in turn."""

    def __init__(
        self, world: World, deliveries: Deliveries, violate: Callable[[str, object, Any], None]
    ) -> None:
        self._world = world
        self._deliveries = deliveries
        self._violate = violate
        self._numbers = itertools.count(1)
        self._turn = itertools.count()
        self._tickets: set[str] = set()
        self._sent: dict[str, Delivery] = {}
        self.connections: list[Connection] = []
        self.envelopes: list[Json] = []
        """Every envelope that was sent, in order."""
        self.answers_pings = True

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/link/", self.serve)]

    def new_ticket(self) -> str:
        """What apps.connections.open gives: good for one connection."""
        ticket = uuid.uuid4().hex
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse(autoping=False, timeout=1)
        await socket.prepare(request)
        connection = Connection(next(self._numbers), socket, request)
        if len(self.connections) >= CONNECTIONS_MOST:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})
            await socket.close()
            return socket
        self.connections.append(connection)
        connection.outgoing.put_nowait(self._hello())
        writer = asyncio.create_task(connection.write())
        self._world.changes.ring()
        for waiting in self._deliveries.waiting:
            if waiting.attempts == 0 or not self._is_under_way(waiting):
                self.carry(waiting)
        try:
            await self._read(connection)
        finally:
            writer.cancel()
            with contextlib.suppress(asyncio.CancelledError, ConnectionError):
                await writer
            self._lost(connection)
        return socket

    def _is_under_way(self, delivery: Delivery) -> bool:
        return any(delivery in c.unacknowledged.values() for c in self.connections)

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.connections),
            "debug_info": {
                "host": "applink-double-1",
                "build_number": 1,
                "approximate_connection_time": 18060,
            },
            "connection_info": {"app_id": self._world.app.id},
        }

    async def _read(self, connection: Connection) -> None:
        socket = connection.socket
        async for frame in socket:
            match frame.type:
                case WSMsgType.PING if self.answers_pings:
                    with contextlib.suppress(ConnectionError):
                        await socket.pong(frame.data)
                case WSMsgType.PONG:
                    connection.pongs += 1
                    self._world.changes.ring()
                case WSMsgType.TEXT:
                    self._take(frame.data)
                case _:
                    pass

    def _take(self, text: str) -> None:
        try:
            answer = json.loads(text)
            delivery = self._sent[answer["envelope_id"]]
        except (ValueError, KeyError, TypeError):
            self._violate("socket", "acknowledges no envelope", text)
            return
        # A client that was asked to leave acknowledges on its new connection.
        for one in self.connections:
            one.unacknowledged.pop(answer["envelope_id"], None)
        if extra := set(answer) - {"envelope_id", "payload"}:
            self._violate("socket", f"an acknowledgement has no {sorted(extra)}", answer)
        payload = answer.get("payload")
        if payload is not None and delivery.kind == "events_api":
            self._violate("socket", "an event takes no payload in its acknowledgement", answer)
        if payload is not None and not isinstance(payload, dict):
            self._violate("socket", "the payload is no object", answer)
            payload = None
        self._deliveries.acknowledge(delivery, payload)

    def _lost(self, connection: Connection) -> None:
        """What a lost connection had not acknowledged goes to another one, or waits for one."""
        self.connections.remove(connection)
        lost, connection.unacknowledged = list(connection.unacknowledged.values()), {}
        for delivery in lost:
            if delivery.settled.is_set():
                continue
            self._deliveries.failed(delivery, "timeout")
            if delivery.kind == "events_api" and not self._is_under_way(delivery):
                self.carry(delivery)
        self._world.changes.ring()

    # -- sending ------------------------------------------------------------------------------

    def carry(self, delivery: Delivery) -> bool:
        """Send it to the next connection in turn."""
        able = [c for c in self.connections if not c.is_leaving and not c.socket.closed]
        if not able:
            return False
        connection = able[next(self._turn) % len(able)]
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope["retry_attempt"] = delivery.attempts
            envelope["retry_reason"] = delivery.retry_reason if delivery.attempts else ""
        delivery.attempts += 1
        connection.unacknowledged[envelope["envelope_id"]] = delivery
        self._sent[envelope["envelope_id"]] = delivery
        connection.outgoing.put_nowait(envelope)
        self.envelopes.append(envelope)
        return True

    # -- trouble ------------------------------------------------------------------------------

    def disconnect(self, reason: Reason = "refresh_requested", *, close: bool = True) -> None:
        """Ask every connection to go; a `warning` only announces it."""
        for connection in list(self.connections):
            message = {
                "type": "disconnect",
                "reason": reason,
                "debug_info": {"host": "applink-double-1"},
            }
            connection.outgoing.put_nowait(message)
            if reason != "warning":
                connection.is_leaving = True
                if close:
                    connection.outgoing.put_nowait(None)

    def drop(self) -> None:
        """Cut every connection, without a word."""
        for connection in list(self.connections):
            if connection.request.transport is not None:
                connection.request.transport.abort()

    async def ping(self) -> None:
        """Ping every connection; `pongs` counts what comes back."""
        for connection in self.connections:
            connection.pings += 1
            await connection.socket.ping(b"slack-double")

    async def close(self) -> None:
        for connection in list(self.connections):
            connection.is_leaving = True
            with contextlib.suppress(ConnectionError):
                await connection.socket.close()
