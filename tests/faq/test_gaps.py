"""What the base lacks: questions are put together by likeness, whatever their order."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from faq.accepting import join, with_phrasings
from faq.clustering import average_linkage
from faq.drafted import read_drafts
from faq.drafting import write_drafts
from faq.gap_text import told
from faq.gaps import Found, Gap, Happening, Outcome, find_gaps
from faq.knowledge_base import KnowledgeBase
from faq.located import Document, InputError
from faq.written import KnowledgeBaseError, Written, read_files

BASE = """\
# The lead's notes stay.
- id: withdraw.fees
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: 见费率页。, en: See the fee page.}
  phrasings:
    zh: [提币手续费是多少, 提现要收多少钱]
    en:
      - what is the withdrawal fee   # the usual one
      - "how much does it cost to withdraw: say"
- id: account.password
  dept: account
  urgency: normal
  title: {zh: 重置密码, en: Reset the password}
  answer: {zh: 在登录页重置。, en: Reset it on the sign-in page.}
  phrasings:
    zh: [忘记密码了怎么办, 怎么重置登录密码]
    en: [i forgot my password, how do i reset my password]
"""

STAKING = ["怎么质押 DOT 领奖励", "质押 DOT 的奖励怎么领", "DOT 质押奖励怎么领取"]
TAXES = [
    "do you send a tax report for the year",
    "where is my yearly tax report",
    "tax report for this year please",
]


def base() -> KnowledgeBase:
    return KnowledgeBase(read_files({"base.yaml": BASE}).entries)


def written() -> Written:
    return read_files({"base.yaml": BASE})


def happened(
    question: str, who: str, outcome: Outcome = "missed", reply: str = "", topic: str = ""
) -> Happening:
    lang = "en" if question.isascii() else "zh"
    return Happening(question, lang, outcome, who, 100.0, topic=topic, reply=reply)  # type: ignore[arg-type]


HAPPENED = [
    *(happened(text, f"a{n}") for n, text in enumerate(STAKING)),
    *(happened(text, f"b{n}", reply="It is in Account - Reports.") for n, text in enumerate(TAXES)),
    happened(STAKING[0], "a9", "refused"),
    happened(STAKING[0], "a9"),
    happened("what is the withdrawal fee", "c1"),
    happened("???", "c2"),
]


def find(happenings: list[Happening]) -> Found:
    return find_gaps(happenings, base())


def texts(gap: Gap) -> set[str]:
    return {example.text for example in gap.examples}


def test_what_asks_the_same_is_one_gap() -> None:
    found = find(HAPPENED)
    assert [texts(gap) for gap in found.gaps] == [set(STAKING), set(TAXES)]
    staking, taxes = found.gaps
    # Who asks twice is one customer.
    assert staking.customers == 4
    assert staking.outcomes == {"missed": 4, "refused": 1}
    assert staking.examples[0].text == STAKING[0]
    assert staking.examples[0].customers == 2
    assert taxes.langs == {"en": 3}
    assert taxes.replies == ("It is in Account - Reports.",)
    assert taxes.remedy == "entry"
    assert (found.answered_now, found.wordless) == (1, 1)


@given(st.permutations(HAPPENED))
@settings(max_examples=10)
def test_the_order_does_not_matter(happenings: list[Happening]) -> None:
    assert find(happenings) == find(HAPPENED)


def test_an_answer_that_did_not_help_is_a_gap_though_it_is_given() -> None:
    asked = [
        happened("what is the withdrawal fee", f"c{n}", "not_helped", topic="withdraw.fees")
        for n in range(3)
    ]
    (gap,) = find(asked).gaps
    assert (gap.remedy, gap.nearest, gap.customers) == ("answer", "withdraw.fees", 3)


def test_what_customers_picked_is_a_phrasing_of_it() -> None:
    text = "what do you charge when my coins leave"
    asked = [happened(text, f"c{n}", "taken", topic="withdraw.fees") for n in range(2)]
    (gap,) = find([*asked, happened(text, "c3")]).gaps
    assert (gap.remedy, gap.nearest) == ("phrasing", "withdraw.fees")


def test_nothing_is_no_gap() -> None:
    assert find([]) == Found(())
    assert find_gaps(HAPPENED, KnowledgeBase({})).gaps


@settings(max_examples=50)
@given(st.integers(0, 10**6), st.integers(1, 16), st.floats(0.05, 0.95))
def test_clusters_are_what_joining_the_nearest_again_and_again_gives(
    seed: int, size: int, least: float
) -> None:
    random = np.random.default_rng(seed)
    alike = random.random((size, size)).astype(np.float32)
    alike = (alike + alike.T) / 2
    assert average_linkage(alike, least) == plainly(alike, least)


def plainly(alike: np.ndarray, least: float) -> list[list[int]]:
    """The definition: join the two most alike until none are alike enough."""
    groups = [[row] for row in range(len(alike))]
    while len(groups) > 1:
        pairs = [
            (float(alike[np.ix_(a, b)].astype(np.float64).mean()), i, i + 1 + j)
            for i, a in enumerate(groups)
            for j, b in enumerate(groups[i + 1 :])
        ]
        best, i, j = max(pairs)
        if best < least:
            break
        groups[i] += groups.pop(j)
    return sorted(sorted(group) for group in groups)


# ── drafts ───────────────────────────────────────────────────────────────────────────────────


def draft(happenings: list[Happening]) -> str:
    return write_drafts(find(happenings).gaps, base().entries, "drafts.yaml")


def test_a_draft_has_customers_and_agents_words_and_is_not_reviewed() -> None:
    text = draft(HAPPENED)
    problems: list[InputError] = []
    drafts = read_drafts(Document(text, "drafts.yaml"), problems)
    assert not problems
    assert (drafts.entries, drafts.unreviewed) == ({}, 2)
    reviewed = read_drafts(Document(text.replace("reviewed: no", "reviewed: yes"), "d"), problems)
    taxes = next(entry for id, entry in reviewed.entries.items() if "tax" in id)
    assert set(taxes.phrasings["en"]) == set(TAXES)
    assert taxes.answer == {"zh": "", "en": "It is in Account - Reports."}
    staking = next(entry for id, entry in reviewed.entries.items() if "tax" not in id)
    assert set(staking.phrasings["zh"]) == set(STAKING)
    assert not problems


def test_a_draft_that_lies_in_the_folder_is_an_error_and_no_answer() -> None:
    with pytest.raises(KnowledgeBaseError, match=r"drafts\.yaml:\d+: .*reviewed"):
        read_files({"base.yaml": BASE, "drafts.yaml": draft(HAPPENED)})


@given(
    st.lists(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["{{ fees.btc }}", "a: b", "# x", "- y", "---\n- id: z", '"', "\x07", ""]),
)
@settings(max_examples=30)
def test_whatever_customers_and_agents_write_a_draft_can_be_read(
    questions: list[str], odd: str
) -> None:
    happenings = [
        Happening(f"staking rewards {odd} {text}", "en", "missed", f"c{n}", 1.0, reply=odd + text)
        for n, text in enumerate(questions)
    ]
    text = write_drafts(find_gaps(happenings, base()).gaps, base().entries, "drafts.yaml")
    problems: list[InputError] = []
    drafts = read_drafts(Document(text.replace("reviewed: no", "reviewed: yes"), "d"), problems)
    assert not problems
    assert drafts.entries
    for entry in drafts.entries.values():
        assert "{{" not in str(structs.asdict(entry))


def test_drafts_have_ids_of_their_own() -> None:
    gaps = find(HAPPENED).gaps
    same = [structs.replace(gaps[1], first_at=float(n)) for n in range(3)]
    text = write_drafts(same, base().entries, "drafts.yaml").replace(
        "reviewed: no", "reviewed: yes"
    )
    problems: list[InputError] = []
    assert len(read_drafts(Document(text, "d"), problems).entries) == 3
    assert not problems


# ── accepting ────────────────────────────────────────────────────────────────────────────────

NEW = """\
- id: reports.tax
  reviewed: yes
  dept: account
  urgency: normal
  title: {zh: 年度税务报告, en: Tax report}
  answer: {zh: 在“账户 - 报表”。, en: It is in Account - Reports.}
  phrasings:
    zh: [年度税务报告在哪里下载]
    en: [where is my yearly tax report]
