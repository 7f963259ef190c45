"""One person at two addresses, on every kind of desk, by the real program."""

from __future__ import annotations

from pathlib import Path

import pytest

from chat.phrases import say
from tests.pairs.test_pairs import PLATFORMS, plain, somewhere, stage
from tests.pairs.web_side import WebCustomer

OTHERS = say("desk.card.linked", "zh", linked="")


def links(card: str) -> str:
    """What a card says of the same person's other addresses; empty when it says nothing."""
    return next((plain(x)[len(OTHERS) :] for x in card.splitlines() if OTHERS in x), "")


@pytest.mark.parametrize("desk", PLATFORMS)
async def test_a_link_shows_on_later_cases_of_either_address(desk: str, tmp_path: Path) -> None:
    async with stage("web", desk, tmp_path) as (ann, team, platforms):
        assert isinstance(ann, WebCustomer)
        web = next(p for p in platforms if p.name == "web")
        bob = await web.customer(ann.page.url)
        assert isinstance(bob, WebCustomer)
        anns, bobs = (f"web:{one.page.welcome['visitor']}" for one in (ann, bob))
        await bob.say("你好")
        await bob.until(lambda texts: len(texts) > 1)

        await ann.say("转人工")
        await team.claim("Lin")
        await team.until_card(lambda card: anns in plain(card))
        await team.say("Lin", " /link web:nobody")
        await team.until(somewhere(say("desk.link_unknown", "zh", other="web:nobody")))
        await team.say("Lin", f" /link {bobs}")
        await team.until_card(lambda card: links(card) == bobs)
        await team.say("Lin", f" /unlink {bobs}")
        await team.until_card(lambda card: not links(card))
        await team.say("Lin", f" /link {bobs}")
        await team.until_card(lambda card: links(card) == bobs)
        await team.close("Lin")

        await bob.say("转人工")
        await team.until_cards(lambda cards: len(cards) == 2 and links(cards[1]) == anns)
        await ann.say("我回来了")
        await team.until_cards(lambda cards: links(cards[0]) == bobs)
        assert bobs not in str(await ann.texts()) and anns not in str(await bob.texts())
