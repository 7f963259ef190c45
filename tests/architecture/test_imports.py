"""The import rules hold, and would be seen to break."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("chat", "faq", "handoff", "bot", "adapters")
PURE = ("chat", "faq", "handoff", "bot/dialog")
IMPURE_CALLS = {"open", "input", "print", "exec", "eval", "__import__"}


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(
        command,
        check=False,
        cwd=root,
        env={"PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rules_hold_in_a_copy(copy: Path) -> None:
    result = lint(copy)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bot/dialog/engine.py", "import time"),
        ("handoff/ticket.py", "import random"),
        ("faq/entry.py", "import socket"),
        ("chat/events.py", "import asyncio"),
        ("chat/message.py", "import faq.entry"),
        ("handoff/ticket.py", "import bot.inbox"),
        ("adapters/web/__init__.py", "import bot.config"),
        ("adapters/telegram/__init__.py", "import adapters.web.channel"),
        ("bot/dialog/engine.py", "import bot.store.store"),
    ],
)
def test_a_planted_violation_is_seen(copy: Path, file: str, line: str) -> None:
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}  # noqa\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode != 0
    assert "BROKEN" in result.stdout


def impure_calls(source: str) -> list[str]:
    return [
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in IMPURE_CALLS
    ]


def test_pure_packages_call_nothing_that_reaches_outside() -> None:
    found = {
        str(path.relative_to(ROOT)): calls
        for package in PURE
        for path in (ROOT / package).rglob("*.py")
        if (calls := impure_calls(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_a_planted_call_is_seen() -> None:
    assert impure_calls("def load(name):\n    return open(name).read()\n") == ["open"]
