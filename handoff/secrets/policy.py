"""What the operator decides about data that is not secret from agents."""

from __future__ import annotations

from typing import Literal, TypeAlias

from msgspec import Struct

from chat.message import SecretKind

Treatment: TypeAlias = Literal["show", "mask"]


class Policy(Struct, frozen=True, forbid_unknown_fields=True):
    """`show`: agents see it, records and logs do not; `mask`: agents do not see it either."""

    phones: Treatment = "show"
    emails: Treatment = "show"

    @property
    def shown(self) -> frozenset[SecretKind]:
        """The kinds that agents see."""
        kinds: tuple[tuple[SecretKind, Treatment], ...] = (
            ("phone", self.phones),
            ("email", self.emails),
        )
        return frozenset(kind for kind, treatment in kinds if treatment == "show")
