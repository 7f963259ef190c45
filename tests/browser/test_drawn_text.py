"""Any text in, the same visible text out: on the web as on the other platforms."""

from __future__ import annotations

from random import Random

import pytest
from playwright.async_api import Browser

from tests.browser.conftest import visitor
from tests.chat.strategies import KINDS
from tests.running import Program

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

HOSTILE = "*_[]()~`>#+-=|{}.!\\<@U123>&;:/ \n\u200f\u202e中文🎉ab1\"'"
PIECES = [
    *HOSTILE,
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "@everyone",
    "https://example.org/?a=1&b=2",
    "javascript:alert(1)",
]
URLS = ["https://example.org/a", "javascript:alert(1)", "data:text/html,x", "no address", ""]
TAGS = {"STRONG", "EM", "U", "S", "CODE", "PRE", "BLOCKQUOTE", "A", "BUTTON"}
DRAW = """async (texts) => {
  const { drawText } = await import("/static/common.js");
  return texts.map(({ text, spans }) => {
    const box = document.createElement("div");
    box.append(drawText(text, spans));
    const inside = [...box.querySelectorAll("*")];
    return {
      text: box.textContent,
      tags: inside.map((one) => one.tagName),
      links: inside.flatMap((one) => (one.href ? [one.href] : [])),
    };
  });
}"""


def made(random: Random) -> dict[str, object]:
    """A hostile text with formatting, also where there is no such place."""
    text = "".join(random.choices(PIECES, k=random.randint(1, 40)))
    spans = []
    for _ in range(random.randint(0, 5)):
        start = random.randint(0, len(text))
        end = random.randint(start, len(text) + 2)
        kind = random.choice(KINDS)
        spans.append({"kind": kind, "start": start, "end": end, "url": random.choice(URLS)})
    return {"text": text, "spans": spans}


async def test_any_text_is_shown_as_itself(browser: Browser, program: Program) -> None:
    context, page = await visitor(browser, program.url)
    random = Random(7)
    given = [made(random) for _ in range(500)]
    drawn = await page.evaluate(DRAW, given)
    for asked, shown in zip(given, drawn, strict=True):
        assert shown["text"] == asked["text"]
        assert set(shown["tags"]) <= TAGS
        assert all(link.startswith("https://example.org/") for link in shown["links"])
    assert {tag for shown in drawn for tag in shown["tags"]} == TAGS, "every formatting was drawn"
    await context.close()
