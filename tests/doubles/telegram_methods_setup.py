"""The methods about the bot itself, its updates and its commands."""

from typing import Any

from tests.doubles.telegram_bot import BotActor, MethodTable, Params
from tests.doubles.telegram_errors import (
    polled_over_a_webhook,
    webhook_is_active,
)
from tests.doubles.telegram_world import (
    without_nones,
)

SETUP = MethodTable()


@SETUP.method("getMe")
def get_me(bot: BotActor, _params: Params) -> Any:
    return bot.world.bot.to_api() | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


@SETUP.method("getUpdates")
async def get_updates(bot: BotActor, params: Params) -> Any:
    if bot.webhook.url:
        raise webhook_is_active()
    if "allowed_updates" in params:
        bot.updates.wanted = params["allowed_updates"]
    return await bot.updates.poll(
        params.get("offset", 0), params.get("limit", 100), params.get("timeout", 0)
    )


@SETUP.method("setWebhook")
def set_webhook(bot: BotActor, params: Params) -> Any:
    if params.get("drop_pending_updates"):
        bot.updates.queued.clear()
    if "allowed_updates" in params:
        bot.updates.wanted = params["allowed_updates"]
    if params["url"]:
        bot.updates.end_poll(polled_over_a_webhook())
    bot.webhook.url = params["url"]
    bot.webhook.secret_token = params.get("secret_token")
    bot.webhook.max_connections = params.get("max_connections", 40)
    bot.on_webhook_change()
    return True


@SETUP.method("deleteWebhook")
def delete_webhook(bot: BotActor, params: Params) -> Any:
    if params.get("drop_pending_updates"):
        bot.updates.queued.clear()
    bot.webhook.url = ""
    bot.on_webhook_change()
    return True


@SETUP.method("getWebhookInfo")
def get_webhook_info(bot: BotActor, _params: Params) -> Any:
    hook = bot.webhook
    return without_nones(
        url=hook.url,
        has_custom_certificate=False,
        pending_update_count=len(bot.updates.queued),
        max_connections=hook.max_connections if hook.url else None,
        last_error_date=hook.last_error_date,
        last_error_message=hook.last_error_message,
        allowed_updates=bot.updates.wanted or None,
    )


@SETUP.method("setMyCommands")
def set_my_commands(bot: BotActor, params: Params) -> Any:
    bot.commands[commands_key(params)] = params["commands"]
    return True


@SETUP.method("getMyCommands")
def get_my_commands(bot: BotActor, params: Params) -> Any:
    return bot.commands.get(commands_key(params), [])


@SETUP.method("deleteMyCommands")
def delete_my_commands(bot: BotActor, params: Params) -> Any:
    bot.commands.pop(commands_key(params), None)
    return True


def commands_key(params: Params) -> str:
    """Commands are kept apart by scope and language."""
    scope = params.get("scope") or {"type": "default"}
    parts = [scope["type"], *(str(scope[key]) for key in ("chat_id", "user_id") if key in scope)]
    return "/".join([*parts, params.get("language_code", "")]).rstrip("/")
