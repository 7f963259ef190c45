"""The real program takes edits of its knowledge base into use while customers write."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from chat.phrases import say
from tests.pairs.web_side import WebPlatform, platform
from tests.running import FEES, Program, small_base

LEARNT = "was read and learnt: 1 entries"
QUESTION = "what is the withdrawal fee"


def replace(path: Path, text: str) -> None:
    """As editors save: whole or not at all."""
    new = path.with_name(f".{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


@pytest.fixture
async def program(tmp_path: Path) -> AsyncIterator[Program]:
    async with Program(tmp_path, {"knowledge": small_base(tmp_path)}) as running:
        await running.says(LEARNT)
        yield running


async def health(program: Program) -> dict[str, str]:
    async with ClientSession() as http, http.get(f"{program.url}/healthz") as answer:
        assert answer.status == 200
        told: dict[str, str] = await answer.json()
        return told


async def answer_to_somebody(web: WebPlatform, program: Program) -> str:
    """What somebody new is told who asks the question."""
    customer = await web.customer(program.url)
    await customer.say(QUESTION)
    told: list[str] = []

    def answered(texts: list[str]) -> bool:
        told[:] = [line for text in texts for line in text.splitlines() if line.startswith("Fee:")]
        return bool(told)

    await customer.until(answered)
    return told[0]


async def ask_until(web: WebPlatform, program: Program, expected: str) -> list[str]:
    """The answers to one after another, until one is as expected."""
    answers: list[str] = []
    async with asyncio.timeout(60):
        while not answers or answers[-1] != expected:
            answers.append(await answer_to_somebody(web, program))
    return answers


async def test_an_edit_while_messages_flow(program: Program) -> None:
    async with platform() as web:
        assert await answer_to_somebody(web, program) == "Fee: 1 sat."
        asking = [asyncio.create_task(ask_until(web, program, "Fee: 2 sat.")) for _ in range(3)]
        replace(program.folder / "answers" / "values.yaml", "fees: {btc: 2 sat}\n")
        for answers in await asyncio.gather(*asking):
            # Every question had its answer: the old one until the new one.
            assert set(answers[:-1]) <= {"Fee: 1 sat."}
    assert await health(program) == {"status": "ok", "knowledge": "current"}


async def test_a_broken_edit_keeps_the_old_base_and_says_so_once(program: Program) -> None:
    fees = program.folder / "answers" / "fees.yaml"
    async with platform() as web:
        replace(fees, FEES.replace("urgency: normal", "urgency: soon"))
        await program.says("fees.yaml:3: ")
        assert await health(program) == {"status": "ok", "knowledge": "stale"}
        assert await answer_to_somebody(web, program) == "Fee: 1 sat."

        # Asked by a signal it says it again; by itself it had said it once.
        os.kill(program.pid, signal.SIGHUP)
        await program.says("fees.yaml:3: ", times=2)
        assert sum("fees.yaml:3: " in line for line in program.output) == 2

        replace(fees, FEES.replace("Fee:", "Fee: now"))
        await program.says(LEARNT, times=2)
        assert await answer_to_somebody(web, program) == "Fee: now 1 sat."
    assert await health(program) == {"status": "ok", "knowledge": "current"}


async def test_a_folder_that_vanishes_is_no_empty_base(program: Program) -> None:
    answers = program.folder / "answers"
    answers.rename(program.folder / "elsewhere")
    await program.says("there are no YAML files in this folder")
    async with platform() as web:
        assert await answer_to_somebody(web, program) == "Fee: 1 sat."
    (program.folder / "elsewhere").rename(answers)
    await program.says(LEARNT, times=2)


async def test_what_was_offered_and_is_gone_is_no_dead_button(program: Program) -> None:
    async with platform() as web:
        customer = await web.customer(program.url)
        await customer.page.send("press", target="0-1", value="pick:fees.old", label="Old")
        await customer.until(lambda texts: say("customer.missed", "zh") in texts)
