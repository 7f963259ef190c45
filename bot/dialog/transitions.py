"""The transition table: what can happen in each state, and where it leads.

`engine.decide` reads an event as a trigger (`reading/`), looks the row up here and runs the
handler of that name. A pair that has no row changes nothing and sends nothing.
"""

from __future__ import annotations

import itertools
from enum import StrEnum
from typing import Final

from msgspec import Struct

from bot.dialog.conversation import State

BOT, OPENING, WAITING, HUMAN = State.BOT, State.OPENING, State.WAITING, State.HUMAN


class Trigger(StrEnum):
    """What an event means for the conversation."""

    STARTED = "opens the chat or sends /start"
    ASKED_HELP = "sends /help"
    CHOSE_LANGUAGE = "sends /language"
    GREETED = "only greets"
    THANKED = "only says thanks"
    ANSWERED = "asks what the knowledge base answers"
    ANSWERED_CRITICAL = "asks about something urgent"
    UNCLEAR = "asks what could be one of several topics"
    MISSED = "asks what nothing answers"
    MISSED_AGAIN = "asks what nothing answers, again"
    LEAKED = "sends a private key or seed phrase"
    SECRET_ONLY = "sends a secret and nothing else"  # noqa: S105 - a trigger
    STUCK = "asks the same again"
    UPSET = "is upset"
    DANGER = "may be in danger of their life"
    RAISED = "is more upset than the case says"
    ASKED_PERSON = "asks for a person"
    ASKED_VERIFY = "sends /verify or asks whether this is really us"
    SHOWED_FAKE = "shows a link that imitates ours"
    HELPED = "says that the answer helped"
    NOT_HELPED = "says that the answer did not help"
    ASKED_STEP = "asks for a step of a procedure"
    ASKED_STEPS = "asks for all steps of a procedure"
    ASKED_TIME = "needs a moment for a step"
    WALKED_ALL = "has done the last step"
    STEP_FAILED = "says that a step did not work"
    STEPS_CHANGED = "goes on in a procedure that was changed meanwhile"
    CAME_BACK = "writes within the reopening time after a case was closed"
    WROTE = "writes"
    EDITED = "edits an earlier message"
    DELETED = "deletes an earlier message"
    REACTED = "reacts to a message"
    RATED = "rates the help they got"
    CUSTOMER_TYPED = "customer is typing"

    CLAIMED = "an agent claims the case"
    CLAIMED_AGAIN = "an agent claims a case that has an agent"
    TOOK_OVER = "an agent takes the case over"
    TRANSFERRED = "an agent transfers the case to another"
    TRANSFER_REFUSED = "an agent transfers the case to somebody who is no agent"
    RELEASED = "an agent puts the case back into the queue"
    LINKED = "an agent links another address of the customer's"
    UNLINKED = "an agent takes a link back"
    LINKS_CHANGED = "another address becomes known as the person's, or as not theirs"
    LINK_UNKNOWN = "an agent links an address from which nobody wrote"
    REPLIED = "the case's agent writes"
    SPOKE_INSIDE = "another agent writes"
    NOTED = "an agent writes a note"
    MISTYPED = "an agent sends an unknown command"
    ASKED_COMMANDS = "an agent asks which commands there are"
    CLOSED = "an agent closes the case"
    RETURNED = "an agent gives the customer back to the bot"
    REPLY_EDITED = "the case's agent edits a reply"
    INSIDE_EDITED = "an agent edits what stays inside"
    REPLY_DELETED = "the case's agent deletes a reply"
    REPLY_HELD = "the case's agent writes what breaks a service norm"
    EDIT_HELD = "the case's agent edits a reply into what breaks a service norm"
    HELD_MENDED = "the case's agent mends a held reply"
    HELD_DROPPED = "the case's agent takes a held reply back"
    SENT_ANYWAY = "the case's agent sends a held reply anyway"
    SEND_REFUSED = "an agent presses 'send anyway' in vain"
    SPOKE_LATE = "an agent writes in the thread of a case that is over"
    NOT_AN_AGENT = "somebody who is no agent writes or presses a button"
    AGENT_TYPED = "the case's agent is typing"
    AGENT_REACTED = "the case's agent reacts to a message"

    THREAD_OPENED = "the thread is there"
    EXTRA_THREAD = "a thread opens that is not awaited"
    THREAD_FAILED = "the thread could not be opened"
    THREAD_LOST = "a message finds the thread gone"
    RELAY_ASTRAY = "a message finds an earlier thread gone"
    RELAY_FAILED = "a customer's message cannot be shown to the desk"
    REPLY_FAILED = "a message cannot be delivered to the customer"
    REPLY_UNCERTAIN = "a message may have reached the customer twice"
    REACTION_UNSHOWN = "a customer's reaction cannot be shown to the desk"
    REACTION_UNSEEN = "a reaction cannot be shown to the customer"
    WAITED_LONG = "the waiting timer fires"
    RETRY_DUE = "the retry timer fires"


