"""The real program against each platform's faults: what the customer sees, what the desk reads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chat.phrases import say
from tests.pairs.test_pairs import somewhere, stage
from tests.reliability.table import BEGIN, END, EXPECTED, FAULTS, Fault, markdown

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


@pytest.mark.parametrize("platform", EXPECTED)
@pytest.mark.parametrize("fault", FAULTS)
async def test_what_a_customer_sees(platform: str, fault: Fault, tmp_path: Path) -> None:
    async with stage(platform, "web", tmp_path) as (customer, team, (there, *_)):
        double: Any = there
        await customer.say("转人工")
        await customer.until(somewhere("第 1 位"))
        await team.claim("Lin")
        await customer.until(somewhere(say("customer.joined", "zh", agent="Lin")))
        double._double.faults.add(SENDING[platform], fault)
        await team.say("Lin", REPLY)
        await team.say("Lin", "查到了")
        await customer.until(somewhere("查到了"))
        shown = sum(REPLY in text for text in await customer.texts())
        doubt = say("desk.maybe_twice", "zh", text=REPLY)
        expected = EXPECTED[platform][fault]
        if expected != "once":
            await team.until(somewhere(doubt))
        assert shown == (2 if expected == "twice, told" else 1)
        if expected == "once":
            assert not somewhere(doubt)(await team.texts())
