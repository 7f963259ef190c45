"""People change and take back what they wrote themselves, and nothing else."""

from __future__ import annotations

from typing import Any

from chat.actions import Card, OpenThread, Speaker
from chat.address import Address
from chat.events import MessageDeleted, MessageEdited, MessageReceived
from tests.adapters.web.conftest import Site, Visitor

DESK = Address("web", "desk")


async def seen(page: Visitor, type: str, **fields: object) -> dict[str, Any]:
    """A frame that has come or will come; acknowledgements and entries overtake each other."""
    for frame in page.frames:
        if frame["type"] == type and all(frame.get(k) == v for k, v in fields.items()):
            return frame
    return await page.until(type, **fields)


CARD = Card(ticket="KAAAAAA", status="open", title="KAAAAAA", lines=("KAAAAAA",))


async def test_a_visitor_changes_and_takes_back_a_message(site: Site) -> None:
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="helo")
    said = await seen(visitor, "entry", kind="message")
    await seen(visitor, "ack", client="a1")
    await visitor.send(type="edit", client="a2", target=said["id"], text="hello")
    edited = await seen(visitor, "entry", kind="edited")
    await seen(visitor, "ack", client="a2")
    await visitor.send(type="delete", client="a3", target=said["id"])
    await seen(visitor, "entry", kind="deleted")
    await seen(visitor, "ack", client="a3")
    assert (edited["target"], edited["text"]) == (said["id"], "hello")
    received, changed, gone = site.sink.submitted
    assert isinstance(received, MessageReceived)
    assert isinstance(changed, MessageEdited)
    assert (changed.message.id, changed.message.text) == (received.message.id, "hello")
    assert isinstance(gone, MessageDeleted)
    assert (gone.message_id, gone.address) == (received.message.id, received.message.address)


async def test_sending_a_change_again_changes_it_once(site: Site) -> None:
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="one")
    said = await seen(visitor, "entry", kind="message")
    for _ in range(2):
        await visitor.send(type="edit", client="a2", target=said["id"], text="two")
        await visitor.until("ack", client="a2")
    await seen(visitor, "entry", kind="edited")
    assert [e["kind"] for e in visitor.entries] == ["message", "edited"]
    assert len({event.id for event in site.sink.submitted}) == 2


async def test_nobody_changes_what_the_bot_or_another_visitor_said(site: Site) -> None:
    visitor, other = await site.visitor(), await site.visitor()
    here = Address("web", visitor.id)
    answer = await site.channel.send(site.say(here, "an answer", speaker=Speaker("bot")), None)
    await other.send(type="message", client="b1", text="mine")
    theirs = (await seen(other, "entry", kind="message"))["id"]
    for n, target in enumerate([answer.message_ids[0], theirs, "0-1", "x", "1-1"]):
        for kind in ("edit", "delete"):
            client = f"{kind}{n}"
            await visitor.send(type=kind, client=client, target=target, text="forged")
            error = await seen(visitor, "error", client=client)
            assert error["reason"] in ("not_yours", "too_fast")
    assert not [e for e in site.sink.submitted if isinstance(e, (MessageEdited, MessageDeleted))]


async def test_a_change_to_nothing_or_too_much_is_refused(site: Site) -> None:
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="one")
    said = await seen(visitor, "entry", kind="message")
    for client, text, reason in (("a2", " ", "empty"), ("a3", "x" * 5000, "too_long")):
        await visitor.send(type="edit", client=client, target=said["id"], text=text)
        assert (await seen(visitor, "error", client=client))["reason"] == reason


async def test_an_agent_changes_their_own_words_only(site: Site) -> None:
    await site.channel.open_thread(OpenThread("e/0", DESK, "web:v", CARD))
    await site.login(name="Lin")
    lin = await site.desk()
    await lin.send(type="open", thread="KAAAAAA", after="0")
    await lin.send(type="message", client="c1", thread="KAAAAAA", text="helo")
    said = await seen(lin, "entry", kind="message")
    await seen(lin, "ack", client="c1")
    await lin.send(type="edit", client="c2", thread="KAAAAAA", target=said["id"], text="hello")
    await seen(lin, "ack", client="c2")
    await site.login(name="Bo")
    bo = await site.desk()
    await bo.send(type="delete", client="d1", thread="KAAAAAA", target=said["id"])
    assert (await seen(bo, "error", client="d1"))["reason"] == "not_yours"
    received, changed = site.sink.submitted
    assert isinstance(received, MessageReceived) and isinstance(changed, MessageEdited)
    assert changed.message.id == received.message.id
    assert changed.message.address == received.message.address
