"""Two service norms: one that an agent may overrule and one that nobody may."""

from __future__ import annotations

import re
from typing import Final

from handoff.norms import Norm, Norms

_HINT: Final = {"zh": "请换个说法。", "en": "Say it another way."}

NORMS: Final = Norms(
    rules=(
        Norm(
            "secret", re.compile("助记词|seed phrase"), re.compile("不要|never"), _HINT, never=True
        ),
        Norm("promise", re.compile("保证|guaranteed"), None, _HINT),
    )
)
