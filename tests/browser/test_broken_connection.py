"""The connection is cut in the middle, the hard way: the program is killed and started again."""

from __future__ import annotations

import signal

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import bubbles, last, write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def test_nothing_is_lost_or_repeated_on_either_side(
    browser: Browser, program: Program
) -> None:
    customer_context, customer = await visitor(browser, program.url)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, "转人工")
    await expect(desk.locator("#count-waiting")).to_have_text("1")
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    await expect(desk.locator("#count-open")).to_have_text("1")
    await write(customer, "before the cut")
    await expect(bubbles(desk, "before the cut")).to_have_count(1)

    await program.stop(signal.SIGKILL)
    await expect(customer.locator("#banner")).to_be_visible()
    await expect(desk.locator("#banner")).to_be_visible()
    await write(customer, "written while cut off")
    await write(desk, "answered while cut off")
    await expect(last(customer)).to_have_class("line mine pending")
    await shoot(customer, "cut-off")

    await program.start()
    await expect(customer.locator("#banner")).to_be_hidden(timeout=20_000)
    await expect(desk.locator("#banner")).to_be_hidden(timeout=20_000)
    await expect(bubbles(desk, "written while cut off")).to_have_count(1)
    await expect(bubbles(customer, "answered while cut off")).to_have_count(1)
    await expect(customer.locator(".pending")).to_have_count(0)
    await write(customer, "after the cut")
    await expect(bubbles(desk, "after the cut")).to_have_count(1)
    for page in (customer, desk):
        for text in ("before the cut", "written while cut off", "answered while cut off"):
            await expect(bubbles(page, text)).to_have_count(1)
    await customer_context.close()
    await desk_context.close()


async def test_a_reload_shows_the_same_conversation(browser: Browser, program: Program) -> None:
    context, customer = await visitor(browser, program.url)
    await write(customer, "转人工")
    await expect(customer.locator("#log .line")).to_have_count(2)
    before = await customer.locator("#log .text").all_inner_texts()
    await customer.reload()
    await expect(customer.locator("#log .line")).to_have_count(2)
    assert await customer.locator("#log .text").all_inner_texts() == before
    await context.close()


async def test_what_was_not_sent_before_a_reload_is_sent_after_it(
    browser: Browser, program: Program
) -> None:
    context, customer = await visitor(browser, program.url)
    await program.stop(signal.SIGKILL)
    await write(customer, "转人工")
    await expect(last(customer)).to_have_class("line mine pending")
    await program.start()
    await customer.reload()
    await expect(bubbles(customer, "转人工")).to_have_count(1)
    await expect(last(customer)).to_contain_text("1")
    await expect(customer.locator(".pending")).to_have_count(0)
    await context.close()
