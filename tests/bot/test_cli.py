"""The command line, as a process: what it prints and how it exits."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

KEFU = Path(sys.executable).parent / "kefu"
ROOT = Path(__file__).parents[2]


def kefu(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(KEFU), *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


def test_version() -> None:
    result = kefu("version")
    assert result.returncode == 0
    assert result.stdout.startswith("kefu 0.")


def test_help_names_every_command() -> None:
    result = kefu("--help")
    assert result.returncode == 0
    for command in ("run", "check", "version", "--config", "--log-level", "--json-logs"):
        assert command in result.stdout


def test_misuse_exits_with_2() -> None:
    assert kefu().returncode == 2
    assert kefu("dance").returncode == 2
    assert kefu("run", "--log-level", "loud").returncode == 2


def test_check_of_what_is_shipped() -> None:
    result = kefu("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert "entries" in result.stdout


@pytest.mark.parametrize("before", [True, False])
def test_check_tells_file_and_line_and_exits_with_1(tmp_path: Path, before: bool) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("brand: x\ndesk:\n  langauge: zh\n")
    option = ("--config", str(bad))
    result = kefu(*option, "check") if before else kefu("check", *option)
    assert result.returncode == 1
    assert result.stderr.startswith(f"{bad}:3: ")
    assert "language" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_tells_what_is_wrong_in_the_knowledge_base(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "a.yaml").write_text("- id: a.b\n  dept: x\n  urgency: soon\n")
    config = tmp_path / "config.yaml"
    config.write_text("knowledge: answers\n")
    for command in ("check", "run"):
        result = kefu(command, "--config", str(config))
        assert result.returncode == 1
        assert f"{folder / 'a.yaml'}:" in result.stderr
        assert "Traceback" not in result.stderr


def test_check_tells_what_is_wrong_in_the_rules_for_replies(tmp_path: Path) -> None:
    rules = tmp_path / "rules.yaml"
    rules.write_text("norms:\n  - id: late\n    says: ['tom(orrow']\n    hint: {zh: 别, en: no}\n")
    config = tmp_path / "config.yaml"
    config.write_text("desk:\n  norms: rules.yaml\n")
    result = kefu("check", "--config", str(config))
    assert result.returncode == 1
    assert result.stderr.startswith(f"{rules}:3: “tom(orrow” is not a regular expression")
    config.write_text("desk:\n  norms: none.yaml\n")
    missing = kefu("check", "--config", str(config))
    assert missing.stderr.startswith(f"{config}:2: there is no file")


def test_check_takes_a_brand_with_its_domains(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("brand:\n  name: Ours\n  domains: [ours.example]\n")
    assert kefu("check", "--config", str(config)).returncode == 0
    config.write_text("brand:\n  name: Ours\n  domains: ['https://ours.example/']\n")
    result = kefu("check", "--config", str(config))
    assert result.returncode == 1
    assert result.stderr.startswith(f"{config}:3: “https://ours.example/” is not a domain")


def test_check_warns_of_questions_that_stand_in_two_entries(tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for id, zh, en in (("a", "怎么提币", "ask one"), ("b", "如何提币呢", "ask two")):
        (folder / f"{id}.yaml").write_text(
            f"- {{id: {id}, dept: x, urgency: normal, title: {{zh: 题{id}, en: title {id}}}, "
            f"answer: {{zh: 答, en: a}},\n   phrasings: {{zh: [{zh}], en: [{en}]}}}}\n",
            encoding="utf-8",
        )
    (tmp_path / "config.yaml").write_text("knowledge: answers\n")
    result = kefu("check", folder=tmp_path)
    assert result.returncode == 0
    assert result.stderr == (
        f"warning: {folder / 'b.yaml'}:2: “如何提币呢” asks the same as “怎么提币” of a "
        f"({folder / 'a.yaml'}:2); keep one, or say in both what differs\n"
    )
