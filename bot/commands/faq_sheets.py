"""`kefu faq export` and `kefu faq import`: the knowledge base as a spreadsheet, there and back."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct, structs

from bot.commands.files import replace
from bot.commands.group import Commands, config_path
from bot.config import Config, ConfigError, KnowledgeConfig, load
from bot.knowledge import BUILT_IN, knowledge_files, knowledge_folder, read_written
from faq.entry import Entry
from faq.located import Document, InputError
from faq.sheet import Sheet, from_table, to_table
from faq.variables import check_used
from faq.writing import to_yaml
from faq.written import VALUES, KnowledgeBaseError, Written, finished, is_values, read_entries

KINDS: Final = (".csv", ".xlsx")

_COMMENT: Final = re.compile(r"^\s*#", re.MULTILINE)


class _Told(Exception):
    """What stands in the way, in one line."""


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put the two commands on the command line."""
    what = "write the knowledge base to a spreadsheet, one row an entry"
    export = commands.add_parser("export", help=what, description=what, parents=[common])
    export.add_argument("file", type=Path, metavar="FILE", help="ends in .csv or .xlsx")
    export.add_argument("--force", action="store_true", help="overwrite the file if it is there")
    what = "take entries from a spreadsheet into the knowledge base's YAML files"
    taking = commands.add_parser("import", help=what, description=what, parents=[common])
    taking.add_argument("file", type=Path, metavar="FILE", help="ends in .csv or .xlsx")
    taking.add_argument(
        "--to", type=Path, metavar="FOLDER", help="default: the knowledge folder of the settings"
    )
    taking.add_argument("--dry-run", action="store_true", help="say what would change, and stop")
    taking.add_argument(
        "--prune", action="store_true", help="delete entries that are not in the spreadsheet"
    )
    for command in (export, taking):
        command.set_defaults(group=sys.modules[__name__])


def run(options: argparse.Namespace) -> int:
    """Run the command that was named."""
    file: Path = options.file
    if file.suffix.lower() not in KINDS:
        _say(f"{file}: the name must end in {' or '.join(KINDS)}", error=True)
        return 2
    try:
        config = load(config_path(options))
        if options.subcommand == "export":
            _export(config, file, force=options.force)
        else:
            _import(config, options)
    except (ConfigError, InputError, KnowledgeBaseError, _Told) as error:
        _say(str(error), error=True)
        return 1
    except OSError as error:
        _say(f"{error.filename}: {error.strerror}", error=True)
        return 1
    return 0


def _say(line: str, *, error: bool = False) -> None:
    print(line, file=sys.stderr if error else sys.stdout)


# ── export ───────────────────────────────────────────────────────────────────────────────────


