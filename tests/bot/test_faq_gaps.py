"""`kefu faq gaps` and `kefu faq accept` over a seeded archive, as an editor uses them."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.archive.database import open_archive
from bot.archive.fact import Datum, Fact
from bot.archive.writing import write
from tests.archive.direct import url_in

pytestmark = pytest.mark.slow

KEFU = Path(sys.executable).parent / "kefu"
ENTRY = """\
# The lead's notes.
- id: fees.withdraw
  dept: funds
  urgency: normal
  title: {zh: 提币手续费, en: Withdrawal fees}
  answer: {zh: '费用 {{ fees.btc }}。', en: 'It is {{ fees.btc }}.'}
  phrasings:
    zh:
      - 提币手续费是多少
      - 提现要收多少钱
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
NOW = time.time()
DAY = 24 * 3600.0


class Seed:
    """Facts as the dialog notes them."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self._at = NOW - DAY

    def note(self, who: str, kind: str, days_ago: float = 1.0, **data: Datum) -> None:
        self._at += 1
        at = self._at - (days_ago - 1) * DAY
        self.facts.append(Fact(f"{len(self.facts)}/0", at, kind, who, data))

    def missed(self, who: str, question: str, lang: str, days_ago: float = 1.0) -> None:
        self.note(
            who, "missed", days_ago, question=question, lang=lang, why="nothing", candidates=""
        )

    def case(self, who: str, ticket: str, question: str, answer: str, cause: str = "asked") -> None:
        self.note(who, "case_opened", ticket=ticket, cause=cause, question=question)
        self.note(who, "agent_answered", ticket=ticket, question=question, answer=answer)


def seed() -> list[Fact]:
    seeded = Seed()
    for who, text in (
        ("web:1", "where is my yearly tax report"),
        ("web:2", "do you send a tax report for the year"),
        ("web:3", "tax report for this year please"),
    ):
        seeded.missed(who, text, "en")
        seeded.missed(who, text, "en")
    seeded.case("web:1", "K1", "where is my yearly tax report", "In Account - Reports.", "missed")
    for who, text in (("web:4", "怎么质押DOT领奖励"), ("web:5", "质押DOT的奖励怎么领")):
        seeded.missed(who, text, "zh")
    seeded.case("web:6", "K2", "DOT质押奖励怎么领取", "在“理财”里领取。")
    seeded.case("web:7", "K3", "转人工", "您好！")
    seeded.missed("web:8", "can my parrot sing opera", "en")
    seeded.missed("web:9", "how do i cook rice", "en", days_ago=50)
    seeded.missed("web:9", "what is the withdrawal fee", "en")
    for who in ("web:10", "web:11"):
        seeded.note(
            who,
            "suggestion_taken",
            topic="fees.withdraw",
            question="出金抽成几个点呢老板",
            lang="zh",
        )
    return seeded.facts


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "base.yaml").write_text(ENTRY, encoding="utf-8")
    (tmp_path / "answers" / "values.yaml").write_text("fees: {btc: 1 sat}\n", encoding="utf-8")
    (tmp_path / "config.yaml").write_text(
        "knowledge: answers\nfaq: {encoder: none}\n", encoding="utf-8"
    )
    (tmp_path / "data").mkdir()
    return tmp_path


@pytest.fixture
def seeded(home: Path) -> Path:
    engine = open_archive(url_in(home / "data"))
    write(engine, seed())
    engine.dispose()
    return home


def kefu(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(KEFU), "faq", *arguments], cwd=home, capture_output=True, text=True, check=False
    )


def found(home: Path, *arguments: str) -> list[dict[str, object]]:
    done = kefu(home, "gaps", "--json", *arguments)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def texts(gap: dict[str, object]) -> set[str]:
    examples = gap["examples"]
    assert isinstance(examples, list)
    return {example["text"] for example in examples}


def test_gaps_have_their_questions_counts_and_agents_answers(seeded: Path) -> None:
    tax, dot, fee = found(seeded)
    assert (tax["customers"], tax["langs"], tax["remedy"]) == (3, {"en": 3}, "entry")
    assert tax["replies"] == ["In Account - Reports."]
    assert texts(dot) == {"怎么质押DOT领奖励", "质押DOT的奖励怎么领", "DOT质押奖励怎么领取"}
    assert (dot["outcomes"], dot["replies"]) == ({"missed": 2, "asked": 1}, ["在“理财”里领取。"])
    assert (fee["remedy"], fee["nearest"]) == ("phrasing", "fees.withdraw")


def test_gaps_can_be_narrowed(seeded: Path) -> None:
    assert [gap["customers"] for gap in found(seeded, "--min-count", "3")] == [3, 3]
    assert [gap["langs"] for gap in found(seeded, "--lang", "zh")] == [{"zh": 3}, {"zh": 2}]
    alone = [texts(gap) for gap in found(seeded, "--min-count", "1")]
    assert {"can my parrot sing opera"} in alone
    assert {"how do i cook rice"} not in alone
    assert {"how do i cook rice"} in [
        texts(gap) for gap in found(seeded, "--min-count", "1", "--since", "60")
    ]


def test_the_terminal_shows_them_in_words(seeded: Path) -> None:
    done = kefu(seeded, "gaps")
    assert done.returncode == 0
    assert "  1. 3 customers (en 3): no entry answers this\n" in done.stdout
    assert "agents answered: In Account - Reports." in done.stdout
    assert "3 gaps in the last 30 days" in done.stdout
    assert "left out: 1 met by fewer than 2 customers (--min-count)" in done.stdout
    assert "left out: 1 answered by now" in done.stdout


def test_nothing_missed_is_told_kindly(home: Path) -> None:
    done = kefu(home, "gaps")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Nothing in the last 30 days stayed without an answer")
    assert found(home) == []
    # Looking makes no archive.
    assert list((home / "data").iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("gaps", "--since", "0"), 2, "must be at least 1"),
        (("gaps", "--since", "soon"), 2, "invalid"),
        (("gaps", "--lang", "fr"), 2, "fr"),
        (("gaps", "--config", "none.yaml"), 1, "none.yaml:1: there is no such file"),
        (("gaps", "--draft", "config.yaml"), 1, "config.yaml: the file is there already"),
        (("gaps", "--draft", "no/such.yaml"), 1, "there is no such folder"),
        (("accept", "none.yaml"), 1, "none.yaml: No such file"),
        (("accept",), 2, "FILE"),
    ],
)
def test_misuse_is_told_in_a_line(
    seeded: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    done = kefu(seeded, *arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_archive_that_cannot_be_read_is_told_in_a_line(home: Path) -> None:
    (home / "data" / "archive.sqlite3").write_bytes(b"not a database at all" * 100)
    done = kefu(home, "gaps")
    assert done.returncode == 1
    assert "archive.sqlite3: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr


def draft(home: Path) -> Path:
    done = kefu(home, "gaps", "--draft", "drafts.yaml")
    assert done.returncode == 0, done.stderr
    return home / "drafts.yaml"


def bases_files(home: Path) -> dict[str, str]:
    return {file.name: file.read_text(encoding="utf-8") for file in (home / "answers").iterdir()}


def test_a_draft_is_not_taken_into_use(seeded: Path) -> None:
    before = bases_files(seeded)
    file = draft(seeded)
    assert bases_files(seeded) == before
    done = kefu(seeded, "accept", str(file))
    assert done.returncode == 1
    assert "nothing is reviewed" in done.stderr
    assert bases_files(seeded) == before


def test_an_unfinished_draft_is_refused_with_its_lines(seeded: Path) -> None:
    before = bases_files(seeded)
    file = draft(seeded)
    text = file.read_text(encoding="utf-8").replace("reviewed: no", "reviewed: yes")
    file.write_text(text, encoding="utf-8")
    done = kefu(seeded, "accept", "drafts.yaml")
    assert done.returncode == 1
    line = text.splitlines().index('    zh: ""') + 1
    assert f"drafts.yaml:{line}: “title” of new." in done.stderr
    assert "says nothing in “zh”; add a line" in done.stderr
    assert bases_files(seeded) == before


def reviewed(file: Path) -> None:
    """As an editor would: the phrasings are well; the tax report gets its Chinese."""
    pieces = file.read_text(encoding="utf-8").split("\n\n")
    kept = []
    for piece in pieces:
        text = piece
        if "tax report" in piece:
            text = text.replace('  title:\n    zh: ""', "  title:\n    zh: 年度税务报告")
            text = text.replace('  answer:\n    zh: ""', "  answer:\n    zh: 在“账户 - 报表”里。")
            text = text.replace("zh: []", "zh: [年度税务报告在哪里]")
        if "tax report" in piece or "phrasings_for" in piece:
            text = text.replace("reviewed: no", "reviewed: yes")
        kept.append(text)
    file.write_text("\n\n".join(kept), encoding="utf-8")


def test_what_was_reviewed_becomes_part_of_the_base(seeded: Path) -> None:
    file = draft(seeded)
    reviewed(file)
    dry = kefu(seeded, "accept", "drafts.yaml", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "nothing was written" in dry.stdout
    assert set(bases_files(seeded)) == {"base.yaml", "values.yaml"}

    done = kefu(seeded, "accept", "drafts.yaml")
    assert done.returncode == 0, done.stderr
    assert "1 new entry (new." in done.stdout
    assert "fees.withdraw: 1 new phrasing" in done.stdout
    assert "not reviewed yet, left out: 1" in done.stdout
    files = bases_files(seeded)
    assert set(files) == {"base.yaml", "values.yaml", "drafts.yaml"}
    added = "      - 提现要收多少钱\n      - 出金抽成几个点呢老板\n"
    assert files["base.yaml"] == ENTRY.replace("      - 提现要收多少钱\n", added)

    answered = kefu(seeded, "ask", "--json", "where is my yearly tax report")
    assert json.loads(answered.stdout)["decision"] == "answer"
    # What is answered now is no gap any more.
    assert [texts(gap) for gap in found(seeded)] == [
        {"怎么质押DOT领奖励", "质押DOT的奖励怎么领", "DOT质押奖励怎么领取"}
    ]

    again = kefu(seeded, "accept", "drafts.yaml")
    assert again.returncode == 0, again.stderr
    assert "the base has all of this already" in again.stdout
    assert bases_files(seeded) == files


def test_a_file_of_the_same_name_is_not_overwritten(seeded: Path) -> None:
    other = """\
