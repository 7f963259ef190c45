"""Where something is said and who says it. All ids are opaque strings."""

from __future__ import annotations

from msgspec import Struct


class Address(Struct, frozen=True, omit_defaults=True, gc=False):
    """A place on a platform: a channel, or a thread inside it."""

    platform: str
    channel: str
    thread: str | None = None

    @property
    def key(self) -> str:
        """`platform:channel` or `platform:channel/thread`; unique, for use in keys and logs."""
        base = f"{self.platform}:{self.channel}"
        return base if self.thread is None else f"{base}/{self.thread}"

    def in_thread(self, thread: str) -> Address:
        """The same channel, in the given thread."""
        return Address(self.platform, self.channel, thread)


class Person(Struct, frozen=True, omit_defaults=True, gc=False):
    """Somebody on a platform. `locale` is a BCP 47 tag when the platform tells one.

    `outside`: they belong to another organisation than the desk, so they are no agent of it.
    """

    platform: str
    id: str
    name: str
    locale: str | None = None
    outside: bool = False

    @property
    def key(self) -> str:
        """`platform:id`; unique."""
        return f"{self.platform}:{self.id}"
