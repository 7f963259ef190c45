"""People change and take back what they wrote, with the mouse or without."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, Page, expect

from chat.phrases import say
from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import bubbles, write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


async def talking(browser: Browser, program: Program) -> tuple[Page, Page]:
    """A customer and the agent who has their case."""
    _, customer = await visitor(browser, program.url)
    _, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, "转人工")
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    joined = say("customer.joined", "zh", agent="Lin")
    await expect(customer.locator(".line.system").last).to_contain_text(joined)
    return customer, desk


async def test_a_customer_mends_a_message_with_the_keyboard(
    browser: Browser, program: Program
) -> None:
    customer, desk = await talking(browser, program)
    await write(customer, "哈希是 0x11")
    await expect(bubbles(desk, "哈希是 0x11")).to_be_visible()
    line = customer.locator(".line.mine", has_text="0x11")
    edit = line.locator('[data-act="edit"]')
    await edit.focus()
    await shoot(customer, "own-1-focused")
    await customer.keyboard.press("Enter")
    await customer.keyboard.press("End")
    for _ in range(2):
        await customer.keyboard.press("Backspace")
    await customer.keyboard.type("22")
    await shoot(customer, "own-2-editing")
    await customer.keyboard.press("Enter")
    await expect(bubbles(customer, "哈希是 0x22")).to_be_visible()
    await expect(desk.locator("#log .line").last).to_contain_text("0x22")
    mended = customer.locator(".line.mine", has_text="0x22")
    await expect(mended.locator(".meta")).to_contain_text(say("web.edited", "zh"))


async def test_escape_leaves_a_message_as_it_was(browser: Browser, program: Program) -> None:
    customer, _ = await talking(browser, program)
    await write(customer, "留着")
    line = customer.locator(".line.mine", has_text="留着")
    await line.hover()
    await line.locator('[data-act="edit"]').click()
    await customer.keyboard.type("不要")
    await customer.keyboard.press("Escape")
    await expect(bubbles(customer, "留着")).to_be_visible()
    await expect(customer.locator(".rewrite")).to_have_count(0)


async def test_both_sides_take_back_what_they_wrote(browser: Browser, program: Program) -> None:
    customer, desk = await talking(browser, program)
    await write(customer, "发错了")
    await expect(bubbles(desk, "发错了")).to_be_visible()
    mine = customer.locator(".line.mine", has_text="发错了")
    await mine.hover()
    await mine.locator('[data-act="delete"]').click()
    await expect(customer.get_by_text(say("web.deleted", "zh"))).to_be_visible()
    await expect(desk.get_by_text(say("desk.customer_deleted", "zh"))).to_be_visible()

    await write(desk, "我也发错了")
    await expect(bubbles(customer, "我也发错了")).to_be_visible()
    theirs = desk.locator(".line.mine", has_text="我也发错了")
    await theirs.hover()
    await shoot(desk, "own-3-desk")
    await theirs.locator('[data-act="delete"]').click()
    await expect(bubbles(customer, "我也发错了")).to_have_count(0)


async def test_nobody_is_offered_to_change_what_others_wrote(
    browser: Browser, program: Program
) -> None:
    customer, desk = await talking(browser, program)
    await write(desk, "您好")
    await expect(bubbles(customer, "您好")).to_be_visible()
    assert await customer.locator(".line:not(.mine) .own").count() == 0
    assert await desk.locator(".line:not(.mine) .own").count() == 0
