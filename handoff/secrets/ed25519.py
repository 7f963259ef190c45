"""Tells an Ed25519 key pair from any other 64 bytes, such as a signature (RFC 8032, 5.1)."""

from __future__ import annotations

import hashlib
from typing import Final, TypeAlias

_P: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, _P - 2, _P) % _P
_BASE_Y: Final = 4 * pow(5, _P - 2, _P) % _P

Point: TypeAlias = tuple[int, int, int, int]
"""A point of the curve in extended coordinates (X, Y, Z, T)."""


def _x_of(y: int) -> int:
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P)
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P != 0:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    return x if x % 2 == 0 else _P - x


_BASE_X: Final = _x_of(_BASE_Y)
_BASE: Final[Point] = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % _P)


def _add(p: Point, q: Point) -> Point:
    a = (p[1] - p[0]) * (q[1] - q[0]) % _P
    b = (p[1] + p[0]) * (q[1] + q[0]) % _P
    c = 2 * p[3] * q[3] * _D % _P
    d = 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def public_key(seed: bytes) -> bytes:
    """The 32 bytes of the public key of a 32-byte private one."""
    digest = hashlib.sha512(seed).digest()
    scalar = int.from_bytes(digest[:32], "little") & ((1 << 254) - 8) | (1 << 254)
    result: Point = (0, 1, 1, 0)
    step = _BASE
    while scalar:
        if scalar & 1:
            result = _add(result, step)
        step = _add(step, step)
        scalar >>= 1
    inverse = pow(result[2], _P - 2, _P)
    x, y = result[0] * inverse % _P, result[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


def is_key_pair(data: bytes) -> bool:
    """Whether 64 bytes are a private key and its public key, as Solana writes them."""
    return len(data) == 64 and public_key(data[:32]) == data[32:]
