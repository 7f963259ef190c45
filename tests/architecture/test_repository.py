"""What must not be in the repository."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
REGISTRIES = re.compile(rb"https?://[a-z.-]*(?:pypi|pythonhosted|npmjs|debian)\.", re.IGNORECASE)


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.split(b"\0")
    return [ROOT / name.decode() for name in names if name and (ROOT / name.decode()).is_file()]


def test_no_file_names_a_registry() -> None:
    files = tracked()
    assert files
    assert [p for p in files if REGISTRIES.search(p.read_bytes())] == []


def test_every_dependency_is_pinned() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").split()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+==[\w.!+-]+", line)] == []
