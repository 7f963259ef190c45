"""The real program against each platform's faults: what the customer sees, what the desk reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chat.phrases import say
from tests.pairs.sides import Team
from tests.pairs.test_pairs import somewhere, stage
from tests.reliability.table import (
    BEGIN,
    BEGIN_TOLD,
    END,
    END_TOLD,
    EXPECTED,
    FAULTS,
    TOLD,
    Fault,
    Told,
    markdown,
    markdown_of_told,
)

PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
SENDING = {
    "telegram": "sendMessage",
    "discord": "create_message",
    "slack": "chat.postMessage",
}
REPLY = "请稍等，我在查"


def test_the_page_shows_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert text.partition(BEGIN)[2].partition(END)[0] == markdown()
    assert text.partition(BEGIN_TOLD)[2].partition(END_TOLD)[0] == markdown_of_told()


@pytest.mark.parametrize("platform", EXPECTED)
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_a_customer_sees(platform: str, fault: Fault, tmp_path: Path) -> None:
    async with stage(platform, "web", tmp_path) as (customer, team, (there, *_)):
        double: Any = there
        await customer.say("转人工")
        await customer.until(somewhere("第 1 位"))
        await team.claim("Lin")
        await customer.until(somewhere(say("customer.joined", "zh", agent="Lin")))
        if fault == "refused":
            assert EXPECTED[platform][fault] == "told that it failed"
            await what_is_refused(platform, customer, team)
            return
        struck = double._double.faults.add(SENDING[platform], fault)
        await team.say("Lin", REPLY)
        await team.say("Lin", "查到了")
        if fault == "delay":
            await struck.reached.wait()
            assert not somewhere("查到了")(await customer.texts()), "it waits its turn"
            struck.release()
        await customer.until(somewhere("查到了"))
        shown = sum(REPLY in text for text in await customer.texts())
        doubt = say("desk.maybe_twice", "zh", text=REPLY)
        expected = EXPECTED[platform][fault]
        if expected != "once":
            await team.until(somewhere(doubt))
        assert shown == (2 if expected == "twice, told" else 1)
        if expected == "once":
            assert not somewhere(doubt)(await team.texts())


async def what_is_refused(platform: str, customer: Any, team: Team) -> None:
    person = customer._person
    end = {"telegram": "block", "discord": "block_bot", "slack": "deactivate"}[platform]
    getattr(person, end)()
    await team.say("Lin", REPLY)
    reason = say("reason.blocked", "zh")
    await team.until(somewhere(say("desk.not_delivered", "zh", text=REPLY, reason=reason)))
    assert not somewhere(REPLY)(await customer.texts())


def tell_badly(platform: str, double: Any, kind: Told) -> None:
    """Let the platform tell of the customer's next message in another way than it should."""
    match platform:
        case "telegram":
            double.faults.add_update(kind, update_type="message")
        case "discord":
            by_a_person = {"where": lambda payload: not payload["author"].get("bot")}
            double.faults.add_event("MESSAGE_CREATE", kind, **by_a_person)
        case _:
            by_a_person = {"where": lambda event: not event.get("bot_id")}
            double.faults.add_event(kind, event_type="message", **by_a_person)


@pytest.mark.parametrize("platform", EXPECTED)
@pytest.mark.parametrize("kind", TOLD)
async def test_what_the_desk_sees(platform: str, kind: Told, tmp_path: Path) -> None:
    async with stage(platform, "web", tmp_path) as (customer, team, (there, *_)):
        await customer.say("转人工")
        await customer.until(somewhere("第 1 位"))
        await team.claim("Lin")
        await customer.until(somewhere(say("customer.joined", "zh", agent="Lin")))
        double: Any = there
        tell_badly(platform, double._double, kind)
        await customer.say("哈希是 0x11")
        await customer.say("金额是 200")
        await team.until(somewhere("0x11"))
        await team.until(somewhere("200"))
        await customer.say("就这些")
        await team.until(somewhere("就这些"))
        heard = [text for text in await team.texts() if "0x11" in text or "200" in text]
        early, late = (next(t for t in heard if mark in t) for mark in ("0x11", "200"))
        assert heard == ([late, early] if kind == "reorder" else [early, late])
