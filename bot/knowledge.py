"""Reads the knowledge base's files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.config import Config
from faq.input_error import InputError
from faq.knowledge_base import KnowledgeBase, KnowledgeBaseError
from faq.validity import holding
from faq.written import Written, read_files

BUILT_IN: Final = Path(str(files("faq"))) / "content"
_SUFFIXES: Final = (".yaml", ".yml")
_BYTES: Final = 4_000_000
"""Of a file; `faq.yaml_tree` bounds its characters."""

# The matcher asks pypinyin for single characters of the one table that it leaves; its phrases would
# take 50 MB, its second copies more (its own settings).
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
os.environ.setdefault("PYPINYIN_NO_DICT_COPY", "true")


def read_knowledge(config: Config | None = None, *, quick: bool = False) -> KnowledgeBase:
    """What holds today of the base that the settings name, or of the built-in one; a `quick` one
    is yet to be learnt (`bot.learning`).

    Raises faq.written.KnowledgeBaseError.
    """
    return KnowledgeBase(holding(read_written(config).entries, today()), quick=quick)


def read_written(config: Config | None = None) -> Written:
    """All entries, whatever the day. Raises faq.written.KnowledgeBaseError."""
    config = config or Config()
    folder = knowledge_folder(config)
    values = config.own_values
    problems: list[InputError] = []
    texts = {
        path.name if folder == BUILT_IN else str(path): text
        for path in knowledge_files(folder)
        if (text := _read(path, problems)) is not None
    }
    if not texts and not problems:
        problems.append(
            InputError(
                str(folder),
                1,
                "there are no YAML files in this folder",
                "write one, or name another",
            )
        )
    own = _read(values, problems) if values else None
    if problems:
        raise KnowledgeBaseError(problems)
    return read_files(texts, {str(values): own} if own is not None else None, config.brand_name)


def knowledge_folder(config: Config) -> Path:
    """Where the entries lie."""
    return Path(config.knowledge_folder) if config.knowledge_folder else BUILT_IN


def knowledge_files(folder: Path) -> Iterator[Path]:
    """The files of a folder and those below it, by name; none that is hidden, as editors' are."""
    for path in sorted(folder.glob("**/*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix in _SUFFIXES and not hidden:
            yield path


def today() -> str:
    """The day where the program runs (`TZ`), such as 2026-12-31."""
    return date.today().isoformat()


def _read(path: Path, problems: list[InputError]) -> str | None:
    try:
        if path.stat().st_size > _BYTES:
            wrong = InputError(
                str(path), 1, f"the file is larger than {_BYTES:,} bytes", "split it into several"
            )
        else:
            return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        wrong = InputError(str(path), 1, "the file is not UTF-8", "save it as UTF-8")
    except OSError as error:
        wrong = InputError(
            str(path), 1, f"the file cannot be read ({error.strerror})", "mend that, or remove it"
        )
    problems.append(wrong)
    return None
