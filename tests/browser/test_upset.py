"""In a real browser: an upset customer reaches the desk, and a reply against the norms is held."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from chat.phrases import say
from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import write
from tests.running import PASSWORD, Program

pytest.importorskip("handoff.mood.model")

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize(
    ("lang", "locale", "upset", "promise", "better"),
    [
        (
            "zh",
            "zh-CN",
            "你们就这样对待老用户的吗",
            "放心，今天一定到账",
            "我在查，有进展马上告诉您",
        ),
        (
            "en",
            "en-GB",
            "WHERE IS MY MONEY",
            "It is guaranteed to arrive today",
            "I am looking into it and will tell you what I find",
        ),
    ],
)
async def test_an_upset_customer_a_held_reply_and_send_anyway(
    browser: Browser,
    program: Program,
    lang: str,
    locale: str,
    upset: str,
    promise: str,
    better: str,
) -> None:
    known = "zh" if lang == "zh" else "en"
    customer_context, customer = await visitor(browser, program.url, locale=locale)
    desk_context, desk = await agent(browser, program.url, PASSWORD)

    await write(customer, upset)
    heard = say("customer.upset.anger", known)
    await expect(customer.locator(".line:not(.mine)").last).to_contain_text(heard)
    await expect(customer.locator(".line:not(.mine)").last).to_contain_text(
        say("customer.reminder", known)
    )

    await desk.click(".item.waiting")
    await expect(desk.locator(".item.waiting .priority")).to_have_text("P2")
    card = desk.locator("#card")
    await expect(card).to_contain_text(say("desk.cause.upset", "zh"))
    await expect(card).to_contain_text(say("desk.mood.anger", "zh"))
    await expect(card).to_contain_text(upset)
    await shoot(desk, f"{lang}-6-upset")
    await desk.click('#card [data-value^="claim:"]')
    joined = say("customer.joined", known, agent="Lin")
    await expect(customer.locator(".line.system").last).to_contain_text(joined)

    await write(desk, promise)
    button = desk.locator('#log [data-value^="send:"]')
    await expect(button).to_have_text(say("desk.button.send", "zh"))
    await expect(desk.locator(".line.inside")).to_contain_text(promise)
    await shoot(desk, f"{lang}-7-held")
    await write(desk, better)
    await expect(customer.locator(".line").last).to_contain_text(better)
    assert promise not in await customer.inner_text("#log")

    await button.click()
    await expect(customer.locator(".line").last).to_contain_text(promise)
    await expect(button).to_have_count(0)
    assert (await customer.inner_text("#log")).count(promise) == 1

    await write(customer, "/verify")
    told = customer.locator(".line.system").last
    await expect(told).to_contain_text("Lin")
    await customer_context.close()
    await desk_context.close()
