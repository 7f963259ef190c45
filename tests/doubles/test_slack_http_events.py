"""The Slack double's events over HTTP, taken by slack-bolt behind aiohttp."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.doubles.bolt_apps import by_http, listening_app
from tests.doubles.slack import Person, SlackDouble


@pytest.fixture
async def double() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
async def ann(double: SlackDouble) -> Person:
    return double.person("Ann")


@contextlib.asynccontextmanager
async def endpoint(take: Any) -> AsyncIterator[str]:
    """A plain HTTP endpoint, without bolt."""
    server = web.Application()
    server.router.add_post("/events", take)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/events"
    finally:
        await runner.cleanup()


async def test_bolt_takes_signed_events(double: SlackDouble, ann: Person) -> None:
    app, heard = listening_app(double)
    async with by_http(double, app):
        said = [ann.say(text) for text in ("hello", "你好")]
        await double.wait_for(lambda: all(double.acknowledged(one) for one in said))
    assert heard.texts == ["hello", "你好"]
    assert "url_verification" in double.http.posts[0].body
    assert double.violations == []


async def test_bolt_refuses_a_wrong_signature(double: SlackDouble) -> None:
    app, _ = listening_app(double)
    async with by_http(double, app) as url:
        status, _, _ = await double.http.post(
            url, "{}", {"Content-Type": "application/json"}, secret="wrong"
        )
    assert status == 401


async def test_an_endpoint_must_answer_the_challenge(double: SlackDouble) -> None:
    async def take(_request: web.Request) -> web.Response:
        return web.Response(text="what?")

    async with endpoint(take) as url:
        with pytest.raises(AssertionError, match="challenge"):
            await double.send_over_http(url)


async def test_events_are_tried_again_when_the_test_says_so(
    double: SlackDouble, ann: Person
) -> None:
    headers: list[tuple[str | None, str | None]] = []
    statuses = [500, 503, 200]

    async def take(request: web.Request) -> web.Response:
        headers.append(
            (
                request.headers.get("X-Slack-Retry-Num"),
                request.headers.get("X-Slack-Retry-Reason"),
            )
        )
        return web.Response(status=statuses[len(headers) - 1])

    async with endpoint(take) as url:
        await double.send_over_http(url, verify=False)
        said = ann.say("hi")
        for number in range(2):
            await double.wait_for(lambda number=number: double.http.posts[number])  # type: ignore[misc]
            assert double.retry_events() == said.deliveries
        await double.wait_for(lambda: double.acknowledged(said))
    assert headers == [(None, None), ("1", "http_error"), ("2", "http_error")]


async def test_an_endpoint_that_hangs_gets_the_event_again(
    double: SlackDouble, ann: Person
) -> None:
    arrived, go_on = asyncio.Event(), asyncio.Event()
    reasons: list[str | None] = []

    async def take(request: web.Request) -> web.Response:
        reasons.append(request.headers.get("X-Slack-Retry-Reason"))
        arrived.set()
        await go_on.wait()
        return web.Response()

    async with endpoint(take) as url:
        await double.send_over_http(url, verify=False)
        said = ann.say("hi")
        await arrived.wait()
        double.retry_events()
        arrived.clear()
        await arrived.wait()
        go_on.set()
        await double.wait_for(lambda: double.acknowledged(said))
    assert reasons == [None, "http_timeout"]


async def test_an_app_may_want_no_retry(double: SlackDouble, ann: Person) -> None:
    async def take(_request: web.Request) -> web.Response:
        return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})

    async with endpoint(take) as url:
        await double.send_over_http(url, verify=False)
        (delivery,) = ann.say("hi").deliveries
        await delivery.done()
        assert double.retry_events() == []


async def test_nobody_at_the_address_is_a_failed_connection(
    double: SlackDouble, ann: Person
) -> None:
    async def take(_request: web.Request) -> web.Response:
        return web.Response()

    async with endpoint(take) as url:
        pass
    await double.send_over_http(url, verify=False)
    (delivery,) = ann.say("hi").deliveries
    await double.wait_for(lambda: delivery.retry_reason == "connection_failed")
    failed = await ann.command("/kefu").done()
    assert failed.failure == "operation_timeout"
