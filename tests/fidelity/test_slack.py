"""Slack carries what its adapter declares."""

from __future__ import annotations

import pytest

from adapters.slack.emoji_names import emoji_of
from adapters.slack.fidelity import FIDELITY
from chat.fidelity import FEATURES, Feature
from tests.adapters.slack.conftest import Stage, stage  # noqa: F401
from tests.adapters.slack.conftest import shown as visible
from tests.doubles.slack.people import FileGiven
from tests.doubles.slack.records import Message
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


async def act(stage: Stage, feature: Feature) -> bool:  # noqa: F811
    ann = stage.ann
    match feature:
        case "text":
            ann.say(SAID)
        case "formatting":
            bold = {"type": "text", "text": SAID, "style": {"bold": True}}
            section = {"type": "rich_text_section", "elements": [bold]}
            rich = {"type": "rich_text", "block_id": "b", "elements": [section]}
            ann.say(f"*{SAID}*", blocks=[rich])
        case "long text":
            ann.say("word " * 400)
        case "replies":
            ann.say("again", thread=ann.say("first"))
        case "edits":
            ann.edit(ann.say("first"), "second")
        case "deletes":
            ann.delete(ann.say("first"))
        case "photos":
            ann.say(files=[FileGiven("a.png", PNG, "image/png")])
        case "files":
            ann.say(files=[FileGiven("a.pdf", PDF, "application/pdf")])
        case "voice":
            ann.say(files=[FileGiven("a.ogg", OGG, "audio/ogg", voice=True)])
        case "video":
            ann.say(files=[FileGiven("a.mp4", MP4, "video/mp4")])
        case "albums":
            ann.say(files=[FileGiven(f"{n}.png", PNG, "image/png") for n in range(2)])
        case "captions":
            ann.say(SAID, files=[FileGiven("a.png", PNG, "image/png")])
        case "reactions":
            ann.react(ann.say("first"), "thumbsup")
        case "buttons":
            (action,) = sends("buttons", stage.at(ann.dm))
            receipt = await stage.channel.send(action, None)
            message = ann.dm.message(receipt.message_ids[0])
            assert message is not None
            ann.press(message, "Yes")
        case _:
            return False
    return True


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_heard(stage: Stage, feature: Feature) -> None:  # noqa: F811
    await stage.start()
    if not await act(stage, feature):
        assert FIDELITY.hears[feature] == "none"
        return
    last = stage.ann.say("the end")
    await stage.double.wait_for(lambda: stage.double.acknowledged(last))
    if feature == "buttons":
        await stage.sink.next(2)
    events = [e for e in stage.sink.submitted if "the end" not in str(e)]
    assert level_heard(feature, events, stage.sink.hints) == FIDELITY.hears[feature]


def look(messages: list[Message]) -> Shown:
    kinds = {"png": "photo", "pdf": "file", "mp4": "video"}
    names = [f.name.rpartition(".")[2] for m in messages for f in m.files]
    return Shown(
        texts=tuple(visible(m) for m in messages),
        media=tuple(kinds.get(name, "file") for name in names),
        messages=len(messages),
        bold="'bold': True" in str([m.blocks for m in messages]),
        grouped=len(messages) == 1 and len(names) > 1,
        buttons=tuple(label for m in messages for label in m.labels),
    )


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_shown(stage: Stage, feature: Feature) -> None:  # noqa: F811
    for kind, (_, _, content) in CONTENTS.items():
        for n in (1, 2):
            stage.shelf.files[f"elsewhere:{kind}{n}"] = content
    actions = sends(feature, stage.at(stage.ann.dm))
    if feature in CHANGES:

        async def now() -> Now:
            said = [m for m in stage.ann.dm.messages if m.by_app]
            names = [name for m in said for name, people in m.reactions.items() if people]
            return Now(tuple(visible(m) for m in said), tuple(emoji_of(name) for name in names))

        level = await level_changed(feature, stage.channel, stage.at(stage.ann.dm), now)
        assert level == FIDELITY.shows[feature]
        return
    if not actions:
        assert FIDELITY.shows[feature] == "none"
        return
    asked = stage.ann.say("why?") if feature == "replies" else None
    for action in actions:
        await stage.channel.send(action, asked.ts if asked else None)
    shown = look([m for m in stage.ann.dm.messages if m.by_app])
    assert level_shown(feature, shown, actions[0].text) == FIDELITY.shows[feature]