- phrasings_for: withdraw.fees
  reviewed: yes
  phrasings:
    zh: [提币手续费是多少, 转出去扣我多少]
    en: ["what do you charge, when my coins leave"]
"""


def accept(text: str) -> tuple[Written, str]:
    """The base with the drafts, and the file's new text."""
    problems: list[InputError] = []
    drafts = read_drafts(Document(text, "drafts.yaml"), problems)
    joined = join(drafts, written(), problems)
    document = Document(BASE, "base.yaml")
    paths = {"withdraw.fees": "[0]", "account.password": "[1]"}
    added = {paths[id]: phrasings for id, phrasings in joined.added.items()}
    return joined.written, with_phrasings(BASE, document, added)


def test_what_was_reviewed_joins_the_base() -> None:
    joined, _ = accept(NEW)
    assert joined.entries["reports.tax"].answer["en"] == "It is in Account - Reports."
    fees = joined.entries["withdraw.fees"].phrasings
    # What it has already is not added again.
    assert fees["zh"] == ("提币手续费是多少", "提现要收多少钱", "转出去扣我多少")
    assert fees["en"][-1] == "what do you charge, when my coins leave"
    found = KnowledgeBase(joined.entries).match("转出去扣我多少", "zh")
    assert found.candidates[0].id == "withdraw.fees"


