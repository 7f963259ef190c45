"""A place in words, for platforms that have no places."""

from __future__ import annotations

from chat.message import Attachment


def words_of(place: Attachment) -> str:
    """Its name and a link to a map. A `ref` that is no geo URI (RFC 5870) gives its name only."""
    coordinates = place.ref.removeprefix("geo:").partition(";")[0].split(",")
    try:
        latitude, longitude = (float(number) for number in coordinates[:2])
    except ValueError:
        return f"📍 {place.name}".rstrip()
    link = f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}"
    return " ".join(part for part in ("📍", place.name, link) if part)
