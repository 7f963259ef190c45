"""Buttons, forms, shortcuts and commands. Each is acknowledged once its effect is durable."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_sdk.errors import SlackApiError

from adapters.slack.forms import FORMS, form_place, form_text, form_user, form_view, home_view
from adapters.slack.parse import Reader, interaction_address
from adapters.slack.reading import PLATFORM, rich_of
from adapters.slack.web_api import WebApi
from chat.address import Address, Person
from chat.channel import Sink
from chat.events import ButtonPressed, MessageReceived
from chat.message import Message
from chat.phrases import Lang, say
from chat.rich import Rich

Json: TypeAlias = dict[str, Any]

# What the shortcuts on messages in a case's thread are called, before their command's name.
CASE_SHORTCUT: Final = "case_"


class Interactions:
    """What people do other than writing."""

    def __init__(self, api: WebApi, reader: Reader, sink: Sink, clock: Callable[[], float]) -> None:
        self._api = api
        self._reader = reader
        self._sink = sink
        self._clock = clock

    async def furnish_home(self, user: str) -> None:
        """Show the App Home to somebody who opened it."""
        person = await self._api.person(user)
        with suppress(SlackApiError):
            await self._api.client.views_publish(user_id=user, view=home_view(_lang(person)))

    async def pressed(self, body: Json, ack: AsyncAck) -> None:
        """A button of a message or of the App Home; one that opens a form is answered with it."""
        action = (body.get("actions") or [{}])[0]
        value = str(action.get("value") or "")
        user, person = await self._who(body)
        address = interaction_address(body, self._reader)
        if address is None and (body.get("container") or {}).get("type") == "view":
            address = await self._direct(user)
        if address is None or not value:
            await ack()
            return
        what = value.partition(":")[0]
        if what in FORMS:
            await self._open_form(what, body, address, person, ack)
            return
        message = body.get("message") or {}
        event = ButtonPressed(
            f"slack:a:{body.get('trigger_id')}",
            self._clock(),
            address,
            person,
            value,
            message.get("ts"),
        )
        await self._sink.submit(event)
        await ack()

    async def submitted(self, body: Json, view: Json, ack: AsyncAck) -> None:
        """A form was sent."""
        _, person = await self._who(body)
        chosen = form_user(view)
        name = (await self._api.person(chosen)).name if chosen else ""
        said = form_text(view, name)
        if said is not None:
            await self._typed(f"slack:v:{view.get('id')}", person, form_place(view), said)
        await ack()

    async def shortcut(self, body: Json, ack: AsyncAck, respond: AsyncRespond) -> None:
        """A shortcut of customers leads into a conversation with us alone; one of agents, on a
        message in a case's thread, does what the command of its name does."""
        what = str(body.get("callback_id", "")).removeprefix(CASE_SHORTCUT)
        for_case = what != body.get("callback_id")
        user, person = await self._who(body)
        address = interaction_address(body, self._reader)
        inside = address is not None and address.thread is not None
        if inside is not for_case:
            await ack()
            key = "slack.in_a_case" if for_case else "slack.not_in_a_case"
            await respond(say(key, _lang(person)), response_type="ephemeral")
        elif for_case and address is not None:
            await self._case_shortcut(what, body, address, person, ack)
        else:
            said = rich_of(body.get("message") or {}, self._api.name_of)
            said = said if said.text.strip() else Rich("/start")
            await self._typed(_shortcut_id(body), person, await self._direct(user), said)
            await ack()

    async def _case_shortcut(
        self, what: str, body: Json, address: Address, person: Person, ack: AsyncAck
    ) -> None:
        if what in FORMS:
            await self._open_form(what, body, address, person, ack)
            return
        await self._typed(_shortcut_id(body), person, address, Rich(f"/{what}"))
        await ack()

    async def _open_form(
        self, what: str, body: Json, address: Address, person: Person, ack: AsyncAck
    ) -> None:
        await ack()
        await self._api.client.views_open(
            trigger_id=body["trigger_id"], view=form_view(what, address, _lang(person))
        )

    async def commanded(self, body: Json, ack: AsyncAck) -> None:
        """A slash command does, too."""
        user = str(body.get("user_id", ""))
        person, address = await self._api.person(user), await self._direct(user)
        text = str(body.get("text") or "").strip()
        await self._typed(
            f"slack:c:{body.get('trigger_id')}", person, address, Rich(text or "/start")
        )
        await ack()

    async def _typed(self, event_id: str, person: Person, address: Address, said: Rich) -> None:
        now = self._clock()
        message = Message(
            id=event_id,
            at=now,
            sender=person,
            address=address,
            text=said.text,
            spans=said.spans,
            shown=False,
            outsiders=self._api.outsiders_in(said.spans),
            away=await self._api.away_in(said.spans) if address.thread is not None else (),
        )
        await self._sink.submit(MessageReceived(event_id, now, message))

    async def _who(self, body: Json) -> tuple[str, Person]:
        user = body.get("user") or {}
        found = str(user.get("id", ""))
        return found, await self._api.person(found, str(user.get("team_id") or ""))

    async def _direct(self, user: str) -> Address:
        """The conversation with somebody alone."""
        opened = await (await self._api.ready()).conversations_open(users=user)
        channel: Json = opened.get("channel") or {}
        return Address(PLATFORM, str(channel.get("id")))


def _shortcut_id(body: Json) -> str:
    return f"slack:s:{body.get('trigger_id')}"


def _lang(person: Person) -> Lang:
    return "zh" if (person.locale or "zh").lower().startswith("zh") else "en"
