"""Ten times what a platform allows, for ten minutes, through the whole outbox, in virtual time.

`make test` lets the group's last ten minutes and the large ones half a minute, after which they
take minutes to be worked off; `make burst` (`--burst 600`) lets all last ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from telegram.request import HTTPXRequest

from adapters.discord.channel import DiscordChannel, DiscordSettings
from adapters.slack.channel import SlackChannel, SlackSettings
from adapters.telegram.channel import TelegramChannel, TelegramSettings
from adapters.turns import Turns
from chat.actions import Card, Delivery, MarkInternal, Send, Speaker, UpdateCard
from chat.address import Address
from chat.channel import Channel
from chat.message import Attachment
from tests.adapters.fakes import DictMemory, Shelf
from tests.bot.test_pacing import most_in_window
from tests.pacing import http
from tests.pacing.burst import Flow, Outcome, run_burst
from tests.pacing.platforms import Discord, Platform, Slack, Telegram
from tests.scenarios.simulation.server import running_valkey

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

SILENT = ("cards", "marks")  # these lanes say nothing; their requests are counted
GROUP = "-1001"
CARD = Card("1", "open", "Case 1", ("waiting",))


@pytest.fixture(scope="module")
def socket() -> Iterator[Path]:
    with running_valkey() as path:
        yield path


def words(to: Address, lane: str, role: str = "customer") -> Callable[[str, int], Delivery]:
    speaker = Speaker(role)  # type: ignore[arg-type]
    return lambda action, n: Send(action, to, f"{lane}:{n}", speaker=speaker)


def cards(to: Address, message: str) -> Callable[[str, int], Delivery]:
    return lambda action, _: UpdateCard(action, to, CARD, message)


def marks(to: Address, first: int) -> Callable[[str, int], Delivery]:
    return lambda action, n: MarkInternal(action, to, str(first + n))


def nothing_exceeded(platform: Platform) -> None:
    assert platform.refused == 0
    for (name, most, seconds), times in platform.uses.items():
        found = most_in_window(times, seconds)
        assert found <= most, f"{name}: {found} in {seconds} s, {most} allowed"


def all_in_order(platform: Platform, outcome: Outcome, flows: list[Flow]) -> None:
    assert outcome.failures == 0
    for flow in flows:
        if flow.lane not in SILENT:
            assert platform.said[flow.lane] == list(range(outcome.asked[flow.lane])), flow.lane


# ── the three platforms, with the libraries unmodified ───────────────────────────────────────────


def telegram(platform: Telegram, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Channel]:
    def request(**options: Any) -> HTTPXRequest:
        options["httpx_kwargs"] = {"transport": http.Transport(platform.ask)}
        return HTTPXRequest(**options)

    monkeypatch.setattr("adapters.telegram.connection.HTTPXRequest", request)
    settings = TelegramSettings("1:x", "https://telegram.test", desk_chat=GROUP)
    return lambda loop: TelegramChannel(
        settings, files=Shelf(), memory=DictMemory(), clock=loop.wall
    )


def discord(platform: Discord, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Channel]:
    monkeypatch.setattr(
        aiohttp, "ClientSession", lambda **options: http.Session(platform.ask, **options)
    )
    settings = DiscordSettings("x", "https://discord.test/api/v10")
    return lambda loop: DiscordChannel(
        settings, files=Shelf(), memory=DictMemory(), clock=loop.wall
    )


def slack(platform: Slack, monkeypatch: pytest.MonkeyPatch) -> Callable[[Any], Channel]:
    monkeypatch.setattr(
        aiohttp, "ClientSession", lambda **options: http.Session(platform.ask, **options)
    )
    settings = SlackSettings("xoxb-x", api_base="https://slack.test/api/")
    shelf = Shelf()
    shelf.files["web:1"] = b"x"
    return lambda loop: SlackChannel(settings, files=shelf, memory=DictMemory(), clock=loop.wall)


# ── what is asked of them: ten times what they allow ─────────────────────────────────────────────


CASES = 12


def group_flows() -> list[Flow]:
    """A group's 20 a minute, for twelve cases, and some lines that share no message."""
    topics = [Address("telegram", GROUP, str(100 + n)) for n in range(CASES)]
    flows = [
        Flow(f"case{n}", 190 / 60 / CASES, words(topic, f"case{n}"))
        for n, topic in enumerate(topics)
    ]
    return [*flows, Flow("lines", 10 / 60, words(Address("telegram", GROUP, "99"), "lines", "bot"))]


def telegram_flows() -> list[Flow]:
    """The bot's 30 a second, one chat's 1 a second, and a group's 20 a minute."""
    flows = group_flows()
    flows.append(Flow("cards", 1.0, cards(Address("telegram", GROUP, "98"), "7")))
    flows.append(Flow("marks", 1.0, marks(Address("telegram", GROUP, "97"), 1)))
    for n in range(290):
        chat = Address("telegram", str(1000 + n))
        flows.append(Flow(f"chat{n}", 1.0, words(chat, f"chat{n}", "agent"), every=5.0))
    flows.append(Flow("busy", 10.0, words(Address("telegram", "999"), "busy", "agent")))
    return flows


def discord_flows() -> list[Flow]:
    """The bot's 50 a second, and one channel's 5 in 5 seconds."""
    flows = []
    for n in range(480):
        place = Address("discord", str(100_000 + n))
        flows.append(Flow(f"chat{n}", 1.0, words(place, f"chat{n}", "agent"), every=5.0))
    thread = Address("discord", "99999", "99998")
    flows.append(Flow("busy", 10.0, words(thread, "busy")))
    flows.append(Flow("marks", 10.0, marks(Address("discord", "99999", "99997"), 200_000)))
    return flows


