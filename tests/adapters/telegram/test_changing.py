"""What was said is changed and taken back, all of it."""

import pytest

from adapters.telegram.changing import NOTE_MARK
from chat.actions import Delete, Edit, MarkInternal, Send
from chat.channel import RetryLater, Undeliverable
from chat.message import Attachment, MessageRef, Span
from tests.adapters.telegram.conftest import Stage
from tests.doubles.telegram_people import Person

TARGET = MessageRef("telegram", "-100", "9")
PHOTO = Attachment("photo", "a.jpg", "image/jpeg", 3, "web:a")


async def say(stage: Stage, ann: Person, text: str = "", *attachments: Attachment) -> str:
    stage.shelf.files["web:a"] = b"abc"
    action = Send("e/0", to=stage.at(ann), text=text, attachments=attachments)
    return (await stage.channel.send(action, None)).message_ids[0]


def edit(stage: Stage, ann: Person, text: str, *spans: Span) -> Edit:
    return Edit("e/1", to=stage.at(ann), target=TARGET, text=text, spans=spans)


async def test_a_text(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "before")
    action = edit(stage, ann, "👍 after", Span("bold", 2, 7))
    await stage.channel.edit(action, shown)
    assert ann.messages[0].text == "👍 after"
    assert ann.messages[0].entities == [{"type": "bold", "offset": 3, "length": 5}]
    await stage.channel.edit(action, shown)


async def test_a_caption(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "before", PHOTO)
    await stage.channel.edit(edit(stage, ann, "after"), shown)
    await stage.channel.edit(edit(stage, ann, "after"), shown)
    assert ann.messages[0].text == "after"
    await stage.channel.edit(edit(stage, ann, ""), shown)
    assert not ann.messages[0].text
    with pytest.raises(Undeliverable) as never:
        await stage.channel.edit(edit(stage, ann, "x" * 1025), shown)
    assert never.value.reason == "unsupported"


async def test_the_text_before_a_file(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "x" * 1025, PHOTO)
    await stage.channel.edit(edit(stage, ann, "after"), shown)
    assert [message.text for message in ann.messages] == ["after", None]


async def test_a_text_over_several_messages(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "字" * 9000)
    await stage.channel.edit(edit(stage, ann, "新" * 9000), shown)
    assert "".join(message.text or "" for message in ann.messages) == "新" * 9000
    await stage.channel.edit(edit(stage, ann, "short"), shown)
    assert [m.text for m in ann.messages if not m.deleted] == ["short"]
    with pytest.raises(Undeliverable) as never:
        await stage.channel.edit(edit(stage, ann, "长" * 9000), shown)
    assert never.value.reason == "unsupported"
    assert [m.text for m in ann.messages if not m.deleted] == ["short"]


async def test_a_message_that_is_gone(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "before")
    ann.chat.messages_by_id[int(shown)].deleted = True
    with pytest.raises(Undeliverable) as never:
        await stage.channel.edit(edit(stage, ann, "after"), shown)
    assert never.value.reason == "not_found"


async def test_a_message_of_somebody_else(stage: Stage) -> None:
    ann = stage.customer()
    hers = ann.send("mine")
    with pytest.raises(Undeliverable) as never:
        await stage.channel.edit(edit(stage, ann, "after"), str(hers.id))
    assert never.value.reason == "unsupported"


async def test_a_message_is_taken_back_with_all_that_belongs_to_it(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "x" * 5000, PHOTO)
    action = Delete("e/1", to=stage.at(ann), target=TARGET)
    await stage.channel.delete(action, shown)
    assert len(ann.messages) == 3
    assert all(message.deleted for message in ann.messages)
    await stage.channel.delete(action, shown)


async def test_after_two_days_nothing_is_taken_back(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "old")
    ann.messages[0].at -= 49 * 3600
    with pytest.raises(Undeliverable) as never:
        await stage.channel.delete(Delete("e/1", to=stage.at(ann), target=TARGET), shown)
    assert never.value.reason == "unsupported"


async def test_trouble_with_the_network_is_no_reason_to_give_up(stage: Stage) -> None:
    ann = stage.customer()
    shown = await say(stage, ann, "before")
    stage.double.faults.add("editMessageText", "commit_then_drop")
    with pytest.raises(RetryLater):
        await stage.channel.edit(edit(stage, ann, "after"), shown)
    await stage.channel.edit(edit(stage, ann, "after"), shown)
    stage.double.faults.add("deleteMessage", "commit_then_5xx")
    action = Delete("e/2", to=stage.at(ann), target=TARGET)
    with pytest.raises(RetryLater):
        await stage.channel.delete(action, shown)
    await stage.channel.delete(action, shown)


async def test_a_note_is_marked(stage: Stage) -> None:
    agent = stage.desk().member(50, "Bo")
    topic = agent.create_topic("case")
    note = agent.send(topic, ". only for us")
    await stage.channel.mark_internal(MarkInternal("e/0", stage.in_topic(topic), str(note.id)))
    (given,) = note.reactions.values()
    assert given == [{"type": "emoji", "emoji": NOTE_MARK}]


async def test_a_note_that_is_gone_cannot_be_marked(stage: Stage) -> None:
    topic = stage.desk().member(50, "Bo").create_topic("case")
    with pytest.raises(Undeliverable) as never:
        await stage.channel.mark_internal(MarkInternal("e/0", stage.in_topic(topic), "999"))
    assert never.value.reason == "not_found"


async def test_what_a_customer_wrote_is_erased_and_once_gone_it_is_fine(stage: Stage) -> None:
    ann = stage.customer()
    theirs = ann.send("my seed phrase")
    place = stage.at(ann)
    action = Delete("e/1", place, MessageRef(place.platform, place.channel, str(theirs.id)))
    await stage.channel.erase(action, str(theirs.id))
    assert [message for message in ann.messages if not message.deleted] == []
    await stage.channel.erase(action, str(theirs.id))
