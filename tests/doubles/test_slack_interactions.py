"""Buttons, menus, views, shortcuts and commands of the Slack double, by Socket Mode and HTTP."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.bolt_apps import bare_app, by_http, by_socket
from tests.doubles.slack import Channel, Person, SlackDouble

Json = dict[str, Any]
ANY = re.compile(".*")


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": plain(name), "value": name.lower()} for name in ("Red", "Blue")]
BLOCKS = [
    {
        "type": "actions",
        "elements": [
            {"type": "button", "text": plain("Form"), "action_id": "form", "value": "f"},
            {"type": "static_select", "action_id": "colour", "options": OPTIONS},
            {"type": "users_select", "action_id": "who"},
        ],
    }
]


def form(**changes: Any) -> Json:
    field = {"type": "plain_text_input", "action_id": "text", "max_length": 10}
    return {
        "type": "modal",
        "callback_id": "note",
        "private_metadata": "here",
        "title": plain("Note"),
        "submit": plain("Send"),
        "blocks": [
            {"type": "input", "block_id": "field", "label": plain("Text"), "element": field}
        ],
        **changes,
    }


class Bodies(list[Json]):
    """Every interaction that the app was told of."""

    @property
    def types(self) -> list[str]:
        return [body.get("type", body.get("command", "")) for body in self]


@pytest.fixture
async def double() -> AsyncIterator[SlackDouble]:
    async with SlackDouble() as double:
        yield double


@pytest.fixture
async def ann(double: SlackDouble) -> Person:
    return double.person("Ann")


@pytest.fixture
async def desk(double: SlackDouble, ann: Person) -> Channel:
    return double.channel("desk", ann)


@pytest.fixture
def bodies() -> Bodies:
    return Bodies()


@pytest.fixture
def app(double: SlackDouble, bodies: Bodies) -> AsyncApp:
    """An app that opens a form for a button, and takes everything else."""
    app = bare_app(double)

    @app.action(ANY)
    async def _on_action(ack: Any, body: Json, client: AsyncWebClient) -> None:
        bodies.append(body)
        if body["actions"][0]["action_id"] == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=form())
        await ack()

    @app.view(ANY)
    async def _on_view(ack: Any, body: Json, view: Json) -> None:
        bodies.append(body)
        said = view["state"]["values"]["field"]["text"]["value"]
        if said == "bad":
            await ack(response_action="errors", errors={"field": "no such words"})
        elif said == "more":
            await ack(response_action="update", view=form(title=plain("More")))
        else:
            await ack()

    @app.view_closed(ANY)
    @app.shortcut(ANY)
    async def _on_other(ack: Any, body: Json) -> None:
        bodies.append(body)
        await ack()

    @app.command(ANY)
    async def _on_command(ack: Any, body: Json) -> None:
        bodies.append(body)
        await ack("on it")

    return app


@pytest.fixture(params=["socket", "http"])
async def connected(
    request: pytest.FixtureRequest, double: SlackDouble, app: AsyncApp
) -> AsyncIterator[AsyncApp]:
    async with (by_socket if request.param == "socket" else by_http)(double, app):
        yield app


async def test_buttons_and_menus(
    double: SlackDouble, ann: Person, desk: Channel, connected: AsyncApp, bodies: Bodies
) -> None:
    await connected.client.chat_postMessage(channel=desk.id, text="choose", blocks=BLOCKS)
    (message,) = desk.messages
    await ann.choose(message, "colour", "Blue").done()
    await ann.choose(message, "who", ann.id).done()
    pressed = await ann.press(message, "Form").done()
    assert pressed.acknowledged
    colour, who, form_pressed = (body["actions"][0] for body in bodies)
    assert colour["selected_option"]["value"] == "blue"
    assert who["selected_user"] == ann.id
    assert form_pressed["value"] == "f"
    body = bodies[-1]
    assert body["channel"] == {"id": desk.id, "name": "desk"}
    assert body["container"]["message_ts"] == body["message"]["ts"] == message.ts
    assert [view.title for view in ann.views] == ["Note"]
    assert double.violations == []


async def test_a_form_is_filled_in(
    double: SlackDouble, ann: Person, desk: Channel, connected: AsyncApp, bodies: Bodies
) -> None:
    await connected.client.chat_postMessage(channel=ann.dm.id, text="choose", blocks=BLOCKS)
    await ann.press(ann.dm.messages[0], "form").done()
    (view,) = ann.views
    with pytest.raises(AssertionError, match="must be filled in"):
        ann.submit()
    with pytest.raises(AssertionError, match="11 characters"):
        ann.submit(text="x" * 11)
    refused = await ann.submit(text="bad").done()
    assert refused.answer and refused.answer["response_action"] == "errors"
    assert view.errors == {"field": "no such words"} and view.is_open
    await ann.submit(text="more").done()
    assert view.title == "More" and view.is_open
    await ann.submit(text="good").done()
    assert ann.views == []
    assert bodies.types == ["block_actions", *["view_submission"] * 3]
    sent = bodies[-1]["view"]
    assert (sent["private_metadata"], sent["callback_id"]) == ("here", "note")
    assert sent["state"]["values"] == {
        "field": {"text": {"type": "plain_text_input", "value": "good"}}
    }
    assert double.violations == []


async def test_shortcuts_commands_and_the_home(
    double: SlackDouble, ann: Person, desk: Channel, connected: AsyncApp, bodies: Bodies
) -> None:
    client = connected.client
    said = ann.say("look", at=desk)
    await ann.message_shortcut(said, "keep").done()
    await ann.global_shortcut("help").done()
    await ann.command("/kefu", "a person & please", at=desk).done()
    assert [(one.user, one.text) for one in desk.ephemerals] == [(ann.id, "on it")]
    home = {"type": "home", "blocks": BLOCKS}
    await client.views_publish(user_id=ann.id, view=home)
    assert ann.home is not None
    (opened,) = ann.open_home()
    await ann.choose(ann.home, "colour", "red").done()

    shortcut, everywhere, command, in_home = bodies
    assert (shortcut["type"], shortcut["callback_id"]) == ("message_action", "keep")
    assert shortcut["message"]["text"] == "look"
    assert (everywhere["type"], everywhere["callback_id"]) == ("shortcut", "help")
    assert (command["command"], command["text"]) == ("/kefu", "a person & please")
    assert (in_home["container"]["type"], in_home["view"]["id"]) == ("view", ann.home.id)
    assert opened.event["view"]["id"] == ann.home.id
    assert double.violations == []


async def test_views_are_updated_pushed_and_closed(
    double: SlackDouble, ann: Person, connected: AsyncApp, bodies: Bodies
) -> None:
    client = connected.client
    await client.chat_postMessage(channel=ann.dm.id, text="choose", blocks=BLOCKS)
    await ann.press(ann.dm.messages[0], "form").done()
    (view,) = ann.views
    old = view.hash
    changed = form(title=plain("Changed"), notify_on_close=True)
    await client.views_update(view_id=view.id, hash=old, view=changed)
    assert view.title == "Changed"
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=view.id, hash=old, view=form())
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id="V404", view=form())
    closed = ann.close()
    assert closed is not None
    await closed.done()
    assert bodies.types == ["block_actions", "view_closed"]
    assert double.violations == []


async def test_a_view_is_pushed_on_another(
    double: SlackDouble, ann: Person, connected: AsyncApp, bodies: Bodies
) -> None:
    client = connected.client
    shortcut = await ann.global_shortcut("one").done()
    with_button = form(blocks=BLOCKS)
    await client.views_open(trigger_id=shortcut.payload["trigger_id"], view=with_button)
    (below,) = ann.views
    await ann.choose(below, "colour", "red").done()
    pushed = form(title=plain("Above"))
    answer = await client.views_push(trigger_id=bodies[-1]["trigger_id"], view=pushed)
    assert [view.title for view in ann.views] == ["Note", "Above"]
    assert answer["view"]["previous_view_id"] == answer["view"]["root_view_id"] == below.id
    await ann.submit(text="x").done()
    assert ann.views == [below]
    assert double.violations == []


async def test_a_trigger_works_once_and_soon(
    double: SlackDouble, ann: Person, connected: AsyncApp, bodies: Bodies
) -> None:
    client = connected.client
    now = [double.clock()]
    double.clock = lambda: now[0]
    first = await ann.global_shortcut("one").done()
    await client.views_open(trigger_id=first.payload["trigger_id"], view=form())
    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=first.payload["trigger_id"], view=form())
    late = await ann.global_shortcut("two").done()
    now[0] += 3.1
    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=late.payload["trigger_id"], view=form())
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=form())
    assert double.violations == []


async def test_views_are_checked(double: SlackDouble, ann: Person, connected: AsyncApp) -> None:
    client = connected.client
    wrong = [
        form(title=plain("x" * 25)),
        form(private_metadata="x" * 3001),
        form(callback_id="x" * 256),
        {key: one for key, one in form().items() if key != "submit"},
        form(colour="red"),
    ]
    shortcut = await ann.global_shortcut("one").done()
    for number, view in enumerate(wrong):
        with pytest.raises(SlackApiError, match="invalid_arguments"):
            await client.views_open(trigger_id=shortcut.payload["trigger_id"], view=view)
        assert len(double.violations) == number + 1
    assert ann.views == []


async def test_an_interaction_nobody_takes_is_shown_as_failed(
    double: SlackDouble, ann: Person
) -> None:
    failed = await ann.command("/kefu").done()
    assert (failed.acknowledged, failed.failure) == (False, "dispatch_failed")


async def test_response_urls(
    double: SlackDouble, ann: Person, desk: Channel, connected: AsyncApp, bodies: Bodies
) -> None:
    await connected.client.chat_postMessage(channel=desk.id, text="choose", blocks=BLOCKS)
    (message,) = desk.messages
    await ann.choose(message, "colour", "red").done()
    url = bodies[0]["response_url"]
    async with ClientSession() as session:
        for answer in (
            {"text": "only you"},
            {"text": "everybody", "response_type": "in_channel"},
            {"text": "done", "replace_original": True},
            {"delete_original": True},
        ):
            async with session.post(url, json=answer) as told:
                assert told.status == 200
    assert [shown.text for shown in double.ephemerals] == ["only you"]
    assert [one.text for one in desk.messages] == ["everybody"]
    assert message.earlier_texts == ["choose"]
    assert double.violations == []
