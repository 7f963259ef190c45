"""One conversation between every platform for customers and every platform for the desk.

The real program runs as a process of its own; platforms are doubles, or the program's own web.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from chat.phrases import say
from tests.pairs import discord_side, slack_side, telegram_side, web_side
from tests.pairs.sides import Customer, Platform, Team
from tests.running import Program, small_base

PLATFORMS: dict[str, Callable[[], AbstractAsyncContextManager[Platform]]] = {
    "web": web_side.platform,
    "telegram": telegram_side.platform,
    "discord": discord_side.platform,
    "slack": slack_side.platform,
}
FORUM = "discord forum"
ENTRANCES: dict[str, Callable[[], AbstractAsyncContextManager[Platform]]] = {
    "discord entrance": discord_side.entrance,
    "slack entrance": slack_side.entrance,
}
PLACES = {**PLATFORMS, FORUM: discord_side.forum, **ENTRANCES}
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(64))
PAPER = b"%PDF-1.4 the transaction"
HOSTILE = "hash_0x8f *not* bold <@U1> @everyone [x](http://a.example) `c` > 1. & done"


@contextlib.asynccontextmanager
async def stage(
    customers: str, desk: str, folder: Path
) -> AsyncIterator[tuple[Customer, Team, list[Platform]]]:
    """The program between two platforms."""
    async with contextlib.AsyncExitStack() as stack:
        made = {
            name: await stack.enter_async_context(PLACES[name]())
            for name in dict.fromkeys((customers, desk))
        }
        channels: dict[str, object] = {"web": {"port": 0}}
        channels |= {p.name: p.settings() for p in made.values() if p.name != "web"}
        settings: dict[str, object] = {
            "channels": channels,
            "knowledge": small_base(folder),
            "desk": {
                "channel": made[desk].desk_channel,
                "language": "zh",
                "password": "${TEST_PASSWORD}",
            },
        }
        program = await stack.enter_async_context(Program(folder, settings))
        customer = await made[customers].customer(program.url)
        team = await made[desk].team(program.url)
        try:
            yield customer, team, list(made.values())
        except BaseException:
            print("\n".join(program.output[-60:]))
            raise


def somewhere(text: str) -> Callable[[list[str]], bool]:
    """The text stands in one of the messages. Markup's escapes and brackets are not seen."""
    return lambda texts: any(text in plain(shown) for shown in texts)


def nowhere(text: str) -> Callable[[list[str]], bool]:
    return lambda texts: not any(text in plain(shown) for shown in texts)


def plain(text: str) -> str:
    """A text without what a reader does not see: the marks of Discord's Markdown, and what keeps
    Telegram from calling whoever is named."""
    return (
        text.replace("\u2060", "")
        .replace("\\", "")
        .replace("<http", "http")
        .replace("example>", "example")
    )


@pytest.mark.parametrize("desk", PLATFORMS)
@pytest.mark.parametrize("customers", PLATFORMS)
async def test_the_same_conversation_on_any_pair(customers: str, desk: str, tmp_path: Path) -> None:
    async with stage(customers, desk, tmp_path) as (customer, team, platforms):
        await talk(customer, team, desk)
        for platform in platforms:
            assert platform.violations() == []


async def test_the_same_conversation_with_a_forum_as_desk(tmp_path: Path) -> None:
    async with stage("telegram", FORUM, tmp_path) as (customer, team, platforms):
        await talk(customer, team, FORUM)
        for platform in platforms:
            assert platform.violations() == []


@pytest.mark.parametrize("entrance", ENTRANCES)
async def test_the_same_conversation_from_an_entrance(entrance: str, tmp_path: Path) -> None:
    async with stage(entrance, "web", tmp_path) as (customer, team, platforms):
        await talk(customer, team, "web")
        for platform in platforms:
            assert platform.violations() == []


async def talk(customer: Customer, team: Team, desk: str) -> None:
    """Text, file, edit, delete, reply, note, claim, transfer, close, rating."""
    await customer.say("转人工")
    await customer.until(somewhere("第 1 位"))
    await team.claim("Lin")
    await customer.until(somewhere(say("customer.joined", "zh", agent="Lin")))
    await team.until_card(lambda card: "Lin" in card)

    first = await customer.say(HOSTILE)
    await team.until(somewhere(HOSTILE))
    await customer.send_file("hash.png", PICTURE)
    await team.until_file(PICTURE)

    answer = await team.say("Lin", "您好，请发一下交易哈希")
    await customer.until(somewhere("请发一下交易哈希"))
    await team.send_file("Lin", "form.pdf", PAPER)
    await customer.until_file(PAPER)

    await customer.reply("请发一下交易哈希", "就是刚才那个")
    await team.until(somewhere("就是刚才那个"))

    await team.edit("Lin", answer, "您好，请发一下转账截图")
    await customer.until(somewhere("请发一下转账截图"))
    await customer.until(nowhere("请发一下交易哈希"))
    if desk != "telegram":
        await team.delete("Lin", answer)
        await customer.until(nowhere("请发一下转账截图"))

    await customer.edit(first, "哈希写错了，是 0x99")
    await team.until(somewhere("0x99"))
    if customer.can_delete:
        await customer.delete(first)
        await team.until(somewhere(say("desk.customer_deleted", "zh")))

    await team.say("Lin", ". 这位客户很着急")
    await team.say("Bo", "我也来看看")
    await team.until(somewhere(say("desk.kept_inside", "zh", agent="Lin")))

    await team.transfer("Lin", "Bo")
    await customer.until(somewhere(say("customer.agent_changed", "zh", agent="Bo")))
    await team.say("Bo", "我来继续帮您")
    await customer.until(somewhere("我来继续帮您"))

    await team.close("Bo")
    await customer.until(somewhere(say("customer.rate", "zh")))
    await customer.press("5 ★")
    await customer.until(somewhere(say("customer.rated", "zh")))
    await team.until(somewhere(say("desk.rated", "zh", score=5)))

    texts = await customer.texts()
    assert nowhere("这位客户很着急")(texts)
    assert nowhere("我也来看看")(texts)
    assert sum("我来继续帮您" in text for text in texts) == 1
