"""A seed phrase pasted into Telegram: erased there, warned of, and a case for a person."""

from __future__ import annotations

from chat.phrases import say
from handoff.secrets.finder import marker
from tests.doubles.telegram import TelegramDouble
from tests.end_to_end.test_telegram import DESK, found, handed_over, program, telegram
from tests.running import Program

__all__ = ["program", "telegram"]

PHRASE = "mimic cruel vapor hover lizard quiz orbit fossil nephew clay tornado bench"


async def test_a_seed_phrase_is_erased_warned_of_and_handed_over(
    telegram: TelegramDouble,
    program: Program,
) -> None:
    wang = telegram.user(7, "小王", "zh-hans")
    pasted = wang.send(f"帮我看看这个钱包 {PHRASE}")
    topic = await telegram.until(lambda: telegram.group(DESK).open_topics[0])
    await telegram.until(lambda: found(topic.messages, marker("seed")))
    await telegram.until(lambda: pasted.deleted)
    warned = say("customer.secret_removed", "zh", what=say("secret.name.seed", "zh"))
    await telegram.until(lambda: found(wang.messages, warned))
    handed = say("customer.leak_handover", "zh", position=1)
    await telegram.until(lambda: found(wang.messages, handed))
    await telegram.until(lambda: "P1" in (topic.messages[0].text or ""))
    assert not any("mimic" in str(params) for _, params in telegram.calls)


async def test_an_agents_secret_is_erased_and_does_not_reach_the_customer(
    telegram: TelegramDouble,
    program: Program,
) -> None:
    wang, topic, lin = await handed_over(telegram)
    told = lin.send(topic, "您的临时密码是 Kx82hq!")
    await telegram.until(lambda: found(wang.messages, marker("password")))
    hint = say("desk.own_secret_removed", "zh", what=say("secret.name.password", "zh"))
    await telegram.until(lambda: found(topic.messages, hint))
    await telegram.until(lambda: told.deleted)
    wang.send("收到")
    await telegram.until(lambda: found(topic.messages, "收到"))
    assert found([m for m in wang.messages if not m.deleted], marker("password"))
    assert not any("Kx82hq" in str(params) for _, params in telegram.calls)


async def test_a_screenshot_after_a_leak_brings_a_caution(
    telegram: TelegramDouble,
    program: Program,
) -> None:
    wang, topic, _ = await handed_over(telegram)
    pasted = wang.send(f"私钥 {'ab' * 32}")
    await telegram.until(lambda: pasted.deleted)
    wang.send_photo(b"\xff\xd8\xff picture", "截图")
    await telegram.until(lambda: found(topic.messages, say("desk.picture_caution", "zh")))
    raised = say("desk.key_leaked", "zh", what=say("secret.name.private_key", "zh"), topic="")
    await telegram.until(lambda: found(topic.messages, raised.partition("（")[0]))
