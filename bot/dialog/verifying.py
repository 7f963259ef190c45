"""Handlers for who poses as us: warnings, and the answer to whether somebody is really ours."""

from __future__ import annotations

from bot.dialog.cases.before_thread import hold
from bot.dialog.choices import button
from bot.dialog.conversation import State
from bot.dialog.draft import SYSTEM, UNTIL_TAKEOVER, Draft
from bot.dialog.hearing import hear
from bot.dialog.reading import Reading
from bot.dialog.relaying import relay
from bot.dialog.transitions import Trigger
from handoff.impersonation import asks_whether_real
from handoff.lookalikes import hosts_of, is_official
from handoff.ticket import Line

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def tell_who(draft: Draft, reading: Reading) -> None:
    """Tell the customer whether anybody of the team talks to them, and how they can see it."""
    state = draft.conversation.state
    if state is State.BOT:
        hear(draft, reading)
    elif reading.text:
        (hold if state is State.OPENING else relay)(draft, reading)
    links = _links(draft, reading)
    if not links or asks_whether_real(reading.text):
        links = [_who(draft), draft.phrase("customer.reminder_long"), *links]
    draft.tell_customer("\n".join((*links, *_domains(draft))), speaker=SYSTEM)
    draft.record("verified", state=state.value)


def _who(draft: Draft) -> str:
    brand = draft.settings.brand
    ticket = draft.conversation.ticket
    if ticket is None:
        return draft.phrase("customer.verify_bot", brand=brand)
    if ticket.agent is None:
        return draft.phrase("customer.verify_waiting", brand=brand, ticket=ticket.id)
    since = _ago(draft, ticket.claimed_at or ticket.opened_at)
    return draft.phrase(
        "customer.verify_agent", brand=brand, agent=ticket.agent.name, ticket=ticket.id, since=since
    )


def _ago(draft: Draft, at: float) -> str:
    """How long ago, in words: we do not know what the customer's clock shows."""
    seconds = max(0.0, draft.event.at - at)
    if seconds >= _DAY:
        return draft.phrase("customer.ago_days", n=int(seconds // _DAY))
    if seconds >= _HOUR:
        return draft.phrase("customer.ago_hours", n=int(seconds // _HOUR))
    return draft.phrase("customer.ago_minutes", n=max(1, int(seconds // _MINUTE)))


def _links(draft: Draft, reading: Reading) -> list[str]:
    """Which of the addresses in a question are ours; who imitates ours is warned of elsewhere."""
    official, message = draft.settings.official, reading.message
    if not official.domains or message is None:
        return []
    fakes = {fake.host for fake in reading.fakes}
    return [
        draft.phrase(
            "customer.official_link" if is_official(host, official) else "customer.foreign_link",
            host=host,
        )
        for host in hosts_of(message.text, message.spans)
        if host not in fakes
    ]


def _domains(draft: Draft) -> list[str]:
    """All addresses that are ours, where the operator named them."""
    domains = draft.settings.official.domains
    return (
        [draft.phrase("customer.official_domains", domains=" / ".join(domains))] if domains else []
    )


def warn_of_fake(draft: Draft, reading: Reading) -> None:
    """The customer shows us a link that imitates ours and asks nothing else that we know."""
    hear(draft, reading)
    text = "\n".join((_warning(draft, reading), draft.phrase("customer.fake_next")))
    draft.tell_customer(text, buttons=((button(draft, "person"),),), only_in=UNTIL_TAKEOVER)


def _warning(draft: Draft, reading: Reading) -> str:
    hosts = " / ".join(fake.host for fake in reading.fakes)
    ours = " / ".join(draft.settings.official.domains)
    return draft.phrase("customer.fake_link", hosts=hosts, domains=ours)


def flag(draft: Draft, reading: Reading) -> None:
    """Whatever else was done about a message that poses as us: agents see it, and a customer who
    passes such a link on is warned."""
    if reading.fakes:
        fakes = " / ".join(f"{fake.host} (≠ {fake.domain})" for fake in reading.fakes)
        _tell_desk(draft, draft.desk_phrase("desk.fake_link", hosts=fakes))
        draft.record("fake_link", host=reading.fakes[0].host)
        if reading.trigger not in (Trigger.SHOWED_FAKE, Trigger.DANGER):
            draft.tell_customer(_warning(draft, reading), speaker=SYSTEM)
    if reading.poses:
        _tell_desk(draft, draft.desk_phrase("desk.poses"))
        draft.record("posed")


def _tell_desk(draft: Draft, text: str) -> None:
    ticket = draft.conversation.ticket
    if ticket is None or ticket.thread is None:
        draft.keep(Line(role="system", text=text, at=draft.event.at, internal=True))
    else:
        draft.tell_thread(text)
