"""Looks at Telegram before it is used: the token, the desk's group, the bot's rights in it."""

from __future__ import annotations

from telegram import Bot, ChatMemberAdministrator
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from adapters.telegram.settings import TelegramSettings
from chat.checking import Finding


async def check(settings: TelegramSettings) -> list[Finding]:
    """What is wrong; empty when all is well."""
    base = settings.api_base.rstrip("/")
    request = HTTPXRequest(connection_pool_size=2)
    bot = Bot(settings.token, base_url=f"{base}/bot", request=request)
    try:
        me = await bot.get_me()
        if settings.desk_chat is None:
            return []
        return await _desk(bot, me.id, settings.desk_chat)
    except InvalidToken:
        return [Finding("Telegram refuses the token", "copy the current one from @BotFather")]
    except TelegramError as error:
        return [Finding(f"Telegram answers: {error.message}", "see that the machine reaches it")]
    finally:
        await request.shutdown()


async def _desk(bot: Bot, me: int, chat: str) -> list[Finding]:
    try:
        group = await bot.get_chat(chat)
        member = await bot.get_chat_member(chat, me)
    except TelegramError as error:
        return [
            Finding(
                f"the desk's group {chat} cannot be seen ({error.message})",
                "add the bot to the group, and check the id in desk.channel",
            )
        ]
    findings = []
    if not group.is_forum:
        findings.append(
            Finding(f"“{group.title}” has no topics", "switch Topics on in the group's settings")
        )
    if not isinstance(member, ChatMemberAdministrator) or not member.can_manage_topics:
        findings.append(
            Finding(
                "the bot may not open topics",
                "make it an administrator with the right to manage topics",
            )
        )
    return findings