class Row(Struct, frozen=True):
    """Where a trigger leads and which handler acts."""

    then: tuple[State, ...]
    handler: str
    does: str


def _row(then: State | tuple[State, ...], handler: str, does: str) -> Row:
    return Row(then if isinstance(then, tuple) else (then,), handler, does)


T = Trigger
TABLE: Final[dict[tuple[State, Trigger], Row]] = {
    # the bot owns the conversation
    (BOT, T.STARTED): _row(BOT, "welcome", "greet and say what can be done"),
    (BOT, T.ASKED_HELP): _row(BOT, "explain", "say what can be done"),
    (BOT, T.CHOSE_LANGUAGE): _row(BOT, "choose_language", "switch, or offer the languages"),
    (BOT, T.GREETED): _row(BOT, "greet", "greet and ask what is wanted"),
    (BOT, T.THANKED): _row(BOT, "accept_thanks", "say you are welcome"),
    (BOT, T.ANSWERED): _row(BOT, "answer", "answer, ask whether it helped"),
    (BOT, T.ANSWERED_CRITICAL): _row(
        OPENING, "answer_and_hand_over", "answer and hand over at once"
    ),
    (BOT, T.UNCLEAR): _row(BOT, "suggest", "offer up to three topics"),
    (BOT, T.MISSED): _row(BOT, "ask_again", "say so, ask for other words, offer a person"),
    (BOT, T.MISSED_AGAIN): _row(OPENING, "hand_over", "say so and hand over"),
    (BOT, T.STUCK): _row(OPENING, "hand_over", "say so and hand over"),
    (BOT, T.LEAKED): _row(OPENING, "hand_over_leaked", "warn, say what to do, hand over at once"),
    (BOT, T.SECRET_ONLY): _row(BOT, "hear_secret", "warn"),
    (BOT, T.UPSET): _row(OPENING, "hand_over_upset", "listen, answer if sure, hand over"),
    (BOT, T.DANGER): _row(
        OPENING, "hand_over_danger", "say whom to call, hand over before all others"
    ),
    (BOT, T.ASKED_PERSON): _row(OPENING, "hand_over", "hand over, tell the position"),
    (BOT, T.ASKED_VERIFY): _row(BOT, "tell_who", "say that nobody of the team is here now"),
    (BOT, T.SHOWED_FAKE): _row(BOT, "warn_of_fake", "warn, offer a person"),
    (BOT, T.HELPED): _row(BOT, "be_glad", "be glad"),
    (BOT, T.NOT_HELPED): _row(OPENING, "hand_over", "hand over, tell the position"),
    (BOT, T.ASKED_STEP): _row(BOT, "show_step", "show it, with the ways on, back and out"),
    (BOT, T.ASKED_STEPS): _row(BOT, "list_steps", "show them, ask whether it helped"),
    (BOT, T.ASKED_TIME): _row(BOT, "give_time", "say that there is no hurry"),
    (BOT, T.WALKED_ALL): _row(BOT, "ask_whether_helped", "ask whether it helped"),
    (BOT, T.STEP_FAILED): _row(OPENING, "hand_over_step", "hand over, say at which step"),
    (BOT, T.STEPS_CHANGED): _row(BOT, "tell_changed", "say so, begin again if there are steps"),
    (BOT, T.CAME_BACK): _row(
        (HUMAN, WAITING), "reopen", "reopen for the same agent, or for the queue if there was none"
    ),
    (BOT, T.SPOKE_LATE): _row(BOT, "keep_late_inside", "keep it inside, tell the agent"),
    (BOT, T.RELAY_FAILED): _row(BOT, "tell_both", "tell the customer and the last case's thread"),
    (BOT, T.REPLY_FAILED): _row(BOT, "note_failure", "tell the thread of the last case, if any"),
    (BOT, T.RATED): _row(BOT, "note_rating", "thank them, tell the thread of the last case"),
    (BOT, T.LINKS_CHANGED): _row(BOT, "note_links", "keep it for later cases"),
    (BOT, T.EXTRA_THREAD): _row(BOT, "close_extra", "close the extra thread"),
    # the thread is being opened
    (OPENING, T.WROTE): _row(OPENING, "hold", "keep it for the thread"),
    (OPENING, T.RAISED): _row(OPENING, "raise_case", "keep it, move the case up"),
    (OPENING, T.DANGER): _row(
        OPENING, "face_danger", "keep it, say whom to call, move the case to the top"
    ),
    (OPENING, T.ASKED_VERIFY): _row(OPENING, "tell_who", "say that nobody has joined yet"),
    (OPENING, T.CHOSE_LANGUAGE): _row(OPENING, "choose_language", "switch"),
    (OPENING, T.EDITED): _row(OPENING, "hold_edit", "keep both versions for the thread"),
    (OPENING, T.DELETED): _row(OPENING, "hold_deletion", "note it in the story"),
    (OPENING, T.THREAD_OPENED): _row(
        (WAITING, HUMAN), "fill_thread", "tell the story, flush what was held"
    ),
    (OPENING, T.THREAD_FAILED): _row(OPENING, "retry_later", "tell the customer, set a timer"),
    (OPENING, T.RETRY_DUE): _row(OPENING, "open_again", "ask for the thread again"),
    (OPENING, T.RELAY_ASTRAY): _row(OPENING, "hold_again", "keep it for the new thread"),
    (OPENING, T.WAITED_LONG): _row(OPENING, "remind", "tell the position, set the next timer"),
    (OPENING, T.RELAY_FAILED): _row(
        OPENING, "tell_both", "tell the customer, note it in the story"
    ),
    (OPENING, T.REPLY_FAILED): _row(OPENING, "note_failure", "note it in the story"),
    (OPENING, T.RATED): _row(OPENING, "note_rating", "thank them"),
    (OPENING, T.LINKS_CHANGED): _row(OPENING, "note_links", "keep it for the card"),
    (OPENING, T.EXTRA_THREAD): _row(OPENING, "close_extra", "close the extra thread"),
    (OPENING, T.SPOKE_LATE): _row(OPENING, "keep_late_inside", "keep it inside, tell the agent"),
    # waiting for an agent
    (WAITING, T.WROTE): _row(WAITING, "relay", "show it in the thread"),
    (WAITING, T.RAISED): _row(WAITING, "raise_case", "show it, move the case up"),
    (WAITING, T.DANGER): _row(
        WAITING, "face_danger", "show it, say whom to call, call everybody at the desk"
    ),
    (WAITING, T.ASKED_VERIFY): _row(WAITING, "tell_who", "say that nobody has joined yet"),
    (WAITING, T.EDITED): _row(WAITING, "relay_edit", "show both versions in the thread"),
    (WAITING, T.DELETED): _row(WAITING, "relay_deletion", "note it in the thread"),
    (WAITING, T.CHOSE_LANGUAGE): _row(WAITING, "choose_language", "switch"),
    (WAITING, T.CLAIMED): _row(HUMAN, "claim", "tell both sides, silence the bot"),
    (WAITING, T.TRANSFERRED): _row(HUMAN, "transfer", "give it to that agent, tell both sides"),
    (WAITING, T.TRANSFER_REFUSED): _row(WAITING, "refuse_transfer", "say why"),
    (WAITING, T.RELEASED): _row(WAITING, "say_released", "say that it is in the queue"),
    (WAITING, T.LINKED): _row(WAITING, "link", "tell the conversation at that address"),
    (WAITING, T.UNLINKED): _row(WAITING, "unlink", "take it off this and the other cards"),
    (WAITING, T.LINKS_CHANGED): _row(WAITING, "note_links", "note it on the card, say so"),
    (WAITING, T.LINK_UNKNOWN): _row(WAITING, "refuse_link", "say so"),
    (WAITING, T.REACTED): _row(WAITING, "relay_reaction", "show it in the thread"),
    (WAITING, T.REACTION_UNSHOWN): _row(WAITING, "tell_reaction", "tell the thread in words"),
    (WAITING, T.RATED): _row(WAITING, "note_rating", "thank them"),
    (WAITING, T.SPOKE_INSIDE): _row(WAITING, "keep_inside", "keep it inside, ask to claim first"),
    (WAITING, T.NOTED): _row(WAITING, "keep_note", "mark it as internal"),
    (WAITING, T.MISTYPED): _row(WAITING, "list_commands", "keep it inside, list the commands"),
    (WAITING, T.ASKED_COMMANDS): _row(WAITING, "list_commands", "list the commands"),
    (WAITING, T.CLOSED): _row(BOT, "close", "thank the customer, close the thread"),
    (WAITING, T.RETURNED): _row(BOT, "give_back", "thank the customer, close the thread"),
    (WAITING, T.WAITED_LONG): _row(WAITING, "remind", "tell the position, set the next timer"),
    (WAITING, T.THREAD_LOST): _row(OPENING, "recreate", "ask for a new thread"),
    (WAITING, T.RELAY_ASTRAY): _row(WAITING, "relay_again", "show it in the present thread"),
    (WAITING, T.RELAY_FAILED): _row(WAITING, "tell_both", "tell both sides"),
    (WAITING, T.REPLY_FAILED): _row(WAITING, "note_failure", "tell the thread"),
    (WAITING, T.REPLY_UNCERTAIN): _row(WAITING, "note_doubt", "tell the thread"),
    (WAITING, T.EXTRA_THREAD): _row(WAITING, "close_extra", "close the extra thread"),
    (WAITING, T.SPOKE_LATE): _row(WAITING, "keep_late_inside", "keep it inside, tell the agent"),
    (WAITING, T.SEND_REFUSED): _row(WAITING, "refuse_to_send", "say that nothing was sent"),
    (WAITING, T.NOT_AN_AGENT): _row(WAITING, "refuse", "keep it inside, say why"),
    # a person owns the conversation; the bot is silent
    (HUMAN, T.WROTE): _row(HUMAN, "relay", "show it in the thread"),
    (HUMAN, T.RAISED): _row(HUMAN, "raise_case", "show it, tell the agent, mark the card"),
    (HUMAN, T.DANGER): _row(
        HUMAN, "face_danger", "show it, say whom to call, call everybody at the desk"
    ),
    (HUMAN, T.ASKED_VERIFY): _row(HUMAN, "tell_who", "say who the agent is, and since when"),
    (HUMAN, T.EDITED): _row(HUMAN, "relay_edit", "show both versions in the thread"),
    (HUMAN, T.DELETED): _row(HUMAN, "relay_deletion", "note it in the thread"),
    (HUMAN, T.CHOSE_LANGUAGE): _row(HUMAN, "choose_language", "switch"),
    (HUMAN, T.REPLIED): _row(HUMAN, "reply", "send it to the customer"),
    (HUMAN, T.REPLY_HELD): _row(HUMAN, "hold_reply", "keep it inside, say why"),
    (HUMAN, T.EDIT_HELD): _row(HUMAN, "hold_reply", "keep the new words inside, say why"),
    (HUMAN, T.HELD_MENDED): _row(HUMAN, "send_mended", "send it to the customer"),
    (HUMAN, T.HELD_DROPPED): _row(HUMAN, "drop_held", "forget it, say so"),
    (HUMAN, T.SENT_ANYWAY): _row(HUMAN, "send_anyway", "send it to the customer, once"),
    (HUMAN, T.SEND_REFUSED): _row(HUMAN, "refuse_to_send", "say that nothing was sent"),
    (HUMAN, T.TRANSFERRED): _row(HUMAN, "transfer", "give it to that agent, tell both sides"),
    (HUMAN, T.TRANSFER_REFUSED): _row(HUMAN, "refuse_transfer", "say why"),
    (HUMAN, T.RELEASED): _row(WAITING, "release", "queue it again, tell both sides"),
    (HUMAN, T.LINKED): _row(HUMAN, "link", "tell the conversation at that address"),
    (HUMAN, T.UNLINKED): _row(HUMAN, "unlink", "take it off this and the other cards"),
    (HUMAN, T.LINKS_CHANGED): _row(HUMAN, "note_links", "note it on the card, say so"),
    (HUMAN, T.LINK_UNKNOWN): _row(HUMAN, "refuse_link", "say so"),
    (HUMAN, T.REACTED): _row(HUMAN, "relay_reaction", "show it in the thread"),
    (HUMAN, T.AGENT_REACTED): _row(HUMAN, "pass_reaction", "show it to the customer"),
    (HUMAN, T.REACTION_UNSHOWN): _row(HUMAN, "tell_reaction", "tell the thread in words"),
    (HUMAN, T.REACTION_UNSEEN): _row(HUMAN, "tell_unseen", "tell the thread"),
    (HUMAN, T.RATED): _row(HUMAN, "note_rating", "thank them"),
    (HUMAN, T.SPOKE_INSIDE): _row(HUMAN, "keep_inside", "keep it inside, say who has the case"),
    (HUMAN, T.NOTED): _row(HUMAN, "keep_note", "mark it as internal"),
    (HUMAN, T.MISTYPED): _row(HUMAN, "list_commands", "keep it inside, list the commands"),
    (HUMAN, T.ASKED_COMMANDS): _row(HUMAN, "list_commands", "list the commands"),
    (HUMAN, T.CLAIMED_AGAIN): _row(HUMAN, "refuse_claim", "say who has the case"),
    (HUMAN, T.TOOK_OVER): _row(HUMAN, "take_over", "tell both sides"),
    (HUMAN, T.REPLY_EDITED): _row(HUMAN, "edit_reply", "change it at the customer's"),
    (HUMAN, T.INSIDE_EDITED): _row(HUMAN, "keep_edit_inside", "keep it inside, say so"),
    (HUMAN, T.REPLY_DELETED): _row(HUMAN, "delete_reply", "take it back at the customer's"),
    (HUMAN, T.CLOSED): _row(BOT, "close", "thank the customer, close the thread"),
    (HUMAN, T.RETURNED): _row(BOT, "give_back", "thank the customer, close the thread"),
    (HUMAN, T.THREAD_LOST): _row(OPENING, "recreate", "ask for a new thread"),
    (HUMAN, T.RELAY_ASTRAY): _row(HUMAN, "relay_again", "show it in the present thread"),
    (HUMAN, T.RELAY_FAILED): _row(HUMAN, "tell_both", "tell both sides"),
    (HUMAN, T.REPLY_FAILED): _row(HUMAN, "note_failure", "tell the thread"),
    (HUMAN, T.REPLY_UNCERTAIN): _row(HUMAN, "note_doubt", "tell the thread"),
    (HUMAN, T.EXTRA_THREAD): _row(HUMAN, "close_extra", "close the extra thread"),
    (HUMAN, T.SPOKE_LATE): _row(HUMAN, "keep_late_inside", "keep it inside, tell the agent"),
    (HUMAN, T.NOT_AN_AGENT): _row(HUMAN, "refuse", "keep it inside, say why"),
    (HUMAN, T.CUSTOMER_TYPED): _row(HUMAN, "show_customer_typing", "show it in the thread"),
    (HUMAN, T.AGENT_TYPED): _row(HUMAN, "show_agent_typing", "show it to the customer"),
}


def markdown() -> str:
    """The table as Markdown, as it stands in ARCHITECTURE.md."""
    lines = ["| state | what happens | then | what is done |", "| --- | --- | --- | --- |"]
    for state, trigger in itertools.product(State, Trigger):
        row = TABLE.get((state, trigger))
        if row is None:
            continue
        then = " or ".join(s.name for s in row.then)
        lines.append(f"| {state.name} | {trigger.value} | {then} | {row.does} |")
    return "\n".join(lines) + "\n"
