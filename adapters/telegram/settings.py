"""What the operator sets for the Telegram channel."""

from __future__ import annotations

from msgspec import Struct

TELEGRAM_API = "https://api.telegram.org"


class WebhookSettings(Struct, frozen=True):
    """Where Telegram's requests come in; `public_url` is how Telegram reaches us.

    Without a `secret` one is made at the first start.
    """

    public_url: str
    host: str = "127.0.0.1"
    port: int = 8082
    secret: str | None = None


class TelegramSettings(Struct, frozen=True):
    """How to reach Telegram. Times are in seconds.

    `token` is the one that @BotFather gave, `<bot id>:<secret>`. `desk_chat` is the id of the
    forum group that is the desk, when Telegram is; cases open in `spare_chats` while it takes no
    more. One poll waits `poll_seconds` for news; after trouble the next one waits `first_pause`,
    then ever longer up to `longest_pause`.
    """

    token: str
    api_base: str = TELEGRAM_API
    desk_chat: str | None = None
    spare_chats: tuple[str, ...] = ()
    poll_seconds: int = 30
    first_pause: float = 1.0
    longest_pause: float = 30.0
    webhook: WebhookSettings | None = None

    @property
    def desk_chats(self) -> tuple[str, ...]:
        """All groups of the desk's, the main one first."""
        return () if self.desk_chat is None else (self.desk_chat, *self.spare_chats)

    @property
    def bot_id(self) -> int:
        """The bot's own user id, which its token begins with."""
        return int(self.token.partition(":")[0])
