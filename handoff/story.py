"""A conversation's story and a case's card, as agents read them."""

from __future__ import annotations

from typing import Final, Literal

from chat.actions import Button, Card, CardStatus
from chat.address import Address
from chat.message import Attachment
from chat.phrases import Lang, say
from handoff.impersonation import poses_as_staff_by_name
from handoff.ticket import Line, StepReached, Ticket

QUOTE_LENGTH = 200
_MARKS: Final = {"P0": "🆘 ", "P1": "❗ "}


def describe(attachment: Attachment, lang: Lang) -> str:
    """An attachment in words, such as `[photo]`."""
    return say(f"desk.attachment.{attachment.kind}", lang, name=attachment.name)


def plain(text: str, attachments: tuple[Attachment, ...], lang: Lang) -> str:
    """A message in one piece of text, its attachments in words."""
    return " ".join(part for part in (text, *(describe(a, lang) for a in attachments)) if part)


def tell_story(lines: tuple[Line, ...], lang: Lang) -> str:
    """The lines as text, one speaker a line; empty when there are none."""
    if not lines:
        return ""
    told = [f"— {say('desk.story', lang)} —"]
    for line in lines:
        who = line.name or say(f"desk.role.{line.role}", lang)
        lock = "🔒 " if line.internal else ""
        text = plain(line.text, line.attachments, lang)
        told.append(lock + say("desk.story_line", lang, who=who, text=text))
    return "\n".join(told)


def draw_card(
    ticket: Ticket,
    *,
    status: CardStatus,
    customer: Address,
    customer_name: str,
    customer_lang: Lang,
    topics: tuple[str, ...],
    lang: Lang,
    linked: tuple[str, ...] = (),
) -> Card:
    """The card of a case in the desk's language; `topics` are the titles already tried, `linked`
    the same person's other addresses."""
    quote = ticket.quote[:QUOTE_LENGTH]
    agent = ticket.agent.name if ticket.agent else ""
    cause = say(f"desk.cause.{ticket.cause}", lang)
    priority = ticket.priority or ""
    language = say(f"desk.language.{customer_lang}", lang)
    name = customer_name or say("desk.nameless", lang, id=customer.channel[-4:])
    lines = [
        say("desk.card.status", lang, status=say(f"desk.status.{status}", lang)),
        *_urgency(ticket, lang),
        say(
            "desk.card.customer",
            lang,
            customer=name,
            platform=customer.platform,
            language=language,
        ),
        say("desk.card.address", lang, address=customer.key),
        *([say("desk.card.posing", lang)] if poses_as_staff_by_name(customer_name) else []),
        say("desk.card.cause", lang, cause=cause),
    ]
    if ticket.evidence and ticket.evidence != quote:
        evidence = ticket.evidence[:QUOTE_LENGTH]
        lines.append(say("desk.card.evidence", lang, evidence=evidence))
    if quote:
        lines.append(say("desk.card.quote", lang, quote=quote))
    if ticket.step is not None:
        lines.append(_reached(ticket.step, lang))
    if topics:
        lines.append(say("desk.card.topics", lang, topics=" / ".join(topics)))
    if linked:
        lines.append(say("desk.card.linked", lang, linked=" / ".join(linked)))
    if agent:
        lines.append(say("desk.card.agent", lang, agent=agent))
    return Card(
        ticket=ticket.id,
        status=status,
        title=_MARKS.get(priority, "")
        + say("desk.card.title", lang, ticket=ticket.id, customer=name),
        lines=tuple(lines),
        buttons=_buttons(ticket, status, lang),
        customer=name,
        platform=customer.platform,
        language=customer_lang,
        reason=cause,
        quote=quote,
        opened_at=ticket.opened_at,
        agent=agent,
        priority=priority,
    )


def _reached(step: StepReached, lang: Lang) -> str:
    return say(
        "desk.card.step",
        lang,
        title=step.title,
        n=step.step,
        of=step.of,
        text=step.text[:QUOTE_LENGTH],
    )


def _urgency(ticket: Ticket, lang: Lang) -> list[str]:
    """The priority and what it comes from, as a line; none for an ordinary case."""
    if ticket.priority is None:
        return []
    what = f"desk.mood.{ticket.mood}" if ticket.mood else f"desk.cause.{ticket.cause}"
    return [say("desk.card.priority", lang, priority=ticket.priority, what=say(what, lang))]


def _buttons(ticket: Ticket, status: CardStatus, lang: Lang) -> tuple[tuple[Button, ...], ...]:
    def button(what: str, style: Literal["plain", "primary", "danger"] = "plain") -> Button:
        form = what in ("note", "transfer")
        return Button(f"{what}:{ticket.id}", say(f"desk.button.{what}", lang), style, form)

    after = (button("bot"), button("close", "danger"))
    match status:
        case "waiting":
            return ((button("claim", "primary"), button("note")), after)
        case "open":
            return ((button("takeover"), button("transfer"), button("note")), after)
        case _:
            return ()
