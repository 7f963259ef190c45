"""Measures everything: Kefu and its references in turn, on one server."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from msgspec import Struct
from redis.asyncio import Redis

from bench.bare_loop import BareLoop
from bench.figures import Figure, Run, Scenario, figure_of
from bench.goals import FEW, MANY, SOME, judge
from bench.house import House
from bench.memory import resident_mb
from bench.program import measure_program
from bench.report import Report
from bench.telegram_dispatch import TelegramDispatch
from bot.knowledge import read_knowledge
from bot.store.connect import open_redis
from chat.phrases import LANGS
from faq.knowledge_base import KnowledgeBase
from handoff.wordings import wants_person

SIZES = (FEW, SOME, MANY)
_QUESTIONS = 20


class Effort(Struct, frozen=True):
    """How much is measured: rounds of runs, seconds a run."""

    rounds: int
    seconds: float
    program: bool = True


async def measure(effort: Effort, folder: Path) -> Report:
    """The whole benchmark; `folder` lies on the disk that is measured too."""
    knowledge = read_knowledge(None)
    questions = answered_questions(knowledge)
    whole = None
    if effort.program:
        _say("kefu run …")
        whole = await measure_program(folder, questions[0])
    with tempfile.TemporaryDirectory(dir=folder) as data:
        async with open_redis("embedded", Path(data)) as redis:
            runs = await _measure_messages(effort, House(redis, knowledge), redis, questions)
            server = int((await redis.info("server"))["process_id"])
            sizes = resident_mb(os.getpid()), resident_mb(server)
    figures: list[Figure] = []
    by_size: dict[Scenario, dict[int, list[Run]]] = {}
    for (scenario, size), done in runs.items():
        figures.append(figure_of(scenario, done))
        by_size.setdefault(scenario, {})[size] = done
    order = ("relay", "unheard", "answer", "bare", "ptb")
    figures.sort(key=lambda figure: (order.index(figure.scenario), figure.conversations))
    return Report(
        rounds=effort.rounds,
        seconds=effort.seconds,
        figures=figures,
        goals=judge(by_size["relay"], by_size["bare"], by_size["ptb"][MANY], whole),
        python_mb=sizes[0],
        server_mb=sizes[1],
        whole=whole,
    )


async def _measure_messages(
    effort: Effort, house: House, redis: Redis, questions: list[str]
) -> dict[tuple[Scenario, int], list[Run]]:
    _say(f"preparing 2 x {MANY} conversations …")
    cases = await house.cases(MANY)
    asking = await house.asking(MANY, questions)
    bare = BareLoop(redis, [await house.commit_of(customer) for customer in cases])
    telegram = TelegramDispatch()
    runs: dict[tuple[Scenario, int], list[Run]] = defaultdict(list)
    async with telegram.ready():
        for number in range(effort.rounds):
            for size in SIZES:
                _say(f"round {number + 1} of {effort.rounds}, {size} at once …")
                relayed = await house.measure(cases[:size], effort.seconds)
                runs["relay", size].append(relayed)
                with house.hearing_nothing():
                    unheard = await house.measure(cases[:size], effort.seconds)
                runs["unheard", size].append(unheard)
                runs["bare", size].append(await bare.measure(size, effort.seconds))
                runs["answer", size].append(await house.measure(asking[:size], effort.seconds))
            same = await telegram.measure(relayed.messages, questions[0], MANY)
            runs["ptb", MANY].append(same)
    return dict(runs)


def answered_questions(knowledge: KnowledgeBase) -> list[str]:
    """Some of the base's own phrasings that it answers, and does not hand over."""
    # By language, so that nobody asks about one topic twice in a row: that would hand them over.
    phrasings = [
        (entry, text)
        for lang in LANGS
        for entry in knowledge.entries.values()
        if entry.urgency != "critical"
        for text in entry.phrasings.get(lang, ())[:1]
    ]
    found = [
        text
        for entry, text in phrasings
        if (match := knowledge.match(text)).decision == "answer"
        and match.candidates[0].id == entry.id
        and not wants_person(text)
    ]
    if not found:
        raise LookupError("the knowledge base answers none of its own questions")
    return found[:_QUESTIONS]


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
