"""Keys of programs: by the shapes that services give them, or by what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from handoff.secrets.finding import Finding
from handoff.secrets.private_keys import ADDRESS

_SHAPES: Final = re.compile(
    r"(?<![0-9A-Za-z_-])(?:"
    r"sk-(?:proj-|ant-|or-|svcacct-)?[\w-]{20,200}"  # OpenAI and others
    r"|(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{16,120}|whsec_[0-9A-Za-z]{20,80}"  # Stripe
    r"|(?:AKIA|ASIA)[0-9A-Z]{16}"  # Amazon
    r"|gh[pousr]_[0-9A-Za-z]{30,255}|github_pat_\w{22,255}"
    r"|glpat-[\w-]{20,64}|npm_[0-9A-Za-z]{36}|hf_[0-9A-Za-z]{30,40}|pypi-[\w-]{50,200}"
    r"|xox[abeoprs]-[\w-]{10,250}|xapp-[\w-]{10,250}"  # Slack
    r"|AIza[\w-]{35}|ya29\.[\w-]{20,200}"  # Google
    r"|\d{8,10}:[\w-]{35}"  # Telegram bots
    r"|[MNO][\w-]{23,27}\.[\w-]{6,7}\.[\w-]{27,40}"  # Discord bots
    r"|SG\.[\w-]{16,32}\.[\w-]{16,64}|EAACEdEose0cBA\w+"
    r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}"  # JSON Web Tokens (RFC 7519)
    r")(?![0-9A-Za-z])"
)
_PLAUSIBLE: Final = re.compile(r"[0-9A-Za-z_+/=:.-]{16}")
_SAID: Final = re.compile(
    r"(?:\bapi[\s_-]*(?:key|secret|token|id)|\bapikey|\bsecret[\s_-]*key|\baccess[\s_-]*(?:key|token)"
    r"|\bauth(?:orization)?[\s_-]*token|\bbearer|\bbot[\s_-]*token|\bclient[\s_-]*secret|\bapi[\s_-]*密[钥鑰码]"
    r"|(?:API|接口)\s*(?:key|secret|密[钥鑰])|\bsecret(?=\s*[:=])|密[钥鑰](?=\s*[:=是为])|访问令牌|\btoken(?=\s*=))"
    r"(?:\s*\([^)\n]{0,16}\))?"
    r"(?:\s*(?:is|was|[:=]|是|为|為|->|如下))*\s*[\"'“`【]?(?P<value>[\w+/=.-]{16,200})",
    re.IGNORECASE,
)
_KEY: Final = re.compile(
    r"(?<!public )\bkey[\s:=]+(?P<value>[0-9A-Za-z]{60,70})(?![0-9A-Za-z])", re.IGNORECASE
)
_HEX: Final = re.compile(r"(?:0x)?[0-9a-fA-F]+")
_MIXED: Final = re.compile(r"(?=.*[A-Za-z])(?=.*\d)|(?=.*[a-z])(?=.*[A-Z].*[A-Z])")


def find_api_keys(text: str) -> Iterator[Finding]:
    """API keys and tokens in a folded text."""
    if not _PLAUSIBLE.search(text):
        return
    for match in _SHAPES.finditer(text):
        yield Finding("api_key", *match.span())
    for match in _SAID.finditer(text):
        value = match["value"].rstrip(".")
        if len(value) >= 16 and _MIXED.match(value) and not ADDRESS.fullmatch(value):
            start = match.start("value")
            yield Finding("api_key", start, start + len(value))
    for match in _KEY.finditer(text):
        if not _HEX.fullmatch(match["value"]) and _MIXED.match(match["value"]):
            yield Finding("api_key", *match.span("value"))
