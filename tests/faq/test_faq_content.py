"""What the built-in entries must say, whoever edits them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import faq
from chat.phrases import LANGS
from faq.entry import Entry
from faq.variables import texts_of
from faq.written import read_files

CONTENT = Path(faq.__file__).parent / "content"
WRITTEN = read_files(
    {path.name: path.read_text(encoding="utf-8") for path in CONTENT.glob("*.yaml")}
)
ENTRIES = WRITTEN.entries
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


TOPICS = {
    "account": "register login_failed reset_password change_contact no_code frozen close",
    "kyc": "how rejected duration",
    "region": "availability",
    "deposit": "how missing wrong_network missing_memo minimum confirmations address",
    "withdraw": "how pending failed limit cancel wrong_address whitelist",
    "transfer": "internal txid",
    "fees": "trading withdraw gas",
    "fiat": "buy sell card_problem p2p_dispute",
    "trade": "how order_types order_failed cancel_order futures liquidation history api",
    "market": "advice listing",
    "earn": "products",
    "promo": "referral airdrop",
    "wallet": "backup lost_seed import cold_hot",
    "security": "2fa_setup 2fa_lost stolen suspicious_login scam official_check key_leaked",
    "basics": "bitcoin ethereum stablecoin",
    "service": "hours contact how_long ticket_status complaint feedback privacy",
    "app": "download problem",
}


def test_the_topics_are_there() -> None:
    assert len(ENTRIES) >= 70
    topics = {f"{kind}.{name}" for kind, names in TOPICS.items() for name in names.split()}
    assert topics <= set(ENTRIES)
    assert {id for id, entry in ENTRIES.items() if entry.steps} >= set(GUIDED)
    assert {id for id, entry in ENTRIES.items() if entry.urgency == "critical"} == set(CRITICAL)


@pytest.mark.parametrize("id", sorted(ENTRIES))
def test_an_entry_is_fit_to_be_sent(id: str) -> None:
    entry = ENTRIES[id]
    for lang in LANGS:
        assert len(entry.phrasings[lang]) >= 6
    assert entry.related
    for text in texts(entry):
        assert "{{" not in text
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


FEES = ("fees.trading", "fees.withdraw", "deposit.minimum", "withdraw.limit", "service.hours")


@pytest.mark.parametrize("id", FEES)
def test_what_differs_by_company_is_a_variable(id: str) -> None:
    """Nobody should have to look for a figure in an answer."""
    raw = WRITTEN.raw[id]
    for lang in LANGS:
        assert "{{ " in raw.answer[lang]
        assert not re.search(r"\d+(\.\d+)? ?(%|BTC|USDT|ETH)", raw.answer[lang])


def test_no_answer_names_the_company_but_by_its_variable() -> None:
    brand = WRITTEN.values["brand"].text
    assert isinstance(brand, str)
    for entry in WRITTEN.raw.values():
        assert not [text for _, _, text in texts_of(entry) if brand.lower() in text.lower()]
