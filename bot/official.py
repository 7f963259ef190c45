"""What is really ours, and which foreign letters can be taken for Latin ones."""

from __future__ import annotations

from handoff.lookalikes import Official

_MORE = {"к": "k", "т": "t", "м": "m", "в": "b", "н": "h", "п": "n", "г": "r"}
"""Letters that a hurried reader confuses though Unicode TR39 gives them another prototype."""


def official_of(brand: str, domains: tuple[str, ...]) -> Official:
    """The brand and its domains; the table of letters only where there are domains to imitate."""
    return Official(brand, domains, letters() if domains else {})


def letters() -> dict[int, str]:
    """Code points that look like an ASCII letter or digit, by Unicode's own list."""
    # Its data takes time and memory that a desk without domains need not spend.
    from confusable_homoglyphs import confusables

    table = {ord(letter): looks for letter, looks in _MORE.items()}
    for letter, alike in confusables.confusables_data.items():
        if len(letter) != 1 or letter.isascii():
            continue
        for other in alike:
            looks = other["c"]
            if len(looks) == 1 and looks.isascii() and looks.isalnum():
                table.setdefault(ord(letter), looks.lower())
    return table
