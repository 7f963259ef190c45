"""The whole loop in a real browser: ask, be answered, ask for a person, talk to one."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from chat.phrases import say
from tests.browser.conftest import agent, shoot, visitor
from tests.browser.writing import write
from tests.running import PASSWORD, Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest.mark.parametrize(
    ("lang", "locale", "question", "answer", "person", "hello", "reply"),
    [
        ("zh", "zh-CN", "充值没到账怎么办", "哈希", "转人工", "您好,我来帮您看", "好的,我发给您"),
        (
            "en",
            "en-GB",
            "how do I reset my password",
            "password",
            "I want to talk to a person",
            "Hello, I am on it",
            "Thank you, here it is",
        ),
    ],
)
async def test_ask_be_answered_ask_for_a_person_and_talk(
    browser: Browser,
    program: Program,
    lang: str,
    locale: str,
    question: str,
    answer: str,
    person: str,
    hello: str,
    reply: str,
) -> None:
    customer_context, customer = await visitor(browser, program.url, locale=locale)
    desk_context, desk = await agent(browser, program.url, PASSWORD)
    await shoot(customer, f"{lang}-1-welcome")

    await write(customer, question)
    answered = customer.locator(".line:not(.mine)").last
    await expect(answered).to_contain_text(answer)
    await shoot(customer, f"{lang}-2-answer")

    await write(customer, person)
    await expect(customer.locator(".line").last).to_contain_text("1")
    await expect(desk.locator("#count-waiting")).to_have_text("1")
    await shoot(desk, f"{lang}-3-desk-waiting")

    await desk.click(".item.waiting")
    await expect(desk.locator(".story")).to_contain_text(question)
    await desk.click('#card [data-value^="claim:"]')
    await expect(desk.locator("#count-open")).to_have_text("1")
    await expect(desk.locator("#count-waiting")).to_have_text("0")
    joined = say("customer.joined", "zh" if lang == "zh" else "en", agent="Lin")
    await expect(customer.locator(".line.system").last).to_contain_text(joined)

    await write(desk, hello)
    await expect(customer.locator(".line").last).to_contain_text(hello)
    await write(customer, reply)
    await expect(desk.locator(".line").last).to_contain_text(reply)
    await write(desk, ". not for the customer")
    await expect(desk.locator(".line.inside")).to_contain_text("not for the customer")
    await shoot(customer, f"{lang}-4-talking")
    await shoot(desk, f"{lang}-5-desk-talking")

    await desk.click('#card [data-value^="close:"]')
    thanks = say("customer.closed", "zh" if lang == "zh" else "en")
    await expect(customer.locator(".line").last).to_contain_text(thanks)
    assert "not for the customer" not in await customer.inner_text("#log")
    await customer_context.close()
    await desk_context.close()
