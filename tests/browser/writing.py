"""What a person does on either page."""

from __future__ import annotations

from playwright.async_api import Locator, Page


async def write(page: Page, text: str) -> None:
    """Type a message and send it."""
    await page.fill("#text", text)
    await page.press("#text", "Enter")


def last(page: Page) -> Locator:
    """The last line that is shown."""
    return page.locator("#log .line").last


def bubbles(page: Page, text: str) -> Locator:
    """The messages that read so."""
    return page.locator("#log .line .text").get_by_text(text, exact=True)
