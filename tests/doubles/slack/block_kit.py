"""Block Kit: what a block may hold, and how long it may be."""

from collections.abc import Callable, Iterator
from typing import Any

Json = dict[str, Any]
Check = Callable[[Any, str], Iterator[str]]

PLAIN, EITHER = ("plain_text",), ("plain_text", "mrkdwn")
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100


def problems_of_blocks(blocks: Any, most: int = MESSAGE_BLOCKS) -> list[str]:
    """Everything that is wrong with the blocks of a message or view."""
    if not isinstance(blocks, list):
        return ["blocks: must be an array"]
    found = [f"blocks: {len(blocks)} are more than {most}"] if len(blocks) > most else []
    ids: set[str] = set()
    for number, block in enumerate(blocks):
        where = f"/blocks/{number}"
        found += one_of(BLOCKS)(block, where)
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if block_id is not None and block_id in ids:
            found.append(f"{where}: block_id {block_id!r} already exists")
        ids.add(str(block_id))
    return found


def problems_of_view(view: Any) -> list[str]:
    """Everything that is wrong with a modal or an App Home."""
    found = list(one_of(VIEWS)(view, "/view"))
    if not found:
        found = problems_of_blocks(view["blocks"], VIEW_BLOCKS)
        has_input = any(block.get("type") == "input" for block in view["blocks"])
        if view["type"] == "modal" and has_input and "submit" not in view:
            found.append("/view: a modal with inputs needs submit")
    return found


# -- what a field may hold --------------------------------------------------------------------


def string(most: int, least: int = 1) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield f"{where}: must be a string"
        elif not least <= len(value) <= most:
            yield f"{where}: {len(value)} characters, must be {least} to {most}"

    return check


def text(most: int, kinds: tuple[str, ...] = PLAIN) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict) or value.get("type") not in kinds:
            yield f"{where}: must be a text object of {' or '.join(kinds)}"
            return
        more = {"emoji"} if value["type"] == "plain_text" else {"verbatim"}
        if extra := set(value) - {"type", "text"} - more:
            yield f"{where}: must not have {sorted(extra)}"
        yield from string(most)(value.get("text"), f"{where}/text")

    return check


