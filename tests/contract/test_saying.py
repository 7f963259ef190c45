"""What we say is shown: under the platform's own id, once, whole, and harmless."""

from __future__ import annotations

import time

import pytest
from msgspec import structs

from chat.actions import (
    CloseThread,
    Delete,
    Edit,
    ReopenThread,
    Send,
    ShowTyping,
    Speaker,
    UpdateCard,
)
from chat.channel import RetryLater, SearchChannel, TypingChannel
from chat.message import Attachment, MessageRef
from tests.contract.place import CARD, Place
from tests.fidelity.observing import PDF
from tests.pairs.test_pairs import HOSTILE

SOURCE = MessageRef("elsewhere", "1", "1")
NAME = "收据 1.pdf"
PAPER = Attachment("file", NAME, "application/pdf", len(PDF), "elsewhere:paper")
LONG = "\n".join(f"line {n} of many more" for n in range(600))
BACKWARDS = (
    "\u202eright to left\u202c \u200b" + r"\ _a_ ~~b~~ ||c|| # d - e {f} $1 %s &lt; <b> :+1:"
)


async def test_a_text_is_shown_under_the_id_that_is_answered(place: Place) -> None:
    receipts = [
        await place.channel.send(Send(f"e{n}/0", place.at, f"line {n}"), None) for n in (1, 2)
    ]
    shown = await place.shown()
    assert [one.text for one in shown] == ["line 1", "line 2"]
    assert [(one.id,) for one in shown] == [receipt.message_ids for receipt in receipts]


async def test_a_long_text_is_cut_at_sense_and_nothing_is_lost(place: Place) -> None:
    receipt = await place.channel.send(Send("e/0", place.at, LONG), None)
    shown = await place.shown()
    assert receipt.message_ids == tuple(one.id for one in shown)
    assert "\n".join(one.text.strip("\n") for one in shown) == LONG
    assert all(one.text.startswith("line") for one in shown)
    assert (len(shown) > 1) is place.splits


async def test_a_file_is_shown_with_its_name(place: Place) -> None:
    place.shelf.files[PAPER.ref] = PDF
    receipt = await place.channel.send(Send("e/0", place.at, "here", attachments=(PAPER,)), None)
    shown = await place.shown()
    assert [file for one in shown for file in one.files] == [(NAME, PDF)]
    assert "".join(one.text for one in shown) == "here"
    assert receipt.message_ids == tuple(one.id for one in shown)


@pytest.mark.parametrize("text", [HOSTILE, BACKWARDS], ids=["markup", "backwards"])
async def test_hostile_text_shows_as_itself_and_calls_nobody(place: Place, text: str) -> None:
    text = f"{place.calls} {text} {place.calls}"
    await place.channel.send(Send("e/0", place.at, text), None)
    (shown,) = await place.shown()
    assert shown.text == text
    assert shown.pings == ()


async def test_said_again_it_is_there_once(place: Place) -> None:
    """As the outbox does after a crash: it looks first, where a platform can be searched."""
    began = time.time()
    action = Send("e/0", place.at, "once")
    first = await place.channel.send(action, None)
    again = None
    if isinstance(place.channel, SearchChannel):
        again = await place.channel.find(action, since=began)
    again = again or await place.channel.send(action, None)
    texts = [one.text for one in await place.shown()]
    if place.channel.deduplicates:
        assert again == first
        assert texts == ["once"]
    else:
        assert texts == ["once", "once"], "declared as possibly twice"


async def test_whose_answer_was_lost_is_there_once_after_the_next_try(place: Place) -> None:
    began = time.time()
    action = Send("e/0", place.at, "once")
    place.strike("commit_then_drop")
    with pytest.raises(RetryLater) as caught:
        await place.channel.send(action, None)
    assert caught.value.ambiguous or place.channel.deduplicates
    found = None
    if isinstance(place.channel, SearchChannel):
        found = await place.channel.find(action, since=began)
    receipt = found or await place.channel.send(action, None)
    shown = await place.shown()
    assert receipt.message_ids == (shown[-1].id,)
    assert len(shown) == (1 if place.channel.deduplicates else 2)


async def test_an_edit_changes_what_was_said_and_again_changes_nothing(place: Place) -> None:
    receipt = await place.channel.send(Send("e/0", place.at, "before"), None)
    for _ in range(2):
        await place.channel.edit(Edit("e/1", place.at, SOURCE, "after"), receipt.message_ids[0])
    assert [(one.id, one.text) for one in await place.shown()] == [
        (receipt.message_ids[0], "after")
    ]


async def test_a_deletion_takes_all_of_it_back_and_again_does_no_harm(place: Place) -> None:
    kept = await place.channel.send(Send("e/0", place.at, "kept"), None)
    receipt = await place.channel.send(Send("e/1", place.at, LONG), None)
    for _ in range(2):
        await place.channel.delete(Delete("e/2", place.at, SOURCE), receipt.message_ids[0])
    assert [(one.id, one.text) for one in await place.shown()] == [(kept.message_ids[0], "kept")]


async def test_that_somebody_writes_is_shown_where_it_can_be(place: Place) -> None:
    if not isinstance(place.channel, TypingChannel):
        assert place.fidelity.shows["typing"] == "none"
        return
    await place.channel.show_typing(ShowTyping("e/0", place.at, Speaker("agent", "Lin")))
    assert await place.typing_shown() == 1
    assert await place.shown() == []


# ── cases ────────────────────────────────────────────────────────────────────────────────────


async def test_a_case_is_opened_once_however_often_it_is_asked_for(desk: Place) -> None:
    assert desk.opened.thread == desk.at
    again = await desk.channel.open_thread(desk.opening(structs.replace(desk.at, thread=None)))
    assert again == desk.opened
    assert await desk.card_says("waiting")


async def test_a_card_is_redrawn_and_a_case_ends_and_begins_again(desk: Place) -> None:
    done = structs.replace(CARD, status="closed", lines=("Status: closed",))
    for _ in range(2):
        change = UpdateCard("e1/0", desk.at, done, desk.opened.card_message)
        await desk.channel.update_card(change)
        await desk.channel.close_thread(CloseThread("e1/1", desk.at))
    assert await desk.card_says("closed")
    await desk.channel.send(Send("e2/0", desk.at, "late"), None)
    for _ in range(2):
        await desk.channel.reopen_thread(ReopenThread("e3/0", desk.at))
    await desk.channel.send(Send("e4/0", desk.at, "again"), None)
    assert [one.text for one in await desk.shown()] == ["late", "again"]
