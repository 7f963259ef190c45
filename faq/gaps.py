"""What the knowledge base lacks: questions without a good answer, put together by likeness."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from chat.phrases import Lang
from faq.clustering import Clusters, key_of
from faq.encoder import Encoder
from faq.knowledge_base import KnowledgeBase
from faq.match import Match
from faq.parts import says_nothing

Outcome: TypeAlias = Literal["missed", "refused", "not_helped", "step_failed", "asked", "taken"]
"""`missed`: nothing fitted. `refused`: none of what was offered. `not_helped`, `step_failed`: the
answer, or a step of it, did not help. `asked`: only people were asked. `taken`: the customer picked
one of what was offered."""

Remedy: TypeAlias = Literal["entry", "phrasing", "answer"]
"""What would mend it: an entry, another phrasing of one, or a better answer of one."""

QUESTIONS_MOST: Final = 3000
"""Different questions that are compared; of more, those that most customers asked."""

_PROBABLY: Final = 0.5


class Happening(Struct, frozen=True):
    """A question that was not simply answered. `at` is in seconds since the epoch.

    `topic` is the entry that answered or was picked, `offered` those that were offered; `reply` is
    what agents answered in the end, if they did.
    """

    question: str
    lang: Lang
    outcome: Outcome
    conversation: str
    at: float
    topic: str = ""
    offered: tuple[str, ...] = ()
    reply: str = ""


class Example(Struct, frozen=True):
    """A question in customers' own words, and how many customers asked it so."""

    text: str
    lang: Lang
    customers: int


class Gap(Struct, frozen=True):
    """Questions that ask the same. Whatever is counted is customers, not messages.

    `nearest` is the entry that is most alike, and `chance` how likely it is the one meant, 0 to
    1. `examples` and `replies` begin with the commonest.
    """

    remedy: Remedy
    customers: int
    langs: dict[Lang, int]
    outcomes: dict[Outcome, int]
    examples: tuple[Example, ...]
    nearest: str
    chance: float
    replies: tuple[str, ...]
    first_at: float
    last_at: float


class Found(Struct, frozen=True):
    """All gaps, the widest first. Left out were questions that the base answers by now, those
    without a telling word, and those beyond `QUESTIONS_MOST`."""

    gaps: tuple[Gap, ...]
    answered_now: int = 0
    wordless: int = 0
    beyond: int = 0


class _Question(Struct, frozen=True):
    """Everything that happened to one question."""

    key: str
    happenings: tuple[Happening, ...]
    match: Match

    @property
    def customers(self) -> frozenset[str]:
        return frozenset(each.conversation for each in self.happenings)


def find_gaps(
    happenings: Iterable[Happening],
    base: KnowledgeBase,
    encoder: Encoder | None = None,
    tick: Callable[[int, int], None] = lambda done, total: None,
) -> Found:
    """The gaps; the order of what happened does not matter. `tick` is told how many questions of
    how many were asked of the base as it is."""
    by_key: defaultdict[str, list[Happening]] = defaultdict(list)
    wordless = 0
    for each in happenings:
        key = key_of(each.question)
        if says_nothing(key):
            wordless += 1
        else:
            by_key[key].append(each)
    if encoder is not None and len(by_key) > 1:
        # All at once takes a fraction of the time; one by one, they are known then.
        encoder.encode(sorted(by_key))
    questions: list[_Question] = []
    answered = 0
    for done, key in enumerate(sorted(by_key), start=1):
        tick(done, len(by_key))
        question = _question(key, by_key[key], base)
        answered += len(by_key[key]) - len(question.happenings)
        if question.happenings:
            questions.append(question)
    questions.sort(key=lambda each: (-len(each.customers), each.key))
    beyond = sum(len(each.happenings) for each in questions[QUESTIONS_MOST:])
    questions = sorted(questions[:QUESTIONS_MOST], key=lambda each: each.key)
    clusters = Clusters([each.key for each in questions], list(base.wordings()), encoder)
    gaps = [
        _gap([questions[row] for row in rows], clusters.alike[rows][:, rows].sum(axis=1), base)
        for rows in clusters.found()
    ]
    worthy = [gap for gap in gaps if any(outcome != "taken" for outcome in gap.outcomes)]
    lacking = [gap for gap in gaps if set(gap.outcomes) == {"taken"}]
    ordered = sorted(
        (*worthy, *lacking), key=lambda gap: (-gap.customers, gap.examples[0].text, gap.first_at)
    )
    return Found(tuple(ordered), answered, wordless, beyond)


