"""The process that writes the archive: a task a line on standard input, an answer a line back."""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

import msgspec

from bot.archive.database import ArchiveUnavailable, open_archive
from bot.archive.task import Done, Task
from bot.archive.writing import forget, write


def main(tasks: BinaryIO, answers: BinaryIO) -> None:
    """Work until the input ends. The first line is the database's URL."""
    url = msgspec.json.decode(tasks.readline(), type=str)
    engine = None
    for line in tasks:
        task = msgspec.json.decode(line, type=Task)
        try:
            engine = engine or open_archive(url)
            write(engine, task.facts)
            if task.limits is not None:
                forget(engine, task.limits)
            done = Done()
        except ArchiveUnavailable as error:
            done = Done(str(error))
        answers.write(msgspec.json.encode(done) + b"\n")
        answers.flush()


if __name__ == "__main__":
    os.nice(5)
    main(sys.stdin.buffer, sys.stdout.buffer)
