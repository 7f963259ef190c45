"""Learns a knowledge base in a process of its own, so that customers need not wait meanwhile.

What it finds is kept on disk, where `bot.learning` looks for it; its memory ends with it.
"""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import msgspec

from bot.encoder import EncoderName, open_encoder
from bot.learning import learnt

log = logging.getLogger(__name__)

_LOOK_EVERY = 0.1


class _Task(msgspec.Struct, frozen=True):
    wordings: list[tuple[str, str]]
    encoder: EncoderName
    promised: float
    cache: str


def learn_apart(
    wordings: list[tuple[str, str]],
    encoder: EncoderName,
    promised: float,
    cache: Path,
    unwanted: threading.Event,
) -> None:
    """Wait until it is done, or until it is `unwanted`. Should it fail, nothing has been kept."""
    task = _Task(wordings, encoder, promised, str(cache))
    command = [sys.executable, "-m", "bot.learning_apart"]
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(msgspec.json.encode(task))
        given.seek(0)
        # Not our standard output: who waits for its end waits for us, not for the child.
        nowhere = subprocess.DEVNULL
        with subprocess.Popen(command, stdin=given, stdout=nowhere, stderr=said) as child:  # noqa: S603
            while child.poll() is None and not unwanted.wait(_LOOK_EVERY):
                pass
            child.kill()
        if child.returncode and not unwanted.is_set():
            said.seek(0)
            log.warning("learning apart failed: %s", said.read().decode(errors="replace")[-500:])


def main() -> None:
    """Learn what the standard input says."""
    os.nice(10)
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=_Task)
    cache, parent = Path(task.cache), os.getppid()

    def tick(done: int, total: int) -> None:
        if os.getppid() != parent:
            sys.exit("nobody waits for what is learnt any more")

    learnt(task.wordings, open_encoder(task.encoder, cache), task.promised, cache, tick)


if __name__ == "__main__":
    main()