def slack_flows() -> list[Flow]:
    """A channel's post a second, for ten cases; card updates, marks and files by their tiers."""
    flows = []
    for n in range(10):
        thread = Address("slack", "C1", f"{n}.1")
        flows.append(Flow(f"case{n}", 1.0, words(thread, f"case{n}")))
    thread = Address("slack", "C2", "1.1")
    flows.append(Flow("cards", 500 / 60, cards(thread, "1.1")))
    flows.append(Flow("marks", 500 / 60, marks(Address("slack", "C2", "2.1"), 1)))
    for n in range(20):
        flows.append(Flow(f"file{n}", 1000 / 60 / 20, _files(n)))
    return flows


def _files(n: int) -> Callable[[str, int], Delivery]:
    def make(action: str, number: int) -> Delivery:
        file = Attachment("file", f"file{n}:{number}", "text/plain", 1, "web:1")
        return Send(action, Address("slack", f"D{n}"), attachments=(file,))

    return make


def one_group(
    socket: Path, monkeypatch: pytest.MonkeyPatch, seconds: float = 600.0
) -> tuple[Telegram, Outcome, list[Flow]]:
    platform, flows = Telegram(), group_flows()
    outcome = run_burst(socket, telegram(platform, monkeypatch), flows, seconds)
    return platform, outcome, flows


WAIT_MOST = (CASES + 1) * 60 / 20 + 60
"""Seconds until everyone had one of a group's turns, and a minute more."""


def waits(platform: Platform, outcome: Outcome, lane: str) -> list[float]:
    """Seconds from the commit of each word of a lane until it was shown."""
    return [
        platform.shown_at[lane, n] - outcome.committed_at[lane, n]
        for n in range(outcome.asked[lane])
    ]


def longest_wait_in_a_case(platform: Platform, outcome: Outcome) -> float:
    return max(max(waits(platform, outcome, f"case{n}")) for n in range(CASES))


def test_telegram_group(socket: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sharing messages, each case's words wait for the other cases' turns, not for one another."""
    platform, outcome, flows = one_group(socket, monkeypatch)
    nothing_exceeded(platform)
    all_in_order(platform, outcome, flows)
    assert sum(outcome.asked.values()) >= 1_900
    assert longest_wait_in_a_case(platform, outcome) <= WAIT_MOST
    assert outcome.seconds <= 600 + 60 + 60 * outcome.asked["lines"] / 20


def test_telegram(socket: Path, monkeypatch: pytest.MonkeyPatch, burst_seconds: float) -> None:
    platform, flows = Telegram(), telegram_flows()
    outcome = run_burst(socket, telegram(platform, monkeypatch), flows, burst_seconds)
    nothing_exceeded(platform)
    all_in_order(platform, outcome, flows)
    assert platform.asked["editMessageText"] == outcome.asked["cards"]
    assert platform.asked["setMessageReaction"] == outcome.asked["marks"]


def test_discord(socket: Path, monkeypatch: pytest.MonkeyPatch, burst_seconds: float) -> None:
    platform, flows = Discord(), discord_flows()
    outcome = run_burst(socket, discord(platform, monkeypatch), flows, burst_seconds)
    nothing_exceeded(platform)
    all_in_order(platform, outcome, flows)
    reactions = "PUT /channels/*/messages/*/reactions/%F0%9F%93%9D/@me"
    assert platform.asked[reactions] == outcome.asked["marks"]


def test_slack(socket: Path, monkeypatch: pytest.MonkeyPatch, burst_seconds: float) -> None:
    platform, flows = Slack(), slack_flows()
    outcome = run_burst(socket, slack(platform, monkeypatch), flows, burst_seconds)
    nothing_exceeded(platform)
    all_in_order(platform, outcome, flows)
    assert platform.asked["chat.update"] == outcome.asked["cards"]
    assert platform.asked["reactions.add"] == outcome.asked["marks"]


# ── these tests can fail ─────────────────────────────────────────────────────────────────────────


async def at_once(*_: object, **__: object) -> None:
    """A turn that nobody waits for."""


def test_without_pacing_telegram_is_asked_too_much(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "_take_one", at_once)
    platform, _, _ = one_group(socket, monkeypatch, 120.0)
    with pytest.raises(AssertionError, match="allowed"):
        nothing_exceeded(platform)


def test_without_pacing_discord_is_asked_too_much(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "_take_one", at_once)
    platform = Discord()
    run_burst(socket, discord(platform, monkeypatch), discord_flows(), 5.0)
    with pytest.raises(AssertionError, match="allowed"):
        nothing_exceeded(platform)


def test_without_pacing_slack_is_asked_too_much(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Turns, "_take_one", at_once)
    platform = Slack()
    run_burst(socket, slack(platform, monkeypatch), slack_flows(), 10.0)
    with pytest.raises(AssertionError, match="allowed"):
        nothing_exceeded(platform)


def test_without_shared_messages_a_group_is_stuck(
    socket: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TelegramChannel, "batch_most", lambda *_: 0)
    platform, outcome, flows = one_group(socket, monkeypatch, 120.0)
    nothing_exceeded(platform)
    all_in_order(platform, outcome, flows)
    assert longest_wait_in_a_case(platform, outcome) > 6 * WAIT_MOST
