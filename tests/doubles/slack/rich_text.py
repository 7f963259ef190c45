"""What people type, as Slack keeps it: escaped text with marks, and one rich_text block."""

import re
from typing import Any

import emoji

Json = dict[str, Any]

_KEPT = re.compile(r"<(?:[@#!][^<>]+|(?:https?|mailto):[^<>]+)>")
_BARE_LINK = re.compile(r"https?://[^\s<>|]+")
_TOKEN = re.compile(r"<([^<>]+)>|:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):")


def escaped(typed: str) -> str:
    """What was typed as Slack's text; `<@U...>`, `<#C...>`, `<!...>` and links stay as they are."""
    done, out = 0, []
    typed = emoji.replace_emoji(typed, _named)
    for kept in _KEPT.finditer(typed):
        out += [_plain(typed[done : kept.start()]), kept[0]]
        done = kept.end()
    return "".join([*out, _plain(typed[done:])])


def _named(picture: str, about: dict[str, Any]) -> str:
    """Slack's clients send emoji by name."""
    name = str(about.get("alias", [about.get("en", "")])[0])
    return name if _TOKEN.fullmatch(name) else picture


def _plain(text: str) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _BARE_LINK.sub(lambda link: f"<{link[0]}>", text)


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich_text_of(text: str, block_id: str) -> Json:
    """The block that Slack's clients send beside the text."""
    elements: list[Json] = []
    done = 0
    for token in _TOKEN.finditer(text):
        if said := text[done : token.start()]:
            elements.append({"type": "text", "text": unescaped(said)})
        elements.append(_emoji(token[2]) if token[2] else _element(token[1]))
        done = token.end()
    if rest := text[done:]:
        elements.append({"type": "text", "text": unescaped(rest)})
    section = {"type": "rich_text_section", "elements": elements}
    return {"type": "rich_text", "block_id": block_id, "elements": [section]}


def _emoji(name: str) -> Json:
    shown: Json = {"type": "emoji", "name": name}
    picture = emoji.emojize(f":{name.partition('::')[0]}:", language="alias")
    if emoji.is_emoji(picture):
        shown["unicode"] = "-".join(f"{ord(part):x}" for part in picture)
    return shown


def _element(inside: str) -> Json:
    target, _, label = inside.partition("|")
    match target[0]:
        case "@":
            return {"type": "user", "user_id": target[1:]}
        case "#":
            return {"type": "channel", "channel_id": target[1:]}
        case "!":
            return {"type": "broadcast", "range": target[1:]}
    link: Json = {"type": "link", "url": unescaped(target)}
    return {**link, "text": unescaped(label)} if label else link


def mentioned(text: str) -> set[str]:
    return set(re.findall(r"<@(\w+)(?:\|[^<>]*)?>", text))
