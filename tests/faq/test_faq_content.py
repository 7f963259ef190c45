"""What the built-in entries must say, whoever edits them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import faq
from chat.phrases import LANGS
from faq.entry import Entry
from faq.knowledge_base import load

CONTENT = Path(faq.__file__).parent / "content"
ENTRIES = load(
    {path.name: path.read_text(encoding="utf-8") for path in CONTENT.glob("*.yaml")}
).entries
GUIDED = (
    *("account.register", "account.reset_password", "account.change_contact", "kyc.how"),
    *("deposit.how", "withdraw.how", "withdraw.whitelist", "transfer.txid", "fiat.buy"),
    *("fiat.sell", "trade.how", "wallet.backup", "wallet.import"),
    *("security.2fa_setup", "security.2fa_lost"),
)
CRITICAL = (
    *("security.stolen", "security.suspicious_login", "security.scam", "security.key_leaked"),
)
PROMISES = re.compile(
    r"(?<!不)一定(会|能)?到账|(?<!能)(?<!法)保证(找回|追回|到账)|100%|we guarantee|will definitely",
    re.I,
)
MARKDOWN = re.compile(r"\*\*|__|^#|`|\]\(", re.M)


def texts(entry: Entry) -> Iterator[str]:
    for part in (entry.title, entry.answer, *entry.steps):
        yield from part.values()


def test_the_topics_are_there() -> None:
    assert len(ENTRIES) >= 70
    assert {id for id, entry in ENTRIES.items() if entry.urgency == "critical"} == set(CRITICAL)


@pytest.mark.parametrize("id", sorted(ENTRIES))
def test_an_entry_is_fit_to_be_sent(id: str) -> None:
    entry = ENTRIES[id]
    for lang in LANGS:
        assert len(entry.phrasings[lang]) >= 6
    for text in texts(entry):
        assert not PROMISES.search(text)
        assert not MARKDOWN.search(text)
        assert len(text) < 1500
    assert re.search(r"[\u4e00-\u9fff]", entry.answer["zh"])
    assert not re.search(r"[\u4e00-\u9fff]", entry.answer["en"])


@pytest.mark.parametrize("id", GUIDED)
def test_a_procedure_has_steps(id: str) -> None:
    assert len(ENTRIES[id].steps) >= 2


@pytest.mark.parametrize("id", CRITICAL)
def test_what_is_critical_says_what_to_do_at_once(id: str) -> None:
    answer = ENTRIES[id].answer
    assert re.search("马上|立即|立刻", answer["zh"][:60])
    assert re.search("at once|now|right away|stop|freeze", answer["en"][:100], re.I)


@pytest.mark.parametrize("id", ["wallet.backup", "wallet.import", "wallet.lost_seed"])
def test_where_scams_happen_a_warning_stands(id: str) -> None:
    whole = {lang: ENTRIES[id].answer[lang] + str(ENTRIES[id].steps) for lang in LANGS}
    assert re.search("绝不|骗子|不要", whole["zh"])
    assert re.search("never|scam", whole["en"], re.I)
