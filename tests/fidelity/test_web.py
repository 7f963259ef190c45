"""The web carries what its adapter declares."""

from __future__ import annotations

from typing import Any

import pytest
from redis.asyncio import Redis  # noqa: F401 - the site's fixture needs it

from adapters.web.fidelity import FIDELITY
from chat.address import Address
from chat.fidelity import FEATURES, Feature
from tests.adapters.web.conftest import Site, Visitor, site  # noqa: F401
from tests.fidelity.observing import (
    CHANGES,
    CONTENTS,
    MP4,
    PDF,
    PNG,
    SAID,
    Now,
    Shown,
    level_changed,
    level_heard,
    level_shown,
    sends,
)


async def upload(site: Site, visitor: Visitor, name: str, content: bytes) -> str:  # noqa: F811
    async with site.client.post(
        f"{site.url}/upload",
        params={"name": name},
        data=content,
        headers={"Authorization": f"Bearer {visitor.token}"},
    ) as answer:
        body = await answer.json()
        file_id: str = body["id"]
        return file_id


async def write(visitor: Visitor, client: str, **frame: Any) -> str:
    await visitor.send(type="message", client=client, **{"text": "", **frame})
    await visitor.until("ack", client=client)
    while not (found := [e["id"] for e in visitor.entries if e.get("client") == client]):
        await visitor.read()
    entry: str = found[0]
    return entry


async def act(site: Site, visitor: Visitor, feature: Feature) -> bool:  # noqa: F811
    match feature:
        case "text":
            await write(visitor, "a", text=SAID)
        case "formatting":
            await write(visitor, "a", text=f"**{SAID}**")
        case "long text":
            await write(visitor, "a", text="word " * 400)
        case "replies":
            first = await write(visitor, "a", text="first")
            await write(visitor, "b", text="again", reply_to=first)
        case "edits" | "deletes":
            first = await write(visitor, "a", text="first")
            kind = feature.removesuffix("s")
            await visitor.send(type=kind, client="b", target=first, text="second")
            await visitor.until("ack", client="b")
        case "photos" | "files" | "video" | "captions":
            content = {"files": PDF, "video": MP4}.get(feature, PNG)
            file = await upload(site, visitor, "a", content)
            text = SAID if feature == "captions" else ""
            await write(visitor, "a", text=text, files=[file])
        case "albums":
            files = [await upload(site, visitor, f"{n}.png", PNG) for n in range(2)]
            await write(visitor, "a", files=files)
        case "typing":
            await visitor.send(type="typing")
        case "buttons":
            (action,) = sends("buttons", Address("web", visitor.id))
            receipt = await site.channel.send(action, None)
            target = receipt.message_ids[0]
            await visitor.send(type="press", client="a", target=target, value="yes", label="Yes")
            await visitor.until("ack", client="a")
        case _:
            return False
    return True


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_heard(site: Site, feature: Feature) -> None:  # noqa: F811
    visitor = await site.visitor()
    if not await act(site, visitor, feature):
        assert FIDELITY.hears[feature] == "none"
        return
    await write(visitor, "end", text="the end")
    events = [e for e in site.sink.submitted if "the end" not in str(e)]
    assert level_heard(feature, events, site.sink.hints) == FIDELITY.hears[feature]


def look(entries: list[dict[str, Any]]) -> Shown:
    said = [entry for entry in entries if entry["kind"] == "message"]
    files = [file["kind"] for entry in said for file in entry.get("files", [])]
    return Shown(
        texts=tuple(entry.get("text", "") for entry in said),
        media=tuple(files),
        messages=len(said),
        bold=any(s["kind"] == "bold" for entry in said for s in entry.get("spans", [])),
        replies=any("reply_to" in entry for entry in said),
        grouped=len(said) == 1 and len(files) > 1,
        buttons=tuple(
            b["label"] for entry in said for row in entry.get("buttons", []) for b in row
        ),
    )


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_shown(
    site: Site,  # noqa: F811
    feature: Feature,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def read(attachment: Any) -> bytes:
        return CONTENTS[attachment.kind][2]

    monkeypatch.setattr(site.channel._files, "read", read)
    visitor = await site.visitor()
    actions = sends(feature, Address("web", visitor.id))
    if feature in CHANGES:

        async def now() -> Now:
            # What stands before this line of ours in the journal has been shown when it is.
            await site.channel.send(site.say(Address("web", visitor.id), "—"), None)
            await visitor.until("entry", text="—")
            said = {e["id"]: e["text"] for e in visitor.entries if e["kind"] == "message"}
            for entry in visitor.entries:
                if entry["kind"] == "edited":
                    said[entry["target"]] = entry["text"]
                elif entry["kind"] == "deleted":
                    del said[entry["target"]]
            typing = any(frame["type"] == "typing" for frame in visitor.frames)
            return Now(tuple(text for text in said.values() if text != "—"), (), typing)

        level = await level_changed(feature, site.channel, Address("web", visitor.id), now)
        assert level == FIDELITY.shows[feature]
        return
    if not actions:
        assert FIDELITY.shows[feature] == "none"
        return
    asked = await write(visitor, "a", text="why?") if feature == "replies" else None
    for action in actions:
        await site.channel.send(action, asked)
    own = 1 if asked else 0
    await visitor.until_entries(len(actions) + own)
    shown = look(visitor.entries[own:])
    assert level_shown(feature, shown, actions[0].text) == FIDELITY.shows[feature]
