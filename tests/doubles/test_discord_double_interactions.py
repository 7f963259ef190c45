"""The Discord double's buttons, selects, forms and commands, driven by discord.py."""

from typing import Any

import discord
import pytest
from discord import app_commands

from tests.doubles.discord import DiscordDouble, Person
from tests.doubles.discord.bot import ListeningBot, place, refused
from tests.doubles.discord.things import Channel, Guild

MANAGE = discord.Permissions(manage_threads=True)


def buttons(*labels: str) -> discord.ui.View:
    view = discord.ui.View(timeout=None)
    for label in labels:
        view.add_item(discord.ui.Button(label=label, custom_id=label.lower()))
    return view


class Question(discord.ui.Modal, title="Transfer"):
    reason: discord.ui.TextInput = discord.ui.TextInput(label="Why?", min_length=3)
    # As newer forms have it: the label stands around the field.
    agent: discord.ui.Label = discord.ui.Label(
        text="To whom?", component=discord.ui.TextInput(custom_id="agent", required=False)
    )


async def heard(bot: ListeningBot, count: int = 1) -> discord.Interaction:
    return await bot.next("interaction", count)


async def test_a_pressed_button_is_answered_with_a_message(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    asked = await place(bot, ann.dm).send("sure?", view=buttons("Yes", "No"))
    (shown,) = double.messages(ann)
    assert shown.labels == ["Yes", "No"]
    with pytest.raises(AssertionError, match="no button"):
        ann.press(shown, "Maybe")
    press = ann.press(shown, "Yes")
    interaction = await heard(bot)
    assert interaction.data["custom_id"] == "yes" and interaction.user.id == ann.id
    assert interaction.message.id == asked.id and not press.answered
    answer = await interaction.response.send_message("good")
    assert press.answered and [one.content for one in press.messages] == ["good"]
    assert answer.message_id == press.original.id
    await refused(again(interaction), 400, 40060)
    assert (await interaction.original_response()).content == "good"
    await interaction.edit_original_response(content="better")
    follow = await interaction.followup.send("and more", wait=True)
    assert [one.content for one in press.messages] == ["better", "and more"]
    await follow.edit(content="and less")
    await follow.delete()
    await interaction.delete_original_response()
    assert press.messages == [] and double.texts(ann) == ["sure?"]
    assert double.violations == []


async def again(interaction: discord.Interaction) -> None:
    """Answer once more, past the library's own check."""
    interaction.response._response_type = None
    await interaction.response.defer()


async def test_a_press_can_change_its_message(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    await place(bot, ann.dm).send("sure?", view=buttons("Yes"))
    (shown,) = double.messages(ann)
    ann.press(shown, "yes")
    await (await heard(bot)).response.edit_message(content="thanks", view=None)
    assert (shown.content, shown.labels) == ("thanks", [])
    assert double.violations == []


async def test_a_deferred_answer_comes_later_and_only_for_one(
    double: DiscordDouble, desk: Channel, eve: Person, bot: ListeningBot
) -> None:
    await place(bot, desk).send("card", view=buttons("Claim"))
    press = eve.press(double.messages(desk)[0], "Claim")
    interaction = await heard(bot)
    assert interaction.guild_id == desk.guild.id and isinstance(interaction.user, discord.Member)
    await interaction.response.defer(ephemeral=True, thinking=True)
    assert press.is_loading
    await interaction.followup.send("it is yours", ephemeral=True)
    (answer,) = press.messages
    assert not press.is_loading and not answer.edited
    assert answer.is_ephemeral and answer.content == "it is yours"
    assert double.texts(desk) == ["card"]

    quiet = eve.press(double.messages(desk)[0], "Claim")
    await (await heard(bot, 2)).response.defer()
    assert quiet.callback.name == "LATER_UPDATE" and quiet.messages == []
    assert double.violations == []


async def test_what_is_too_late_or_unknown(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    await place(bot, ann.dm).send("sure?", view=buttons("Yes"))
    press = ann.press(double.messages(ann)[0], "Yes")
    interaction = await heard(bot)
    await refused(interaction.followup.send("too early"), 404, 10015)
    press.expired = True
    await refused(interaction.response.defer(), 404, 10062)
    press.expired = False
    await interaction.response.defer()
    press.expired = True
    await refused(interaction.followup.send("too late"), 401, 50027)
    assert double.violations == []


async def test_a_select(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    select: discord.ui.Select[Any] = discord.ui.Select(custom_id="stars", max_values=2)
    select.add_option(label="bad", value="1")
    select.add_option(label="good", value="5")
    await place(bot, ann.dm).send("how was it?", view=discord.ui.View().add_item(select))
    shown = double.messages(ann)[0]
    ann.choose(shown, ["good", "1"])
    interaction = await heard(bot)
    assert interaction.data["values"] == ["5", "1"]
    await interaction.response.send_message("thanks", ephemeral=True)
    with pytest.raises(AssertionError, match="no option"):
        ann.choose(shown, ["superb"])
    with pytest.raises(AssertionError, match="cannot be chosen"):
        ann.choose(shown, [])
    assert double.violations == []


async def test_a_form(double: DiscordDouble, ann: Person, bot: ListeningBot) -> None:
    await place(bot, ann.dm).send("card", view=buttons("Transfer"))
    press = ann.press(double.messages(ann)[0], "Transfer")
    form = Question()
    await (await heard(bot)).response.send_modal(form)
    assert press.modal is not None and press.modal["title"] == "Transfer"
    reason = form.reason.custom_id
    with pytest.raises(AssertionError, match="required"):
        ann.submit(press, {})
    with pytest.raises(AssertionError, match="takes 3"):
        ann.submit(press, {reason: "x"})
    sent = ann.submit(press, {reason: "holiday", "agent": "Eve"})
    assert not await form.wait()
    assert (form.reason.value, form.agent.component.value) == ("holiday", "Eve")
    interaction = await heard(bot, 2)
    assert interaction.type is discord.InteractionType.modal_submit
    await interaction.response.send_message("transferred")
    assert [one.content for one in sent.messages] == ["transferred"]
    assert double.texts(ann) == ["card", "transferred"]
    assert double.violations == []


async def test_slash_commands(
    double: DiscordDouble, guild: Guild, desk: Channel, ann: Person, eve: Person, bot: ListeningBot
) -> None:
    tree = app_commands.CommandTree(bot)
    case = app_commands.Group(name="case", description="about cases", default_permissions=MANAGE)

    @tree.command(description="Leave a note")
    async def note(interaction: discord.Interaction, text: str, stars: int = 0) -> None:
        await interaction.response.send_message(f"{text} {stars}")

    @case.command(description="Hand over")
    async def transfer(interaction: discord.Interaction, agent: discord.User) -> None:
        await interaction.response.send_message(f"to {agent.name}", ephemeral=True)

    @tree.context_menu(name="Quote")
    async def quote(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"> {message.content}")

    tree.add_command(case)
    synced = await tree.sync()
    assert {command.name for command in synced} == {"note", "case", "Quote"}
    assert {command.name for command in await tree.fetch_commands()} == {"note", "case", "Quote"}
    with pytest.raises(AssertionError, match="required"):
        ann.command("note")
    with pytest.raises(AssertionError, match="no command"):
        ann.command("unknown")
    used = ann.command("note", text="hi", stars=5)
    await double.wait_for(lambda: used.answered)
    assert double.texts(ann) == ["hi 5"]
    assert double.messages(ann)[0].type.name == "CHAT_INPUT_COMMAND"
    moved = eve.command("case transfer", desk, agent=ann.id)
    await double.wait_for(lambda: moved.answered)
    assert [one.content for one in moved.messages] == ["to ann"]
    quoted = eve.command_on(eve.say("words", desk), "Quote")
    await double.wait_for(lambda: quoted.answered)
    assert double.texts(desk) == ["words", "> words"]

    local = await tree.sync(guild=discord.Object(guild.id))
    assert local == [] and guild.id in double.desk.commands
    kept = synced[0]
    await kept.edit(description="changed")
    await kept.delete()
    assert len(await tree.fetch_commands()) == 2
    assert double.violations == []


async def test_components_that_discord_refuses(
    double: DiscordDouble, ann: Person, bot: ListeningBot
) -> None:
    twice = discord.ui.View()
    twice.add_item(discord.ui.Button(label="a", custom_id="same"))
    twice.add_item(discord.ui.Button(label="b", custom_id="same"))
    await refused(place(bot, ann.dm).send("?", view=twice), 400, 50035)
    off = discord.ui.View().add_item(discord.ui.Button(label="off", disabled=True))
    await place(bot, ann.dm).send("?", view=off)
    with pytest.raises(AssertionError, match="disabled"):
        ann.press(double.messages(ann)[0], "off")
    assert double.violations == []
