"""All methods of the Bot API that the double knows."""

from collections.abc import Awaitable
from typing import Any

from tests.doubles.telegram_bot import BotActor, Method, Params
from tests.doubles.telegram_methods_changing import CHANGING
from tests.doubles.telegram_methods_chats import CHATS
from tests.doubles.telegram_methods_sending import SENDING
from tests.doubles.telegram_methods_setup import SETUP

METHODS: dict[str, Method] = {**SETUP, **SENDING, **CHANGING, **CHATS}


async def call_method(bot: BotActor, method: str, params: Params) -> Any:
    """Do what a method does; raises ApiError where Telegram refuses."""
    outcome = METHODS[method](bot, params)
    return await outcome if isinstance(outcome, Awaitable) else outcome
