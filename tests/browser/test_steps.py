"""In a real browser: being walked through a procedure until a step does not work."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from chat.phrases import Lang, say
from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.mark.parametrize(
    ("lang", "options", "question", "first", "second", "word", "title"),
    [
        (
            "zh",
            {"locale": "zh-CN"},
            "怎么注册账号",
            "打开官方 App 或官网",
            "填写手机号或邮箱",
            "上一步",
            "如何注册账号",
        ),
        (
            "en",
            {"locale": "en-GB", **PHONE},
            "how do I sign up",
            "Open the official app or site",
            "Enter your phone number or e-mail",
            "go back",
            "How to register an account",
        ),
    ],
)
async def test_walked_through_until_a_step_does_not_work(
    browser: Browser,
    program: Program,
    lang: Lang,
    options: dict[str, object],
    question: str,
    first: str,
    second: str,
    word: str,
    title: str,
) -> None:
    customer_context, customer = await visitor(browser, program.url, **options)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    last = customer.locator(".line:not(.mine)").last

    await write(customer, question)
    await expect(last).to_contain_text(say("customer.walk_offer", lang, of=4))
    await expect(last).not_to_contain_text(second)
    await shoot(customer, f"{lang}-8-walk-offered")
    await last.get_by_text(say("customer.button.walk", lang)).click()
    await expect(last).to_contain_text(first)
    await last.get_by_text(say("customer.button.next", lang)).click()
    await expect(last).to_contain_text(second)
    await shoot(customer, f"{lang}-9-second-step")
    await write(customer, word)
    await expect(last).to_contain_text(first)
    await last.get_by_text(say("customer.button.next", lang)).click()
    await expect(last).to_contain_text(second)
    await last.get_by_text(say("customer.button.failed", lang)).click()
    await expect(last).to_contain_text(say("customer.step_stuck", lang, title=title, n=2))
    await shoot(customer, f"{lang}-10-step-failed")

    await desk.click(".item.waiting")
    card = desk.locator("#card")
    await expect(card).to_contain_text(say("desk.cause.step_failed", "zh"))
    await expect(card).to_contain_text("2/4")
    await expect(card).to_contain_text("填写手机号或邮箱")
    await shoot(desk, f"{lang}-11-desk-step-failed")
    await customer_context.close()
    await desk_context.close()
