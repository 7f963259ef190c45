"""What people do with buttons, views, shortcuts and commands, as payloads for the app."""

from typing import Any

from tests.doubles.slack.block_kit import problems_of_view
from tests.doubles.slack.deliveries import Deliveries, Delivery
from tests.doubles.slack.happenings import Happenings
from tests.doubles.slack.records import (
    Account,
    Channel,
    Ephemeral,
    Message,
    ResponseUrl,
    Trigger,
    View,
)
from tests.doubles.slack.shown import Shown
from tests.doubles.slack.spec import Violation
from tests.doubles.slack.world import World

Json = dict[str, Any]
Violations = list[Violation]

CHANNEL_NAMES = {"im": "directmessage", "group": "privategroup"}


class Interactions:
    """Makes the payloads, and applies what the app answers to them."""

    def __init__(
        self,
        world: World,
        shown: Shown,
        happenings: Happenings,
        deliveries: Deliveries,
        violations: Violations,
    ) -> None:
        self._world = world
        self._shown = shown
        self._happenings = happenings
        self._deliveries = deliveries
        self._violations = violations

    # -- what all payloads have ---------------------------------------------------------------

    def _common(self, kind: str, by: Account) -> Json:
        world = self._world
        return {
            "type": kind,
            "team": {"id": world.team_id, "domain": world.domain},
            "user": {
                "id": by.id,
                "username": by.handle,
                "name": by.handle,
                "team_id": by.team_id,
            },
            "api_app_id": world.app.id,
            "token": world.app.verification_token,
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _trigger(self, by: Account, view: View | None = None) -> str:
        world = self._world
        trigger_id = f"{world.new_id('9')}.{int(world.now)}.double"
        world.triggers[trigger_id] = Trigger(by.id, world.now, view.id if view else None)
        return trigger_id

    def _response_url(self, by: Account, channel: Channel, message: Message | None = None) -> str:
        world = self._world
        key = world.new_id("R")
        world.response_urls[key] = ResponseUrl(channel, by.id, world.now, message)
        return f"{self._shown.base_url}/response/{key}"

    def _action_ts(self) -> str:
        return self._world.new_ts()

    def _named(self, channel: Channel) -> Json:
        return {"id": channel.id, "name": CHANNEL_NAMES.get(channel.kind, channel.name)}

    # -- buttons and menus --------------------------------------------------------------------

    def act_on_message(
        self, by: Account, message: Message | Ephemeral, block: Json, element: Json, chosen: Json
    ) -> Delivery:
        channel = message.channel
        container: Json = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": channel.id,
            "is_ephemeral": isinstance(message, Ephemeral),
        }
        if message.thread_ts:
            container["thread_ts"] = message.thread_ts
        payload = {
            **self._common("block_actions", by),
            "container": container,
            "trigger_id": self._trigger(by),
            "channel": self._named(channel),
            "state": {"values": {}},
            "actions": [self._action(block, element, chosen)],
        }
        if isinstance(message, Message):
            payload["message"] = self._shown.message(message)
            payload["response_url"] = self._response_url(by, channel, message)
        else:
            payload["response_url"] = self._response_url(by, channel)
        return self._deliveries.interaction("BlockActionPayload", payload, by=by.id)

    def act_in_view(
        self, by: Account, view: View, block: Json, element: Json, chosen: Json
    ) -> Delivery:
        payload = {
            **self._common("block_actions", by),
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self._trigger(by, view),
            "view": self._shown.view(view),
            "actions": [self._action(block, element, chosen)],
        }
        return self._deliveries.interaction("BlockActionPayload", payload, by=by.id)

    def _action(self, block: Json, element: Json, chosen: Json) -> Json:
        action: Json = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": self._action_ts(),
            **chosen,
        }
        if element["type"] == "button":
            action |= {key: element[key] for key in ("text", "value", "style") if key in element}
        return action

    # -- views --------------------------------------------------------------------------------

    def shown_view(self, view: View) -> Json:
        return self._shown.view(view)

    def open_views(self, user: str) -> list[View]:
        """The modals that somebody sees, the topmost last."""
        return [v for v in self._world.views.values() if v.user == user and v.is_open]

    def new_view(self, user: str, definition: Json, above: View | None = None) -> View:
        if above is None:
            for old in self.open_views(user):
                old.is_open = False
        view_id = self._world.new_id("V")
        root = above.root_id if above else view_id
        view = View(view_id, user, {}, "", root, above.id if above else None)
        self.change_view(view, definition)
        self._world.views[view_id] = view
        return view

    def publish_home(self, user: str, definition: Json) -> View:
        view_id = self._world.new_id("V")
        view = self._world.homes.setdefault(user, View(view_id, user, {}, "", view_id))
        self.change_view(view, definition)
        return view

    def change_view(self, view: View, definition: Json) -> None:
        blocks = self._happenings.with_ids(definition["blocks"])
        view.definition = {**definition, "blocks": blocks}
        view.hash = f"{int(self._world.now)}.{self._world.new_id('h')}"
        view.errors = {}
        self._world.changes.ring()

    def submit(self, by: Account, view: View) -> Delivery:
        payload = {
            **self._common("view_submission", by),
            "trigger_id": self._trigger(by, view),
            "view": self._shown.view(view),
            "response_urls": [],
        }
        return self._deliveries.interaction(
            "ViewSubmissionPayload",
            payload,
            by=by.id,
            on_answer=lambda answer: self._answered(view, answer),
        )

    def _answered(self, view: View, answer: Json) -> None:
        """What the app wants done with a view that was sent."""
        match answer.get("response_action"):
            case None:
                view.is_open = False
            case "clear":
                for one in self.open_views(view.user):
                    one.is_open = False
            case "errors":
                blocks = {block.get("block_id") for block in view.definition["blocks"]}
                view.errors = dict(answer.get("errors") or {})
                if not view.errors or set(view.errors) - blocks:
                    self._violate("errors must name blocks of the view", answer)
            case "update" | "push" as action:
                if problems := problems_of_view(answer.get("view")):
                    self._violate(str(problems), answer)
                elif action == "update":
                    self.change_view(view, answer["view"])
                else:
                    self.new_view(view.user, answer["view"], above=view)
            case other:
                self._violate(f"no response_action {other!r}", answer)

    def _violate(self, problem: str, answer: Json) -> None:
        self._violations.append(Violation("answer view_submission", problem, answer))

    def close_view(self, by: Account, view: View) -> Delivery | None:
        view.is_open = False
        self._world.changes.ring()
        if not view.definition.get("notify_on_close"):
            return None
        payload = {
            **self._common("view_closed", by),
            "view": self._shown.view(view),
            "is_cleared": False,
        }
        return self._deliveries.interaction("ViewClosedPayload", payload, by=by.id)

    # -- shortcuts and commands ---------------------------------------------------------------

    def message_shortcut(self, by: Account, message: Message, callback_id: str) -> Delivery:
        common = self._common("message_action", by)
        # Older than the other payloads, this one says less.
        del common["user"]["username"], common["api_app_id"]
        payload = {
            **common,
            "callback_id": callback_id,
            "trigger_id": self._trigger(by),
            "action_ts": self._action_ts(),
            "message_ts": message.ts,
            "response_url": self._response_url(by, message.channel, message),
            "message": self._shown.message(message),
            "channel": self._named(message.channel),
        }
        return self._deliveries.interaction("MessageShortcutPayload", payload, by=by.id)

    def global_shortcut(self, by: Account, callback_id: str) -> Delivery:
        payload = {
            **self._common("shortcut", by),
            "callback_id": callback_id,
            "trigger_id": self._trigger(by),
            "action_ts": self._action_ts(),
        }
        return self._deliveries.interaction("", payload, by=by.id)

    def command(self, by: Account, command: str, text: str, channel: Channel) -> Delivery:
        world = self._world
        payload: Json = {
            "token": world.app.verification_token,
            "team_id": world.team_id,
            "team_domain": world.domain,
            "channel_id": channel.id,
            "channel_name": self._named(channel)["name"],
            "user_id": by.id,
            "user_name": by.handle,
            "command": command,
            "text": text,
            "api_app_id": world.app.id,
            # In the form, and so also in Socket Mode, this is a word.
            "is_enterprise_install": "false",
            "response_url": self._response_url(by, channel),
            "trigger_id": self._trigger(by),
        }

        def show(answer: Json) -> None:
            if answer.get("text") or answer.get("blocks"):
                self.respond(ResponseUrl(channel, by.id, world.now), answer)

        return self._deliveries.interaction(
            "SlashCommandPayload", payload, by=by.id, on_answer=show
        )

    def respond(self, place: ResponseUrl, answer: Json) -> None:
        """The app's answer beside the Web API: by a response URL, or to a command."""
        world, bot = self._world, self._world.bot
        text, blocks = str(answer.get("text") or ""), answer.get("blocks") or []
        if answer.get("delete_original") and place.message is not None:
            self._happenings.delete(place.message)
        elif answer.get("replace_original") and place.message is not None:
            self._happenings.edit(place.message, text, blocks)
        elif answer.get("response_type") == "in_channel":
            thread_ts = answer.get("thread_ts")
            self._happenings.post(place.channel, bot, text, blocks=blocks, thread_ts=thread_ts)
        else:
            place.channel.ephemerals.append(
                Ephemeral(
                    place.channel,
                    world.new_ts(),
                    place.user,
                    text,
                    self._happenings.with_ids(blocks),
                    answer.get("thread_ts"),
                )
            )
        world.changes.ring()
