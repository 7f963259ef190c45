"""Messages that are ready together are heard together, and as they are alone."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.hearing import Hearing, read_mood
from chat.phrases import Lang
from handoff.mood import Mood, Vector
from handoff.mood.impression import Impression

TEXTS = [
    "钱没到账",
    "WHERE IS MY MONEY",
    "我不想活了",
    "how do I withdraw",
    "你们就这样对待老用户的吗",
    "?",
]


class Counting:
    """The real model; keeps how many texts were heard at once, and fails at one of them."""

    def __init__(self, fails_at: str = "") -> None:
        hearing = read_mood()
        assert hearing is not None
        self._model = hearing.model
        self._fails_at = fails_at
        self.heard: list[int] = []

    def impressions(self, texts: Sequence[str]) -> list[Impression]:
        self.heard.append(len(texts))
        if self._fails_at in texts:
            raise RuntimeError("a fault of ours")
        return self._model.impressions(texts)

    def assess(
        self,
        text: str,
        lang: Lang,
        vector: Vector | None = None,
        impression: Impression | None = None,
    ) -> Mood:
        if text == self._fails_at:
            raise RuntimeError("a fault of ours")
        return self._model.assess(text, lang, vector, impression)


async def test_what_is_ready_together_is_heard_at_once_and_as_it_is_alone() -> None:
    model = Counting()
    hearing = Hearing(model)
    assessors = await asyncio.gather(*map(hearing.ahead_of, TEXTS))
    assert model.heard == [len(TEXTS)]
    for text, assessor in zip(TEXTS, assessors, strict=True):
        assert assessor.assess(text, "zh") == Counting().assess(text, "zh")
    assert model.heard == [len(TEXTS)]


async def test_very_many_are_heard_in_parts() -> None:
    model = Counting()
    hearing = Hearing(model)
    assessors = await asyncio.gather(*(hearing.ahead_of(f"钱没到账 {i}") for i in range(150)))
    assert sum(model.heard) == 150
    assert max(model.heard) < 100
    assert len(assessors) == 150


async def test_another_text_is_heard_anew() -> None:
    assessor = await Hearing(Counting()).ahead_of("钱没到账")
    assert assessor.assess("我不想活了", "zh").priority == "P0"


async def test_one_message_that_cannot_be_heard_does_not_harm_the_others() -> None:
    hearing = Hearing(Counting(fails_at="how do I withdraw"))
    assessors = await asyncio.gather(*map(hearing.ahead_of, TEXTS))
    for text, assessor in zip(TEXTS, assessors, strict=True):
        if text == "how do I withdraw":
            with pytest.raises(RuntimeError, match="a fault of ours"):
                assessor.assess(text, "en")
        else:
            assert assessor.assess(text, "zh") == Counting().assess(text, "zh")


async def test_who_no_longer_waits_is_no_fault() -> None:
    hearing = Hearing(Counting())
    gone = asyncio.ensure_future(hearing.ahead_of("钱没到账"))
    other = asyncio.ensure_future(hearing.ahead_of("我不想活了"))
    await asyncio.sleep(0)
    gone.cancel()
    assert (await other).assess("我不想活了", "zh").priority == "P0"
