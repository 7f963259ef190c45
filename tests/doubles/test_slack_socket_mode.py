"""The Slack double's Socket Mode, with the unmodified slack-bolt at its other end."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession
from slack_bolt.async_app import AsyncApp

from tests.doubles.bolt_apps import Heard, bare_app, by_socket, client_of, listening_app
from tests.doubles.slack import Channel, Person, SlackDouble


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
async def app_and_heard(double: SlackDouble) -> tuple[AsyncApp, Heard]:
    return listening_app(double)


def slow_app(double: SlackDouble) -> tuple[AsyncApp, Heard, asyncio.Event]:
    """An app that acknowledges nothing before it is let go."""
    app, heard, go_on = bare_app(double), Heard(), asyncio.Event()

    @app.event("message")
    async def _on_message(body: dict[str, Any]) -> None:
        heard.events.append(body["event"])
        double.world.changes.ring()
        await go_on.wait()

    return app, heard, go_on


# -- events -----------------------------------------------------------------------------------


async def test_what_people_do_reaches_the_app(
    double: SlackDouble, ann: Person, desk: Channel, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, heard = app_and_heard
    async with by_socket(double, app):
        said = ann.say("hello <b> & https://kefu.example", files=[("a.txt", b"abc")])
        asked = ann.say(f"{double.mention} help 👋", at=desk)
        reply = ann.say("more", thread=asked)
        ann.say("all", thread=asked, broadcast=True)
        ann.edit(said, "bye")
        ann.react(asked, "eyes")
        ann.unreact(asked, "eyes")
        double.unfurl(reply, "https://kefu.example")
        ann.delete(reply)
        ann.open_home()
        bob = double.person("Bob")
        bob.join(desk)
        bob.leave(desk)
        double.archive(desk, ann)
        double.unarchive(desk, ann)
        double.remove_app(desk, ann)
        last = ann.say("anybody?")
        await double.wait_for(lambda: double.acknowledged(last))

    direct = heard.events[0]
    assert (direct["channel_type"], direct["subtype"]) == ("im", "file_share")
    assert direct["text"] == "hello &lt;b&gt; &amp; <https://kefu.example>"
    elements = direct["blocks"][0]["elements"][0]["elements"]
    assert elements[0] == {"type": "text", "text": "hello <b> & "}
    assert elements[1] == {"type": "link", "url": "https://kefu.example"}
    (mention,) = heard.of("app_mention")
    assert mention["ts"] == asked.ts
    assert mention["blocks"][0]["elements"][0]["elements"] == [
        {"type": "user", "user_id": double.app.user_id},
        {"type": "text", "text": " help "},
        {"type": "emoji", "name": "wave", "unicode": "1f44b"},
    ]
    kinds = [event.get("subtype") or event["type"] for event in heard.events]
    assert kinds == [
        "file_share",
        "file_shared",
        "message",
        "app_mention",
        "message",
        "thread_broadcast",
        "message_changed",
        "reaction_added",
        "reaction_removed",
        "message_changed",
        "message_deleted",
        "app_home_opened",
        "member_joined_channel",
        "member_left_channel",
        "channel_archive",
        "channel_archive",
        "channel_unarchive",
        "channel_unarchive",
        "channel_left",
        "message",
    ]
    changed, unfurled = [e for e in heard.events if e.get("subtype") == "message_changed"]
    assert changed["previous_message"]["text"] != changed["message"]["text"] == "bye"
    assert unfurled["message"]["text"] == unfurled["previous_message"]["text"]
    assert double.violations == []


async def test_the_app_hears_only_what_it_may(
    double: SlackDouble, ann: Person, desk: Channel, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, heard = app_and_heard
    other = double.channel("other", ann, with_app=False)
    double.app.subscriptions = {"message"}
    async with by_socket(double, app):
        ann.say(f"{double.mention} psst", at=other)
        said = ann.say(f"{double.mention} hi", at=desk)
        ann.react(said, "eyes")
        last = ann.say("end")
        await double.wait_for(lambda: double.acknowledged(last))
    assert heard.texts == [f"{double.mention} hi", "end"]


async def test_the_own_posts_come_back_with_the_bot_id(
    double: SlackDouble, ann: Person, desk: Channel
) -> None:
    app = bare_app(double)
    async with by_socket(double, app):
        await app.client.chat_postMessage(channel=desk.id, text="mine")
        (message,) = desk.messages
        (delivery,) = message.deliveries
        await delivery.done()
    assert delivery.event["bot_id"] == double.app.bot_id
    assert delivery.event["user"] == double.app.user_id
    assert double.violations == []


# -- connections ------------------------------------------------------------------------------


async def test_hello_and_envelopes(double: SlackDouble, ann: Person) -> None:
    said = ann.say("hi")
    opened = await client_of(double).apps_connections_open(app_token=double.app_token)
    async with ClientSession() as session, session.ws_connect(opened["url"]) as socket:
        hello = await socket.receive_json()
        assert (hello["type"], hello["num_connections"]) == ("hello", 1)
        assert hello["connection_info"] == {"app_id": double.app.id}
        assert hello["debug_info"]
        envelope = await socket.receive_json()
        assert envelope["type"] == "events_api"
        assert (envelope["retry_attempt"], envelope["retry_reason"]) == (0, "")
        assert envelope["accepts_response_payload"] is False
        assert envelope["payload"]["event"]["text"] == "hi"
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await double.wait_for(lambda: double.acknowledged(said))
    assert double.violations == []


async def test_events_wait_for_a_connection(
    double: SlackDouble, ann: Person, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, heard = app_and_heard
    early = ann.say("nobody there?")
    async with by_socket(double, app):
        await double.wait_for(lambda: double.acknowledged(early))
    assert heard.texts == ["nobody there?"]


async def test_what_is_not_acknowledged_is_sent_again(double: SlackDouble, ann: Person) -> None:
    app, heard, go_on = slow_app(double)
    async with by_socket(double, app):
        said = ann.say("hi")
        await double.wait_for(lambda: len(heard.events) == 1)
        assert not double.acknowledged(said)
        assert double.retry_events() == said.deliveries
        await double.wait_for(lambda: len(heard.events) == 2)
        go_on.set()
        await double.wait_for(lambda: double.acknowledged(said))
    attempts = [(e["retry_attempt"], e["retry_reason"]) for e in double.sockets.envelopes]
    assert attempts == [(0, ""), (1, "timeout")]
    ids = {envelope["payload"]["event_id"] for envelope in double.sockets.envelopes}
    assert len(ids) == 1
    assert double.violations == []


async def test_slack_gives_up_after_three_retries(double: SlackDouble, ann: Person) -> None:
    app, _, go_on = slow_app(double)
    async with by_socket(double, app):
        (delivery,) = ann.say("hi").deliveries
        for _ in range(4):
            double.retry_events()
        assert delivery.failure and not delivery.acknowledged
        go_on.set()
    assert [e["retry_attempt"] for e in double.sockets.envelopes] == [0, 1, 2, 3]


async def test_retries_can_come_by_themselves() -> None:
    async with SlackDouble(retry_seconds=0.05) as double:
        app, heard, go_on = slow_app(double)
        async with by_socket(double, app):
            said = double.person("Ann").say("hi")
            await double.wait_for(lambda: len(heard.events) == 2)
            go_on.set()
            await double.wait_for(lambda: double.acknowledged(said))


@pytest.mark.parametrize("reason", ["refresh_requested", "link_disabled"])
async def test_an_app_that_is_asked_to_leave_comes_back(
    double: SlackDouble, ann: Person, app_and_heard: tuple[AsyncApp, Heard], reason: Any
) -> None:
    app, heard = app_and_heard
    async with by_socket(double, app):
        (first,) = double.sockets.connections
        double.sockets.disconnect(reason)
        await double.wait_for(
            lambda: double.sockets.connections and first not in double.sockets.connections
        )
        said = ann.say("still there?")
        await double.wait_for(lambda: double.acknowledged(said))
    # The client may connect twice in a row, and hear again what it had not acknowledged.
    assert set(heard.texts) == {"still there?"}
    assert len({body["event_id"] for body in heard.bodies}) == 1
    assert double.violations == []


async def test_a_warning_only_announces(
    double: SlackDouble, ann: Person, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, _ = app_and_heard
    async with by_socket(double, app):
        double.sockets.disconnect("warning")
        said = ann.say("hi")
        await double.wait_for(lambda: double.acknowledged(said))


async def test_a_cut_connection_loses_nothing(double: SlackDouble, ann: Person) -> None:
    app, heard, go_on = slow_app(double)
    async with by_socket(double, app):
        said = ann.say("hi")
        await double.wait_for(lambda: len(heard.events) == 1)
        double.sockets.drop()
        await double.wait_for(lambda: not double.sockets.connections)
        go_on.set()
        await double.wait_for(lambda: double.acknowledged(said))
    assert double.sockets.envelopes[-1]["retry_attempt"] == 1
    assert double.violations == []


async def test_several_connections_take_turns(double: SlackDouble, ann: Person) -> None:
    (app, heard), (other, other_heard) = listening_app(double), listening_app(double)
    async with by_socket(double, app), by_socket(double, other):
        assert len(double.sockets.connections) == 2
        said = [ann.say(str(number)) for number in range(4)]
        await double.wait_for(lambda: all(double.acknowledged(one) for one in said))
    assert sorted([len(heard.texts), len(other_heard.texts)]) == [2, 2]


async def test_pings_go_both_ways(
    double: SlackDouble, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, _ = app_and_heard
    async with by_socket(double, app) as handler:
        (connection,) = double.sockets.connections
        await double.sockets.ping()
        await double.wait_for(lambda: connection.pongs == 1)
        assert await handler.client.is_connected()


# -- faults -----------------------------------------------------------------------------------


async def test_an_event_is_delivered_twice(
    double: SlackDouble, ann: Person, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, heard = app_and_heard
    double.faults.add_event("duplicate", event_type="message")
    async with by_socket(double, app):
        said = ann.say("twice")
        await double.wait_for(lambda: double.acknowledged(said))
    assert len({body["event_id"] for body in heard.bodies}) == 1
    assert heard.texts == ["twice", "twice"]


async def test_two_events_change_places(
    double: SlackDouble, ann: Person, app_and_heard: tuple[AsyncApp, Heard]
) -> None:
    app, heard = app_and_heard
    double.faults.add_event("reorder", where={"text": "first"})
    async with by_socket(double, app):
        first, second = ann.say("first"), ann.say("second")
        await double.wait_for(lambda: double.acknowledged(first) and double.acknowledged(second))
    assert heard.texts == ["second", "first"]
