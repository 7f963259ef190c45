"""BIP-39 seed phrases: whole, with a mistake in them, or in parts over several messages.

Words are what gives a phrase away: it is drawn evenly from its list, while people who happen to
use words of the list use the everyday ones. So a phrase need not be whole, nor its checksum right,
to be found; the checksum settles what words alone leave open.
Source: https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki
"""

from __future__ import annotations

from handoff.secrets.seed_chinese import find_chinese
from handoff.secrets.seed_english import find_english
from handoff.secrets.seed_words import Before, Found, SeedLists


def find_seeds(
    text: str, lower: str, lists: SeedLists, *, spoken_of: bool, before: Before
) -> Found:
    """Seed phrases in a folded text, given also in lower case.

    `spoken_of`: a seed phrase or key is being talked about; `before` are the rare seed
    words in the messages just before.
    """
    english = find_english(lower, lists.english, spoken_of=spoken_of, before=before)
    if text.isascii() or english.findings:
        return english
    chinese = find_chinese(text, lists.chinese, spoken_of=spoken_of, before=before)
    return chinese if chinese.findings or chinese.rare else english
