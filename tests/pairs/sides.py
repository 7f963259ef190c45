"""What a customer and a team of agents can do and see, on whatever platform."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol


class Customer(Protocol):
    """One customer. `can_delete`: the platform tells us when they take a message back."""

    can_delete: bool

    async def say(self, text: str) -> Any: ...

    async def send_file(self, name: str, content: bytes) -> Any: ...

    async def edit(self, message: Any, text: str) -> None: ...

    async def delete(self, message: Any) -> None: ...

    async def reply(self, to: str, text: str) -> Any:
        """Answer the message that holds `to`."""

    async def press(self, label: str) -> None: ...

    async def texts(self) -> list[str]:
        """What stands in the conversation now, oldest first, also the customer's own words."""

    async def files(self) -> list[bytes]:
        """The files shown, the customer's own too."""

    async def until(self, holds: Callable[[list[str]], bool]) -> None:
        """Wait until the texts are so."""

    async def until_file(self, content: bytes) -> None: ...


class Team(Protocol):
    """The agents Lin and Bo at the desk, in the only case there is. `edits` and `deletes`: the
    platform tells us of an agent's."""

    async def claim(self, agent: str) -> None: ...

    async def say(self, agent: str, text: str) -> Any: ...

    async def send_file(self, agent: str, name: str, content: bytes) -> Any: ...

    async def edit(self, agent: str, message: Any, text: str) -> None: ...

    async def delete(self, agent: str, message: Any) -> None: ...

    async def transfer(self, by: str, to: str) -> None: ...

    async def close(self, agent: str) -> None: ...

    async def texts(self) -> list[str]:
        """What stands in the thread now, without its card."""

    async def card(self) -> str:
        """What the card says."""

    async def cards(self) -> list[str]:
        """What the cards of all cases say, oldest first."""

    async def until(self, holds: Callable[[list[str]], bool]) -> None: ...

    async def until_card(self, holds: Callable[[str], bool]) -> None: ...

    async def until_cards(self, holds: Callable[[list[str]], bool]) -> None: ...

    async def until_file(self, content: bytes) -> None: ...


class Platform(Protocol):
    """A platform's double, or the web; `settings` is its section under `channels`."""

    name: str
    desk_channel: str

    def settings(self) -> dict[str, object]: ...

    async def customer(self, url: str) -> Customer: ...

    async def team(self, url: str) -> Team: ...

    def violations(self) -> list[Any]: ...
