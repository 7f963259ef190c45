"""Events, interactions and slash commands over HTTP, signed with the signing secret."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.doubles.slack.deliveries import Deliveries, Delivery
from tests.doubles.slack.world import World

Json = dict[str, Any]
JSON, FORM = "application/json", "application/x-www-form-urlencoded"


class Post(NamedTuple):
    """A request to the app, and what it answered."""

    url: str
    headers: dict[str, str]
    body: str
    status: int | None


@dataclass
class RequestUrls:
    """Where the app wants to be called."""

    events: str
    interactivity: str
    commands: str


class HttpEvents:
    """Posts to the app. What belongs to one channel is posted in order; events are tried again
    when the test says so, or after `retry_seconds`."""

    def __init__(self, world: World, deliveries: Deliveries) -> None:
        self._world = world
        self._deliveries = deliveries
        self._session: ClientSession | None = None
        self._orders: dict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._at_work: set[asyncio.Task[None]] = set()
        self.urls: RequestUrls | None = None
        self.posts: list[Post] = []

    def carry(self, delivery: Delivery) -> bool:
        """Post it in the background."""
        if self.urls is None:
            return False
        attempt, delivery.attempts = delivery.attempts, delivery.attempts + 1
        task = asyncio.get_running_loop().create_task(self._deliver(delivery, attempt))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)
        return True

    async def _deliver(self, delivery: Delivery, attempt: int) -> None:
        assert self.urls is not None
        headers, body = {"Content-Type": FORM}, ""
        match delivery.kind:
            case "events_api":
                url, headers, body = self.urls.events, {"Content-Type": JSON}, dumped(delivery)
                if attempt:
                    headers["X-Slack-Retry-Num"] = str(attempt)
                    headers["X-Slack-Retry-Reason"] = reason_of(delivery)
            case "interactive":
                url, body = self.urls.interactivity, urlencode({"payload": dumped(delivery)})
            case "slash_commands":
                url, body = self.urls.commands, urlencode(delivery.payload)
        if attempt:
            # A retry does not wait behind the attempt that is still under way.
            await self._post_and_judge(delivery, url, body, headers)
            return
        async with self._orders[delivery.key]:
            await self._post_and_judge(delivery, url, body, headers)

    async def _post_and_judge(
        self, delivery: Delivery, url: str, body: str, headers: dict[str, str]
    ) -> None:
        try:
            status, answered, text = await self.post(url, body, headers)
        except (ClientError, TimeoutError, OSError) as broken:
            reason = "http_timeout" if isinstance(broken, TimeoutError) else "connection_failed"
            self._deliveries.failed(delivery, reason)
            return
        if not 200 <= status < 300:
            if answered.get("X-Slack-No-Retry") == "1":
                self._deliveries.give_up(delivery, "the app wants no retry")
            self._deliveries.failed(delivery, "http_error")
            return
        self._deliveries.acknowledge(delivery, read_answer(text))

    async def post(
        self, url: str, body: str, headers: dict[str, str], *, secret: str | None = None
    ) -> tuple[int, dict[str, str], str]:
        """Post something signed; returns status, headers and text."""
        at = str(int(self._world.now))
        signed = {
            **headers,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": at,
            "X-Slack-Signature": signature(secret or self._world.app.signing_secret, at, body),
        }
        if self._session is None:
            self._session = ClientSession(timeout=ClientTimeout(total=60))
        status = None
        try:
            async with self._session.post(url, data=body.encode(), headers=signed) as answer:
                status = answer.status
                return status, dict(answer.headers), await answer.text()
        finally:
            self.posts.append(Post(url, signed, body, status))
            self._world.changes.ring()

    async def verify(self, url: str) -> None:
        """Ask the app for the challenge, as Slack does before it takes a request URL."""
        challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
        body = {
            "token": self._world.app.verification_token,
            "challenge": challenge,
            "type": "url_verification",
        }
        status, _, text = await self.post(url, json.dumps(body), {"Content-Type": JSON})
        told = (read_answer(text) or {}).get("challenge", text)
        if status != 200 or told != challenge:
            raise AssertionError(f"{url} does not answer the challenge: {status} {text[:200]}")

    async def close(self) -> None:
        for task in list(self._at_work):
            task.cancel()
        await asyncio.gather(*self._at_work, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
            self._session = None


def signature(secret: str, at: str, body: str) -> str:
    digest = hmac.new(secret.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256)
    return f"v0={digest.hexdigest()}"


def dumped(delivery: Delivery) -> str:
    return json.dumps(delivery.payload, ensure_ascii=False)


def reason_of(delivery: Delivery) -> str:
    return {"timeout": "http_timeout"}.get(delivery.retry_reason, delivery.retry_reason)


def read_answer(text: str) -> Json | None:
    try:
        answer = json.loads(text)
    except ValueError:
        return {"text": text} if text.strip() else None
    return answer if isinstance(answer, dict) else None
