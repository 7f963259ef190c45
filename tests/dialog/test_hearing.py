"""Moods are heard with what matching computes anyway, and nothing is encoded for them alone but
what is near to danger."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.dialog.conversation import Conversation, State
from bot.dialog.engine import decide
from bot.encoder import KeptEncoder
from chat.phrases import Lang
from faq.encoder import Floats
from faq.knowledge_base import KnowledgeBase
from faq.matching import Matcher
from handoff.mood import Mood, Vector
from tests.dialog.situations import SETTINGS, conversation, wrote
from tests.scenarios.simulation.knowledge import KNOWLEDGE

ODD = "my zebra quietly jumped, vexing twelve foxes"


class Listener:
    """Keeps what it was given to hear with."""

    def __init__(self, *, unsure: bool = False) -> None:
        self.vectors: list[Vector | None] = []
        self._unsure = unsure

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        self.vectors.append(vector)
        return Mood(0.0, False, "calm", None, "", unsure=self._unsure and vector is None)


class Counting:
    """An encoder's model that tells letters apart, and how many texts it was given."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def __call__(self, texts: list[str]) -> Floats:
        self.texts += texts
        rows = [[1.0 + text.count(chr(97 + letter)) for letter in range(26)] for text in texts]
        return np.array(rows, dtype=np.float32)


@pytest.fixture
def model() -> Counting:
    return Counting()


@pytest.fixture
def knowledge(model: Counting, tmp_path: Path) -> KnowledgeBase:
    encoder = KeptEncoder(lambda: model, tmp_path / "vectors.npz")
    matcher = Matcher(KNOWLEDGE.wordings(), encoder)
    model.texts.clear()
    return KNOWLEDGE.with_matcher(matcher)


def _decide(before: Conversation, text: str, knowledge: KnowledgeBase, mood: Listener) -> None:
    decide(before, wrote(text), settings=SETTINGS, knowledge=knowledge, mood=mood)


def test_a_question_is_heard_with_the_vector_it_is_matched_by(
    knowledge: KnowledgeBase, model: Counting
) -> None:
    listener = Listener()
    _decide(conversation(State.BOT), ODD, knowledge, listener)
    (vector,) = listener.vectors
    assert vector is not None
    assert len(model.texts) == len(set(model.texts)), "a text was encoded twice"
    heard_with = len(model.texts)
    knowledge.match(ODD, "en")
    assert len(model.texts) == heard_with, "matching alone would have encoded less"


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_nothing_is_encoded_while_there_is_a_case(
    state: State, knowledge: KnowledgeBase, model: Counting
) -> None:
    listener = Listener()
    _decide(conversation(state), ODD, knowledge, listener)
    assert listener.vectors == [None]
    assert not model.texts


@pytest.mark.parametrize("state", [State.WAITING, State.HUMAN])
def test_what_is_near_to_danger_is_heard_with_its_vector_whatever_the_state(
    state: State, knowledge: KnowledgeBase
) -> None:
    listener = Listener(unsure=True)
    _decide(conversation(state), ODD, knowledge, listener)
    without, vector = listener.vectors
    assert without is None
    assert vector is not None


@pytest.mark.parametrize("text", ["你好", "转人工", "hello"])
def test_nothing_is_encoded_for_what_is_not_matched(
    text: str, knowledge: KnowledgeBase, model: Counting
) -> None:
    _decide(conversation(State.BOT), text, knowledge, Listener())
    assert not model.texts
