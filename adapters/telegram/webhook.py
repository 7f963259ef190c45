"""Takes updates that Telegram pushes; it is told 'received' once their effect is durable."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import secrets
from typing import Final

from aiohttp import web
from telegram.error import InvalidToken, TelegramError

from adapters.telegram.connection import Connection
from adapters.telegram.errors import TokenRefused
from adapters.telegram.facts import Facts
from adapters.telegram.parse import WANTED
from adapters.telegram.settings import TelegramSettings, WebhookSettings
from adapters.telegram.updates import Updates
from chat.channel import RetryLater, Sink

log = logging.getLogger(__name__)

PATH: Final = "/telegram/updates"
_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
_LARGEST: Final = 2 * 1024 * 1024
_CONNECTIONS: Final = 40


class Webhook:
    """A small server for one bot. Any number of processes may run it behind one address."""

    def __init__(
        self,
        settings: TelegramSettings,
        place: WebhookSettings,
        connection: Connection,
        updates: Updates,
        facts: Facts,
    ) -> None:
        self._settings = settings
        self._place = place
        self._bot = connection.bot
        self._updates = updates
        self._facts = facts
        self._secret = ""
        self.port = 0

    async def run(self, sink: Sink) -> None:
        """Serve until cancelled. Raises TokenRefused, or OSError when the port cannot be had."""
        self._sink = sink
        self._secret = await self._make_secret()
        server = web.Application(client_max_size=_LARGEST)
        server.router.add_post(PATH, self._take)
        runner = web.AppRunner(server, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, self._place.host, self._place.port)
            await site.start()
            self.port = runner.addresses[0][1]
            await self._announce()
            await asyncio.Event().wait()
        finally:
            await runner.cleanup()
            await self._updates.close()

    async def _make_secret(self) -> str:
        """The operator's, or one that is made once and shared by all processes."""
        if self._place.secret:
            return self._place.secret
        known = await self._patient_get()
        if known:
            return known
        made = secrets.token_urlsafe(32)
        await self._facts.put("webhook-secret", made)
        return made

    async def _patient_get(self) -> str | None:
        while True:
            try:
                return await self._facts.get("webhook-secret")
            except RetryLater:
                await asyncio.sleep(self._settings.first_pause)

    async def _announce(self) -> None:
        """Tell Telegram where to push to, until it takes that."""
        pause = self._settings.first_pause
        while True:
            try:
                await self._updates.introduce()
                await self._bot.set_webhook(
                    self._place.public_url.rstrip("/") + PATH,
                    secret_token=self._secret,
                    allowed_updates=WANTED,
                    max_connections=_CONNECTIONS,
                    drop_pending_updates=False,
                )
            except InvalidToken as error:
                raise TokenRefused from error
            except (TelegramError, RetryLater) as error:
                log.warning("cannot set the webhook (%s); again in %.0f s", error, pause)
                await asyncio.sleep(pause)
                pause = min(2 * pause, self._settings.longest_pause)
            else:
                log.info("Telegram pushes to %s", self._place.public_url)
                return

    async def _take(self, request: web.Request) -> web.Response:
        given = request.headers.get(_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return web.Response(status=403)
        try:
            raw = json.loads(await request.read())
            update = self._updates.read(raw)
        except (ValueError, KeyError, TypeError):
            return web.Response(status=400)
        try:
            heard = await self._updates.hear(update)
            if heard is not None:
                await self._updates.take_in(self._sink, heard)
        except RetryLater as error:
            log.warning("an update cannot be taken in yet (%s); Telegram pushes it again", error)
            return web.Response(status=503)
        return web.Response()
