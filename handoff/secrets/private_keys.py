"""Private keys by their shape, their checksum, or by what is said of them.

64 hexadecimal digits may be a key or a transaction's hash. The words around decide; with none
around, it counts as a hash, which is what people paste most.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handoff.secrets import base58
from handoff.secrets.ed25519 import is_key_pair
from handoff.secrets.finding import Finding

_SPOKEN_OF: Final = re.compile(
    r"\b(?:private|priv|prv|secret|spending|signing)[\s_-]*key|\bprivkey|私[钥鑰匙]|私密[钥鑰]"
    r"|(?<!api)(?<!api\s)密[钥鑰]|\bkeystore\b|\bpk\s*[:=]|\bsk\s*[:=]|\bwif\b"
    r"|\b(?:my|wallet)\s+key\b|钱包\s*key|(?<!public )(?<!api )\bkey\s*[:=]",
    re.IGNORECASE,
)
_NO_KEY: Final = re.compile(
    r"tx|\bhash|transaction|public[\s_-]*key|pubkey|signature|\bsig\b|block|merkle|contract|address"
    r"|order|sha-?256|checksum|topic|receipt|deposit|withdraw|transfer|explorer|https?:"
    r"|交易|哈希|散列|区块|區塊|转账|轉賬|转帐|订单|訂單|单号|单號|签名|簽名|合约|合約|地址|公[钥鑰]"
    r"|凭证|憑證|流水|链上|鏈上|充值|提币|提幣|充币",
    re.IGNORECASE,
)
_HEX: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:0[xX])?(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{64})(?![0-9A-Za-z])"
)
_PLAUSIBLE: Final = re.compile(r"[0-9A-Za-z+/=_-]{32}|PRIVATE KEY|\d\s*,\s*\d+\s*,\s*\d+\s*,")
_BASE58: Final = re.compile(r"(?<![0-9A-Za-z])[1-9A-HJ-NP-Za-km-z]{51,112}(?![0-9A-Za-z])")
_EXTENDED: Final = re.compile(r"(?:[xyztuvYZUV]prv|L(?:pr|tp)v)[1-9A-HJ-NP-Za-km-z]{100,}")
_BECH32: Final = re.compile(
    r"\b(?:suiprivkey1|nsec1|AGE-SECRET-KEY-1)[0-9a-z]{40,90}\b", re.IGNORECASE
)
_PEM: Final = re.compile(
    r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----.*?"
    r"(?:-----END (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_BYTES: Final = re.compile(
    r"\[\s*(?:\d{1,3}\s*,\s*){31}(?:(?:\d{1,3}\s*,\s*){32})?\d{1,3}\s*,?\s*\]"
)
# What follows a label directly: `private key: …`, `私钥是…`.
_LABELLED: Final = re.compile(
    r"(?:\b(?:private|priv|prv|secret|spending|signing)[\s_-]*key|\bprivkey|\bwif|私[钥鑰匙]|私密[钥鑰]|(?<!api)(?<!api\s)密[钥鑰])"
    r"(?:\s*(?:is|was|are|[:=]|->|是|为|為|如下|在这|在此|发你|给你|发给你|here)){1,3}\s*[\"'“`【\[(]?"
    r"([0-9A-Za-z+/=_-]{32,130})",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(
    r"0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|(?:bc|tb|ltc)1[0-9a-z]{8,87}"
    r"|[13][1-9A-HJ-NP-Za-km-z]{25,33}|(?:cosmos|osmo|addr|EQ|UQ)\w{30,110}"
)
WORDS: Final = ("key", "priv", "私", "密", "wif", "pk", "sk")
"""A lower-case text that speaks of a key has one of these."""

_BEFORE: Final = 80
_AFTER: Final = 40
# Bitcoin's version bytes of private keys on the main and test networks, and of BIP 38.
_WIF_VERSIONS: Final = (b"\x80", b"\xef", b"\xb0", b"\x9e")
_BIP38: Final = (b"\x01\x42", b"\x01\x43")


def is_spoken_of(lower: str) -> bool:
    """Whether a lower-case text speaks of a private key."""
    return _SPOKEN_OF.search(lower) is not None


def find_private_keys(text: str, *, spoken_of: bool) -> Iterator[Finding]:
    """Keys in a folded text. `spoken_of`: the message before talked about a key."""
    if not _PLAUSIBLE.search(text):
        return
    for pattern in (_PEM, _EXTENDED, _BECH32):
        for match in pattern.finditer(text):
            yield Finding("private_key", *match.span())
    yield from _keystores(text)
    for match in _BASE58.finditer(text):
        if _is_base58_key(match[0]):
            yield Finding("private_key", *match.span())
    for match in _BYTES.finditer(text):
        if all(int(number) < 256 for number in re.findall(r"\d+", match[0])):
            yield Finding("private_key", *match.span())
    for match in _LABELLED.finditer(text):
        if not ADDRESS.fullmatch(match[1]) and re.search(r"\d", match[1]):
            yield Finding("private_key", *match.span(1))
    yield from _hexadecimal(text, spoken_of)


def _is_base58_key(word: str) -> bool:
    """WIF and BIP 38 have a checksum; in a Solana key pair the second half follows from the first,
    which no transaction's signature does."""
    if len(word) in (87, 88):
        data = base58.decode(word)
        return data is not None and len(data) == 64 and is_key_pair(data)
    if len(word) in (51, 52):
        payload = base58.decode_checked(word)
        return payload is not None and len(payload) in (33, 34) and payload[:1] in _WIF_VERSIONS
    if len(word) == 58 and word.startswith("6P"):
        payload = base58.decode_checked(word)
        return payload is not None and payload[:2] in _BIP38
    return False


def _keystores(text: str) -> Iterator[Finding]:
    """Encrypted keys as JSON (Web3 Secret Storage): the whole object."""
    at = text.lower().find('"ciphertext"')
    if at < 0 or "{" not in text[:at]:
        return
    start = text.index("{")
    end = text.rfind("}", at) + 1
    yield Finding("private_key", start, end or len(text))


def _hexadecimal(text: str, spoken_of: bool) -> Iterator[Finding]:
    end, key = 0, False
    for match in _HEX.finditer(text):
        before = text[max(end, match.start() - _BEFORE) : match.start()]
        said = _last_said(before)
        if said is None and end and len(before) < _BEFORE:
            said = key  # one of a list, under the same words
        if said is None:
            said = _first_said(text[match.end() : match.end() + _AFTER])
        if said is None:
            said = spoken_of and match[0][:2].lower() != "0x"
        end, key = match.end(), said
        if said:
            yield Finding("private_key", *match.span())


def _last_said(text: str) -> bool | None:
    """Whether a key is spoken of last; False: a hash or the like; None: neither."""
    key = max((m.end() for m in _SPOKEN_OF.finditer(text)), default=-1)
    other = max((m.end() for m in _NO_KEY.finditer(text)), default=-1)
    return None if key == other else key > other


def _first_said(text: str) -> bool | None:
    key, other = _SPOKEN_OF.search(text), _NO_KEY.search(text)
    if key is None:
        return None if other is None else False
    return other is None or key.start() < other.start()