- id: other.topic
  dept: funds
  urgency: normal
  title: {zh: 别的, en: Other}
  answer: {zh: 好, en: Well}
  phrasings: {zh: [别的事情怎么办], en: [some other thing]}
"""
    (seeded / "answers" / "drafts.yaml").write_text(other, encoding="utf-8")
    file = draft(seeded)
    reviewed(file)
    done = kefu(seeded, "accept", "drafts.yaml")
    assert done.returncode == 0, done.stderr
    files = bases_files(seeded)
    assert files["drafts.yaml"] == other
    assert "tax" in files["drafts-2.yaml"]


def test_the_built_in_base_stays_as_it_is(seeded: Path) -> None:
    file = draft(seeded)
    reviewed(file)
    (seeded / "config.yaml").write_text("faq: {encoder: none}\n", encoding="utf-8")
    done = kefu(seeded, "accept", "drafts.yaml")
    assert done.returncode == 1
    assert "the built-in base stays as it is" in done.stderr


PHRASING = """\
- phrasings_for: fees.withdraw
  reviewed: yes
  phrasings:
    {lang}: ["so what: do i pay # for moving coins out"]
"""


def test_lines_end_as_they_did(home: Path) -> None:
    base = home / "answers" / "base.yaml"
    base.write_bytes(ENTRY.replace("\n", "\r\n").encode())
    (home / "drafts.yaml").write_text(PHRASING.format(lang="zh"), encoding="utf-8")
    done = kefu(home, "accept", "drafts.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    written = base.read_bytes()
    assert written.count(b"\r\n") == written.count(b"\n") == ENTRY.count("\n") + 1
    assert "# The lead's notes." in written.decode()


def test_a_list_on_one_line_is_laid_out_anew_and_that_is_told(home: Path) -> None:
    (home / "drafts.yaml").write_text(PHRASING.format(lang="en"), encoding="utf-8")
    done = kefu(home, "accept", "drafts.yaml")
    assert done.returncode == 0, done.stderr
    assert "base.yaml: laid out anew; comments in it are not kept" in done.stderr
    text = (home / "answers" / "base.yaml").read_text(encoding="utf-8")
    assert "so what: do i pay # for moving coins out" in text
    assert text.index("id: fees.withdraw") < text.index("id: account.password")
    assert "answer" in kefu(home, "ask", "so what: do i pay # for moving coins out").stdout


def test_a_draft_left_in_the_folder_is_told_and_not_used(home: Path) -> None:
    draft_there = home / "answers" / "drafts.yaml"
    draft_there.write_text(PHRASING.format(lang="en"), encoding="utf-8")
    done = kefu(home, "ask", "so what: do i pay # for moving coins out")
    assert done.returncode == 1
    assert "drafts.yaml:1: " in done.stderr
