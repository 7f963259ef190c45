"""HTTP without a network: the libraries' own clients ask a platform in memory, in virtual time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import aiohttp
import httpx
from multidict import CIMultiDict
from yarl import URL

LATENCY = 0.05
"""Seconds until an answer comes."""


class Answer:
    """What a platform answers: a status, JSON and headers."""

    def __init__(
        self, said: object, status: int = 200, headers: Mapping[str, str] | None = None
    ) -> None:
        self.status = status
        self.reason = ""
        self.headers = CIMultiDict({"Content-Type": "application/json", **(headers or {})})
        self.content_type = "application/json"
        self._said = said

    async def text(self, **_: Any) -> str:
        """The body."""
        return json.dumps(self._said)

    async def json(self, **_: Any) -> Any:
        """The body, read."""
        return self._said

    async def read(self) -> bytes:
        """The body as bytes."""
        return json.dumps(self._said).encode()


Ask = Callable[[str, str, dict[str, Any]], Answer]
"""A platform: method, path and arguments to an answer. It is asked when the request leaves."""


class Session:
    """In place of `aiohttp.ClientSession`; its traces run as aiohttp's do."""

    def __init__(self, ask: Ask, **options: Any) -> None:
        self._ask = ask
        self._traces: list[aiohttp.TraceConfig] = options.get("trace_configs") or []
        for trace in self._traces:
            trace.freeze()
        self.closed = False

    @asynccontextmanager
    async def request(self, method: str, url: str, **options: Any) -> AsyncIterator[Answer]:
        """See aiohttp."""
        began: Any = aiohttp.TraceRequestStartParams(method, URL(url), CIMultiDict())
        for trace in self._traces:
            await trace.on_request_start.send(self, SimpleNamespace(), began)  # type: ignore[arg-type]
        arguments: dict[str, Any] = dict(options.get("params") or {})
        body = options.get("json") or options.get("data")
        if isinstance(body, str):
            arguments |= json.loads(body)
        elif isinstance(body, dict):
            arguments |= body
        answer = self._ask(method, urlsplit(str(url)).path, arguments)
        await asyncio.sleep(LATENCY)
        yield answer

    def post(self, url: str, **options: Any) -> Any:
        """See aiohttp."""
        return self.request("POST", url, **options)

    async def close(self) -> None:
        """See aiohttp."""
        self.closed = True


class Transport(httpx.AsyncBaseTransport):
    """Below the client that python-telegram-bot uses."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """See httpx."""
        arguments = dict(parse_qsl((await request.aread()).decode()))
        answer = self._ask(request.method, request.url.path, arguments)
        await asyncio.sleep(LATENCY)
        return httpx.Response(
            answer.status, headers=dict(answer.headers), content=await answer.read()
        )
