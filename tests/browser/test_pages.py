"""The pages for everybody: by keyboard, on a phone, in the dark, in both languages, embedded."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, expect

from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import bubbles, last, write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE = {"width": 390, "height": 780}
HOSTILE = '<img src=x onerror="document.title=1"> <script>document.title=1</script> *_`~ @everyone'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c6360"
    "60600000000400012734270a0000000049454e44ae426082"
)


async def test_by_keyboard_alone(browser: Browser, program: Program) -> None:
    context, page = await visitor(browser, program.url)
    reached = []
    for _ in range(12):
        await page.keyboard.press("Tab")
        reached.append(
            await page.evaluate("document.activeElement.id || document.activeElement.textContent")
        )
    assert {"lang", "log", "attach", "text", "send"} <= set(reached)
    assert "转人工客服" in reached
    await page.focus("#text")
    await page.keyboard.type("转人工")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("谢谢")
    await page.keyboard.press("Enter")
    await expect(page.locator(".mine .text").first).to_have_text("转人工\n谢谢")
    await expect(last(page)).to_contain_text("1")
    assert await page.evaluate("document.activeElement.id") == "text"
    await context.close()


async def test_the_desk_by_keyboard_alone(browser: Browser, program: Program) -> None:
    customer_context, customer = await visitor(browser, program.url)
    await write(customer, "转人工")
    context, desk = await agent(browser, program.url, PASSWORD)
    await expect(desk.locator("#count-waiting")).to_have_text("1")
    await desk.evaluate("document.activeElement.blur()")
    await desk.keyboard.press("j")
    await expect(desk.locator("#card")).to_contain_text("web")
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("c")
    await expect(desk.locator("#count-open")).to_have_text("1")
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("n")
    await expect(desk.locator("#composer")).to_have_class(re.compile("note"))
    await desk.keyboard.type("only us")
    await desk.keyboard.press("Enter")
    await expect(desk.locator(".inside")).to_contain_text("only us")
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("?")
    await expect(desk.locator("#shortcuts")).to_be_visible()
    await shoot(desk, "desk-shortcuts")
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("x")
    await expect(desk.locator("#count-open")).to_have_text("0")
    await context.close()
    await customer_context.close()


async def test_a_long_conversation_scrolls_inside_the_page(
    browser: Browser, program: Program
) -> None:
    context, page = await visitor(browser, program.url, viewport=PHONE)
    await write(page, "转人工")
    for n in range(5):
        await write(page, f"第 {n} 段\n" + "很长\n" * 12)
    await expect(page.locator(".pending")).to_have_count(0)
    await expect(page.locator("header h1")).to_be_in_viewport()
    await expect(page.locator("#text")).to_be_in_viewport()
    await expect(last(page)).to_be_in_viewport()
    await page.locator("#log").evaluate("log => log.scrollTo({top: 0, behavior: 'instant'})")
    await expect(page.locator("#log .line").first).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_on_a_phone(browser: Browser, program: Program, scheme: str) -> None:
    context, page = await visitor(
        browser, program.url, viewport=PHONE, color_scheme=scheme, has_touch=True, is_mobile=True
    )
    await shoot(page, f"phone-{scheme}-welcome")
    await page.get_by_role("button", name="转人工客服").tap()
    await expect(last(page)).to_contain_text("1")
    await shoot(page, f"phone-{scheme}-waiting")
    wide = await page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert not wide
    desk_context, desk = await agent(
        browser, program.url, PASSWORD, viewport=PHONE, color_scheme=scheme, is_mobile=True
    )
    await shoot(desk, f"phone-{scheme}-desk")
    await desk.click(".item.waiting")
    await expect(desk.locator(".cases")).to_be_hidden()
    await shoot(desk, f"phone-{scheme}-case")
    await desk.click(".back")
    await expect(desk.locator(".cases")).to_be_visible()
    await context.close()
    await desk_context.close()


async def test_dark_desk(browser: Browser, program: Program) -> None:
    customer_context, customer = await visitor(browser, program.url, color_scheme="dark")
    await write(customer, "转人工")
    context, desk = await agent(browser, program.url, PASSWORD, color_scheme="dark")
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    await write(desk, "您好")
    await expect(bubbles(customer, "您好")).to_have_count(1)
    await shoot(desk, "dark-desk")
    await shoot(customer, "dark-visitor")
    await context.close()
    await customer_context.close()


async def test_the_language_switch(browser: Browser, program: Program) -> None:
    context, page = await visitor(browser, program.url, locale="zh-CN")
    assert await page.get_attribute("html", "lang") == "zh-CN"
    await page.click("#lang")
    await expect(page.locator("#welcome h2")).to_have_text("Hello, what is going on?")
    assert await page.get_attribute("html", "lang") == "en"
    await write(page, "talk to a person")
    await expect(last(page)).to_contain_text("You are number 1")
    await page.click("#lang")
    await expect(last(page)).to_contain_text("中文")
    await context.close()


async def test_hostile_text_is_only_text(browser: Browser, program: Program) -> None:
    context, customer = await visitor(browser, program.url)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, HOSTILE)
    await write(customer, "转人工")
    await desk.click(".item.waiting")
    await write(customer, HOSTILE)
    await expect(bubbles(desk, HOSTILE)).to_have_count(1)
    for page in (customer, desk):
        assert await page.locator("#log img, #log script").count() == 0
        assert await page.title() != "1"
    await context.close()
    await desk_context.close()


async def test_files_go_both_ways(browser: Browser, program: Program) -> None:
    context, customer = await visitor(browser, program.url)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, "转人工")
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    await expect(desk.locator("#count-open")).to_have_text("1")
    picture = {"name": "proof.png", "mimeType": "image/png", "buffer": PNG}
    await customer.set_input_files("#file", [picture])  # type: ignore[list-item]
    await expect(customer.locator(".chip:not([aria-busy])")).to_have_count(1)
    await write(customer, "截图")
    await expect(desk.locator("#log img.picture")).to_have_count(1)
    await expect(desk.locator("#log img.picture")).to_have_js_property("naturalWidth", 1)
    paper = {"name": "报告.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 test"}
    await desk.set_input_files("#file", [paper])  # type: ignore[list-item]
    await expect(desk.locator(".chip:not([aria-busy])")).to_have_count(1)
    await desk.press("#text", "Enter")
    await expect(customer.locator("#log a.file")).to_contain_text("报告.pdf")
    program_file = {"name": "x.exe", "mimeType": "x", "buffer": b"MZ\x90\x00"}
    await customer.set_input_files("#file", [program_file])  # type: ignore[list-item]
    await expect(customer.locator("#notice")).to_contain_text("不支持")
    await context.close()
    await desk_context.close()


async def test_the_customer_sees_the_agent_typing(browser: Browser, program: Program) -> None:
    context, customer = await visitor(browser, program.url)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await write(customer, "转人工")
    await desk.click(".item.waiting")
    await desk.click('#card [data-value^="claim:"]')
    await expect(desk.locator("#count-open")).to_have_text("1")
    await desk.type("#text", "您")
    await expect(customer.locator("#typing")).to_contain_text("Lin")
    await context.close()
    await desk_context.close()


async def test_a_wrong_password_is_told(browser: Browser, program: Program) -> None:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    await page.goto(f"{program.url}/desk")
    await page.click("#login-lang")
    await page.fill("#name", "Lin")
    await page.fill("#password", "guess")
    await page.press("#password", "Enter")
    await expect(page.locator("#login-problem")).to_have_text("Wrong password.")
    await shoot(page, "login")
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def other_site(program: Program) -> AsyncIterator[str]:
    """A site on another origin with our script tag in it."""

    async def page(request: web.Request) -> web.Response:
        tag = f"<script src='{program.url}/embed.js' defer></script>"
        text = f"<!doctype html><title>Shop</title><h1>Shop</h1>{tag}"
        return web.Response(text=text, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_embedded_in_another_site(
    browser: Browser, program: Program, other_site: str
) -> None:
    context = await browser.new_context(locale="en-GB")
    page = await context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    await page.goto(other_site)
    await page.mouse.click(1280 - 50, 720 - 50)
    await asyncio.wait_for(_frame(page), 10)
    chat = next(frame for frame in page.frames if frame.url.endswith("/widget"))
    await chat.wait_for_selector("body[data-ready]")
    await chat.fill("#text", "talk to a person")
    await chat.press("#text", "Enter")
    await expect(chat.locator("#log .line").last).to_contain_text("You are number 1")
    await shoot(page, "embedded")
    assert errors == []
    await context.close()


async def _frame(page: object) -> None:
    while not any(frame.url.endswith("/widget") for frame in page.frames):  # type: ignore[attr-defined]
        await page.wait_for_event("framenavigated")  # type: ignore[attr-defined]
