"""What the web keeps by itself, it keeps without secrets."""

from __future__ import annotations

from pathlib import Path

from redis.asyncio import Redis

from chat.actions import Card, OpenThread
from chat.address import Address
from chat.events import MessageEdited, MessageReceived
from handoff.secrets.finder import marker
from tests.adapters.web.conftest import Site
from tests.adapters.web.test_files import PNG, upload
from tests.adapters.web.test_own import seen

PHRASE = "mimic cruel vapor hover lizard quiz orbit fossil nephew clay tornado bench"
CARD = Card(ticket="KAAAAAA", status="open", title="KAAAAAA", lines=("KAAAAAA",))


async def _kept(redis: Redis) -> str:
    kept = []
    async for key in redis.scan_iter():
        if await redis.type(key) == b"stream":
            kept += [fields[b"b"].decode() for _, fields in await redis.xrange(key)]
    return "\n".join(kept)


def _names(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*.json")]


async def test_a_visitors_message_is_kept_and_shown_without_its_secret(
    site: Site, redis: Redis
) -> None:
    visitor = await site.visitor(name="private key " + "ab" * 32)
    await visitor.send(type="message", client="a1", text=f"help: {PHRASE}")
    shown = await seen(visitor, "entry", kind="message")
    assert shown["text"] == f"help: {marker('seed')}"
    await seen(visitor, "ack", client="a1")
    (event,) = site.sink.submitted
    assert isinstance(event, MessageReceived)
    assert event.message.removed == ("seed",)
    assert event.message.id == shown["id"]
    kept = await _kept(redis)
    assert "mimic" not in kept
    assert "abab" not in kept


async def test_an_edit_is_kept_without_its_secret(site: Site, redis: Redis) -> None:
    visitor = await site.visitor()
    await visitor.send(type="message", client="a1", text="hello")
    said = await seen(visitor, "entry", kind="message")
    await seen(visitor, "ack", client="a1")
    await visitor.send(type="edit", client="a2", target=said["id"], text=PHRASE)
    edited = await seen(visitor, "entry", kind="edited")
    await seen(visitor, "ack", client="a2")
    assert edited["text"] == marker("seed")
    changed = site.sink.submitted[-1]
    assert isinstance(changed, MessageEdited)
    assert changed.message.removed == ("seed",)
    assert "mimic" not in await _kept(redis)


async def test_a_pressed_button_and_a_files_name_are_kept_without_secrets(
    site: Site, redis: Redis, tmp_path: Path
) -> None:
    visitor = await site.visitor()
    await visitor.send(type="press", client="a1", target="1-0", value="x", label=PHRASE)
    pressed = await seen(visitor, "entry", kind="pressed")
    assert pressed["label"] == marker("seed")
    status, file = await upload(site, visitor.token, PNG, PHRASE.replace(" ", "-") + ".png")
    assert status == 200
    assert "mimic" not in file["name"]
    assert "mimic" not in await _kept(redis)
    names = _names(tmp_path)
    assert names
    assert not any(b"mimic" in name for name in names)


async def test_an_agents_message_is_kept_without_its_secret(site: Site, redis: Redis) -> None:
    await site.channel.open_thread(OpenThread("o/0", Address("web", "desk"), "web:v1", CARD))
    await site.login()
    desk = await site.desk()
    await desk.send(type="open", thread="KAAAAAA", after="0")
    await desk.send(type="message", thread="KAAAAAA", client="c1", text="password: hunter22")
    shown = await seen(desk, "entry", kind="message")
    assert shown["text"] == f"password: {marker('password')}"
    assert "hunter22" not in await _kept(redis)
