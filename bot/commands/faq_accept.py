"""`kefu faq accept`: takes drafts that an editor has reviewed into the knowledge base."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path

from msgspec import structs

from bot.commands.files import replace
from bot.commands.group import Commands, config_path
from bot.config import Config, ConfigError, KnowledgeConfig, load
from bot.knowledge import BUILT_IN, knowledge_folder, read_written
from faq.accepting import Joined, join, with_phrasings
from faq.drafted import Drafts, read_drafts
from faq.entry import Entry
from faq.located import Document, InputError
from faq.near_duplicates import near_duplicates
from faq.writing import to_yaml
from faq.written import KnowledgeBaseError, Written, read_entries


class _Told(Exception):
    """What stands in the way, in one line."""


def add(commands: Commands, common: argparse.ArgumentParser) -> None:
    """Put `kefu faq accept` on the command line."""
    what = (
        "take drafts of `kefu faq gaps --draft` into the knowledge base: those with “reviewed: "
        "yes”, after checking everything; nothing that is there is overwritten"
    )
    accept = commands.add_parser("accept", help=what, description=what, parents=[common])
    accept.add_argument("file", type=Path, metavar="FILE", help="the reviewed drafts")
    accept.add_argument(
        "--to", type=Path, metavar="FOLDER", help="default: the knowledge folder of the settings"
    )
    accept.add_argument("--dry-run", action="store_true", help="check, say what would change, stop")
    accept.set_defaults(group=sys.modules[__name__])


def run(options: argparse.Namespace) -> int:
    """Check, write and say what was written; 1 when something is to be mended."""
    try:
        _accept(load(config_path(options)), options)
    except (ConfigError, InputError, KnowledgeBaseError, _Told) as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 1
    except UnicodeDecodeError:
        print(f"{options.file}: the file is not UTF-8; save it as UTF-8", file=sys.stderr)  # noqa: T201
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)  # noqa: T201
        return 1
    return 0


def _accept(config: Config, options: argparse.Namespace) -> None:
    file: Path = options.file
    problems: list[InputError] = []
    drafts = read_drafts(Document(file.read_text(encoding="utf-8"), str(file)), problems)
    folder = _folder(config, options.to)
    own = str(config.own_values) if config.own_values else None
    written = read_written(structs.replace(config, knowledge=KnowledgeConfig(str(folder), own)))
    joined = join(drafts, written, problems)
    if not drafts.entries and not drafts.phrasings:
        raise _Told(f"{file}: nothing is reviewed; write “reviewed: yes” where you have read it")
    texts = _texts(joined, written, _new_file(folder, file))
    for pair in near_duplicates(joined.written):
        if {pair.one.entry, pair.other.entry} & (joined.new.keys() | joined.added.keys()):
            print(f"warning: {pair}", file=sys.stderr)  # noqa: T201
    _tell(joined, drafts, texts)
    if options.dry_run:
        print("nothing was written")  # noqa: T201
        return
    for path, text in texts.items():
        replace(path, text.encode())


def _folder(config: Config, to: Path | None) -> Path:
    folder = (to or knowledge_folder(config)).resolve()
    if folder == BUILT_IN.resolve():
        raise _Told(
            "the built-in base stays as it is; make one of your own from it "
            "(docs/knowledge-base.md), or name its folder with --to"
        )
    if not folder.is_dir():
        raise _Told(f"there is no folder {folder}; name the folder of your knowledge base")
    return folder


def _new_file(folder: Path, draft: Path) -> Path:
    """A name that no file of the folder has."""
    number = 1
    file = folder / f"{draft.stem}.yaml"
    while file.exists():
        number += 1
        file = folder / f"{draft.stem}-{number}.yaml"
    return file


def _texts(joined: Joined, written: Written, new_file: Path) -> dict[Path, str]:
    """What is to be written, by file."""
    texts = {new_file: to_yaml(joined.new.values())} if joined.new else {}
    files: defaultdict[str, set[str]] = defaultdict(set)
    for id, place in written.places.items():
        files[place.where("").rpartition(":")[0]].add(id)
    for name, ids in files.items():
        if not ids & joined.added.keys():
            continue
        before = Path(name).read_bytes().decode()
        document = Document(before, name)
        paths = {document.decode(f"{path}.id", str): path for path in document.items()}
        added = {paths[id]: joined.added[id] for id in ids & joined.added.keys()}
        after = with_phrasings(before, document, added)
        wanted = {id: joined.written.raw[id] for id in written.raw if id in ids}
        if _entries(after, name) != wanted:
            after = to_yaml(wanted.values())
            print(f"{name}: laid out anew; comments in it are not kept", file=sys.stderr)  # noqa: T201
        texts[Path(name)] = after
    return texts


def _entries(text: str, name: str) -> dict[str, Entry] | None:
    """What a text holds; None if it cannot be read."""
    entries: dict[str, Entry] = {}
    problems: list[InputError] = []
    try:
        read_entries(Document(text, name), entries, {}, problems)
    except InputError:
        return None
    return None if problems else entries


def _tell(joined: Joined, drafts: Drafts, texts: dict[Path, str]) -> None:
    new, added = joined.new, joined.added
    if new:
        entries = "1 new entry" if len(new) == 1 else f"{len(new)} new entries"
        print(f"{next(iter(texts))}: {entries} ({', '.join(new)})")  # noqa: T201
    for id, phrasings in added.items():
        count = sum(map(len, phrasings.values()))
        print(f"{id}: {count} new {'phrasing' if count == 1 else 'phrasings'}")  # noqa: T201
    if not new and not added:
        print("the base has all of this already")  # noqa: T201
    if drafts.unreviewed:
        print(f"not reviewed yet, left out: {drafts.unreviewed}")  # noqa: T201
