"""Two service norms: one that an agent may overrule and one that nobody may."""

from __future__ import annotations

from typing import Final

from handoff.norms import NOTHING, Norm, Norms, Patterns

_HINT: Final = {"zh": "请换个说法。", "en": "Say it another way."}

NORMS: Final = Norms(
    rules=(
        Norm(
            "secret",
            Patterns("助记词|seed phrase"),
            Patterns("不要|never"),
            _HINT,
            never=True,
        ),
        Norm("promise", Patterns("保证|guaranteed"), NOTHING, _HINT),
    )
)
