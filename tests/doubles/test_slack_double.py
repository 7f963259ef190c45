"""The Slack double's Web API, called by the unmodified slack_sdk."""

from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.bolt_apps import client_of
from tests.doubles.slack import FOREIGN_TEAM, Channel, Person, SlackDouble

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


# -- who calls --------------------------------------------------------------------------------


async def test_tokens_are_looked_at(double: SlackDouble, client: AsyncWebClient) -> None:
    me = await client.auth_test()
    assert (me["user_id"], me["bot_id"]) == (double.app.user_id, double.app.bot_id)
    await refused(client_of(double, "xoxb-wrong").auth_test(), "invalid_auth")
    await refused(AsyncWebClient(base_url=double.api_base).auth_test(), "not_authed")
    await refused(
        client.apps_connections_open(app_token=double.bot_token), "not_allowed_token_type"
    )
    await refused(client_of(double, double.app_token).auth_test(), "not_allowed_token_type")
    double.uninstall()
    await refused(client.auth_test(), "account_inactive")
    assert double.violations == []


async def test_missing_scopes_are_named(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    double.app.scopes -= {"chat:write", "channels:history"}
    answer = await refused(client.chat_postMessage(channel=desk.id, text="hi"), "missing_scope")
    assert answer["needed"] == "chat:write"
    assert "users:read" in answer["provided"].split(",")
    answer = await refused(client.conversations_history(channel=desk.id), "missing_scope")
    assert answer["needed"] == "channels:history"
    assert double.violations == []


async def test_unknown_methods_fail_loudly(double: SlackDouble, client: AsyncWebClient) -> None:
    await refused(client.api_call("chat.meMessage", json={"text": "x"}), "unknown_method")
    assert double.unknown == ["chat.meMessage"]
    assert double.violations


async def test_wrong_arguments_are_violations(
    double: SlackDouble, client: AsyncWebClient, desk: Channel
) -> None:
    await refused(
        client.chat_postMessage(channel=desk.id, text="x", colour="red"), "invalid_arguments"
    )
    await refused(client.api_call("chat.update", json={"channel": desk.id}), "invalid_arguments")
    answer = client.api_call("conversations.info", json={"channel": desk.id})
    await refused(answer, "channel_not_found")
    assert [violation.problem for violation in double.violations] == [
        "chat.postMessage: no argument 'colour'",
        "chat.update: missing required field: ts",
        "takes no JSON; Slack does not read it",
    ]


async def test_arguments_come_in_query_form_and_json(double: SlackDouble, desk: Channel) -> None:
    url, auth = double.api_base, {"Authorization": f"Bearer {double.bot_token}"}
    async with ClientSession(headers=auth) as session:
        for where in ("params", "data", "json"):
            given = {"channel": desk.id, "text": where}
            async with session.post(f"{url}chat.postMessage", **{where: given}) as answer:
                assert (await answer.json())["ok"]
        data = {"channel": desk.id, "token": double.bot_token}
        async with session.post(f"{url}conversations.info", data=data) as answer:
            assert (await answer.json())["channel"]["name"] == "desk"
        async with session.post(
            f"{url}chat.postMessage", data="{", headers={"Content-Type": "application/json"}
        ) as answer:
            assert (await answer.json())["error"] == "invalid_json"
    assert [message.text for message in desk.messages] == ["params", "data", "json"]
    assert double.violations == []


# -- people and channels ----------------------------------------------------------------------


async def test_people_and_channels_are_shown(
    double: SlackDouble, client: AsyncWebClient, ann: Person, desk: Channel
) -> None:
    user = (await client.users_info(user=ann.id, include_locale=True))["user"]
    assert (user["locale"], user["profile"]["display_name"]) == ("zh-CN", "Ann")
    ann.set_presence("away")
    assert (await client.users_getPresence(user=ann.id))["presence"] == "away"
    listed = await client.users_list(limit=1)
    assert listed["members"][0]["is_bot"]
    following = listed["response_metadata"]["next_cursor"]
    assert (await client.users_list(limit=1, cursor=following))["members"][0]["id"] == ann.id
    assert (await client.bots_info(bot=double.app.bot_id))["bot"]["name"] == "Kefu"

    secret = double.channel("secret", ann, private=True, with_app=False)
    other = double.channel("other", ann, with_app=False)
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [one["id"] for one in listed["channels"]] == [desk.id, other.id]
    await refused(client.conversations_info(channel=secret.id), "channel_not_found")
    members = await client.conversations_members(channel=desk.id)
    assert members["members"] == [ann.id, double.app.user_id]
    await client.conversations_join(channel=other.id)
    assert double.app.user_id in other.members
    opened = await client.conversations_open(users=ann.id)
    assert opened["channel"]["id"] == ann.dm.id
    whole = await client.conversations_open(channel=ann.dm.id, return_im=True)
    assert whole["channel"]["user"] == ann.id
    await refused(client.conversations_open(users="U404"), "user_not_found")
    await refused(client.users_info(user="U404"), "user_not_found")
    assert double.violations == []


async def test_a_shared_channel_has_people_of_another_workspace(
    double: SlackDouble, client: AsyncWebClient, ann: Person
) -> None:
    eve = double.person("Eve", team_id=FOREIGN_TEAM)
    shared = double.channel("shared", ann, eve, shared_with=FOREIGN_TEAM)
    info = (await client.conversations_info(channel=shared.id, include_num_members=True))["channel"]
    assert (info["is_ext_shared"], info["num_members"]) == (True, 3)
    assert (await client.users_info(user=eve.id))["user"]["is_stranger"]
    said = eve.say("look", at=shared, files=[("plan.pdf", b"%PDF")])
    body = said.deliveries[0].payload
    assert body["is_ext_shared_channel"]
    assert body["event"]["user_team"] == FOREIGN_TEAM
    (file,) = body["event"]["files"]
    assert file["file_access"] == "check_file_info"
    assert (await client.files_info(file=file["id"]))["file"]["size"] == 4
    assert double.violations == []


# -- the descriptions -------------------------------------------------------------------------


async def test_what_the_double_says_is_checked_too(double: SlackDouble, ann: Person) -> None:
    body = ann.say("hi").deliveries[0].payload
    assert double.spec.check_event(body) == []
    event = body["event"]
    for wrong, problem in (
        ({k: v for k, v in event.items() if k != "channel_type"}, "lacks 'channel_type'"),
        ({**event, "text": 7}, "7 is no string"),
        ({**event, "colour": "red"}, "colour: never recorded"),
    ):
        (found,) = double.spec.check_event({**body, "event": wrong})
        assert problem in found
    assert double.spec.check_event({k: v for k, v in body.items() if k != "event_id"})
    assert double.spec.check_answer("auth.test", {"ok": True})
