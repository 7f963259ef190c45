"""A real Chromium, and the real program for it to visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.running import Program

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENSHOTS = Path(__file__).parents[2] / "artifacts" / "screenshots"
NAMES = ("chromium", "chromium-browser", "google-chrome")
HOW = "no Chromium was found; get one with `apt install chromium`, or name it in KEFU_CHROMIUM"


def find_chromium() -> str | None:
    """The browser to drive, if there is one."""
    named = os.environ.get("KEFU_CHROMIUM")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """One for the tests of a module; each visitor has a context of their own in it."""
    chromium = find_chromium()
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail(HOW)
        pytest.skip(HOW)
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="module")
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    async with Program(tmp_path) as running:
        yield running


async def shoot(page: Page, name: str) -> None:
    """Keep a picture of the page."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    await page.screenshot(path=str(SCREENSHOTS / f"{name}.png"))


async def visitor(browser: Browser, url: str, **options: object) -> tuple[BrowserContext, Page]:
    """A new visitor's page, ready to be written to."""
    context = await browser.new_context(**{"locale": "zh-CN", **options})  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(url)
    await page.wait_for_selector("body[data-ready]")
    return context, page


async def agent(
    browser: Browser, url: str, password: str, name: str = "Lin", **options: object
) -> tuple[BrowserContext, Page]:
    """A new agent's desk, signed in."""
    context = await browser.new_context(**{"locale": "zh-CN", **options})  # type: ignore[arg-type]
    page = await context.new_page()
    await page.goto(f"{url}/desk")
    await page.fill("#name", name)
    await page.fill("#password", password)
    await page.click("#login-form button[type=submit]")
    await page.wait_for_selector("body[data-ready]")
    return context, page
