"""From a question that nothing answers to its answer: the editor's part of the program."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from chat.phrases import say
from tests.pairs.web_side import WebPlatform, platform
from tests.running import KEFU, Program

BASE = """\
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: 见费率页。, en: See the fee page.}
  phrasings:
    zh: [提币手续费是多少]
    en: [what is the withdrawal fee]
- id: account.password
  dept: account
  urgency: normal
  title: {zh: 重置密码, en: Reset the password}
  answer: {zh: 在登录页重置。, en: Reset it on the sign-in page.}
  phrasings:
    zh: [忘记密码了怎么办]
    en: [i forgot my password]
"""
MAIL = "bob.li@mail.example"
TAXES = ("where is my yearly tax report", f"tax report for this year please, to {MAIL}")
STAKING = ("怎么质押DOT领奖励", "质押DOT的奖励怎么领")
ANSWER = "Open Account - Reports and choose the year."


async def kefu(folder: Path, *arguments: str) -> str:
    """What a command prints; it must end well."""
    process = await asyncio.create_subprocess_exec(
        str(KEFU),
        "faq",
        *arguments,
        cwd=folder,
        env={"TEST_PASSWORD": "x"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode == 0, err.decode()
    return out.decode()


async def gaps_with(folder: Path, *parts: str) -> list[dict[str, Any]]:
    """All gaps, once the archive has so much; it is a few seconds behind."""
    async with asyncio.timeout(120):
        while True:
            out = await kefu(folder, "gaps", "--json", "--min-count", "1")
            if all(part in out for part in parts):
                return [json.loads(line) for line in out.splitlines()]


async def ask_in_vain(web: WebPlatform, program: Program) -> None:
    """Two Chinese customers find nothing; an English one is answered by an agent."""
    for question in STAKING:
        customer = await web.customer(program.url)
        await customer.say(question)
        await customer.until(lambda texts: say("customer.missed", "zh") in texts)
    customer = await web.customer(program.url)
    for question in TAXES:
        await customer.say(question)
    team = await web.team(program.url)
    await team.claim("Lin")
    await team.say("Lin", ANSWER)
    await customer.until(lambda texts: ANSWER in texts)
    await team.close("Lin")


def complete(file: Path) -> None:
    """As an editor would: the tax report gets its Chinese, and is called reviewed."""
    pieces = file.read_text(encoding="utf-8").split("\n\n")
    for at, piece in enumerate(pieces):
        if ANSWER in piece:
            pieces[at] = (
                piece.replace('  title:\n    zh: ""', "  title:\n    zh: 年度税务报告")
                .replace('  answer:\n    zh: ""', "  answer:\n    zh: 在“账户 - 报表”里。")
                .replace("zh: []", "zh: [年度税务报告在哪里]")
                .replace("reviewed: no", "reviewed: yes")
            )
    file.write_text("\n\n".join(pieces), encoding="utf-8")


async def test_what_customers_miss_is_found_drafted_accepted_and_answered(tmp_path: Path) -> None:
    answers = tmp_path / "answers"
    answers.mkdir()
    (answers / "base.yaml").write_text(BASE, encoding="utf-8")
    async with Program(tmp_path, {"knowledge": "answers"}) as program, platform() as web:
        await program.says("was read and learnt: 2 entries")
        await ask_in_vain(web, program)

        gaps = await gaps_with(tmp_path, ANSWER, STAKING[1])
        shown = json.dumps(gaps, ensure_ascii=False)
        assert MAIL not in shown
        tax, staking = sorted(gaps, key=lambda gap: ANSWER not in gap["replies"])
        assert [gap["customers"] for gap in (tax, staking)] == [1, 2]
        assert {example["text"] for example in staking["examples"]} == set(STAKING)
        assert TAXES[0] in [example["text"] for example in tax["examples"]]

        # A draft changes nothing, not even when it is ready.
        await kefu(tmp_path, "gaps", "--min-count", "1", "--draft", "drafts.yaml")
        complete(tmp_path / "drafts.yaml")
        assert "handover" in await kefu(tmp_path, "ask", TAXES[0])

        assert "1 new entry" in await kefu(tmp_path, "accept", "drafts.yaml")
        await program.says("was read and learnt: 3 entries")
        customer = await web.customer(program.url)
        await customer.say(TAXES[0])
        await customer.until(lambda texts: any(ANSWER in text for text in texts))


@pytest.mark.parametrize("lang", ["zh", "en"])
async def test_an_empty_archive_is_told_kindly(tmp_path: Path, lang: str) -> None:
    (tmp_path / "config.yaml").write_text("faq: {encoder: none}\n", encoding="utf-8")
    assert "stayed without an answer" in await kefu(tmp_path, "gaps", "--lang", lang)
