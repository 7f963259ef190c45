"""In a real browser: a reply against the service norms is held, mended, and sent anyway."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from chat.phrases import say
from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize(
    ("lang", "locale", "ask", "promise", "better", "never"),
    [
        (
            "zh",
            "zh-CN",
            "转人工",
            "放心，今天一定到账",
            "我在查，有进展马上告诉您",
            "请把助记词发给我核对",
        ),
        (
            "en",
            "en-GB",
            "I want to talk to a person",
            "It is guaranteed to arrive today",
            "I am looking into it and will tell you what I find",
            "Please send me your seed phrase",
        ),
    ],
)
async def test_a_held_reply_is_sent_once_and_one_that_asks_for_a_secret_never(
    browser: Browser,
    program: Program,
    lang: str,
    locale: str,
    ask: str,
    promise: str,
    better: str,
    never: str,
) -> None:
    known = "zh" if lang == "zh" else "en"
    customer_context, customer = await visitor(browser, program.url, locale=locale)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, ask)
    await expect(customer.locator(".line:not(.mine)").last).to_contain_text(
        say("customer.reminder", known)
    )
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    joined = say("customer.joined", known, agent="Lin")
    await expect(customer.locator(".line.system").last).to_contain_text(joined)

    await write(desk, promise)
    button = desk.locator('#log [data-value^="send:"]')
    await expect(button).to_have_text(say("desk.button.send", "zh"))
    await expect(desk.locator(".line.inside")).to_contain_text(promise)
    await shoot(desk, f"{lang}-7-held")
    await write(desk, never)
    await expect(desk.locator(".line.system").last).to_contain_text(say("desk.held_never", "zh"))
    await expect(button).to_have_count(1)
    await write(desk, better)
    await expect(customer.locator(".line").last).to_contain_text(better)
    assert promise not in await customer.inner_text("#log")

    await button.click()
    await expect(customer.locator(".line").last).to_contain_text(promise)
    await expect(button).to_have_count(0)
    log = await customer.inner_text("#log")
    assert log.count(promise) == 1
    assert never not in log

    await write(customer, "/verify")
    told = customer.locator(".line.system").last
    await expect(told).to_contain_text("Lin")
    await customer_context.close()
    await desk_context.close()
