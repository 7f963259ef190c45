"""The desk: who may come in, what agents see and do."""

from __future__ import annotations

import pytest
from aiohttp import WSServerHandshakeError

from chat.actions import (
    Button,
    Card,
    CloseThread,
    MarkInternal,
    OpenThread,
    ReopenThread,
    Send,
    UpdateCard,
)
from chat.address import Address
from chat.channel import Undeliverable
from chat.events import ButtonPressed, MessageReceived
from tests.adapters.web.conftest import Site
from tests.running import PASSWORD

DESK = Address("web", "desk")
CARD = Card("K1", "waiting", "K1 · Wang", ("Status: waiting", "Customer: Wang"), customer="Wang")


async def opened(site: Site) -> Address:
    action = OpenThread("open-1", DESK, "web:v", CARD)
    return (await site.channel.open_thread(action)).thread


async def test_the_right_password_opens_the_desk(site: Site) -> None:
    assert await site.login() == 200
    desk = await site.desk()
    assert desk.frames[0] == {"type": "welcome", "agent": "lin", "name": "Lin"}


async def test_a_wrong_password_does_not(site: Site) -> None:
    assert await site.login("guess") == 401
    with pytest.raises(WSServerHandshakeError) as refused:
        await site.desk()
    assert refused.value.status == 401


async def test_many_wrong_passwords_are_slowed(site: Site) -> None:
    answers = [await site.login(f"guess {n}") for n in range(9)]
    assert answers == [401] * 8 + [429]
    assert await site.login(PASSWORD) == 429


async def test_another_site_cannot_sign_in_or_listen(site: Site) -> None:
    assert await site.login(Origin="https://evil.example") == 403
    assert await site.login() == 200
    with pytest.raises(WSServerHandshakeError) as refused:
        await site.desk("https://evil.example")
    assert refused.value.status == 403


async def test_a_forged_session_is_refused(site: Site) -> None:
    assert await site.login() == 200
    (cookie,) = [c for c in site.client.cookie_jar if c.key == "kefu_desk"]
    body, _, signature = cookie.value.rpartition(".")
    forged = f"{body}.{'0' * len(signature)}"
    site.client.cookie_jar.clear()
    async with site.client.get(site.url + "/desk/session", cookies={"kefu_desk": forged}) as answer:
        assert answer.status == 401
    async with site.client.get(
        site.url + "/desk/session", cookies={"kefu_desk": cookie.value}
    ) as answer:
        assert answer.status == 200


async def test_the_cookie_is_out_of_scripts_reach(site: Site) -> None:
    async with site.client.post(
        site.url + "/desk/login",
        json={"password": PASSWORD, "name": "Lin"},
        headers={"Origin": site.url},
    ) as answer:
        cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


async def test_signing_out(site: Site) -> None:
    await site.login()
    async with site.client.post(site.url + "/desk/logout", headers={"Origin": site.url}):
        pass
    async with site.client.get(site.url + "/desk/session") as answer:
        assert answer.status == 401


async def test_cards_come_at_once_and_as_they_change(site: Site) -> None:
    thread = await opened(site)
    assert thread == Address("web", "desk", "K1")
    await site.login()
    desk = await site.desk()
    first = await desk.until("cards", all=True)
    assert [(c["thread"], c["status"]) for c in first["cards"]] == [("K1", "waiting")]
    open_card = Card("K1", "open", "K1 · Wang", (), customer="Wang", agent="Lin")
    await site.channel.update_card(UpdateCard("u1", thread, open_card))
    changed = await desk.until("cards", all=False)
    assert [(c["status"], c["agent"]) for c in changed["cards"]] == [("open", "Lin")]


async def test_the_page_is_told_of_urgency_alarms_and_choices(site: Site) -> None:
    thread = await opened(site)
    await site.login()
    desk = await site.desk()
    urgent = Card("K1", "waiting", "K1 · Wang", (), customer="Wang", priority="P0")
    await site.channel.update_card(UpdateCard("u1", thread, urgent))
    changed = await desk.until("cards", all=False)
    assert changed["cards"][0]["priority"] == "P0"
    await desk.send(type="open", thread="K1", after="0")
    await desk.until("caught_up")
    choice = Button("send:K1:k1", "Send anyway", "danger")
    alarm = Send("s1", thread, "P0", rings=True, buttons=((choice,),))
    await site.channel.send(alarm, None)
    entry = await desk.until("entry")
    assert entry["rings"] is True
    assert entry["buttons"][0][0]["value"] == "send:K1:k1"


async def test_opening_again_finds_the_same_thread(site: Site) -> None:
    assert await opened(site) == await opened(site)


async def test_a_desk_that_is_not_there(site: Site) -> None:
    with pytest.raises(Undeliverable):
        await site.channel.open_thread(OpenThread("o", Address("web", "elsewhere"), "c", CARD))


async def test_closing_and_reopening_a_thread_lose_nothing(site: Site) -> None:
    thread = await opened(site)
    await site.channel.send(site.say(thread, "before"), None)
    await site.channel.close_thread(CloseThread("c1", thread))
    await site.channel.reopen_thread(ReopenThread("r1", thread))
    await site.login()
    desk = await site.desk()
    await desk.send(type="open", thread="K1", after="0")
    await desk.until("caught_up")
    assert desk.texts == ["before"]


async def test_an_agent_writes_and_presses(site: Site) -> None:
    thread = await opened(site)
    await site.login()
    desk = await site.desk()
    await desk.send(type="press", client="p1", thread="K1", value="claim:K1")
    await desk.until("ack", client="p1")
    await desk.send(type="message", client="m1", thread="K1", text="Hello")
    await desk.until("ack", client="m1")
    pressed, wrote = site.sink.submitted
    assert isinstance(pressed, ButtonPressed)
    assert (pressed.value, pressed.sender.key, pressed.address) == ("claim:K1", "web:lin", thread)
    assert isinstance(wrote, MessageReceived)
    assert (wrote.message.text, wrote.message.address) == ("Hello", thread)


async def test_an_internal_mark_reaches_the_message(site: Site) -> None:
    thread = await opened(site)
    await site.login()
    desk = await site.desk()
    await desk.send(type="open", thread="K1", after="0")
    await desk.send(type="message", client="m1", thread="K1", text=". note")
    await desk.until("ack", client="m1")
    (event,) = site.sink.submitted
    assert isinstance(event, MessageReceived)
    await site.channel.mark_internal(MarkInternal("i1", thread, event.message.id))
    mark = await desk.until("entry", kind="internal")
    await desk.until_entries(2)
    note = next(entry for entry in desk.entries if entry.get("text") == ". note")
    assert mark["target"] == note["id"]


async def test_a_reconnecting_desk_gets_what_it_missed_once(site: Site) -> None:
    thread = await opened(site)
    await site.login()
    desk = await site.desk()
    await desk.send(type="open", thread="K1", after="0")
    await site.channel.send(site.say(thread, "one"), None)
    seen = await desk.until("entry")
    await desk.close()
    await site.channel.send(site.say(thread, "two"), None)
    again = await site.desk()
    await again.send(type="open", thread="K1", after=seen["id"])
    await again.until("caught_up")
    assert again.texts == ["two"]


async def test_a_thread_that_does_not_exist(site: Site) -> None:
    await site.login()
    desk = await site.desk()
    await desk.send(type="message", client="m1", thread="nope", text="x")
    assert (await desk.until("error"))["reason"] == "no_case"
