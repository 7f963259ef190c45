"""Channels that are shared with another organisation (Slack Connect), and its people."""

from __future__ import annotations

import pytest

from adapters.slack.checking import check
from adapters.slack.web_api import Home
from chat.address import Address
from chat.channel import Undeliverable
from chat.events import ButtonPressed, MessageReceived
from chat.message import Attachment
from tests.adapters.slack.conftest import Stage
from tests.adapters.slack.test_channel import opened, texts
from tests.doubles.slack.people import FileGiven, Person
from tests.doubles.slack.records import Channel

THEIRS = "T0STRANGER1"
SAME_GRID = {"enterprise_id": "E1"}
OTHER_GRID = {"enterprise_id": "E2"}


def share(stage: Stage, channel: Channel) -> Person:
    """The channel gets a member from another organisation."""
    eve = stage.double.person("Eve", team_id=THEIRS)
    channel.connected_teams.append(THEIRS)
    eve.join(channel)
    return eve


async def test_a_stranger_is_a_customer_in_a_shared_entrance(stage: Stage) -> None:
    eve = share(stage, stage.entrance)
    await stage.start()
    asked = eve.say(f"{stage.double.mention} help", at=stage.entrance, files=[("a.pdf", b"%PDF")])
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    assert event.message.sender.name == "Eve"
    assert event.message.address == Address("slack", f"{stage.entrance.id}/{asked.ts}")
    assert event.message.text == "help"
    (file,) = event.message.attachments
    assert (file.name, file.mime, file.size) == ("a.pdf", "application/pdf", 4)
    assert await stage.channel.fetch(file) == b"%PDF"
    eve.say("and more", thread=asked)
    stage.ann.say("not mine", thread=asked)
    await stage.sink.until(lambda: "and more" in texts(stage))
    assert texts(stage) == ["help", "and more"]


async def test_of_a_file_that_stays_unknown_at_least_its_being_there_is_told(stage: Stage) -> None:
    eve = share(stage, stage.entrance)
    await stage.start()
    stage.double.faults.add("files.info", "before_commit", times=None)
    eve.say(f"{stage.double.mention} see", at=stage.entrance, files=[("a.pdf", b"%PDF")])
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    assert [file.kind for file in event.message.attachments] == ["file"]


async def test_a_file_that_the_workspace_may_not_see_any_more_cannot_be_fetched(
    stage: Stage,
) -> None:
    await stage.start()
    stage.ann.say("see", files=[FileGiven("old.pdf", b"%PDF", hidden=True)])
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    (file,) = event.message.attachments
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.fetch(file)
    assert caught.value.reason == "not_found"


async def test_a_file_elsewhere_is_a_link_and_its_host_never_sees_our_token(stage: Stage) -> None:
    await stage.start()
    given = FileGiven("plan", b"?", elsewhere="https://drive.example.org/plan")
    said = stage.ann.say("see", files=[given])
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    assert event.message.text == "see\nplan: https://drive.example.org/plan"
    assert event.message.attachments == ()
    kept_earlier = Attachment("file", "plan", "text/plain", 1, f"slack:{said.files[0].id}")
    with pytest.raises(Undeliverable) as caught:
        await stage.channel.fetch(kept_earlier)
    assert caught.value.reason == "unsupported"


async def test_people_of_another_organisation_are_told_apart_in_a_shared_desk(
    stage: Stage,
) -> None:
    eve = share(stage, stage.desk)
    await stage.start()
    _, card = await opened(stage)
    eve.say("I am from support, trust me", thread=card)
    stage.lin.say("hello", thread=card)
    eve.press(card, "Claim")
    stage.lin.press(card, "Claim")
    await stage.sink.next(4)
    said = {e.message.sender.name: e.message.sender.outside for e in stage.sink.of(MessageReceived)}
    pressed = {e.sender.name: e.sender.outside for e in stage.sink.of(ButtonPressed)}
    assert said == pressed == {"Eve": True, "Lin": False}


async def test_they_are_told_apart_when_slack_tells_nothing_of_them(stage: Stage) -> None:
    eve = share(stage, stage.desk)
    await stage.start()
    _, card = await opened(stage)
    stage.double.faults.add("users.info", "before_commit", times=None)
    eve.say("trust me", thread=card)
    stage.lin.say("hello", thread=card)
    await stage.sink.next(2)
    outside = {e.message.text: e.message.sender.outside for e in stage.sink.of(MessageReceived)}
    assert outside == {"trust me": True, "hello": False}


async def test_a_form_of_theirs_and_a_transfer_to_them_are_theirs(stage: Stage) -> None:
    eve = share(stage, stage.desk)
    await stage.start()
    _, card = await opened(stage)
    eve.press(card, "Note")
    await stage.double.wait_for(lambda: eve.views)
    await eve.submit(value="be careful").done()
    stage.lin.say(f" /transfer {eve.mention}", thread=card)
    await stage.sink.next(2)
    note, transfer = (event.message for event in stage.sink.of(MessageReceived))
    assert note.sender.outside
    assert transfer.outsiders == (f"slack:{eve.id}",)
    stage.lin.press(card, "Transfer…")
    await stage.double.wait_for(lambda: stage.lin.views)
    await stage.lin.submit(value=eve.id).done()
    assert stage.sink.of(MessageReceived)[-1].message.outsiders == (f"slack:{eve.id}",)


async def test_a_shortcut_in_a_shared_channel_leads_to_direct_messages(stage: Stage) -> None:
    eve = share(stage, stage.entrance)
    await stage.start()
    asked = eve.say("is this address yours?", at=stage.entrance)
    stage.ann.message_shortcut(asked, "ask_support")
    await stage.sink.next()
    (event,) = stage.sink.of(MessageReceived)
    assert event.message.text == "is this address yours?"
    assert event.message.address == stage.at(stage.ann.dm)


async def test_the_check_warns_of_a_shared_desk_and_not_of_a_shared_entrance(stage: Stage) -> None:
    share(stage, stage.entrance)
    assert await check(stage.settings) == []
    stage.desk.connected_teams.append(THEIRS)
    (finding,) = await check(stage.settings)
    assert "shared with another organisation" in finding.problem


@pytest.mark.parametrize(
    ("home", "user", "team", "stranger"),
    [
        (Home("T1"), {"team_id": "T1"}, "", False),
        (Home("T1"), {"team_id": "T2"}, "", True),
        (Home("T1"), {"team_id": "T1", "is_stranger": True}, "", True),
        (Home("T1"), {}, "T2", True),
        (Home("T1"), {}, "", False),
        (
            Home("T1", "E1"),
            {"team_id": "T2", "enterprise_user": SAME_GRID},
            "",
            False,
        ),
        (Home("T1", "E1"), {"team_id": "T2", "enterprise_user": OTHER_GRID}, "", True),
        (Home("T1", "E1"), {}, "E1", False),
    ],
)
def test_who_is_a_stranger(home: Home, user: dict[str, object], team: str, stranger: bool) -> None:
    assert home.is_stranger(user, team) is stranger
