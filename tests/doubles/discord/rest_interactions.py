"""Operations that answer interactions: the callback, and what follows it."""

from typing import Any

from tests.doubles.discord.bodies import change_message, new_message
from tests.doubles.discord.calls import Answer, Call, answers
from tests.doubles.discord.errors import Refusal, already_acknowledged, unknown
from tests.doubles.discord.interactions import CallbackType, Interaction, InteractionType
from tests.doubles.discord.shapes import user_json
from tests.doubles.discord.things import Message, MessageFlag, MessageType

KEPT_FROM_DEFERRING = MessageFlag.EPHEMERAL


@answers("create_interaction_response")
def respond(call: Call) -> Answer | None:
    interaction = call.desk.interactions.get(call.ids["interaction_id"])
    if interaction is None or interaction.token != call.words["interaction_token"]:
        raise unknown("interaction")
    if interaction.answered:
        raise already_acknowledged()
    if interaction.expired:
        raise unknown("interaction")
    body = call.body.get("data") or {}
    kind = CallbackType(call.body["type"])
    match kind:
        case CallbackType.MESSAGE:
            interaction.original = write(call, interaction, new_message(call, body))
        case CallbackType.LATER_MESSAGE:
            flags = (body.get("flags") or 0) | MessageFlag.LOADING
            interaction.original = write(call, interaction, {"flags": flags})
        case CallbackType.LATER_UPDATE | CallbackType.UPDATE:
            interaction.original = interaction.message
            if interaction.message is None:
                raise Refusal(400, 50035, "Invalid Form Body")
            if kind is CallbackType.UPDATE:
                change_message(call, interaction.message, body)
        case CallbackType.MODAL:
            if interaction.type is InteractionType.MODAL:
                raise Refusal(400, 50035, "Invalid Form Body")
            interaction.modal = body
    interaction.callback = kind
    return Answer(response_json(call, interaction)) if call.query.get("with_response") else None


def write(call: Call, interaction: Interaction, details: dict[str, Any]) -> Message:
    """A message of the bot's that belongs to an interaction."""
    is_command = interaction.type is InteractionType.COMMAND
    message: Message = call.world.post(
        interaction.channel,
        call.bot,
        kind=MessageType.CHAT_INPUT_COMMAND if is_command else MessageType.DEFAULT,
        interaction_metadata=metadata_of(interaction),
        interaction_id=interaction.id,
        **details,
    )
    return message


def owners_of(interaction: Interaction) -> dict[str, str]:
    """Through whose installation of the bot this came."""
    guild = interaction.channel.guild
    return {"0": "0" if guild is None else str(guild.id)}


def metadata_of(interaction: Interaction) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": str(interaction.id),
        "type": int(interaction.type),
        "user": user_json(interaction.user),
        "authorizing_integration_owners": owners_of(interaction),
    }
    if interaction.type is InteractionType.COMPONENT and interaction.message is not None:
        shown["interacted_message_id"] = str(interaction.message.id)
    if interaction.opened_by is not None:
        shown["triggering_interaction_metadata"] = metadata_of(interaction.opened_by)
    return shown


def response_json(call: Call, interaction: Interaction) -> dict[str, Any]:
    message = interaction.original
    shown: dict[str, Any] = {"id": str(interaction.id), "type": int(interaction.type)}
    answer: dict[str, Any] = {"interaction": shown}
    if message is not None:
        shown |= {
            "response_message_id": str(message.id),
            "response_message_loading": interaction.is_loading,
            "response_message_ephemeral": message.is_ephemeral,
            **call.world.place_of(interaction.channel),
        }
        if interaction.callback in (CallbackType.MESSAGE, CallbackType.UPDATE):
            answer["resource"] = {
                "type": int(interaction.callback),
                "message": call.world.message_json(message),
            }
    return answer


# -- what follows -----------------------------------------------------------------------------


def interaction_of(call: Call) -> Interaction:
    """The interaction whose token stands in the path, once it was answered."""
    interaction = call.desk.interaction_with(call.words["webhook_token"])
    if interaction is None or call.ids["webhook_id"] != call.bot.id or not interaction.answered:
        raise unknown("Webhook")
    if interaction.expired:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    return interaction


@answers("execute_webhook")
def follow_up(call: Call) -> Answer | None:
    interaction = interaction_of(call)
    details = new_message(call, call.body)
    if interaction.is_loading and interaction.original is not None:
        # The first message after 'the bot is thinking' takes its place.
        message = interaction.original
        edit(call, message)
    else:
        message = write(call, interaction, details)
        interaction.followups.append(message)
    return Answer(call.world.message_json(message)) if call.query.get("wait") else None


def edit(call: Call, message: Message) -> None:
    kept = message.flags & KEPT_FROM_DEFERRING
    was_loading = bool(message.flags & MessageFlag.LOADING)
    message.flags &= ~MessageFlag.LOADING
    change_message(call, message, call.body, is_first=was_loading)
    message.flags |= kept


@answers(
    "get_original_webhook_message",
    "update_original_webhook_message",
    "delete_original_webhook_message",
    "get_webhook_message",
    "update_webhook_message",
    "delete_webhook_message",
)
def one_message(call: Call) -> Answer | None:
    interaction = interaction_of(call)
    known = [interaction.original, *interaction.followups]
    wanted = known[:1]
    if "message_id" in call.ids:
        wanted = [one for one in known if one is not None and one.id == call.ids["message_id"]]
    message = next((one for one in wanted if one is not None and not one.deleted), None)
    if message is None:
        raise unknown("Message")
    if call.method == "DELETE":
        call.world.delete_message(message)
        return None
    if call.method == "PATCH":
        edit(call, message)
    return Answer(call.world.message_json(message))
