"""Learns what words mean by themselves, for the matcher.

    pip install '.[train]'
    python -m bench.faq.learn_word_meanings

Every part of a question (`faq.parts.Parts`) that several of the intents' wordings have gets a few
numbers; a question's are the sum of its parts'. They begin as the small encoder's vector of the
word alone, along the axes on which those differ most. Then wordings of one intent come nearer to
each other than to those of others (supervised contrastive learning: Khosla et al. 2020), and any
two of them become as alike as the small encoder takes their whole sentences to be (distillation:
Hinton et al. 2015). Half of a question's parts are left out at each step, so that none is relied
on, and at some steps questions with a slip of the finger stand beside the same without. No line of
the built-in base is learnt from. It takes some minutes on one core.

Afterwards `bot.word_meanings.EDITION` is raised.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray

from bench.adam import Adam
from bench.faq.contrast import slopes
from bench.faq.tune import HERE, LANGS, NEIGHBOURS, as_normalised, of_language
from bot.commands.progress import bar
from bot.commands.slips import with_slips
from bot.frugal_use import FrugalUse
from bot.word_meanings import FILE, write
from faq.encoder import Floats, unit
from faq.normal import as_written
from faq.parts import parts, words
from faq.stemming import stem
from faq.word_meanings import key_of, keys_of

OUT: Final = HERE.parents[1] / "bot" / FILE
DIMENSIONS: Final = 64
MOST: Final = 24_000
"""Parts that are learnt, the most frequent ones."""
EXACT_LEAST: Final = 2
LOOSE_LEAST: Final = 4
"""Wordings that have a part that is learnt."""
STEPS: Final = 1000
RATE: Final = 2e-3
GROUPS: Final = 8
SINGLE: Final = 96
"""Groups of neighbouring intents at a step, and intents taken from anywhere."""
LEFT_OUT: Final = 0.5
SLIPPED: Final = 1 / 3
"""Of the steps those at which texts with slips are learnt beside the same without."""
BATCH: Final = 256
ENOUGH: Final = 4.5
"""The length from which on a sum counts as long enough (see `faq.word_meanings`); chosen on
held-out phrasings."""
FIRST_SIZE: Final = 2.0
FIRST_NOISE: Final = 0.3
"""How long the rows are that are begun with, where the encoder knows the part and where not."""


class Vocabulary:
    """The parts that are learnt, the most frequent first, with how many texts have each."""

    def __init__(self, texts: list[str]) -> None:
        exact, loose = Counter[str](), Counter[str]()
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for text in texts:
            found = parts(text)
            exact.update(found.exact.keys())
            loose.update(found.loose.keys())
            for word in words(text):
                spelt[stem(word)][word] += 1
        self._word_of = {each: found.most_common(1)[0][0] for each, found in spelt.items()}
        counted = [(-count, "", part) for part, count in exact.items() if count >= EXACT_LEAST]
        counted += [
            (-count, "loose", part) for part, count in loose.items() if count >= LOOSE_LEAST
        ]
        counted = sorted(counted)[:MOST]
        self.counts: Final = np.array([-count for count, _, _ in counted])
        self.exact: Final = [at for at, (_, kind, _) in enumerate(counted) if not kind]
        self.texts: Final = [self._as_text(part) for _, kind, part in counted if not kind]
        self.keys: Final = np.array(
            [key_of(part, loose=bool(kind)) for _, kind, part in counted], dtype=np.uint32
        )
        self._place = {key: at for at, key in enumerate(self.keys.tolist())}

    def _as_text(self, part: str) -> str:
        """An exact part as the encoder reads it: stems as the word that most often has them."""
        if part[0] > "\u2e7f":
            return part
        return " ".join(self._word_of.get(each, each) for each in part.split())

    def matrix(self, texts: list[str]) -> Any:
        """How often each text has each part: shape (texts, parts), sparse."""
        places = [
            [self._place[key] for key in keys_of(text) if key in self._place] for text in texts
        ]
        ends = np.cumsum([0] + [len(each) for each in places])
        ones = np.ones(ends[-1], dtype=np.float32)
        return sparse.csr_matrix((ones, np.concatenate(places), ends), (len(texts), len(self.keys)))


def first(vocabulary: Vocabulary, meant: Floats, random: np.random.Generator) -> Floats:
    """The rows that are begun with; `meant` are the encoder's vectors of the exact parts."""
    centred = meant - meant.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    counts = vocabulary.counts[:, None]
    rows = (
        random.normal(size=(len(counts), DIMENSIONS)) * FIRST_NOISE / np.sqrt(DIMENSIONS * counts)
    )
    least = np.maximum(counts[vocabulary.exact], 2 * EXACT_LEAST)
    rows[vocabulary.exact] = FIRST_SIZE * centred @ axes[:, -DIMENSIONS:] / least**0.25
    return rows.astype(np.float32)


