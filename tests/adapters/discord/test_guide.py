"""The guide, the check and what Discord is really asked for agree."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from adapters.discord import checking, closing
from chat.actions import CloseThread, Delete, MarkInternal, ReopenThread, Send, UpdateCard
from chat.message import Attachment
from tests.adapters.discord.conftest import COMMANDS, Stage
from tests.adapters.discord.test_channel import CARD, SOURCE, opened
from tests.doubles.discord.permissions import BITS, EVERYBODYS, bits
from tests.doubles.discord.places import BOT_ROLE
from tests.doubles.discord.things import Guild, Role

GUIDE = (Path(__file__).parents[3] / "docs" / "setup-discord.md").read_text(encoding="utf-8")
OPTIONAL: Final = {"Manage Messages", "Mention @everyone, @here and All Roles"}
BIT_NAMES: Final = {
    "Mention @everyone, @here and All Roles": "mention_everyone",
    "View Channels": "view_channel",
}


def permissions() -> set[str]:
    """Those that the guide has the bot given."""
    table = GUIDE.partition("| permission | why |")[2].partition("\n\n")[0]
    cells = re.findall(r"^ *\| ([^|]+?) \|", table, re.MULTILINE)[1:]
    whole = {cell for cell in cells if cell in OPTIONAL}
    return whole | {name for cell in cells if cell not in whole for name in cell.split(", ")}


def test_the_check_asks_for_what_the_guide_names() -> None:
    checked = {*checking._DESK.values(), *checking._ENTRANCE.values()}
    assert permissions() - OPTIONAL == checked


def only_what_the_guide_names(stage: Stage) -> None:
    """The bot has these permissions and no others; people have what people usually have."""
    guild: Guild = stage.guild
    names = {BIT_NAMES.get(name, name.lower().replace(" ", "_")) for name in permissions()}
    assert names <= set(BITS)
    people = Role(stage.double.world.new_id(), "people", EVERYBODYS)
    guild.roles[people.id] = people
    guild.roles[guild.id].permissions = 0
    guild.role(BOT_ROLE).permissions = bits(names)
    for member in guild.members.values():
        if not member.user.is_bot:
            member.roles.append(people)


async def test_the_permissions_of_the_guide_are_enough(stage: Stage) -> None:
    lin = stage.double.user("lin", guild=stage.guild)
    ann = stage.double.user("ann", guild=stage.guild)
    only_what_the_guide_names(stage)
    assert await checking.check(stage.settings) == []
    await stage.start()
    await stage.double.wait_for(lambda: stage.double.desk.commands)
    ann.command("support", stage.entrance)
    await stage.sink.next()
    (private,) = stage.double.threads(stage.entrance)
    await stage.channel.send(Send("e/0", stage.at(private), "how can I help?"), None)

    thread = await opened(stage)
    place = stage.in_thread(thread)
    stage.shelf.files["web:1"] = b"bytes"
    file = Attachment("file", "a.txt", "text/plain", 5, "web:1")
    await stage.channel.send(Send("e/1", place, "see", attachments=(file,), rings=True), None)
    note = lin.say("password: hunter22", thread)
    await stage.channel.mark_internal(MarkInternal("e/2", place, str(note.id)))
    await stage.channel.erase(Delete("e/3", place, SOURCE), str(note.id))
    await stage.channel.update_card(UpdateCard("e/4", place, CARD, str(thread.id)))
    await stage.channel.close_thread(CloseThread("e/5", place))
    stage.double.owner.lock(thread)
    await stage.channel.reopen_thread(ReopenThread("e/6", place))
    assert not thread.archived
    assert note.deleted


def test_why_discord_will_not_have_us_stands_in_the_guide() -> None:
    for finding in (closing.REFUSED, closing.UNREADABLE):
        assert f"| `{finding.problem}` |" in GUIDE


async def test_the_commands_of_the_guide_are_those_that_discord_lists(stage: Stage) -> None:
    await stage.start()
    await stage.double.wait_for(lambda: stage.double.desk.commands)
    listed = {command["name"] for command in stage.double.calls_of(COMMANDS)[-1].body}
    named = set(re.findall(r"`/([a-z]+)`", GUIDE))
    agents = {"claim", "note", "transfer", "link", "unlink", "bot", "close"}
    assert agents | {"support"} == named
    assert named <= listed
