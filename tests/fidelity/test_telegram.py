"""Telegram carries what its adapter declares."""

from __future__ import annotations

import pytest

from adapters.telegram.fidelity import FIDELITY
from chat.actions import Send
from chat.channel import AlbumChannel
from chat.fidelity import FEATURES, Feature
from tests.adapters.telegram.conftest import Stage, stage  # noqa: F401
from tests.doubles.telegram_people import Person
from tests.doubles.telegram_world import ChatMessage
from tests.fidelity.observing import (
    CHANGES,
    CONTENTS,
    MP4,
    OGG,
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

_MEDIA = {"document": "file", "audio": "voice", "venue": "location"}


async def act(stage: Stage, ann: Person, feature: Feature) -> bool:  # noqa: F811
    match feature:
        case "text":
            ann.send(SAID)
        case "formatting":
            ann.send(SAID, entities=[{"type": "bold", "offset": 0, "length": 5}])
        case "long text":
            ann.send("word " * 400)
        case "replies":
            ann.send("again", reply_to=ann.send("first"))
        case "edits":
            ann.edit(ann.send("first"), "second")
        case "photos":
            ann.send_photo(PNG)
        case "files":
            ann.send_document(PDF)
        case "voice":
            ann.send_voice(OGG)
        case "video":
            ann.send_video(MP4)
        case "stickers":
            ann.send_sticker()
        case "locations":
            ann.send_location(31.2, 121.4)
        case "contacts":
            ann.send_contact("+8613800000000", "Li")
        case "albums":
            ann.send_photo(PNG, album="a")
            ann.send_photo(PNG, album="a")
        case "captions":
            ann.send_photo(PNG, SAID)
        case "reactions":
            await stage.channel.send(Send("e/0", stage.at(ann), "first"), None)
            ann.react(ann.messages[-1], "👍")
        case "buttons":
            (action,) = sends("buttons", stage.at(ann))
            await stage.channel.send(action, None)
            ann.press(ann.messages[-1], "Yes")
        case "deletes":
            ann.delete_message(ann.send("first"))
        case "polls":
            ann.send_poll("Which?", "A", "B")
        case _:
            return False
    return True


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_heard(stage: Stage, feature: Feature) -> None:  # noqa: F811
    ann = stage.customer()
    await stage.start()
    if not await act(stage, ann, feature):
        assert FIDELITY.hears[feature] == "none"
        return
    last = ann.send("the end")
    await stage.double.until(lambda: stage.double.confirmed(last))
    events = [e for e in stage.sink.submitted if "the end" not in str(e)]
    assert level_heard(feature, events, stage.sink.hints) == FIDELITY.hears[feature]


def look(messages: list[ChatMessage]) -> Shown:
    return Shown(
        texts=tuple(m.text or "" for m in messages),
        media=tuple(
            _MEDIA.get(m.kind, m.kind) for m in messages if m.kind not in ("text", "service")
        ),
        messages=len(messages),
        bold=any(e["type"] == "bold" for m in messages for e in m.entities),
        replies=any(m.reply_to for m in messages),
        grouped=len({m.album for m in messages if m.album}) == 1,
        buttons=tuple(label for m in messages for label in m.labels),
    )


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_shown(stage: Stage, feature: Feature) -> None:  # noqa: F811
    ann = stage.customer()
    for kind, (_, _, content) in CONTENTS.items():
        for n in (1, 2):
            stage.shelf.files[f"elsewhere:{kind}{n}"] = content
    actions = sends(feature, stage.at(ann))
    if feature in CHANGES:

        async def now() -> Now:
            said = [m for m in ann.messages if not m.deleted]
            given = [r for m in said for all_of in m.reactions.values() for r in all_of]
            texts = tuple(m.text or "" for m in said)
            return Now(texts, tuple(r["emoji"] for r in given), bool(stage.double.chat_actions))

        level = await level_changed(feature, stage.channel, stage.at(ann), now)
        assert level == FIDELITY.shows[feature]
        return
    if not actions:
        assert FIDELITY.shows[feature] == "none"
        return
    asked = ann.send("why?") if feature == "replies" else None
    before = len(ann.messages)
    if len(actions) > 1 and isinstance(stage.channel, AlbumChannel):
        await stage.channel.send_album(actions, None)
    else:
        for action in actions:
            await stage.channel.send(action, str(asked.id) if asked else None)
    shown = look(ann.messages[before:])
    declared = FIDELITY.shows[feature]
    if feature == "stickers":
        # A sticker of another platform is shown as a picture; Telegram's own as what it is.
        assert level_shown(feature, shown, "") == "other"
        return
    assert level_shown(feature, shown, actions[0].text) == declared
