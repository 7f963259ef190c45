"""The Slack double's fault table and rate limit, met by the unmodified slack_sdk."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.bolt_apps import client_of
from tests.doubles.slack import Channel, SlackDouble


@pytest.fixture
async def double() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
def client(double: SlackDouble) -> AsyncWebClient:
    return client_of(double)


@pytest.fixture
async def desk(double: SlackDouble) -> Channel:
    return double.channel("desk", double.person("Ann"))


@pytest.mark.parametrize(
    ("kind", "posted"),
    [
        ("before_commit", 0),
        ("drop_before_commit", 0),
        ("commit_then_drop", 1),
        ("commit_then_5xx", 1),
        ("rate_limited", 0),
    ],
)
async def test_a_call_goes_wrong(
    double: SlackDouble, client: AsyncWebClient, desk: Channel, kind: str, posted: int
) -> None:
    double.faults.add("chat.postMessage", kind, times=2, retry_after=7)
    for _ in range(2):
        with pytest.raises((SlackApiError, ClientError)) as caught:
            await client.chat_postMessage(channel=desk.id, text="x")
        if isinstance(caught.value, SlackApiError):
            response = caught.value.response
            assert response.status_code == (429 if kind == "rate_limited" else 502)
            assert response.headers.get("Retry-After") == ("7" if kind == "rate_limited" else None)
    assert len(desk.messages) == 2 * posted
    await client.chat_postMessage(channel=desk.id, text="x")
    assert len(desk.messages) == 2 * posted + 1
    assert double.violations == []


async def test_a_call_is_held_until_released(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    fault = double.faults.add("chat.postMessage", "delay", where={"text": "slow"})
    late = asyncio.create_task(client.chat_postMessage(channel=desk.id, text="slow"))
    await fault.reached.wait()
    await client.chat_postMessage(channel=desk.id, text="fast")
    fault.release()
    await late
    assert [message.text for message in desk.messages] == ["fast", "slow"]


async def test_what_is_done_is_done_even_if_the_caller_hangs_up(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    fault = double.faults.add("chat.postMessage", "delay")
    late = asyncio.create_task(client.chat_postMessage(channel=desk.id, text="x"))
    await fault.reached.wait()
    late.cancel()
    fault.release()
    await double.wait_for(lambda: desk.messages)


@pytest.mark.parametrize("method", ["upload", "files.completeUploadExternal"])
async def test_an_upload_goes_wrong(
    double: SlackDouble, client: AsyncWebClient, desk: Channel, method: str
) -> None:
    double.faults.add(method, "before_commit")
    with pytest.raises((SlackClientError, ClientError)):
        await client.files_upload_v2(channel=desk.id, filename="a.txt", content="abc")
    assert desk.messages == []
    await client.files_upload_v2(channel=desk.id, filename="a.txt", content="abc")
    assert len(desk.messages) == 1


async def test_a_channel_takes_one_post_per_second(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    now = [1_800_000_000.0]
    double.clock, double.one_post_per_second = lambda: now[0], True
    other = double.channel("other", double.person("Bob"))
    await client.chat_postMessage(channel=desk.id, text="1")
    await client.chat_postMessage(channel=other.id, text="1")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel=desk.id, text="2")
    assert caught.value.response.headers["Retry-After"] == "1"
    assert caught.value.response.data["error"] == "ratelimited"
    now[0] += 1
    await client.chat_postMessage(channel=desk.id, text="2")
    assert [message.text for message in desk.messages] == ["1", "2"]
