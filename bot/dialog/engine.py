"""The dialog engine: one pure function from a conversation and an event to a decision."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.dialog import (
    answering,
    guiding,
    heeding,
    holding_back,
    leaking,
    linking,
    passing,
    rating,
    reacting,
    relaying,
    undelivered,
    verifying,
)
from bot.dialog.cases import before_thread, closing, lost_thread, opening, waiting
from bot.dialog.conversation import Conversation, Decision, QueueView, Settings
from bot.dialog.draft import Draft, NeedsQueue
from bot.dialog.reading import Reading, read
from bot.dialog.transitions import TABLE
from chat.address import Address, Person
from chat.events import Event
from faq.knowledge_base import KnowledgeBase
from handoff.concern import Assessor

Handler = Callable[[Draft, Reading], None]

HANDLERS: Final[dict[str, Handler]] = {
    "welcome": answering.welcome,
    "explain": answering.explain,
    "greet": answering.greet,
    "accept_thanks": answering.accept_thanks,
    "be_glad": answering.be_glad,
    "choose_language": answering.choose_language,
    "answer": answering.answer,
    "answer_and_hand_over": answering.answer_and_hand_over,
    "suggest": answering.suggest,
    "ask_again": answering.ask_again,
    "hand_over": answering.hear_and_hand_over,
    "hand_over_leaked": leaking.hand_over_leaked,
    "hear_secret": leaking.hear_secret,
    "hand_over_upset": heeding.hand_over_upset,
    "hand_over_danger": heeding.hand_over_danger,
    "raise_case": heeding.raise_case,
    "face_danger": heeding.face_danger,
    "tell_who": verifying.tell_who,
    "warn_of_fake": verifying.warn_of_fake,
    "show_step": guiding.show_step,
    "list_steps": guiding.list_steps,
    "give_time": guiding.give_time,
    "ask_whether_helped": guiding.ask_whether_helped,
    "tell_changed": guiding.tell_changed,
    "hand_over_step": guiding.hand_over_step,
    "hold": before_thread.hold,
    "hold_edit": before_thread.hold_edit,
    "hold_deletion": before_thread.hold_deletion,
    "hold_again": lost_thread.hold_again,
    "fill_thread": opening.fill_thread,
    "retry_later": opening.retry_later,
    "open_again": opening.open_again,
    "close_extra": opening.close_extra,
    "remind": waiting.remind,
    "recreate": lost_thread.recreate,
    "relay_again": lost_thread.relay_again,
    "note_failure": undelivered.note_failure,
    "note_doubt": undelivered.note_doubt,
    "tell_both": undelivered.tell_both,
    "close": closing.close,
    "give_back": closing.give_back,
    "reopen": heeding.come_back,
    "note_rating": rating.note_rating,
    "transfer": passing.transfer,
    "refuse_transfer": passing.refuse_transfer,
    "release": passing.release,
    "say_released": passing.say_released,
    "link": linking.link,
    "unlink": linking.unlink,
    "note_links": linking.note_links,
    "refuse_link": linking.refuse_link,
    "relay_reaction": reacting.relay_reaction,
    "pass_reaction": reacting.pass_reaction,
    "tell_reaction": reacting.tell_reaction,
    "tell_unseen": reacting.tell_unseen,
    "relay": relaying.relay,
    "relay_edit": relaying.relay_edit,
    "relay_deletion": relaying.relay_deletion,
    "show_customer_typing": relaying.show_customer_typing,
    "claim": relaying.claim,
    "take_over": relaying.take_over,
    "refuse_claim": relaying.refuse_claim,
    "reply": relaying.reply,
    "edit_reply": relaying.edit_reply,
    "delete_reply": relaying.delete_reply,
    "hold_reply": holding_back.hold_reply,
    "send_mended": holding_back.send_mended,
    "send_anyway": holding_back.send_anyway,
    "drop_held": holding_back.drop_held,
    "refuse_to_send": holding_back.refuse_to_send,
    "keep_edit_inside": relaying.keep_edit_inside,
    "keep_note": relaying.keep_note,
    "keep_inside": relaying.keep_inside,
    "keep_late_inside": relaying.keep_late_inside,
    "list_commands": relaying.list_commands,
    "refuse": relaying.refuse,
    "show_agent_typing": relaying.show_agent_typing,
}


def begin(
    conversation_id: str, customer: Address, person: Person | None, lang: str
) -> Conversation:
    """A conversation that nobody has had yet; `lang` is the operator's default."""
    locale = (person.locale or "") if person else ""
    if locale:
        lang = "zh" if locale.lower().startswith("zh") else "en"
    return Conversation(
        id=conversation_id, customer=customer, person=person, lang="zh" if lang == "zh" else "en"
    )


def decide(
    conversation: Conversation,
    event: Event,
    *,
    settings: Settings,
    knowledge: KnowledgeBase,
    mood: Assessor | None = None,
    queue: QueueView | None = None,
) -> Decision:
    """What the event changes and what shall be done about it; without `mood`, nobody is upset.

    Ask again with `queue` when the decision says `asks_place`. Raises RuntimeError when a handler
    leaves the transition table.
    """
    reading = read(conversation, event, settings, knowledge, mood)
    row = TABLE.get((conversation.state, reading.trigger)) if reading else None
    if reading is None or row is None:
        return Decision(conversation, ())
    draft = Draft(conversation, event, settings, knowledge, queue)
    try:
        HANDLERS[row.handler](draft, reading)
        if reading.fakes or reading.poses:
            verifying.flag(draft, reading)
        leaking.heed_removed(draft, reading)
    except NeedsQueue as needed:
        return Decision(conversation, (), asks_place=needed.place)
    decision = draft.decision()
    if decision.conversation.state not in row.then:
        raise RuntimeError(
            f"{row.handler} led from {conversation.state} to {decision.conversation.state}"
        )
    return decision
