"""Messages, threads, reactions and files of the Slack double, by the unmodified slack_sdk."""

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.bolt_apps import client_of
from tests.doubles.slack import Channel, FileGiven, Person, SlackDouble

METADATA = {"event_type": "case", "event_payload": {"id": "c-1"}}
BUTTON = {
    "type": "button",
    "text": {"type": "plain_text", "text": "Yes"},
    "action_id": "yes",
    "value": "1",
}


@pytest.fixture
async def double() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
def client(double: SlackDouble) -> AsyncWebClient:
    return client_of(double)


@pytest.fixture
async def ann(double: SlackDouble) -> Person:
    return double.person("Ann", locale="zh-CN")


@pytest.fixture
async def desk(double: SlackDouble, ann: Person) -> Channel:
    return double.channel("desk", ann)


async def refused(call: Awaitable[Any], code: str) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await call
    answer = dict(caught.value.response.data)
    assert answer["error"] == code
    return answer


# -- messages ---------------------------------------------------------------------------------


async def test_a_message_is_posted_changed_and_deleted(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    blocks = [{"type": "actions", "elements": [BUTTON]}]
    posted = await client.chat_postMessage(
        channel=desk.id, text="sure?", blocks=blocks, metadata=METADATA, unfurl_links=False
    )
    (message,) = desk.messages
    assert (message.text, message.labels, message.metadata) == ("sure?", ["Yes"], METADATA)
    assert message.asked == {"unfurl_links": False}
    assert posted["message"]["blocks"][0]["block_id"]
    assert posted["message"]["metadata"] == METADATA

    await client.chat_update(channel=desk.id, ts=posted["ts"], text="done")
    assert (message.text, message.blocks, message.earlier_texts) == ("done", [], ["sure?"])
    link = await client.chat_getPermalink(channel=desk.id, message_ts=posted["ts"])
    assert posted["ts"].replace(".", "") in link["permalink"]
    await client.chat_delete(channel=desk.id, ts=posted["ts"])
    assert desk.messages == [] and message.deleted
    await refused(client.chat_delete(channel=desk.id, ts=posted["ts"]), "message_not_found")
    await refused(
        client.chat_update(channel=desk.id, ts=posted["ts"], text="x"), "message_not_found"
    )
    assert double.violations == []


@pytest.mark.filterwarnings("ignore:The top-level")
async def test_posting_is_refused_as_slack_does(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    async def post(channel: str = desk.id, **given: Any) -> Any:
        return await client.chat_postMessage(channel=channel, **{"text": "x", **given})

    await refused(post("C404"), "channel_not_found")
    other = double.channel("other", ann, with_app=False)
    await refused(post(other.id), "not_in_channel")
    await refused(post(text="x" * 40_001), "msg_too_long")
    await post(text="x" * 40_000)
    await refused(post(text=""), "no_text")
    await refused(post(thread_ts="1.000001"), "thread_not_found")
    await refused(post(metadata={"event_type": "x"}), "invalid_metadata_format")
    said = ann.say("mine", at=desk)
    await refused(client.chat_update(channel=desk.id, ts=said.ts, text="x"), "cant_update_message")
    await refused(client.chat_delete(channel=desk.id, ts=said.ts), "cant_delete_message")
    double.archive(desk, ann)
    await refused(post(), "is_archived")
    ann.deactivate()
    await refused(post(ann.id), "user_disabled")
    assert double.violations == []


async def test_blocks_are_checked(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    def section(text: str) -> dict[str, Any]:
        return {"type": "section", "text": {"type": "mrkdwn", "text": text}}

    def button(**changes: Any) -> dict[str, Any]:
        return {"type": "actions", "elements": [{**BUTTON, **changes}]}

    long_label = {"type": "plain_text", "text": "x" * 76}
    wrong: list[list[dict[str, Any]]] = [
        [section("x" * 3001)],
        [section("x")] * 51,
        [{"type": "section"}],
        [{"type": "table"}],
        [{**section("x"), "colour": "red"}],
        [button(action_id="x" * 256)],
        [button(value="x" * 2001)],
        [button(text=long_label)],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
        [{**section("x"), "block_id": "a"}, {**section("y"), "block_id": "a"}],
        [{"type": "actions", "elements": [BUTTON, BUTTON]}],
    ]
    for blocks in wrong:
        call = client.chat_postMessage(channel=desk.id, text="x", blocks=blocks)
        answer = await refused(call, "invalid_blocks")
        assert answer["response_metadata"]["messages"], blocks
    assert desk.messages == []
    assert len(double.violations) >= len(wrong)
    fine = [section("x" * 3000), button(value="x" * 2000, action_id="x" * 255)]
    await client.chat_postMessage(channel=desk.id, text="x", blocks=fine)


async def test_history_and_threads(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    first = ann.say("first", at=desk)
    for number in range(3):
        await client.chat_postMessage(
            channel=desk.id, thread_ts=first.ts, text=f"reply {number}", metadata=METADATA
        )
    shown = await client.chat_postMessage(
        channel=desk.id, thread_ts=first.ts, text="all hear", reply_broadcast=True
    )
    assert shown["message"]["root"]["text"] == "first"
    second = ann.say("second", at=desk)

    history = await client.conversations_history(channel=desk.id)
    texts = [message["text"] for message in history["messages"]]
    assert texts == ["second", "all hear", "first"]
    root = history["messages"][-1]
    assert (root["reply_count"], root["reply_users"]) == (4, [double.app.user_id])
    newer = await client.conversations_history(channel=desk.id, oldest=first.ts, limit=1)
    assert [m["ts"] for m in newer["messages"]] == [second.ts] and newer["has_more"]
    newer = await client.conversations_history(
        channel=desk.id, oldest=first.ts, cursor=newer["response_metadata"]["next_cursor"]
    )
    assert [m["text"] for m in newer["messages"]] == ["all hear"]

    thread = await client.conversations_replies(
        channel=desk.id, ts=first.ts, include_all_metadata=True
    )
    assert [m["text"] for m in thread["messages"]][:2] == ["first", "reply 0"]
    assert thread["messages"][1]["metadata"] == METADATA
    plain = await client.conversations_replies(channel=desk.id, ts=first.ts)
    assert plain["messages"][1]["metadata"] == {"event_type": "case"}
    reply = thread["messages"][1]["ts"]
    alone = await client.conversations_replies(channel=desk.id, ts=reply)
    assert [m["thread_ts"] for m in alone["messages"]] == [first.ts]
    await refused(client.conversations_replies(channel=desk.id, ts="1.1"), "thread_not_found")
    assert [m.text for m in desk.thread(first)][-1] == "all hear"
    assert double.violations == []
    await refused(
        client.chat_postMessage(channel=desk.id, thread_ts=reply, text="x"), "invalid_arguments"
    )


async def test_a_deleted_root_leaves_a_tombstone(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    card = await client.chat_postMessage(channel=desk.id, text="card")
    ann.say("on it", at=desk, thread=card["ts"])
    await client.chat_delete(channel=desk.id, ts=card["ts"])
    (root,) = (await client.conversations_history(channel=desk.id))["messages"]
    assert root["subtype"] == "tombstone"
    await refused(client.chat_update(channel=desk.id, ts=card["ts"], text="x"), "message_not_found")
    assert double.violations == []


async def test_ephemerals_and_reactions(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    await client.chat_postEphemeral(channel=desk.id, user=ann.id, text="psst")
    assert [(shown.user, shown.text) for shown in double.ephemerals] == [(ann.id, "psst")]
    call = client.chat_postEphemeral(channel=desk.id, user="U404", text="psst")
    await refused(call, "user_not_in_channel")

    said = ann.say("hi", at=desk)
    ann.react(said, "eyes")
    where = {"channel": desk.id, "timestamp": said.ts}
    await client.reactions_add(name="eyes", **where)
    await refused(client.reactions_add(name="eyes", **where), "already_reacted")
    await refused(client.reactions_add(name="No Such", **where), "invalid_name")
    shown = (await client.reactions_get(**where))["message"]["reactions"]
    assert shown == [{"name": "eyes", "users": [ann.id, double.app.user_id], "count": 2}]
    await client.reactions_remove(name="eyes", **where)
    await refused(client.reactions_remove(name="eyes", **where), "no_reaction")
    call = client.reactions_add(channel=desk.id, timestamp="1.1", name="eyes")
    await refused(call, "message_not_found")
    assert said.reactions == {"eyes": [ann.id]}
    assert double.violations == []


# -- files ------------------------------------------------------------------------------------


async def test_files_go_up_and_come_down(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    root = ann.say("what is it?", at=desk)
    sent = await client.files_upload_v2(
        channel=desk.id,
        thread_ts=root.ts,
        filename="a.txt",
        title="A",
        content="hello",
        initial_comment="this",
    )
    _, message = desk.thread(root)
    (file,) = message.files
    assert (message.text, file.content, file.title) == ("this", b"hello", "A")
    info = (await client.files_info(file=sent["file"]["id"]))["file"]
    assert info["shares"]["public"][desk.id][0]["ts"] == message.ts

    said = ann.say(files=[FileGiven("v.m4a", b"\0\1", "audio/mp4", voice=True)])
    url = (await client.files_info(file=said.files[0].id))["file"]["url_private_download"]
    async with ClientSession() as session:
        auth = {"Authorization": f"Bearer {double.bot_token}"}
        async with session.get(url, headers=auth) as answer:
            assert await answer.read() == b"\0\1"
        async with session.get(url) as answer:
            assert answer.content_type == "text/html"

    await refused(client.files_delete(file=said.files[0].id), "cant_delete_file")
    await client.files_delete(file=file.id)
    await refused(client.files_info(file=file.id), "file_deleted")
    await refused(client.files_info(file="F404"), "file_not_found")
    assert double.violations == []


async def test_an_upload_of_the_wrong_length_is_a_violation(
    double: SlackDouble, client: AsyncWebClient
) -> None:
    place = await client.files_getUploadURLExternal(filename="a", length=5)
    async with ClientSession() as session, session.post(place["upload_url"], data=b"abc") as answer:
        assert answer.status == 400
    files = [{"id": place["file_id"]}]
    await refused(client.files_completeUploadExternal(files=files), "file_not_found")
    assert double.violations[0].where == "upload"
