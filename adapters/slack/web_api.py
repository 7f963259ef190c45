"""Slack's Web API through slack_sdk, with calls that raise only what a channel may raise."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import aiohttp
from msgspec import Struct
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.errors import translated
from adapters.slack.limits import places_of
from adapters.slack.settings import SlackSettings
from adapters.turns import Turns
from chat.address import Person
from chat.message import Span

T = TypeVar("T")

PLATFORM: Final = "slack"
_NAMES_MOST: Final = 20_000
_NAME_SECONDS: Final = 3600.0


class Home(Struct, frozen=True):
    """The workspace, and on Enterprise Grid the organisation, in which the app is installed."""

    team: str = ""
    enterprise: str = ""

    def is_stranger(self, user: dict[str, Any], team: str) -> bool:
        """Whether somebody comes from elsewhere (Slack Connect), as far as is known."""
        if user.get("is_stranger"):
            return True
        theirs = str(user.get("team_id") or team)
        if not theirs or not self.team or theirs in (self.team, self.enterprise):
            return False
        above = str((user.get("enterprise_user") or {}).get("enterprise_id") or "")
        return not self.enterprise or above != self.enterprise


class _PacedClient(AsyncWebClient):
    """The library's client, each call of which waits for its turn."""

    def __init__(self, turns: Turns, **settings: Any) -> None:
        super().__init__(**settings)
        self._turns = turns

    async def api_call(self, api_method: str, **call: Any) -> AsyncSlackResponse:
        """See slack_sdk."""
        arguments = {**(call.get("params") or {}), **(call.get("json") or {})}
        if places := places_of(api_method, arguments):
            await self._turns.take(*places)
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
        self._home = Home()

    async def introduce(self) -> dict[str, Any]:
        """Ask who we are, and where at home. Raises what slack_sdk raises."""
        me = _as_dict(await (await self.ready()).auth_test())
        self._home = Home(str(me.get("team_id") or ""), str(me.get("enterprise_id") or ""))
        return me

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

    async def person(self, user: str, team: str = "") -> Person:
        """Somebody by id, with their name and language as far as Slack tells. `team` is where the
        event said that they are at home, for when Slack tells no more of them."""
        known = self._people.get(user)
        now = time.monotonic()
        if known is not None and now - known[0] < _NAME_SECONDS:
            return known[1]
        if not self._turns.free("users.info"):
            # Who writes must not wait for the sake of a name.
            return known[1] if known else self._unknown(user, team)
        try:
            answer = await (await self.ready()).users_info(user=user, include_locale=True)
        except (SlackApiError, OSError):
            return known[1] if known else self._unknown(user, team)
        found = answer.get("user") or {}
        profile = found.get("profile") or {}
        name = profile.get("display_name") or found.get("real_name") or found.get("name") or user
        outside = self._home.is_stranger(found, team)
        person = Person(PLATFORM, user, str(name), found.get("locale"), outside=outside)
        self._people[user] = (now, person)
        if len(self._people) > _NAMES_MOST:
            self._people.popitem(last=False)
        return person

    def is_slacks(self, url: str) -> bool:
        """Whether an address is Slack's own: no other may see the token."""
        here, there = (urlsplit(u).hostname or "" for u in (self.client.base_url, url))
        domain = ".".join(here.split(".")[-2:])
        return there == here or (domain[-1:].isalpha() and there.endswith("." + domain))

    def _unknown(self, user: str, team: str) -> Person:
        return Person(PLATFORM, user, user, outside=self._home.is_stranger({}, team))

    def outsiders_in(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Keys of those mentioned, and looked up before, who belong to another organisation."""
        mentioned = (span.url or "" for span in spans if span.kind == "mention")
        people = ((key, self._people.get(key.rpartition(":")[2])) for key in mentioned)
        return tuple(key for key, known in people if known is not None and known[1].outside)

    async def away_in(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """Keys of those mentioned whom Slack shows as away, as far as it may be asked now."""
        away = []
        for key in dict.fromkeys(span.url or "" for span in spans if span.kind == "mention"):
            if not self._turns.free("users.getPresence"):
                break
            try:
                answer = await (await self.ready()).users_getPresence(user=key.rpartition(":")[2])
            except (SlackApiError, aiohttp.ClientError, OSError):
                continue
            if answer.get("presence") == "away":
                away.append(key)
        return tuple(away)

    def name_of(self, user: str) -> str:
        """A name that was looked up before, else the id."""
        known = self._people.get(user)
        return known[1].name if known else user


def _as_dict(answer: AsyncSlackResponse) -> dict[str, Any]:
    return dict(answer.data) if isinstance(answer.data, dict) else {}


def _as_param(value: Any) -> Any:
    return int(value) if isinstance(value, bool) else value
