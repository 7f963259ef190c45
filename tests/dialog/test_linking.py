"""One person at several addresses: only agents say so, and every case of theirs shows it."""

from __future__ import annotations

import itertools
from collections import deque

from msgspec import structs

from bot.dialog.conversation import Conversation, Decision, State
from bot.dialog.transitions import Trigger
from chat.actions import LinkAddresses, Record, UpdateCard
from chat.address import Address
from chat.events import AddressesLinked, MessageReceived
from chat.message import Message
from tests.dialog.situations import (
    CUSTOMER,
    EVENTS,
    LIN,
    NOW,
    THREAD,
    agent_wrote,
    conversation,
    decided,
    sent,
)


def at(channel: str, state: State = State.BOT) -> Conversation:
    """Another conversation, at `tg:<channel>`."""
    place = Address("tg", channel)
    return structs.replace(conversation(state), id=place.key, customer=place)


class Desk:
    """Conversations, and a courier that tells each what the others said of it."""

    def __init__(self, *conversations: Conversation) -> None:
        self.known = {one.id: one for one in conversations}
        self._ids = itertools.count()

    def write(self, text: str, conversation: str) -> Decision:
        """An agent writes in a case's thread."""
        message = Message("a9", NOW, LIN, THREAD, text)
        decision = decided(
            self.known[conversation], MessageReceived(f"w{next(self._ids)}", NOW, message)
        )
        self.known[conversation] = decision.conversation
        self._pass_on(decision)
        return decision

    def _pass_on(self, decision: Decision) -> None:
        waiting = deque([decision])
        while waiting:
            for action in waiting.popleft().actions:
                if not isinstance(action, LinkAddresses):
                    continue
                event = AddressesLinked(
                    f"{action.id}/linked",
                    NOW,
                    action.to.key,
                    action.others,
                    action.by,
                    action.added,
                )
                told = decided(self.known[action.to.key], event)
                self.known[action.to.key] = told.conversation
                waiting.append(told)

    def links(self) -> dict[str, set[str]]:
        return {name: set(one.linked) for name, one in self.known.items()}


def test_both_addresses_know_and_both_can_undo_it() -> None:
    for undoing, other in ((CUSTOMER.key, "tg:77"), ("tg:77", CUSTOMER.key)):
        desk = Desk(conversation(State.HUMAN), at("77", State.HUMAN))
        desk.write("/link tg:77", CUSTOMER.key)
        assert desk.links() == {CUSTOMER.key: {"tg:77"}, "tg:77": {CUSTOMER.key}}
        desk.write(f"/unlink {other}", undoing)
        assert desk.links() == {CUSTOMER.key: set(), "tg:77": set()}


def test_all_of_a_persons_addresses_know_one_another_however_they_were_linked() -> None:
    desk = Desk(conversation(State.HUMAN), *(at(c, State.HUMAN) for c in "1234"))
    desk.write("/link tg:1", CUSTOMER.key)
    desk.write("/link tg:3", "tg:2")
    desk.write("/link tg:2", "tg:1")
    person = {CUSTOMER.key, "tg:1", "tg:2", "tg:3"}
    assert desk.links() == {name: person - {name} for name in person} | {"tg:4": set()}
    desk.write("/unlink tg:2", "tg:3")
    person.remove("tg:2")
    strangers: dict[str, set[str]] = {"tg:2": set(), "tg:4": set()}
    assert desk.links() == {name: person - {name} for name in person} | strangers


def test_who_learns_of_a_link_shows_it_and_tells_no_customer() -> None:
    event = EVENTS[Trigger.LINKS_CHANGED]()
    decision = decided(conversation(State.HUMAN), event)
    assert decision.conversation.linked == ("tg:77",)
    (card,) = [a.card for a in decision.actions if isinstance(a, UpdateCard)]
    assert any("tg:77" in line for line in card.lines)
    (told,) = sent(decision, THREAD)
    assert "tg:77" in told.text and LIN.name in told.text
    (record,) = [a for a in decision.actions if isinstance(a, Record)]
    assert (record.kind, record.data["other"], record.data["agent"]) == ("linked", "tg:77", LIN.key)
    assert not sent(decision, CUSTOMER)
    assert decided(decision.conversation, event).actions == ()


def test_taking_it_back_is_shown_and_recorded() -> None:
    linked = structs.replace(conversation(State.HUMAN), linked=("tg:77", "tg:78"))
    decision = decided(linked, agent_wrote("/unlink tg:77"))
    assert decision.conversation.linked == ("tg:78",)
    (card,) = [a.card for a in decision.actions if isinstance(a, UpdateCard)]
    assert not any("tg:77" in line for line in card.lines)
    assert [a.kind for a in decision.actions if isinstance(a, Record)] == ["unlinked"]
    assert {a.to.key: a.others for a in decision.actions if isinstance(a, LinkAddresses)} == {
        "tg:77": (CUSTOMER.key, "tg:78"),
        "tg:78": ("tg:77",),
    }


def test_a_later_case_shows_what_was_linked_before_it() -> None:
    decision = decided(at("77"), AddressesLinked("e0", NOW, "tg:77", (CUSTOMER.key,), LIN))
    assert not sent(decision, Address("tg", "77"))
    later = structs.replace(conversation(State.WAITING), linked=decision.conversation.linked)
    (card,) = [
        a.card for a in decided(later, agent_wrote("/claim")).actions if isinstance(a, UpdateCard)
    ]
    assert any(CUSTOMER.key in line for line in card.lines)


def test_what_becomes_known_while_the_thread_opens_is_on_its_card() -> None:
    told = decided(conversation(State.OPENING), EVENTS[Trigger.LINKS_CHANGED]())
    filled = decided(told.conversation, EVENTS[Trigger.THREAD_OPENED]())
    (card,) = [a.card for a in filled.actions if isinstance(a, UpdateCard)]
    assert any("tg:77" in line for line in card.lines)


def test_what_is_no_address_or_known_already_is_explained() -> None:
    linked = structs.replace(conversation(State.HUMAN), linked=("tg:77",))
    for text in ("/link", "/link Wang", f"/link {CUSTOMER.key}", "/link tg:77", "/unlink tg:1"):
        decision = decided(linked, agent_wrote(text))
        (told,) = sent(decision, THREAD)
        assert CUSTOMER.key in told.text and "tg:77" in told.text
        assert decision.conversation == linked
        assert not any(isinstance(a, LinkAddresses) for a in decision.actions)


def test_an_address_that_nobody_wrote_from_is_refused() -> None:
    decision = decided(conversation(State.HUMAN), EVENTS[Trigger.LINK_UNKNOWN]())
    assert decision.conversation.linked == ()
    assert "tg:78" in sent(decision, THREAD)[0].text
