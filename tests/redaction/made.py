"""Secrets and what looks like them, made from a seed, with every checksum as it should be."""

from __future__ import annotations

import base64
import hashlib
import json
import random
import string
from collections.abc import Callable
from typing import Final

from mnemonic import Mnemonic
from stdnum import luhn

from handoff.secrets import base58
from handoff.secrets.ed25519 import public_key

ENGLISH: Final = Mnemonic("english")
SIMPLIFIED: Final = Mnemonic("chinese_simplified")
TRADITIONAL: Final = Mnemonic("chinese_traditional")

_HEX: Final = "0123456789abcdef"
_BECH32: Final = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def words(rng: random.Random, language: Mnemonic, count: int) -> list[str]:
    """A seed phrase of 12, 15, 18, 21 or 24 words."""
    return language.to_mnemonic(rng.randbytes(count * 4 // 3)).split(" ")


def to_base58(data: bytes) -> str:
    number = int.from_bytes(data, "big")
    text = ""
    while number:
        number, digit = divmod(number, 58)
        text = base58.ALPHABET[digit] + text
    return "1" * (len(data) - len(data.lstrip(b"\0"))) + text


def with_checksum(payload: bytes) -> str:
    """Base58Check."""
    return to_base58(payload + hashlib.sha256(hashlib.sha256(payload).digest()).digest()[:4])


def hexadecimal(rng: random.Random, digits: int = 64) -> str:
    return "".join(rng.choice(_HEX) for _ in range(digits))


def wif(rng: random.Random, *, compressed: bool) -> str:
    return with_checksum(b"\x80" + rng.randbytes(32) + (b"\x01" if compressed else b""))


def solana_pair(rng: random.Random) -> bytes:
    seed = rng.randbytes(32)
    return seed + public_key(seed)


def solana_signature(rng: random.Random) -> str:
    """64 bytes, of which the second half is a number below the group's order."""
    number = rng.randrange(2**252)
    return to_base58(rng.randbytes(32) + number.to_bytes(32, "little"))


def xprv(rng: random.Random) -> str:
    return with_checksum(bytes.fromhex("0488ade4") + rng.randbytes(41) + b"\0" + rng.randbytes(32))


def xpub(rng: random.Random) -> str:
    return with_checksum(
        bytes.fromhex("0488b21e") + rng.randbytes(41) + b"\x02" + rng.randbytes(32)
    )


def pem(rng: random.Random, label: str = "PRIVATE KEY") -> str:
    body = base64.b64encode(rng.randbytes(138)).decode()
    lines = [body[at : at + 64] for at in range(0, len(body), 64)]
    return "\n".join([f"-----BEGIN {label}-----", *lines, f"-----END {label}-----"])


def keystore(rng: random.Random, *, indent: int | None = None) -> str:
    return json.dumps(
        {
            "address": hexadecimal(rng, 40),
            "crypto": {
                "cipher": "aes-128-ctr",
                "ciphertext": hexadecimal(rng),
                "cipherparams": {"iv": hexadecimal(rng, 32)},
                "kdf": "scrypt",
                "kdfparams": {"dklen": 32, "n": 262144, "p": 1, "r": 8, "salt": hexadecimal(rng)},
                "mac": hexadecimal(rng),
            },
            "id": uuid(rng),
            "version": 3,
        },
        indent=indent,
    )


def uuid(rng: random.Random) -> str:
    digits = hexadecimal(rng, 32)
    return "-".join(
        (digits[:8], digits[8:12], "4" + digits[13:16], "a" + digits[17:20], digits[20:])
    )


def digits(rng: random.Random, count: int, first: str = "") -> str:
    return first + "".join(rng.choice(string.digits) for _ in range(count - len(first)))


CARDS: Final = (
    ("4", 16),
    ("51", 16),
    ("55", 16),
    ("2221", 16),
    ("37", 15),
    ("6011", 16),
    ("3530", 16),
)
UNIONPAY: Final = (("622202", 19), ("621700", 19), ("622588", 16), ("625912", 16), ("4", 16))


def card(rng: random.Random, first: str, length: int) -> str:
    number = digits(rng, length - 1, first)
    return number + luhn.calc_check_digit(number)


def no_card(rng: random.Random, first: str, length: int) -> str:
    """A number of the same shape that fails the check."""
    number = card(rng, first, length)
    return number[:-1] + str((int(number[-1]) + rng.randrange(1, 10)) % 10)


_PROVINCES: Final = ("110105", "310115", "440305", "330106", "510107", "320104", "420111", "610113")


def resident(rng: random.Random) -> str:
    birth = f"{rng.randrange(1955, 2006)}{rng.randrange(1, 13):02}{rng.randrange(1, 29):02}"
    number = rng.choice(_PROVINCES) + birth + digits(rng, 3)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return number + "10X98765432"[total % 11]


def no_resident(rng: random.Random) -> str:
    number = resident(rng)
    last = (int(number[16]) + rng.randrange(1, 10)) % 10
    return number[:16] + str(last) + number[17]


def token(
    rng: random.Random, length: int, alphabet: str = string.ascii_letters + string.digits
) -> str:
    return "".join(rng.choice(alphabet) for _ in range(length))


API_KEYS: Final[tuple[Callable[[random.Random], str], ...]] = (
    lambda rng: "sk-proj-" + token(rng, 48),
    lambda rng: "sk_live_" + token(rng, 24),
    lambda rng: "AKIA" + token(rng, 16, string.ascii_uppercase + string.digits),
    lambda rng: "ghp_" + token(rng, 36),
    lambda rng: "xoxb-" + digits(rng, 12) + "-" + digits(rng, 12) + "-" + token(rng, 24),
    lambda rng: "AIza" + token(rng, 35),
    lambda rng: digits(rng, 10, "5") + ":AA" + token(rng, 33),
    lambda rng: "eyJhbGciOiJIUzI1NiJ9.eyJ" + token(rng, 60) + "." + token(rng, 43),
    lambda rng: "glpat-" + token(rng, 20),
)


# ── what must come through ───────────────────────────────────────────────────────────────────


def evm_address(rng: random.Random) -> str:
    return "0x" + hexadecimal(rng, 40)


def tron_address(rng: random.Random) -> str:
    return with_checksum(b"\x41" + rng.randbytes(20))


def bitcoin_address(rng: random.Random) -> str:
    return with_checksum(rng.choice((b"\x00", b"\x05")) + rng.randbytes(20))


def segwit_address(rng: random.Random) -> str:
    return "bc1q" + token(rng, 38, _BECH32)


def solana_address(rng: random.Random) -> str:
    return to_base58(rng.randbytes(32))


def wide(text: str) -> str:
    """In full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def grouped(number: str, mark: str = " ") -> str:
    """In fours."""
    return mark.join(number[at : at + 4] for at in range(0, len(number), 4))
