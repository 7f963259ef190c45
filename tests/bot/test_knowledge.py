"""Where the knowledge base's files come from, and when they are read anew."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot import knowledge, knowledge_watch
from bot.config import Config, KnowledgeConfig
from bot.knowledge import read_knowledge, read_written
from bot.knowledge_watch import KnowledgeWatch, fingerprint
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError

ENTRY = """\
- id: {id}
  dept: funds
  urgency: normal
  title: {{zh: 标题{id}, en: Title {id}}}
  answer: {{zh: '{text}', en: Answer}}
  phrasings: {{zh: [问{id}], en: [ask {id}]}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "answers"
    made.mkdir()
    (made / "a.yaml").write_text(ENTRY.format(id="a", text="一"), encoding="utf-8")
    return made


def config(folder: Path, values: Path | None = None) -> Config:
    return Config(knowledge=KnowledgeConfig(str(folder), str(values) if values else None))


def problems(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeBaseError) as caught:
        read_knowledge(config(folder))
    return [str(problem) for problem in caught.value.problems]


def test_files_below_count_and_hidden_ones_do_not(folder: Path) -> None:
    (folder / "below").mkdir()
    (folder / "below" / "b.yml").write_text(ENTRY.format(id="b", text="二"), encoding="utf-8")
    (folder / ".a.yaml.swp.yaml").write_text("- [", encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".git" / "c.yaml").write_text("- [", encoding="utf-8")
    (folder / "notes.txt").write_text("- [", encoding="utf-8")
    assert list(read_knowledge(config(folder)).entries) == ["a", "b"]


def test_own_values_prevail_over_those_beside_the_entries(folder: Path, tmp_path: Path) -> None:
    text = ENTRY.format(id="b", text="{{ fee }} {{ brand }} {{ hours }}")
    (folder / "b.yaml").write_text(text, encoding="utf-8")
    (folder / "values.yaml").write_text("fee: 1 BTC\nhours: always\n", encoding="utf-8")
    own = tmp_path / "company.yaml"
    own.write_text("fee: 2 BTC\n", encoding="utf-8")
    found = read_knowledge(config(folder, own)).get("b")
    assert found.answer["zh"] == "2 BTC Tokenim always"
    own.write_text("fees: 2 BTC\n", encoding="utf-8")
    with pytest.raises(KnowledgeBaseError, match=r"company\.yaml:1: no entry uses “fees”"):
        read_knowledge(config(folder, own))


def test_the_built_in_base_takes_ones_own_values(tmp_path: Path) -> None:
    own = tmp_path / "company.yaml"
    own.write_text("fees: {btc_withdraw: 7 BTC}\n", encoding="utf-8")
    base = read_knowledge(Config(brand="Acme", knowledge=KnowledgeConfig(values=str(own))))
    assert "7 BTC" in base.get("fees.withdraw").answer["en"]
    assert "Acme" in base.get("region.availability").answer["en"]


def test_the_day_is_the_one_of_the_machine(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = ENTRY.format(id="b", text="二") + "  valid_until: 2026-01-31\n"
    (folder / "b.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(knowledge, "today", lambda: "2026-01-31")
    assert list(read_knowledge(config(folder)).entries) == ["a", "b"]
    monkeypatch.setattr(knowledge, "today", lambda: "2026-02-01")
    assert list(read_knowledge(config(folder)).entries) == ["a"]
    assert list(read_written(config(folder)).entries) == ["a", "b"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("提币".encode("gbk"), "a.yaml:1: the file is not UTF-8; save it as UTF-8"),
        (b"#" * 5_000_000, "a.yaml:1: the file is larger than 4,000,000 bytes; split it"),
        (b"a: &a [x]\nb: &b [*a, *a]\n", "a.yaml:2: an alias (*a) is used"),
        (b"- !!python/object/apply:os.system [x]", "a.yaml:1: a tag"),
        (b"[" * 100_000, "a.yaml:1: "),
        (b"- \x00", "a.yaml:1: there is an unreadable character (U+0000)"),
    ],
)
def test_a_file_that_cannot_be_read_is_told(folder: Path, content: bytes, says: str) -> None:
    (folder / "a.yaml").write_bytes(content)
    found = problems(folder)
    assert found[0].startswith(f"{folder / says}")
    assert all("\n" not in each for each in found)


def test_a_folder_in_the_place_of_a_file_is_told(folder: Path) -> None:
    (folder / "b.yaml").mkdir()
    assert problems(folder)[0].startswith(f"{folder / 'b.yaml'}:1: the file cannot be read")


# ── reading anew ─────────────────────────────────────────────────────────────────────────────


class Used:
    """The bases that were taken into use."""

    def __init__(self) -> None:
        self.bases: asyncio.Queue[KnowledgeBase] = asyncio.Queue()

    def __call__(self, base: KnowledgeBase) -> None:
        self.bases.put_nowait(base)

    async def next(self) -> KnowledgeBase:
        async with asyncio.timeout(20):
            return await self.bases.get()


@asynccontextmanager
async def watching(folder: Path, used: Used) -> AsyncIterator[KnowledgeWatch]:
    known = config(folder)
    watch = KnowledgeWatch(known, lambda _: knowledge.read_knowledge(known), used, period=0.01)
    task = asyncio.create_task(watch.run())
    await used.next()  # the base as it was at the start, learnt
    yield watch
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def edit(folder: Path, text: str, name: str = "a.yaml") -> None:
    new = folder / ".new"
    new.write_text(text, encoding="utf-8")
    new.replace(folder / name)


async def test_edits_new_files_and_deleted_ones_are_noticed(folder: Path) -> None:
    used = Used()
    async with watching(folder, used):
        edit(folder, ENTRY.format(id="a", text="二"))
        assert (await used.next()).get("a").answer["zh"] == "二"
        edit(folder, ENTRY.format(id="b", text="三"), "b.yaml")
        assert list((await used.next()).entries) == ["a", "b"]
        (folder / "a.yaml").unlink()
        assert list((await used.next()).entries) == ["b"]


async def test_an_edit_while_the_first_base_is_read_is_noticed(folder: Path) -> None:
    used = Used()
    known = config(folder)

    def read(_: threading.Event) -> KnowledgeBase:
        base = read_knowledge(known)
        if base.get("a").answer["zh"] == "一":
            edit(folder, ENTRY.format(id="a", text="二"))
        return base

    task = asyncio.create_task(KnowledgeWatch(known, read, used, period=0.01).run())
    assert (await used.next()).get("a").answer["zh"] == "一"
    assert (await used.next()).get("a").answer["zh"] == "二"
    task.cancel()


async def test_a_new_day_is_noticed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (knowledge, knowledge_watch):
        monkeypatch.setattr(module, "today", lambda: "2026-01-31")
    edit(folder, ENTRY.format(id="b", text="二") + "  valid_from: 2026-02-01\n", "b.yaml")
    used = Used()
    async with watching(folder, used):
        for module in (knowledge, knowledge_watch):
            monkeypatch.setattr(module, "today", lambda: "2026-02-01")
        assert list((await used.next()).entries) == ["a", "b"]


async def test_what_is_broken_is_told_once_and_a_surprise_ends_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.ERROR)
    used = Used()
    looks = asyncio.Semaphore(0)
    seen = knowledge_watch.fingerprint

    def look(known: Config) -> knowledge_watch.Fingerprint:
        loop.call_soon_threadsafe(looks.release)
        return seen(known)

    loop = asyncio.get_running_loop()
    async with watching(folder, used) as watch:
        monkeypatch.setattr(knowledge_watch, "fingerprint", look)
        edit(folder, "- [")
        for _ in range(8):
            await looks.acquire()
        assert watch.state == "stale"
        assert sum("this is not valid YAML" in message for message in caplog.messages) == 1

        monkeypatch.setattr(knowledge, "read_knowledge", lambda _: 1 / 0)
        watch.reload()
        for _ in range(4):
            await looks.acquire()
        assert "could not be read" in caplog.text
        monkeypatch.undo()
        edit(folder, ENTRY.format(id="a", text="二"))
        assert (await used.next()).get("a").answer["zh"] == "二"
        assert watch.state == "current"


async def test_a_fingerprint_survives_a_file_that_goes_while_it_looks(folder: Path) -> None:
    (folder / "b.yaml").symlink_to(folder / "nowhere.yaml")
    assert fingerprint(config(folder)) == fingerprint(config(folder))