class Questions:
    """Questions of one language, those of an intent side by side, neighbouring intents too."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.texts: Final = [question for row in rows for question in row]
        self.of: Final = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
        self.intents: Final = len(rows)

    def some(self, random: np.random.Generator) -> NDArray[np.intp]:
        """Those that are learnt from at a step: of groups of neighbours, and of any."""
        taken = np.zeros(self.intents, dtype=bool)
        for start in random.integers(0, self.intents - NEIGHBOURS, GROUPS):
            taken[start : start + NEIGHBOURS] = True
        taken[random.integers(0, self.intents, SINGLE)] = True
        return np.flatnonzero(taken[self.of])


def learn(
    rows: Floats, languages: list[tuple[Questions, Any, Any, Floats]], random: np.random.Generator
) -> Floats:
    """The parts' rows, changed. Of each language the questions, which parts each has, as it is and
    with a slip, and the encoder's vectors."""
    sizes = np.array([len(questions.of) for questions, *_ in languages], dtype=float)
    now = rows.copy()
    adam = Adam([now], RATE, STEPS)
    for step in range(1, STEPS + 1):
        questions, matrix, slipped, taught = languages[
            random.choice(len(languages), p=sizes / sizes.sum())
        ]
        taken = questions.some(random)
        fed = matrix[taken]
        if random.random() < SLIPPED:
            fed = sparse.vstack((fed, slipped[taken]), format="csr")
            taken = np.tile(taken, 2)
        fed.data = (random.random(len(fed.data)) > LEFT_OUT).astype(np.float32)
        adam.step([fed.T @ slopes(fed @ now, questions.of[taken], taught[taken])])
        bar("learning", step, STEPS)
    return now


def main() -> None:
    """Learn and write."""
    asked = [Questions(of_language(lang)) for lang in LANGS]
    normal = [[as_normalised(text) for text in each.texts] for each in asked]
    vocabulary = Vocabulary([text for texts in normal for text in texts])
    with TemporaryDirectory() as folder:
        encode = FrugalUse(Path(folder) / "words.bin")
        meant = unit(in_batches(encode, vocabulary.texts))
        taught = [
            unit(in_batches(encode, [as_written(text) for text in each.texts])) for each in asked
        ]
    slipped = [[as_normalised(with_slips(text, 1)) for text in each.texts] for each in asked]
    matrices, off = map(vocabulary.matrix, normal), map(vocabulary.matrix, slipped)
    random = np.random.default_rng(0)
    rows = first(vocabulary, meant, random)
    rows = learn(rows, list(zip(asked, matrices, off, taught, strict=True)), random)
    write(vocabulary.keys, rows / ENOUGH, OUT)
    print(f"{OUT.name}: {len(rows):,} parts, {OUT.stat().st_size:,} bytes")


def in_batches(encode: FrugalUse, texts: list[str]) -> Floats:
    """The vectors of many texts."""
    return np.vstack([encode(texts[at : at + BATCH]) for at in range(0, len(texts), BATCH)])


if __name__ == "__main__":
    main()