def _question(key: str, happenings: Iterable[Happening], base: KnowledgeBase) -> _Question:
    """Without what the base answers by now: an answer that did not help is still there."""
    ordered = sorted(
        happenings, key=lambda x: (x.at, x.conversation, x.question, x.outcome, x.reply)
    )
    match = base.match(ordered[-1].question, ordered[-1].lang)
    known = match.decision == "answer"
    kept = [each for each in ordered if not known or each.outcome in ("not_helped", "step_failed")]
    return _Question(key, tuple(kept), match)


def _gap(questions: Sequence[_Question], middling: Iterable[float], base: KnowledgeBase) -> Gap:
    """`middling` says how alike each question is to all of them together."""
    everything = [each for question in questions for each in question.happenings]
    remedy, nearest, chance = _remedy(questions, base)
    weights = {q.key: round(float(w), 4) for q, w in zip(questions, middling, strict=True)}
    ordered = sorted(questions, key=lambda q: (-len(q.customers), -weights[q.key], q.key))
    replies = Counter(each.reply for each in everything if each.reply)
    return Gap(
        remedy,
        customers=len({each.conversation for each in everything}),
        langs=_counted((each.lang, each.conversation) for each in everything),
        outcomes=_counted((each.outcome, each.conversation) for each in everything),
        examples=tuple(_example(question) for question in ordered),
        nearest=nearest,
        chance=round(chance, 4),
        replies=tuple(sorted(replies, key=lambda reply: (-replies[reply], reply))),
        first_at=min(each.at for each in everything),
        last_at=max(each.at for each in everything),
    )


def _counted(pairs: Iterable[tuple[str, str]]) -> dict:  # type: ignore[type-arg]
    """How many different second parts each first part has, most first."""
    counts = Counter(first for first, _ in set(pairs))
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _example(question: _Question) -> Example:
    texts = Counter(each.question.strip() for each in question.happenings)
    text = min(texts, key=lambda each: (-texts[each], each))
    lang = next(each.lang for each in question.happenings if each.question.strip() == text)
    return Example(text, lang, len(question.customers))


def _remedy(questions: Sequence[_Question], base: KnowledgeBase) -> tuple[Remedy, str, float]:
    """What would mend it, the entry concerned, and how likely it is the one meant."""
    everything = [each for question in questions for each in question.happenings]
    customers = len({each.conversation for each in everything})

    def votes(*outcomes: Outcome) -> Counter[str]:
        pairs = {(x.topic, x.conversation) for x in everything if x.outcome in outcomes}
        return Counter(topic for topic, _ in pairs if topic in base.entries)

    failed, taken = votes("not_helped", "step_failed"), votes("taken")
    for remedy, found in (("answer", failed), ("phrasing", taken)):
        if found:
            topic = min(found, key=lambda each: (-found[each], each))
            if 2 * found[topic] >= customers:
                return remedy, topic, 1.0  # type: ignore[return-value]
    refused = {topic for each in everything if each.outcome == "refused" for topic in each.offered}
    chances: defaultdict[str, float] = defaultdict(float)
    total = 0
    for question in questions:
        weight = len(question.customers)
        total += weight
        best = question.match.candidates[0].id if question.match.candidates else ""
        if not best:
            best = next(iter(base.closest(question.key, 1)), "")
        chances[best] += weight * question.match.confidence
    nearest = min(chances, key=lambda each: (-chances[each], each))
    chance = chances[nearest] / total
    probably = chance >= _PROBABLY and nearest not in refused
    return "phrasing" if nearest and probably else "entry", nearest, chance
