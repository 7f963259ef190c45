"""One WebSocket of a bot at the gateway."""

import asyncio
import contextlib
import json
import zlib
from typing import Any

from aiohttp import web

from tests.doubles.discord.sessions import Session


class Connection:
    """One WebSocket; what is sent is queued, so that plain code can send."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self.request = request
        self.socket = socket
        self.session: Session | None = None
        self.is_broken = False
        compresses = request.query.get("compress") == "zlib-stream"
        self._compressor = zlib.compressobj() if compresses else None
        self._outgoing: asyncio.Queue[dict[str, Any] | int] = asyncio.Queue()
        self._writer = asyncio.create_task(self._write())

    def send(self, frame: dict[str, Any]) -> None:
        if not self.is_broken:
            self._outgoing.put_nowait(frame)

    def close_soon(self, code: int) -> None:
        """Close the connection after what is queued."""
        self._outgoing.put_nowait(code)

    def break_now(self) -> None:
        """Lose the connection without a word; what is queued is lost with it."""
        self.is_broken = True
        self._writer.cancel()
        if self.request.transport is not None:
            self.request.transport.abort()

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError):
            while isinstance(frame := await self._outgoing.get(), dict):
                text = json.dumps(frame)
                if self._compressor is None:
                    await self.socket.send_str(text)
                else:
                    packed = self._compressor.compress(text.encode())
                    await self.socket.send_bytes(packed + self._compressor.flush(zlib.Z_SYNC_FLUSH))
            await self.socket.close(code=frame)

    async def end(self) -> None:
        self._writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._writer
