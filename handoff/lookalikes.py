"""Links that can be taken for ours and are not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from msgspec import Struct, field
from rapidfuzz.distance import OSA

from chat.message import Span

_LONGEST: Final = 2000
_HAN: Final = "\u3400-\u9fff"
_HOST: Final = re.compile(
    rf"(?P<scheme>[a-z][a-z0-9+.-]*://)?(?:(?P<user>[^\s/?#@]*)@)?"
    rf"(?P<host>(?:[\w-]+\.)+(?:xn--[a-z0-9-]+|[^\W\d_{_HAN}]{{2,24}}))(?![\w-]*\.?\w*@)(?P<path>[/:?#])?",
    re.IGNORECASE,
)
_EDGE_HAN: Final = re.compile(rf"^[{_HAN}_-]+")
_FILES: Final = re.compile(
    "pdf|jpe?g|png|gif|webp|bmp|svg|heic|mp[34]|mov|avi|wav|ogg|txt|docx?|xlsx?|csv|pptx?|zip|rar|"
    "json|log|html?|eml"
)
_SECOND_LEVEL: Final = frozenset({"co", "com", "net", "org", "gov", "edu", "ac"})
_SHORT, _MIDDLE, _LONG = 4, 6, 9


class Official(Struct, frozen=True):
    """What is really ours. `domains` are lower case, without scheme. `letters` gives, for a code
    point that can be taken for an ASCII letter, that letter."""

    brand: str = ""
    domains: tuple[str, ...] = ()
    letters: dict[int, str] = field(default_factory=dict)


class Lookalike(Struct, frozen=True):
    """A host as it was written, and the official domain that it imitates."""

    host: str
    domain: str


def lookalikes(text: str, spans: tuple[Span, ...], official: Official) -> tuple[Lookalike, ...]:
    """The hosts in a message that can be taken for an official one and are not, each once."""
    if not official.domains or not (spans or _has_dot(text)):
        return ()
    found: dict[str, Lookalike] = {}
    for host, shown_as in _hosts(text, spans):
        domain = _imitated(host, official) or _pretended(host, shown_as, official)
        if domain is not None:
            found.setdefault(host, Lookalike(host, domain))
    return tuple(found.values())


def is_official(host: str, official: Official) -> bool:
    """Whether a host is one of ours or lies below one."""
    return any(host == d or host.endswith(f".{d}") for d in official.domains)


def hosts_of(text: str, spans: tuple[Span, ...] = ()) -> tuple[str, ...]:
    """The hosts of a message, lower case."""
    return tuple(dict.fromkeys(host for host, _ in _hosts(text, spans)))


def _hosts(text: str, spans: tuple[Span, ...]) -> Iterator[tuple[str, str]]:
    """Each host, and what stands where a reader looks for it: the part before an `@`, or the words
    of a link."""
    for span in spans:
        if span.kind == "link" and span.url:
            for host, shown_as in _hosts_in(span.url):
                yield host, f"{shown_as} {text[span.start : span.end]}"
    yield from _hosts_in(text)


def _has_dot(text: str) -> bool:
    """Whether there can be a host; full width dots are dots too."""
    return "." in text or "．" in text or "。" in text or "｡" in text


def _hosts_in(text: str) -> Iterator[tuple[str, str]]:
    if not _has_dot(text):
        return
    plain = unicodedata.normalize("NFKC", text[:_LONGEST])
    for found in _HOST.finditer(plain):
        host = _EDGE_HAN.sub("", found["host"].lower()).strip(".")
        user = found["user"] or ""
        ending = host.rpartition(".")[2]
        if "." not in host or (_FILES.fullmatch(ending) and not found["scheme"]):
            continue
        yield host, user if found["scheme"] else ""


def _pretended(host: str, shown_as: str, official: Official) -> str | None:
    """The official domain that is shown in place of the true host, if any."""
    if not shown_as.strip() or is_official(host, official):
        return None
    looks = _folded(shown_as, official)
    for domain in official.domains:
        if _folded(domain, official) in looks:
            return domain
    return None


def _imitated(host: str, official: Official) -> str | None:
    """The official domain that a host resembles without being it."""
    if is_official(host, official):
        return None
    looks = _folded(_decoded(host), official)
    labels = looks.split(".")[:-1]
    for domain in official.domains:
        ours = _folded(domain, official)
        if looks == ours or looks.endswith(f".{ours}"):
            return domain
        brand = _folded(_brand_label(domain), official)
        if len(brand) >= _SHORT and any(_resembles(label, brand) for label in labels):
            return domain
    return None


def _resembles(label: str, brand: str) -> bool:
    """Whether a part of a host holds the brand, or nearly is it."""
    pieces = re.split(r"[-_]", label)
    if brand in pieces or (len(brand) >= _MIDDLE and brand in label.replace("-", "")):
        return True
    allowed = 2 if len(brand) >= _LONG else 1 if len(brand) > _SHORT else 0
    return allowed > 0 and any(
        OSA.distance(piece, brand, score_cutoff=allowed) <= allowed for piece in (label, *pieces)
    )


def _brand_label(domain: str) -> str:
    """The part of a domain that is the name: `tokenim` of `tokenim.com` and `tokenim.co.uk`."""
    labels = domain.split(".")
    if len(labels) > 2 and labels[-2] in _SECOND_LEVEL:
        return labels[-3]
    return labels[-2] if len(labels) > 1 else labels[0]


def _decoded(host: str) -> str:
    """A host with its punycode labels (RFC 3492) as readers see them."""
    return ".".join(_unpuny(label) for label in host.split("."))


def _unpuny(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _folded(text: str, official: Official) -> str:
    """What a hurried reader sees: without accents, foreign letters and digits as the Latin ones
    that they look like (in the manner of the skeletons of Unicode TR39)."""
    letters = unicodedata.normalize("NFKD", text.lower()).translate(official.letters)
    plain = "".join(c for c in letters if not unicodedata.combining(c)).lower()
    return plain.translate(_DIGITS).replace("rn", "m").replace("vv", "w")


_DIGITS: Final = str.maketrans({"0": "o", "1": "l", "i": "l", "|": "l", "5": "s", "3": "e"})
