"""What a matcher may be trusted with before its own base has been tried."""

from __future__ import annotations

from typing import Final

import numpy as np

from faq.calibration import Calibration, Confidence
from faq.ranking import SIGNS


def _confidence(bias: float, **weights: float) -> Confidence:
    """A confidence by the signs of `faq.ranking.SIGNS`, as they are."""
    row = np.array([weights.get(sign, 0.0) for sign in SIGNS], dtype=np.float32)
    return Confidence(np.zeros_like(row), np.ones_like(row), row, bias)


PRESUMED: Final = Calibration(
    _confidence(
        0.33,
        lead=0.31,
        lead_in_wording=0.31,
        log_share=1.41,
        near_loose=0.76,
        nearer=0.2,
        known=1.26,
    ),
    0.96,
    _confidence(2.85, log_share=2.12, near_loose=0.73, known=1.95),
)
"""For a base that has not been tried: what `faq.hold_out.calibrated` finds for the built-in base
by wording alone, promised 0.95, and more careful."""

UNLEARNT: Final = Calibration(
    _confidence(-9.0),
    1.01,
    _confidence(-4.5, near_exact=4.0, near_loose=4.0, known=3.0),
)
"""For a base that has not been learnt: nothing is answered but its own wordings; what shares most
of its wording with an entry is offered."""
