"""The gateway: the WebSocket over which Discord tells a bot what happens."""

import json
import secrets
from collections.abc import Callable
from typing import Any

from aiohttp import WSCloseCode, WSMsgType, web

from tests.doubles.discord.connection import Connection
from tests.doubles.discord.faults import FaultTable
from tests.doubles.discord.places import Event
from tests.doubles.discord.sessions import GUILD_MEMBERS, PRIVILEGED, Session
from tests.doubles.discord.shapes import guild_json, member_json, user_json
from tests.doubles.discord.things import Guild
from tests.doubles.discord.world import World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT = 0, 1, 2, 3, 6, 7
REQUEST_MEMBERS, INVALID_SESSION, HELLO, HEARTBEAT_ACK = 8, 9, 10, 11
UNKNOWN_OPCODE, DECODE_ERROR, NOT_AUTHENTICATED, AUTHENTICATION_FAILED = 4001, 4002, 4003, 4004
ALREADY_AUTHENTICATED, INVALID_SEQ, INVALID_SHARD, DISALLOWED_INTENTS = 4005, 4007, 4010, 4014
INVALID_VERSION = 4012


class Gateway:
    """All sessions and connections, and what a test can do to them."""

    def __init__(
        self,
        token: str,
        world: World,
        faults: FaultTable,
        check: Callable[[Event], None],
    ) -> None:
        self._token = token
        self._world = world
        self._faults = faults
        self._check = check
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()
        self.allows_privileged_intents = True
        # The code with which every IDENTIFY is refused, if any.
        self.refuses_with: int | None = None
        self.acknowledges_heartbeats = True
        self.heartbeat_seconds = 41.25
        # How many events a resumed session is told again although it has heard them.
        self.told_again_on_resume = 0
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0

    # -- what a test does ---------------------------------------------------------------------

    @property
    def is_connected(self) -> bool:
        """Whether a bot listens now."""
        return any(session.connection is not None for session in self.sessions.values())

    def drop(self) -> None:
        """Break every connection; the sessions go on and can be resumed."""
        for connection in list(self.connections):
            self._detach(connection)
            connection.break_now()

    def close(self, code: int = 4000) -> None:
        """Close every connection with a code; the sessions go on."""
        for connection in list(self.connections):
            self._detach(connection)
            connection.close_soon(code)

    def ask_to_reconnect(self) -> None:
        """Op 7: tell every bot to connect again and resume."""
        for connection in list(self.connections):
            self._detach(connection)
            connection.send({"op": RECONNECT, "d": None, "s": None, "t": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9: tell every bot that its session is over, or may be resumed."""
        for connection in list(self.connections):
            session = self._detach(connection)
            if session is not None and not resumable:
                del self.sessions[session.id]
            connection.send({"op": INVALID_SESSION, "d": resumable, "s": None, "t": None})

    def forget_sessions(self) -> None:
        """Let a later RESUME fail, as after a long absence."""
        self.sessions.clear()

    # -- telling ------------------------------------------------------------------------------

    def dispatch(self, event: Event) -> None:
        """Tell every session that may hear it of an event."""
        if event.name == "GUILD_CREATE":
            guild = self._world.guilds[event.guild_id or 0]
            for session in self.sessions.values():
                session.tell(self._guild_create(guild, session))
            return
        self._check(event)
        fault = self._faults.for_event(event.name, event.payload)
        kind = None if fault is None else fault.kind
        if kind == "drop_socket":
            self.drop()
        for session in self.sessions.values():
            if not session.hears(event):
                continue
            shown = session.as_told_to(event, self._world.bot)
            held, session.held = session.held, None
            if kind == "reorder" and held is None:
                session.held = shown
                continue
            for told in [shown] * (2 if kind == "duplicate" else 1) + [held] * (held is not None):
                session.tell(told)

    def _guild_create(self, guild: Guild, session: Session) -> Event:
        world = self._world
        knows_all = session.intents & GUILD_MEMBERS
        members = [one for one in guild.members.values() if knows_all or one.user is world.bot]
        payload = {
            **guild_json(guild),
            "joined_at": guild.members[world.bot.id].joined_at,
            "large": False,
            "unavailable": False,
            "member_count": len(guild.members),
            "members": [member_json(member) for member in members],
            "channels": [world.shown(channel) for channel in guild.channels.values()],
            "threads": [
                world.shown(thread) for thread in guild.threads.values() if not thread.archived
            ],
            "presences": [],
            "voice_states": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }
        event = Event("GUILD_CREATE", payload, guild.id)
        self._check(event)
        return event

    # -- listening ----------------------------------------------------------------------------

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from HELLO to its end."""
        socket = web.WebSocketResponse(compress=False, max_msg_size=16384)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.add(connection)
        try:
            if request.query.get("v") != "10" or request.query.get("encoding") != "json":
                connection.close_soon(INVALID_VERSION)
            interval = int(self.heartbeat_seconds * 1000)
            connection.send({"op": HELLO, "d": {"heartbeat_interval": interval}})
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._take(connection, frame.data)
        finally:
            self._detach(connection)
            await connection.end()
        return socket

    def _detach(self, connection: Connection) -> Session | None:
        """From now on nothing more is sent over this connection."""
        self.connections.discard(connection)
        session, connection.session = connection.session, None
        if session is not None and session.connection is connection:
            session.connection = None
        self._world.changes.ring()
        return session

    def _take(self, connection: Connection, text: str) -> None:
        try:
            frame = json.loads(text)
            self._obey(connection, frame["op"], frame["d"])
        except (ValueError, LookupError, TypeError):
            connection.close_soon(DECODE_ERROR)

    def _obey(self, connection: Connection, op: int, data: Any) -> None:
        if op == HEARTBEAT:
            self.heartbeats += 1
            self._world.changes.ring()
            if self.acknowledges_heartbeats:
                connection.send({"op": HEARTBEAT_ACK})
        elif op in (IDENTIFY, RESUME) and connection.session is not None:
            connection.close_soon(ALREADY_AUTHENTICATED)
        elif op in (IDENTIFY, RESUME) and data.get("token") != self._token:
            connection.close_soon(AUTHENTICATION_FAILED)
        elif op == IDENTIFY:
            self._identify(connection, data)
        elif op == RESUME:
            self._resume(connection, data)
        elif connection.session is None and connection in self.connections:
            connection.close_soon(NOT_AUTHENTICATED)
        elif op == REQUEST_MEMBERS:
            self._tell_members(connection, data)
        elif op != PRESENCE:
            connection.close_soon(UNKNOWN_OPCODE)

    def _identify(self, connection: Connection, data: dict[str, Any]) -> None:
        intents, shard = data["intents"], tuple(data.get("shard") or (0, 1))
        if self.refuses_with is not None:
            return connection.close_soon(self.refuses_with)
        if not 0 <= shard[0] < shard[1]:
            return connection.close_soon(INVALID_SHARD)
        if intents & PRIVILEGED and not self.allows_privileged_intents:
            return connection.close_soon(DISALLOWED_INTENTS)
        session = Session(secrets.token_hex(16), intents, shard, connection=connection)
        self.sessions[session.id] = connection.session = session
        self.identified += 1
        count = session.shard[1]
        guilds = [
            guild for guild in self._world.guilds.values() if (guild.id >> 22) % count == shard[0]
        ]
        ready = {
            "v": 10,
            "user": {**user_json(self._world.bot), "verified": True, "mfa_enabled": True},
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "session_type": "normal",
            "resume_gateway_url": self.url,
            "shard": list(shard),
            "application": {"id": str(self._world.bot.id), "flags": 0},
            "private_channels": [],
        }
        event = Event("READY", ready, None)
        self._check(event)
        session.tell(event)
        for guild in guilds:
            session.tell(self._guild_create(guild, session))
        return self._world.changes.ring()

    def _resume(self, connection: Connection, data: dict[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            return connection.send({"op": INVALID_SESSION, "d": False})
        heard = data["seq"] or 0
        if heard > len(session.told):
            return connection.close_soon(INVALID_SEQ)
        if session.connection is not None:
            session.connection.close_soon(WSCloseCode.OK)
            self._detach(session.connection)
        session.connection, connection.session = connection, session
        self.resumed += 1
        for frame in session.told[max(0, heard - self.told_again_on_resume) :]:
            connection.send(frame)
        session.tell(Event("RESUMED", {}, None))
        return self._world.changes.ring()

    def _tell_members(self, connection: Connection, data: dict[str, Any]) -> None:
        assert connection.session is not None
        guild = self._world.guilds[int(data["guild_id"])]
        asked = data.get("user_ids")
        listed = asked if isinstance(asked, list) else [asked]
        ids = None if asked is None else {int(one) for one in listed}
        found = [
            member_json(member)
            for member in guild.members.values()
            if (ids is None or member.user.id in ids)
            and member.user.username.startswith(data.get("query") or "")
        ]
        payload = {
            "guild_id": str(guild.id),
            "members": found,
            "chunk_index": 0,
            "chunk_count": 1,
            **({"nonce": data["nonce"]} if "nonce" in data else {}),
        }
        event = Event("GUILD_MEMBERS_CHUNK", payload, guild.id)
        self._check(event)
        connection.session.tell(event)
