"""Discord carries what its adapter declares."""

from __future__ import annotations

import pytest

from adapters.discord.fidelity import FIDELITY
from chat.fidelity import FEATURES, Feature
from tests.adapters.discord.conftest import Stage, stage  # noqa: F401
from tests.doubles.discord.people import Person
from tests.doubles.discord.things import Message
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


async def act(stage: Stage, ann: Person, feature: Feature) -> bool:  # noqa: F811
    match feature:
        case "text":
            ann.say(SAID)
        case "formatting":
            ann.say(f"**{SAID}**")
        case "long text":
            ann.say("word " * 380)
        case "replies":
            ann.say("again", reply_to=ann.say("first"))
        case "edits":
            ann.edit(ann.say("first"), "second")
        case "deletes":
            ann.delete(ann.say("first"))
        case "photos":
            ann.say(files={"a.png": PNG})
        case "files":
            ann.say(files={"a.pdf": PDF})
        case "video":
            ann.say(files={"a.mp4": MP4})
        case "albums":
            ann.say(files={"a.png": PNG, "b.png": PNG})
        case "captions":
            ann.say(SAID, files={"a.png": PNG})
        case "voice":
            ann.speak(OGG)
        case "stickers":
            ann.stick("Wave")
        case "polls":
            ann.ask("Which?", "A", "B")
        case "reactions":
            ann.react(ann.say("first"), "👍")
        case "typing":
            ann.start_typing()
        case "buttons":
            (action,) = sends("buttons", stage.at(ann.dm))
            receipt = await stage.channel.send(action, None)
            ann.press(int(receipt.message_ids[0]), "Yes")
        case _:
            return False
    return True


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_heard(stage: Stage, feature: Feature) -> None:  # noqa: F811
    ann = stage.double.user("ann")
    await stage.start()
    if not await act(stage, ann, feature):
        assert FIDELITY.hears[feature] == "none"
        return
    ann.say("the end")
    await stage.sink.until(lambda: "the end" in str(stage.sink.submitted))
    events = [e for e in stage.sink.submitted if "the end" not in str(e)]
    assert level_heard(feature, events, stage.sink.hints) == FIDELITY.hears[feature]


def look(messages: list[Message]) -> Shown:
    kinds = {"png": "photo", "pdf": "file", "mp4": "video"}
    names = [a.filename.rpartition(".")[2] for m in messages for a in m.attachments]
    return Shown(
        texts=tuple(m.content for m in messages),
        media=tuple(kinds.get(name, "file") for name in names),
        messages=len(messages),
        bold=any("**" in m.content for m in messages),
        replies=any(m.reference for m in messages),
        grouped=len(messages) == 1 and len(names) > 1,
        buttons=tuple(label for m in messages for label in m.labels),
    )


@pytest.mark.parametrize("feature", FEATURES)
async def test_what_is_shown(stage: Stage, feature: Feature) -> None:  # noqa: F811
    ann = stage.double.user("ann")
    for kind, (_, _, content) in CONTENTS.items():
        for n in (1, 2):
            stage.shelf.files[f"elsewhere:{kind}{n}"] = content
    actions = sends(feature, stage.at(ann.dm))
    if feature in CHANGES:

        async def now() -> Now:
            said = [m for m in stage.double.messages(ann) if m.author.is_bot]
            reactions = [e for m in said for e, people in m.reactions.items() if people]
            texts = tuple(m.content for m in said)
            return Now(texts, tuple(reactions), ann.dm in stage.double.typing)

        level = await level_changed(feature, stage.channel, stage.at(ann.dm), now)
        assert level == FIDELITY.shows[feature]
        return
    if not actions:
        assert FIDELITY.shows[feature] == "none"
        return
    asked = ann.say("why?") if feature == "replies" else None
    for action in actions:
        await stage.channel.send(action, str(asked.id) if asked else None)
    shown = look([m for m in stage.double.messages(ann) if m.author.is_bot])
    assert level_shown(feature, shown, actions[0].text) == FIDELITY.shows[feature]