def boolean(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield f"{where}: must be true or false"


def integer(value: Any, where: str) -> Iterator[str]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield f"{where}: must be an integer"


def anything(_value: Any, _where: str) -> Iterator[str]:
    return iter(())


def word(*allowed: str) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if value not in allowed:
            yield f"{where}: must be one of {list(allowed)}"

    return check


def array(item: Check, most: int, least: int = 1) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield f"{where}: must be an array"
            return
        if not least <= len(value) <= most:
            yield f"{where}: {len(value)} items, must be {least} to {most}"
        for number, one in enumerate(value):
            yield from item(one, f"{where}/{number}")

    return check


def shape(required: dict[str, Check], optional: dict[str, Check] | None = None) -> Check:
    """An object with these fields and no others; `type` is looked at by whoever chose it."""
    known = {**required, **(optional or {})}

    def check(value: Any, where: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield f"{where}: must be an object"
            return
        for name in required:
            if name not in value:
                yield f"{where}: missing required field: {name}"
        for name, given in value.items():
            if name in known:
                yield from known[name](given, f"{where}/{name}")
            elif name != "type":
                yield f"{where}: must not have {name!r}"

    return check


def one_of(kinds: dict[str, Check]) -> Check:
    def check(value: Any, where: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, dict) else None
        if kind not in kinds:
            yield f"{where}: unsupported type: {kind!r}"
        else:
            yield from kinds[kind](value, where)

    return check


# -- the objects, elements, blocks and views --------------------------------------------------

ACTION_ID = {"action_id": string(255)}
FOCUS = {"focus_on_load": boolean}
CONFIRM = {
    "confirm": shape(
        {"title": text(100), "text": text(300, EITHER), "confirm": text(30), "deny": text(30)},
        {"style": word("primary", "danger")},
    )
}
PLACEHOLDER = {"placeholder": text(150)}
OPTION = shape({"text": text(75), "value": string(150)}, {"description": text(75), "url": anything})
MARKED_OPTION = shape(
    {"text": text(75, EITHER), "value": string(150)}, {"description": text(75, EITHER)}
)
GROUP = shape({"label": text(75), "options": array(OPTION, 100)})
COMMON = {**ACTION_ID, **CONFIRM, **FOCUS, **PLACEHOLDER}
CHOSEN = {"options": array(OPTION, 100), "option_groups": array(GROUP, 100)}
LENGTHS = {"min_length": integer, "max_length": integer, "dispatch_action_config": anything}
BUTTON = shape(
    {"text": text(75)},
    {
        **ACTION_ID,
        **CONFIRM,
        "value": string(2000, 0),
        "url": string(3000),
        "style": word("primary", "danger"),
        "accessibility_label": string(75),
    },
)
IMAGE = {"image_url": string(3000), "slack_file": anything}


def select(*initial: str, **more: Check) -> Check:
    return shape({}, {**COMMON, **dict.fromkeys(initial, anything), **more})


ELEMENTS: dict[str, Check] = {
    "button": BUTTON,
    "static_select": select("initial_option", **CHOSEN),
    "multi_static_select": select("initial_options", max_selected_items=integer, **CHOSEN),
    "external_select": select("initial_option", min_query_length=integer),
    "users_select": select("initial_user"),
    "multi_users_select": select("initial_users", max_selected_items=integer),
    "channels_select": select("initial_channel", response_url_enabled=boolean),
    "conversations_select": select(
        "initial_conversation",
        "filter",
        default_to_current_conversation=boolean,
        response_url_enabled=boolean,
    ),
    "overflow": shape({"options": array(OPTION, 5)}, {**ACTION_ID, **CONFIRM}),
    "radio_buttons": select("initial_option", options=array(MARKED_OPTION, 10)),
    "checkboxes": select("initial_options", options=array(MARKED_OPTION, 10)),
    "datepicker": select("initial_date"),
    "timepicker": select("initial_time", "timezone"),
    "datetimepicker": select("initial_date_time"),
    "plain_text_input": select(multiline=boolean, initial_value=string(3000, 0), **LENGTHS),
    "email_text_input": select("initial_value", "dispatch_action_config"),
    "url_text_input": select("initial_value", "dispatch_action_config"),
    "number_input": select(
        "initial_value",
        "min_value",
        "max_value",
        "dispatch_action_config",
        is_decimal_allowed=boolean,
    ),
    "file_input": select("filetypes", max_files=integer),
    "image": shape({"alt_text": string(2000, 0)}, IMAGE),
}
INPUTS = {k: v for k, v in ELEMENTS.items() if k not in ("button", "overflow", "image")}
ACTIONS = {k: v for k, v in ELEMENTS.items() if not k.endswith("_input") and k != "image"}
ID = {"block_id": string(255)}
CONTEXT = {"image": ELEMENTS["image"], **{kind: text(3000, (kind,)) for kind in EITHER}}


def section(value: Any, where: str) -> Iterator[str]:
    fields = {
        "text": text(3000, EITHER),
        "fields": array(text(2000, EITHER), 10),
        "accessory": one_of({**ACTIONS, "image": ELEMENTS["image"]}),
        "expand": boolean,
    }
    yield from shape({}, {**fields, **ID})(value, where)
    if "text" not in value and "fields" not in value:
        yield f"{where}: missing required field: text or fields"


def actions(value: Any, where: str) -> Iterator[str]:
    yield from shape({"elements": array(one_of(ACTIONS), 25)}, ID)(value, where)
    elements = value.get("elements")
    ids = [e.get("action_id") for e in elements or [] if isinstance(e, dict)]
    given = [action_id for action_id in ids if action_id is not None]
    if len(given) != len(set(given)):
        yield f"{where}: action_id is there twice"


RICH = word("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
BLOCKS: dict[str, Check] = {
    "section": section,
    "actions": actions,
    "divider": shape({}, ID),
    "header": shape({"text": text(150)}, ID),
    "context": shape({"elements": array(one_of(CONTEXT), 10)}, ID),
    "image": shape({"alt_text": string(2000, 0)}, {**IMAGE, **ID, "title": text(2000)}),
    "markdown": shape({"text": string(12_000)}, ID),
    "input": shape(
        {"label": text(2000), "element": one_of(INPUTS)},
        {**ID, "hint": text(2000), "optional": boolean, "dispatch_action": boolean},
    ),
    "rich_text": shape({"elements": array(lambda v, w: RICH(v.get("type"), w), 1000)}, ID),
}
VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
VIEWS: dict[str, Check] = {
    "modal": shape(
        {"title": text(24), "blocks": anything},
        {
            **VIEW_FIELDS,
            "submit": text(24),
            "close": text(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": shape({"blocks": anything}, VIEW_FIELDS),
}


def completed(blocks: list[Json], new_id: Callable[[], str]) -> list[Json]:
    """The blocks as Slack shows them afterwards: with ids, and the flags that were left out."""
    return [
        {**_completed(block), "block_id": block.get("block_id") or new_id()} for block in blocks
    ]


def _completed(value: Any) -> Any:
    if isinstance(value, list):
        return [_completed(one) for one in value]
    if not isinstance(value, dict):
        return value
    whole = {name: _completed(one) for name, one in value.items()}
    if whole.get("type") == "plain_text":
        whole.setdefault("emoji", True)
    elif whole.get("type") == "mrkdwn":
        whole.setdefault("verbatim", False)
    return whole
