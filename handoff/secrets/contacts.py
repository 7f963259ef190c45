"""Phone numbers and e-mail addresses: not secret from agents, but not for records either."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handoff.secrets.finding import Finding

_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+%-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])"
)
# Mainland mobiles, with or without +86; E.164 numbers with a plus sign; North American ones and
# Chinese landlines where their groups are set apart.
_PHONE: Final = re.compile(
    r"(?<![\w.,:/+-])(?:"
    r"(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}"
    r"|\+\d{1,3}[ -]?(?:\(\d{1,4}\)[ -]?)?\d{2,4}(?:[ -]?\d{2,4}){1,4}"
    r"|(?:1[ -])?\(?\d{3}\)?[ -]\d{3}-\d{4}"
    r"|0\d{2,3}-\d{7,8}"
    r")(?![\w-]|[.,:]\d)"
)
_NO_PHONE: Final = re.compile(
    r"(?:订单|訂單|单号|單號|流水|编号|編號|uid|order|ticket|id|no\.?|amount|金额)\s*[:：#是]?\s*$",
    re.IGNORECASE,
)


def find_contacts(text: str) -> Iterator[Finding]:
    """E-mail addresses and phone numbers in a folded text."""
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Finding("email", *match.span())
    for match in _PHONE.finditer(text):
        if not _NO_PHONE.search(text[max(0, match.start() - 16) : match.start()]):
            yield Finding("phone", *match.span())