def test_lines_are_added_and_no_other_is_changed() -> None:
    _, text = accept(NEW)
    added = [line for line in text.splitlines() if line not in BASE.splitlines()]
    assert added == ["      - what do you charge, when my coins leave"]
    assert [line for line in text.splitlines() if line not in added] == BASE.splitlines()
    entries = read_files({"base.yaml": text}).entries
    assert entries["withdraw.fees"].phrasings["en"][-1] == "what do you charge, when my coins leave"


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ("id: reports.tax", "id: account.password", 1, ["is taken (base.yaml:12)"]),
        ("{zh: 在“账户 - 报表”。, ", "{", 6, ["says nothing in “zh”"]),
        ("where is my yearly tax report", "i forgot my password", 9, ["also stands in account"]),
        ("phrasings_for: withdraw.fees", "phrasings_for: withdraw.fee", 10, ["no entry"]),
        ("转出去扣我多少", "忘记密码了怎么办", 13, ["also stands in"]),
        ("reviewed: yes\n  dept", "reviewed: maybe\n  dept", 2, ["maybe", "no", "yes"]),
        ("phrasings_for: withdraw.fees", "phrasings_for: reports.tax", 10, ["twice"]),
    ],
)
def test_what_is_wrong_with_a_draft_is_told_with_its_line(
    old: str, new: str, line: int, says: list[str]
) -> None:
    assert old in NEW
    with pytest.raises(KnowledgeBaseError) as caught:
        accept(NEW.replace(old, new, 1))
    message = str(caught.value)
    assert any(each.startswith(f"drafts.yaml:{line}: ") for each in message.splitlines()), message
    for part in says:
        assert part in message


def test_what_was_accepted_may_be_accepted_again() -> None:
    joined, _ = accept(NEW)
    problems: list[InputError] = []
    drafts = read_drafts(Document(NEW, "drafts.yaml"), problems)
    again = join(drafts, joined, problems)
    assert (again.new, again.added) == ({}, {})


def test_a_gap_is_told_in_a_few_lines() -> None:
    lines = told(find(HAPPENED).gaps[0], 2)
    assert lines[0] == "4 customers (zh 4): no entry answers this"
    assert "and 1 more" in lines[4]


def test_many_questions_take_a_bearable_time() -> None:
    """Nothing in it grows with the cube of their number."""
    random = Random(1)
    alike = np.array([[random.random() for _ in range(600)] for _ in range(600)], dtype=np.float32)
    assert len(average_linkage((alike + alike.T) / 2, 0.5)) < 600
