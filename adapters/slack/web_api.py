"""Slack's Web API through slack_sdk, with calls that raise only what a channel may raise."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import translated
from adapters.slack.limits import places_of
from adapters.slack.settings import SlackSettings
from adapters.turns import Turns
from chat.address import Person

T = TypeVar("T")

PLATFORM: Final = "slack"
_NAMES_MOST: Final = 20_000
_NAME_SECONDS: Final = 3600.0


class _PacedClient(AsyncWebClient):
    """The library's client, each call of which waits for its turn."""

    def __init__(self, turns: Turns, **settings: Any) -> None:
        super().__init__(**settings)
        self._turns = turns

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """See slack_sdk."""
        arguments = {**(call.get("params") or {}), **(call.get("json") or {})}
        for place in places_of(api_method, arguments):
            await self._turns.take(place)
        return await super().api_call(api_method, **call)


class WebApi:
    """A client. Its library's own retries are off: they would post again what was posted."""

    def __init__(self, settings: SlackSettings, turns: Turns) -> None:
        self._turns = turns
        self.client = _PacedClient(
            turns,
            token=settings.bot_token,
            base_url=settings.api_base.rstrip("/") + "/",
            retry_handlers=[],
        )
        self._people: OrderedDict[str, tuple[float, Person]] = OrderedDict()

    async def ready(self) -> AsyncWebClient:
        """The client, its connections kept open between calls."""
        if self.client.session is None:
            timeout = aiohttp.ClientTimeout(total=self.client.timeout)
            self.client.session = aiohttp.ClientSession(timeout=timeout)
        return self.client

    async def close(self) -> None:
        """Close the connections, once nothing is to be sent any more."""
        if self.client.session is not None:
            await self.client.session.close()

    async def call(self, work: Callable[[AsyncWebClient], Awaitable[T]]) -> T:
        """Do something with the client. Raises RetryLater or Undeliverable."""
        try:
            return await work(await self.ready())
        except Exception as error:
            meant = translated(error)
            if meant is None:
                raise
            raise meant from error

    async def ask(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method; the answer as JSON. Raises RetryLater or Undeliverable."""

        async def ask(client: AsyncWebClient) -> AsyncSlackResponse:
            return await client.api_call(
                method, json={k: v for k, v in arguments.items() if v is not None}
            )

        return _as_dict(await self.call(ask))

    async def look_up(self, method: str, **arguments: Any) -> dict[str, Any]:
        """Call a method that takes no JSON (those that only read)."""

        async def ask(client: AsyncWebClient) -> AsyncSlackResponse:
            return await client.api_call(
                method, params={k: _as_param(v) for k, v in arguments.items() if v is not None}
            )

        return _as_dict(await self.call(ask))

    async def person(self, user: str) -> Person:
        """Somebody by id, with their name and language as far as Slack tells."""
        known = self._people.get(user)
        now = time.monotonic()
        if known is not None and now - known[0] < _NAME_SECONDS:
            return known[1]
        if not self._turns.free("users.info"):
            # Who writes must not wait for the sake of a name.
            return known[1] if known else Person(PLATFORM, user, user)
        try:
            answer = await (await self.ready()).users_info(user=user, include_locale=True)
        except (SlackApiError, OSError):
            return known[1] if known else Person(PLATFORM, user, user)
        found = answer.get("user") or {}
        profile = found.get("profile") or {}
        name = profile.get("display_name") or found.get("real_name") or found.get("name") or user
        person = Person(PLATFORM, user, str(name), found.get("locale"))
        self._people[user] = (now, person)
        if len(self._people) > _NAMES_MOST:
            self._people.popitem(last=False)
        return person

    def name_of(self, user: str) -> str:
        """A name that was looked up before, else the id."""
        known = self._people.get(user)
        return known[1].name if known else user


def _as_dict(answer: AsyncSlackResponse) -> dict[str, Any]:
    return dict(answer.data) if isinstance(answer.data, dict) else {}


def _as_param(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
