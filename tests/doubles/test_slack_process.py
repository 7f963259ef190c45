"""The Slack double as a process of its own, driven through its control API."""

import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.doubles.slack.client import RefusedAct, SlackProcess
from tests.doubles.slack.people import FileGiven

BUTTON = {
    "type": "button",
    "action_id": "form",
    "text": {"type": "plain_text", "text": "Form"},
}
FORM = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "Note"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "label": {"type": "plain_text", "text": "Text"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}


@pytest.fixture
async def slack() -> AsyncIterator[SlackProcess]:
    async with SlackProcess() as slack:
        yield slack


@pytest.fixture
async def app(slack: SlackProcess) -> AsyncIterator[AsyncApp]:
    """An app that answers every message with a button for a form."""
    client = AsyncWebClient(slack.started.bot_token, base_url=slack.api_base)
    app = AsyncApp(client=client, signing_secret="-", process_before_response=True)

    @app.event("message")
    async def _on_message(event: dict[str, Any], client: AsyncWebClient) -> None:
        if event.get("subtype") == "message_changed":
            return
        await client.chat_postMessage(
            channel=event["channel"],
            thread_ts=event.get("thread_ts"),
            text=f"heard {event['text']}",
            blocks=[{"type": "actions", "elements": [BUTTON]}],
        )

    @app.action("form")
    async def _on_action(ack: Any, body: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)
        await ack()

    @app.view(re.compile(""))
    async def _on_view(ack: Any) -> None:
        await ack()

    handler = AsyncSocketModeHandler(
        app, slack.started.app_token, web_client=client, ping_interval=0.2
    )
    await handler.connect_async()
    await slack.wait_for(lambda state: state.connections == 1)
    yield app
    await handler.close_async()


async def test_a_conversation_with_another_process(slack: SlackProcess, app: AsyncApp) -> None:
    ann = await slack.person("Ann")
    said = await ann.say("hello", files=[FileGiven("a.txt", b"abc", "text/plain")])
    answer = await slack.wait_for(lambda state: state.dm(ann.id)[1])
    assert (answer.text, answer.labels) == ("heard hello", ["Form"])
    await ann.react(answer, "eyes")
    await ann.edit(said, "bye")
    await ann.press(answer, "Form")
    form = await slack.wait_for(lambda state: state.views[0])
    assert form.title == "Note"
    sent = await ann.submit(form, text="x")
    await slack.wait_for(lambda state: state.deliveries[sent.number].acknowledged)
    state = await slack.state()
    hello, heard = state.dm(ann.id)
    assert (hello.text, hello.earlier_texts, hello.files[0].content) == ("bye", ["hello"], b"abc")
    assert heard.reactions == {"eyes": [ann.id]}
    assert state.views == []
    assert state.violations == []


async def test_threads_and_faults_in_another_process(slack: SlackProcess, app: AsyncApp) -> None:
    ann = await slack.person("Ann")
    desk = await slack.channel("desk", ann)
    root = await ann.say("root", at=desk)
    await slack.wait_for(lambda state: state.channels[desk].messages[1])
    fault = await slack.add_fault("chat.postMessage", "delay", where={"text": "heard late"})
    await ann.say("late", thread=root)
    await slack.wait_for(lambda state: state.struck[fault] == 1)
    assert len((await slack.state()).channels[desk].thread(root.ts)) == 2
    await slack.release(fault)
    thread = await slack.wait_for(lambda state: state.channels[desk].thread(root.ts)[2:])
    assert [message.text for message in thread] == ["heard late"]
    with pytest.raises(RefusedAct, match="no button"):
        await ann.press(root, "Form")
    with pytest.raises(RefusedAct, match="KeyError"):
        await ann.say("x", at="C404")
    await slack.drop()
    await slack.wait_for(lambda state: state.connections == 0)
    again = await ann.say("again")
    await slack.wait_for(lambda state: state.dm(ann.id)[1].text == "heard again")
    assert again.by_app is False