def _export(config: Config, file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        raise _Told(f"{file}: the file is there already; name another, or add --force")
    # It loads a library for XLSX, which no other command needs.
    from bot.sheets import encode

    written = read_written(config)
    table = to_table(written.raw, _kept_in(written, knowledge_folder(config)))
    replace(file, encode(file.suffix.lower(), table))
    _say(f"{file}: {len(written.raw)} entries")


def _kept_in(written: Written, folder: Path) -> dict[str, str]:
    """The file of each entry, relative to the folder."""
    found = {}
    for id, place in written.places.items():
        path = Path(place.where("").rpartition(":")[0])
        found[id] = path.relative_to(folder).as_posix() if path.is_absolute() else path.as_posix()
    return found


# ── import ───────────────────────────────────────────────────────────────────────────────────


class _Target(Struct, frozen=True):
    """The folder that is written, what is in it, and the values that its variables stand for."""

    folder: Path
    written: Written
    kept_in: dict[str, str]
    new_values: str | None
    """Text for a values file, where the folder has none yet."""


class _Changes(Struct, frozen=True):
    new: list[str]
    changed: list[str]
    missing: list[str]


def _import(config: Config, options: argparse.Namespace) -> None:
    from bot.sheets import decode

    target = _target(config, options.to)
    problems: list[InputError] = []
    source, rows = decode(options.file)
    sheet = from_table(rows, source, target.kept_in, problems)
    if problems:
        raise KnowledgeBaseError(problems)
    known = target.written.raw
    changes = _Changes(
        new=[id for id in sheet.entries if id not in known],
        changed=[id for id, entry in sheet.entries.items() if known.get(id, entry) != entry],
        missing=[id for id in known if id not in sheet.entries],
    )
    gone = set(changes.missing) if options.prune else set()
    merged = {id: sheet.entries.get(id, entry) for id, entry in known.items() if id not in gone}
    merged |= {id: sheet.entries[id] for id in changes.new}
    places = {id: sheet.places.get(id) or target.written.places[id] for id in merged}
    values = target.written.values
    own = {name: value for name, value in values.items() if name != "brand"}
    finished(merged, places, values, check_used(own, merged.values()))
    texts = _texts(target, merged, sheet, gone)
    _tell(changes, options)
    if options.dry_run:
        _say("nothing was written")
        return
    for name, text in texts.items():
        _write(target.folder / name, text)
    if target.new_values is not None:
        _write(target.folder / VALUES, target.new_values)


def _target(config: Config, to: Path | None) -> _Target:
    if to is None and config.knowledge_folder is None:
        raise _Told("the built-in base stays as it is; name a folder with --to")
    folder = (to or knowledge_folder(config)).resolve()
    if folder == BUILT_IN.resolve():
        raise _Told("the built-in base stays as it is; name another folder with --to")
    there = structs.replace(config, knowledge=KnowledgeConfig(str(folder), _own_values(config)))
    if folder.is_dir() and any(True for _ in knowledge_files(folder)):
        written = read_written(there)
        return _Target(folder, written, _kept_in(written, folder), None)
    present = read_written(config)
    values = {
        path.name: path.read_text(encoding="utf-8")
        for path in knowledge_files(knowledge_folder(config))
        if is_values(path.name)
    }
    empty = Written({}, {}, {}, present.values)
    return _Target(folder, empty, {}, next(iter(values.values()), None))


def _own_values(config: Config) -> str | None:
    return str(config.own_values) if config.own_values else None


def _texts(
    target: _Target, merged: Mapping[str, Entry], sheet: Sheet, gone: set[str]
) -> dict[str, str]:
    """What is to be written, by file: those of which an entry is new, changed or gone."""
    kept_in = {id: sheet.files.get(id) or target.kept_in[id] for id in merged}
    known = target.written.raw
    touched = {
        file
        for id, entry in merged.items()
        if known.get(id) != entry or target.kept_in.get(id) != kept_in[id]
        for file in (kept_in[id], target.kept_in.get(id))
        if file is not None
    }
    touched |= {target.kept_in[id] for id in gone}
    texts = {
        file: to_yaml(entry for id, entry in merged.items() if kept_in[id] == file)
        for file in sorted(touched)
    }
    for id, entry in _read_again(texts).items():
        if entry != merged[id]:
            raise _Told(f"{id}: the entry cannot be written as YAML; look for odd characters in it")
    return texts


def _read_again(texts: Mapping[str, str]) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    problems: list[InputError] = []
    for file, text in texts.items():
        read_entries(Document(text, file), entries, {}, problems)
    if problems:
        raise KnowledgeBaseError(problems)
    return entries


def _tell(changes: _Changes, options: argparse.Namespace) -> None:
    for name, ids in (("new", changes.new), ("changed", changes.changed)):
        _say(f"{name}: {len(ids)}" + (f" ({', '.join(ids)})" if ids else ""))
    if changes.missing:
        what = "deleted" if options.prune else "not in the spreadsheet, kept"
        _say(f"{what}: {len(changes.missing)} ({', '.join(changes.missing)})")


def _write(path: Path, text: str) -> None:
    if path.exists() and _COMMENT.search(path.read_text(encoding="utf-8")):
        _say(f"{path}: written; comments in it are not kept")
    else:
        _say(f"{path}: written")
    path.parent.mkdir(parents=True, exist_ok=True)
    replace(path, text.encode())
