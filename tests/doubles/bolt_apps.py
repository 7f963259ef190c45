"""Apps on the unmodified slack-bolt that the Slack double is tested with."""

import contextlib
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack import SlackDouble

PING_SECONDS = 0.2
"""How soon the client notices a connection that was cut."""


def client_of(double: SlackDouble, token: str | None = None) -> AsyncWebClient:
    return AsyncWebClient(token or double.bot_token, base_url=double.api_base, retry_handlers=[])


@dataclass
class Heard:
    """What an app was told."""

    events: list[dict[str, Any]] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        return [event.get("text", "") for event in self.events if event["type"] == "message"]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [event for event in self.events if event["type"] == kind]


def listening_app(double: SlackDouble) -> tuple[AsyncApp, Heard]:
    """An app that writes down every event and answers nothing."""
    app, heard = bare_app(double), Heard()

    @app.event(re.compile(".*"))
    async def _on_event(body: dict[str, Any]) -> None:
        heard.events.append(body["event"])
        heard.bodies.append(body)

    return app, heard


def bare_app(double: SlackDouble) -> AsyncApp:
    return AsyncApp(
        client=client_of(double),
        signing_secret=double.signing_secret,
        process_before_response=True,
    )


@contextlib.asynccontextmanager
async def by_socket(double: SlackDouble, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """Connect the app by Socket Mode."""
    handler = AsyncSocketModeHandler(
        app, double.app_token, web_client=app.client, ping_interval=PING_SECONDS
    )
    before = len(double.sockets.connections)
    await handler.connect_async()
    await double.wait_for(lambda: len(double.sockets.connections) > before)
    try:
        yield handler
    finally:
        await handler.close_async()


@contextlib.asynccontextmanager
async def by_http(double: SlackDouble, app: AsyncApp) -> AsyncIterator[str]:
    """Serve the app over HTTP, and have the double send everything there."""

    async def take(request: web.Request) -> web.Response:
        answer = await app.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    server = web.Application()
    server.router.add_post("/slack/events", take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    try:
        await double.send_over_http(url)
        yield url
    finally:
        await runner.cleanup()
