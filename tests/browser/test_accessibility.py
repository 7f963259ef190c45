"""What axe-core finds wrong for people who use a keyboard, a screen reader or need contrast."""

from __future__ import annotations

from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import agent, visitor
from tests.browser.writing import bubbles, last, write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

STANDARDS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
Look = tuple[Literal["light", "dark"], int]
WIDE: list[Look] = [("dark", 1280), ("light", 1280)]
LOOKS: list[Look] = [("light", 390), ("dark", 390), *WIDE]


async def faults_in_any_look(page: Page, looks: list[Look] = LOOKS) -> list[str]:
    """The faults of the page as it is now, on a phone and a desk, by day and by night."""
    found = []
    for scheme, width in looks:
        await page.emulate_media(color_scheme=scheme)
        await page.set_viewport_size({"width": width, "height": 800})
        found += [f"{scheme} {width}: {fault}" for fault in await faults(page)]
    return found


async def faults(page: Page) -> list[str]:
    """Each rule that the page breaks, with the elements that break it."""
    await page.evaluate("Promise.all(document.getAnimations().map(each => each.finished))")
    options = {"resultTypes": ["violations"], "runOnly": {"type": "tag", "values": STANDARDS}}
    found = await Axe().run(page, options=options)
    return [
        f"{rule['id']} ({rule['help']}): {[node['html'][:120] for node in rule['nodes']]}"
        for rule in found.response["violations"]
    ]


async def test_it_finds_faults(browser: Browser, program: Program) -> None:
    context, page = await visitor(browser, program.url)
    await page.evaluate("document.getElementById('send').removeAttribute('aria-label')")
    await page.evaluate("document.getElementById('send').removeAttribute('title')")
    assert [fault.partition(" ")[0] for fault in await faults(page)] == ["button-name"]
    await context.close()


async def test_the_visitors_page(browser: Browser, program: Program) -> None:
    context, page = await visitor(browser, program.url)
    assert await faults_in_any_look(page) == []
    await write(page, "充值没到账怎么办")
    await expect(page.get_by_role("button", name="没有解决")).to_be_visible()
    assert await faults_in_any_look(page) == []
    await write(page, "转人工")
    await expect(last(page)).to_contain_text("1")
    assert await faults_in_any_look(page) == []
    await context.close()


async def test_the_desk(browser: Browser, program: Program) -> None:
    context = await browser.new_context()
    page = await context.new_page()
    await page.goto(f"{program.url}/desk")
    await expect(page.locator("#login-form")).to_be_visible()
    assert await faults_in_any_look(page) == []
    await context.close()
    customer_context, customer = await visitor(browser, program.url)
    await write(customer, "我要投诉你们")
    await write(customer, "转人工")
    context, desk = await agent(browser, program.url, PASSWORD)
    await expect(desk.locator("#count-waiting")).to_have_text("1")
    assert await faults_in_any_look(desk) == []
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    await write(desk, "您好")
    await expect(bubbles(customer, "您好")).to_have_count(1)
    await write(desk, ". 只给我们看")
    await write(desk, "一定到账")
    await expect(desk.locator(".inside").first).to_be_visible()
    assert await faults_in_any_look(desk) == []
    await desk.click("#help")
    assert await faults_in_any_look(desk, WIDE) == []
    await context.close()
    await customer_context.close()
