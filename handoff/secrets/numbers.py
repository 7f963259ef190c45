"""Payment cards and Chinese resident identity numbers, by their check digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from stdnum import luhn
from stdnum.iso7064 import mod_11_2

from handoff.secrets.finding import Finding

_NUMBER: Final = re.compile(
    r"(?<![\dA-Za-z_.,+$#-])(?:"
    r"\d{13,19}"
    r"|\d{4}([ -])\d{4}\1\d{4}\1\d{1,4}(?:\1\d{3}(?![\d/]))?"
    r"|\d{4}([ -])\d{6}\2\d{4,5}"
    r"|\d{6}([ -])\d{10,13}"
    r")(?![\dA-Za-z_-]|[.,]\d)"
)
# Ranges of issuers (ISO/IEC 7812): Visa, Mastercard, American Express, Diners, Discover, JCB,
# UnionPay, Mir, Maestro.
_ISSUERS: Final = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"
    r"|(?:5[1-5]\d\d|222[1-9]|22[3-9]\d|2[3-6]\d\d|27[01]\d|2720)\d{12}"
    r"|3[47]\d{13}"
    r"|3(?:0[0-5]|[689]\d)\d{11}"
    r"|(?:6011|64[4-9]\d|65\d\d)\d{12}"
    r"|35(?:2[89]|[3-8]\d)\d{12}"
    r"|(?:62|81)\d{14,17}"
    r"|220[0-4]\d{12}"
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{12}"
)
_OTHER_NUMBER: Final = re.compile(
    r"(?:订单|訂單|单号|單號|流水|编号|編號|交易|工单|快递|运单|order|ticket|uid|tracking|invoice"
    r"|reference|ref|trace|block|user\s?id|id)[^\d\n]{0,12}$",
    re.IGNORECASE,
)
_CARD_SAID: Final = re.compile(r"卡|card|visa|master|银联|amex", re.IGNORECASE)
_CVV: Final = re.compile(
    r"(?:\bcvv2?|\bcvc2?|(?:卡片?|信用卡)?安全码|\bsecurity code on (?:the|my) card)"
    r"\s*(?:is|是|为|[:=])?\s*(?P<code>\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_RESIDENT: Final = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}[ -]?(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?"
    r"\d{3}[\dXx](?![\dA-Za-z])"
)
# First digits of the province codes of GB/T 2260.
_PROVINCES: Final = frozenset(
    map(
        int, "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54".split()
    )
) | {61, 62, 63, 64, 65, 71, 81, 82, 83}
_APART: Final = re.compile(r"[ -]")
_LONG: Final = re.compile(
    r"\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d[ -]?\d"
)


def find_numbers(text: str) -> Iterator[Finding]:
    """Resident numbers and cards in a folded text."""
    if _LONG.search(text):
        for match in _RESIDENT.finditer(text):
            number = _APART.sub("", match[0]).upper()
            if int(number[:2]) in _PROVINCES and mod_11_2.is_valid(number):
                yield Finding("id_number", *match.span())
        for match in _NUMBER.finditer(text):
            number = _APART.sub("", match[0])
            if _ISSUERS.fullmatch(number) and luhn.is_valid(number):
                before = text[max(0, match.start() - 24) : match.start()]
                if _CARD_SAID.search(before) or not _OTHER_NUMBER.search(before):
                    yield Finding("card", *match.span())
    if "安全码" not in text and "cv" not in text.lower() and "security code" not in text.lower():
        return
    for match in _CVV.finditer(text):
        yield Finding("card", *match.span("code"))
