"""A mood heard by its words alone, so that people's lines decide what happens, not a model's."""

from __future__ import annotations

from typing import Final

from chat.phrases import Lang
from handoff.mood import Mood, Vector

DANGER: Final = "我不想活了"
DOUBT: Final = "以后不用找我了"
_WORDS: Final = (
    (DANGER, "danger", "P0"),
    (DOUBT, "danger", "P1"),
    ("我会找律师", "legal", "P1"),
    ("你们就这样对待老用户的吗", "anger", "P2"),
    ("我好害怕", "anxiety", "P3"),
)
_GRUMBLES: Final = ("又是这样",)
STUMBLE: Final = "绊倒"


class WordedMoods:
    """An upset line is one that holds certain words."""

    def assess(self, text: str, lang: Lang, vector: Vector | None = None) -> Mood:
        """The mood of a text. Fails at one word, as a fault of ours would."""
        if STUMBLE in text:
            raise ArithmeticError(text)
        for words, kind, priority in _WORDS:
            if words in text:
                return Mood(0.9, True, kind, priority, words)  # type: ignore[arg-type]
        return Mood(0.65 if any(g in text for g in _GRUMBLES) else 0.05, False, "calm", None, "")


MOODS: Final = WordedMoods()
