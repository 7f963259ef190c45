"""Telegram pushes: nothing is confirmed before it is durable, and nobody else may push."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession

from chat.channel import RetryLater
from chat.events import ButtonPressed, MessageReceived
from tests.adapters.telegram.conftest import Stage


@pytest.fixture
async def pushed(stage: Stage) -> str:
    """The stage's channel in webhook mode; gives the address that Telegram knows."""
    address = await stage.use_webhook()
    await stage.start()
    return address


async def test_what_is_pushed_is_heard(stage: Stage, pushed: str) -> None:
    ann = stage.customer()
    ann.send("one")
    ann.send("two")
    await stage.sink.next(2)
    assert [e.message.text for e in stage.sink.of(MessageReceived)] == ["one", "two"]
    (call,) = stage.double.calls_of("setWebhook")
    assert call["url"] == pushed
    assert "message_reaction" in call["allowed_updates"]
    assert not stage.double.calls_of("getUpdates")


async def test_it_is_confirmed_only_once_it_is_durable(stage: Stage, pushed: str) -> None:
    stage.sink.hold()
    sent = stage.customer().send("wait")
    await stage.sink.until(lambda: stage.sink.begun)
    assert not stage.double.confirmed(sent)
    stage.sink.release()
    await stage.double.until(lambda: stage.double.confirmed(sent))


async def test_what_could_not_be_taken_in_is_pushed_again(stage: Stage, pushed: str) -> None:
    stage.sink.failing = [RetryLater("not now")]
    sent = stage.customer().send("again")
    await stage.double.until(lambda: stage.double.confirmed(sent))
    assert [e.message.text for e in stage.sink.of(MessageReceived)] == ["again"]
    assert len(stage.sink.begun) == 2
    assert stage.sink.begun[0].id == stage.sink.begun[1].id


async def test_a_press_is_answered(stage: Stage, pushed: str) -> None:
    from tests.adapters.telegram.test_polling import KEYBOARD

    ann = stage.customer()
    shown = await stage.channel._connection.bot.send_message(ann.id, "?", reply_markup=KEYBOARD)
    message = next(m for m in ann.messages if m.id == shown.message_id)
    ann.press(message, "A")
    await stage.sink.until(lambda: stage.sink.of(ButtonPressed))
    await stage.double.until(lambda: stage.double.calls_of("answerCallbackQuery"))


@pytest.mark.parametrize("secret", [None, "", "guess"])
async def test_nobody_without_the_secret_is_heard(
    stage: Stage, pushed: str, secret: str | None
) -> None:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    forged = {"update_id": 1, "message": {"text": "let me in"}}
    async with ClientSession() as session, session.post(pushed, json=forged, headers=headers) as r:
        assert r.status == 403
    assert not stage.sink.begun


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"{", b'"x"', b'{"update_id": "x"}'])
async def test_nonsense_is_refused(stage: Stage, pushed: str, body: bytes) -> None:
    secret = next(v for k, v in stage.memory.facts.items() if k.endswith("webhook-secret"))
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with ClientSession() as session, session.post(pushed, data=body, headers=headers) as r:
        assert r.status == 400
    assert not stage.sink.begun


async def test_the_secret_outlives_the_process(stage: Stage, pushed: str) -> None:
    (call,) = stage.double.calls_of("setWebhook")
    (kept,) = [v for k, v in stage.memory.facts.items() if k.endswith("webhook-secret")]
    assert call["secret_token"] == kept
