"""The Telegram double, driven by the unmodified python-telegram-bot."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from aiohttp import ClientSession, web
from telegram import (
    Bot,
    BotCommand,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MessageEntity,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.doubles.telegram import TelegramDouble
from tests.doubles.telegram_client import RefusedAct, TelegramDoubleClient, TelegramProcess
from tests.doubles.telegram_methods import METHODS
from tests.doubles.telegram_people import Forum, Person
from tests.doubles.telegram_spec import TelegramSpec

ANN = 7001
EVE = 7002
GROUP = -1001234567890
YES_NO = InlineKeyboardMarkup(
    [[InlineKeyboardButton(label, callback_data=label[0].lower()) for label in ("Yes", "No")]]
)


def bot_at(double: TelegramDouble | TelegramDoubleClient) -> Bot:
    return Bot(
        double.token,
        base_url=double.api_base,
        base_file_url=double.file_base,
        request=HTTPXRequest(connection_pool_size=8),
    )


@contextlib.asynccontextmanager
async def bot_of(double: TelegramDouble | TelegramDoubleClient) -> AsyncIterator[Bot]:
    async with bot_at(double) as bot:
        yield bot


@pytest.fixture
async def double() -> AsyncIterator[TelegramDouble]:
    async with TelegramDouble() as double:
        yield double


@pytest.fixture
async def bot(double: TelegramDouble) -> AsyncIterator[Bot]:
    async with bot_of(double) as bot:
        yield bot


@pytest.fixture
def ann(double: TelegramDouble) -> Person:
    person = double.user(ANN, "Ann", "en")
    person.start()
    return person


@pytest.fixture
def forum(double: TelegramDouble) -> Forum:
    return double.forum(GROUP, "Support")


async def refused(call: Awaitable[Any], kind: type[TelegramError], words: str) -> None:
    with pytest.raises(kind) as caught:
        await call
    assert words.lower() in str(caught.value).lower()


async def all_updates(bot: Bot) -> list[Update]:
    return list(await bot.get_updates(timeout=0, allowed_updates=Update.ALL_TYPES))


# -- updates ----------------------------------------------------------------------------------


async def test_an_update_stays_until_a_later_offset_is_asked(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    hello = ann.send("hello")
    first = await bot.get_updates()
    assert [update.message and update.message.text for update in first] == ["/start", "hello"]
    assert first[0].message and first[0].message.entities[0].type == "bot_command"
    assert await bot.get_updates() == first
    assert not double.confirmed(hello)

    assert await bot.get_updates(offset=first[0].update_id + 1, limit=5) == first[1:]
    assert not double.confirmed(hello)
    assert await bot.get_updates(offset=first[1].update_id + 1) == ()
    assert double.confirmed(hello)
    assert double.violations == []


async def test_a_long_poll_ends_with_the_first_update(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    (start,) = await bot.get_updates()
    polling = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=30))
    await double.until(lambda: double.updates.is_polled)
    ann.send("there?")
    (update,) = await polling
    assert update.message and update.message.text == "there?"


async def test_a_second_poller_ends_the_first_with_a_conflict(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    (start,) = await bot.get_updates()
    earlier = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=30))
    await double.until(lambda: double.updates.is_polled)
    async with bot_of(double) as other:
        later = asyncio.create_task(other.get_updates(offset=start.update_id + 1, timeout=30))
        await refused(earlier, Conflict, "terminated by other getUpdates request")
        ann.send("who gets this?")
        (update,) = await later
        assert update.message and update.message.text == "who gets this?"
    assert double.violations == []


async def test_a_poller_that_hangs_up_takes_nothing(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    (start,) = await bot.get_updates()
    polling = asyncio.create_task(bot.get_updates(offset=start.update_id + 1, timeout=30))
    await double.until(lambda: double.updates.is_polled)
    polling.cancel()
    await double.until(lambda: not double.updates.is_polled)
    ann.send("anybody?")
    (update,) = await bot.get_updates(offset=start.update_id + 1)
    assert update.message and update.message.text == "anybody?"
    assert double.violations == []


async def test_limit_allowed_updates_and_a_negative_offset(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    for number in range(4):
        ann.send(str(number))
    assert len(await bot.get_updates(limit=2)) == 2
    (last,) = await bot.get_updates(offset=-1, allowed_updates=["callback_query"])
    assert last.message and last.message.text == "3"
    ann.send("not wanted any more")
    assert await bot.get_updates(offset=last.update_id + 1, timeout=1) == ()
    assert double.violations == []


async def test_a_webhook_gets_updates_until_it_takes_them(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    received: list[tuple[str | None, str]] = []
    taken = asyncio.Event()

    async def hook(request: web.Request) -> web.Response:
        body = await request.json()
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        received.append((secret, body["message"]["text"]))
        if len(received) == 1:
            return web.Response(status=500)
        if len(received) == 3:
            taken.set()
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", hook)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    try:
        await bot.set_webhook(url, secret_token="s3cret")
        await refused(bot.get_updates(), Conflict, "webhook is active")
        hello = ann.send("hello")
        await asyncio.wait_for(taken.wait(), 10)
        await double.until(lambda: double.confirmed(hello))
        assert received == [("s3cret", "/start"), ("s3cret", "/start"), ("s3cret", "hello")]
        info = await bot.get_webhook_info()
        assert info.url == url
        assert info.last_error_message
        await bot.delete_webhook()
        assert not (await bot.get_webhook_info()).url
    finally:
        await runner.cleanup()
    assert double.violations == []


# -- messages ---------------------------------------------------------------------------------


async def test_texts_with_entities_markup_replies_and_buttons(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    question = ann.send("a question 😀 about *this*")
    plain = await bot.send_message(
        ANN,
        "😀 bold",
        entities=[MessageEntity(MessageEntity.BOLD, 3, 4)],
        reply_parameters=ReplyParameters(question.id, quote="about"),
        reply_markup=YES_NO,
    )
    assert plain.reply_to_message and plain.reply_to_message.message_id == question.id
    assert plain.quote and plain.quote.text == "about"
    html = await bot.send_message(
        ANN, 'a <b>bold &amp; <i>both</i></b> <a href="http://x.y">link</a>', parse_mode="HTML"
    )
    assert html.text == "a bold & both link"
    marks = [(e.type, e.offset, e.length) for e in html.entities]
    assert marks == [("bold", 2, 11), ("italic", 9, 4), ("text_link", 14, 4)]
    markdown = await bot.send_message(
        ANN, r"*b* _i_ `c` [l](http://x.y) 1\.5" + "\n>q", parse_mode="MarkdownV2"
    )
    assert markdown.text == "b i c l 1.5\nq"
    assert [e.type for e in markdown.entities] == [
        "bold",
        "italic",
        "code",
        "text_link",
        "blockquote",
    ]
    await refused(bot.send_message(ANN, "1.5", parse_mode="MarkdownV2"), BadRequest, "reserved")
    await refused(bot.send_message(ANN, "<b>x", parse_mode="HTML"), BadRequest, "parse entities")

    shown = double.private(ann).messages
    assert [message.from_bot for message in shown] == [False, False, True, True, True]
    assert shown[2].text == "😀 bold"
    assert shown[2].buttons == [["Yes", "No"]]
    assert shown[2].reply_to == question.id
    assert double.violations == []


async def test_files_go_both_ways(double: TelegramDouble, bot: Bot, ann: Person) -> None:
    photo = ann.send_photo(b"JPEG", "look", album="trip")
    ann.send_document(b"%PDF", name="bill.pdf", mime="application/pdf")
    ann.send_voice(b"OGG")
    ann.send_sticker("😀")
    ann.send_location(52.5, 13.4)
    ann.send_contact("+4912345", "Bob")
    ann.send_video_note(b"MP4")
    ann.send_document(b"tiny", size=21 * 1024 * 1024)
    received = [update.message for update in await all_updates(bot)][1:]
    assert received[0] and received[0].photo and received[0].caption == "look"
    assert received[0].media_group_id == "trip" == photo.album
    downloaded = await (await received[0].photo[-1].get_file()).download_as_bytearray()
    assert bytes(downloaded) == b"JPEG"
    assert received[1] and received[1].document and received[1].document.file_name == "bill.pdf"
    assert received[3] and received[3].sticker and received[3].sticker.emoji == "😀"
    assert received[7] and received[7].document
    await refused(received[7].document.get_file(), BadRequest, "file is too big")

    sent = await bot.send_photo(ANN, b"PNG", caption="<b>hi</b>", parse_mode="HTML")
    again = await bot.send_photo(ANN, sent.photo[-1].file_id)
    assert again.photo[-1].file_unique_id == sent.photo[-1].file_unique_id
    await bot.send_document(ANN, b"DOC", filename="a.txt", caption="doc")
    await bot.send_voice(ANN, b"V", duration=2)
    await bot.send_video(ANN, b"V")
    await bot.send_audio(ANN, b"A", title="song")
    await bot.send_animation(ANN, b"G")
    await bot.send_sticker(ANN, b"W")
    await bot.send_location(ANN, 52.5, 13.4)
    await bot.send_venue(ANN, 52.5, 13.4, "Office", "Street 1")
    await bot.send_contact(ANN, "+491", "Bob")
    album = await bot.send_media_group(
        ANN, [InputMediaPhoto(b"1", caption="first"), InputMediaPhoto(b"2")]
    )
    assert len({message.media_group_id for message in album}) == 1
    shown = double.private(ann).messages
    assert [message.file_bytes for message in shown[-2:]] == [b"1", b"2"]
    assert shown[9].text == "hi" and shown[9].file_bytes == b"PNG"
    assert shown[11].file and shown[11].file.name == "a.txt"

    await refused(bot.send_photo(ANN, "no-such-id"), BadRequest, "wrong file identifier")
    await refused(bot.send_document(ANN, sent.photo[-1].file_id), BadRequest, "can't use file")
    assert double.violations == []


async def test_copies_and_forwards(double: TelegramDouble, bot: Bot, ann: Person) -> None:
    eve = double.user(EVE, "Eve")
    eve.start()
    original = ann.send_photo(b"JPEG", "look")
    copied = await bot.copy_message(EVE, ANN, original.id)
    forwarded = await bot.forward_message(EVE, ANN, original.id)
    shown = double.private(eve).messages
    assert shown[-2].id == copied.message_id and not shown[-2].forwarded
    assert shown[-1].id == forwarded.message_id and shown[-1].forwarded
    assert shown[-2].file_bytes == shown[-1].file_bytes == b"JPEG"
    await refused(bot.copy_message(EVE, ANN, 999), BadRequest, "message to copy not found")
    await refused(bot.forward_message(EVE, ANN, 999), BadRequest, "message to forward not found")
    assert double.violations == []


async def test_edits_and_deletions(double: TelegramDouble, bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(ANN, "one", reply_markup=YES_NO)
    shown = double.private(ann).messages.get(sent.message_id)
    assert shown is not None
    await bot.edit_message_text("two", ANN, sent.message_id, reply_markup=YES_NO)
    assert (shown.text, shown.edited, shown.earlier_texts) == ("two", True, ["one"])
    same = bot.edit_message_text("two", ANN, sent.message_id, reply_markup=YES_NO)
    await refused(same, BadRequest, "message is not modified")
    await bot.edit_message_text("three", ANN, sent.message_id)
    assert shown.buttons == [], "a keyboard that is not sent again goes"
    await bot.edit_message_reply_markup(ANN, sent.message_id, reply_markup=YES_NO)
    assert shown.labels == ["Yes", "No"]
    picture = await bot.send_photo(ANN, b"P", caption="old")
    await bot.edit_message_caption(ANN, picture.message_id, caption="new")
    assert double.private(ann).messages[-1].text == "new"

    await refused(bot.edit_message_text("x", ANN, 999), BadRequest, "message to edit not found")
    theirs = ann.send("mine").id
    await refused(bot.edit_message_text("x", ANN, theirs), BadRequest, "can't be edited")
    await bot.delete_message(ANN, sent.message_id)
    assert shown.deleted and shown.text == "three"
    await refused(
        bot.delete_message(ANN, sent.message_id), BadRequest, "message to delete not found"
    )
    answer = ReplyParameters(sent.message_id)
    await refused(
        bot.send_message(ANN, "x", reply_parameters=answer),
        BadRequest,
        "message to be replied not found",
    )
    lenient = ReplyParameters(sent.message_id, allow_sending_without_reply=True)
    assert (await bot.send_message(ANN, "x", reply_parameters=lenient)).reply_to_message is None
    assert double.violations == []


async def test_many_messages_are_deleted_at_once(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    ids = [(await bot.send_message(ANN, str(number))).message_id for number in range(3)]
    await bot.delete_messages(ANN, [ids[0], ids[2], 999])
    assert [message.deleted for message in ann.messages[1:]] == [True, False, True]
    ann.delete_message(ids[1])
    assert ann.messages[2].deleted
    assert double.violations == []


async def test_old_messages_can_no_longer_be_deleted() -> None:
    now = 1_800_000_000.0
    async with TelegramDouble(clock=lambda: now) as double, bot_of(double) as bot:
        double.user(ANN).start()
        sent = await bot.send_message(ANN, "hello")
        now += 49 * 3600
        await refused(bot.delete_message(ANN, sent.message_id), BadRequest, "for everyone")


async def test_presses_reactions_and_a_persons_edits(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    asked = await bot.send_message(ANN, "sure?", reply_markup=YES_NO)
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    written = ann.send("helo")
    ann.edit(written, "hello")
    press = ann.press(asked.message_id, "Yes")
    ann.react(asked.message_id, "👍")
    with pytest.raises(AssertionError, match="no button"):
        ann.press(asked.message_id, "Maybe")
    _, _, edited, pressed, reacted = await all_updates(bot)
    assert edited.edited_message and edited.edited_message.text == "hello"
    query = pressed.callback_query
    assert query and query.data == "y" and query.message
    assert query.message.message_id == asked.message_id
    assert reacted.message_reaction and reacted.message_reaction.new_reaction
    assert not press.answered
    await query.answer("thanks")
    assert press.answer_text == "thanks"
    await refused(bot.answer_callback_query("0"), BadRequest, "query is too old")
    await bot.set_message_reaction(ANN, written.id, "👀")
    assert double.private(ann).messages[-1].view().reactions == {bot.id: ["👀"]}
    assert double.violations == []


async def test_whom_the_bot_may_not_write_to(
    double: TelegramDouble, bot: Bot, ann: Person, forum: Forum
) -> None:
    await refused(bot.send_message(424242, "hi"), BadRequest, "chat not found")
    double.user(EVE, "Eve")
    await refused(bot.send_message(EVE, "hi"), BadRequest, "chat not found")
    forum.member(EVE)
    await refused(bot.send_message(EVE, "hi"), Forbidden, "can't initiate conversation")
    ann.block()
    await refused(bot.send_message(ANN, "hi"), Forbidden, "bot was blocked by the user")
    with pytest.raises(AssertionError, match="blocked"):
        ann.send("hi")
    *_, blocking = await all_updates(bot)
    assert blocking.my_chat_member
    assert blocking.my_chat_member.new_chat_member.status == "kicked"
    ann.unblock()
    await bot.send_message(ANN, "hi")
    ann.deactivate()
    await refused(bot.send_message(ANN, "hi"), Forbidden, "user is deactivated")
    stranger = f"{double.url}/bot1:wrong/getMe"
    async with ClientSession() as session, session.post(stranger) as response:
        assert response.status == 401
    with pytest.raises(InvalidToken):
        await Bot("1:wrong", base_url=double.api_base).initialize()
    assert double.violations == []


async def test_looking_up_and_small_methods(
    double: TelegramDouble, bot: Bot, ann: Person, forum: Forum
) -> None:
    assert bot.username == "kefu_test_bot"
    assert (await bot.get_chat(ANN)).first_name == "Ann"
    assert (await bot.get_chat(GROUP)).is_forum
    forum.member(ann, role="creator")
    forum.member(EVE, "Eve")
    assert (await bot.get_chat_member(GROUP, ANN)).status == "creator"
    assert (await bot.get_chat_member(GROUP, EVE)).status == "member"
    assert (await bot.get_chat_member(GROUP, bot.id)).status == "administrator"
    await bot.send_chat_action(ANN, "typing")
    assert double.chat_actions == [(ANN, None, "typing")]
    await bot.set_my_commands([BotCommand("start", "Begin")], language_code="zh")
    assert (await bot.get_my_commands(language_code="zh"))[0].command == "start"
    message = await bot.send_message(GROUP, "pin me")
    await bot.pin_chat_message(GROUP, message.message_id)
    pinned = (await bot.get_chat(GROUP)).pinned_message
    assert pinned and pinned.text == "pin me"
    await bot.unpin_chat_message(GROUP)
    assert forum.messages[-1].pinned is False
    assert double.violations == []


# -- groups -----------------------------------------------------------------------------------


async def test_topics_of_a_forum(double: TelegramDouble, bot: Bot, forum: Forum) -> None:
    agent = forum.member(EVE, "Eve", role="administrator")
    created = await bot.create_forum_topic(GROUP, "Case 1")
    thread = created.message_thread_id
    card = await bot.send_message(GROUP, "card", message_thread_id=thread, reply_markup=YES_NO)
    assert card.is_topic_message and card.reply_to_message
    assert card.reply_to_message.forum_topic_created
    topic = forum.topic("Case 1")
    answer = agent.send(topic, "on it", reply_to=card.message_id)
    agent.at(topic).edit(answer, "on it!")
    agent.press(card.message_id, "Yes")
    agent.at(topic).send_photo(b"P", "see")
    agent.send(None, "in General")
    assert [message.text for message in topic.messages] == ["card", "on it!", "see"]
    assert [message.text for message in forum.general.messages] == ["in General"]
    opened, said, edited, pressed, seen, general = await all_updates(bot)
    assert opened.message and opened.message.forum_topic_created, "a bot hears its own notices"
    assert said.message and said.message.message_thread_id == thread
    assert said.message.reply_to_message
    assert said.message.reply_to_message.message_id == card.message_id
    assert edited.edited_message and edited.edited_message.text == "on it!"
    assert pressed.callback_query and pressed.callback_query.data == "y"
    assert seen.message and seen.message.caption == "see"
    assert general.message and general.message.message_thread_id is None

    await bot.edit_forum_topic(GROUP, thread, name="Case 1: done")
    assert topic.name == "Case 1: done"
    unchanged = bot.edit_forum_topic(GROUP, thread, name="Case 1: done")
    await refused(unchanged, BadRequest, "TOPIC_NOT_MODIFIED")
    await bot.close_forum_topic(GROUP, thread)
    into_closed = bot.send_message(GROUP, "late", message_thread_id=thread)
    await refused(into_closed, BadRequest, "TOPIC_CLOSED")
    await refused(bot.close_forum_topic(GROUP, thread), BadRequest, "TOPIC_NOT_MODIFIED")
    await bot.reopen_forum_topic(GROUP, thread)
    await bot.send_message(GROUP, "again", message_thread_id=thread)
    agent.close(topic)
    agent.reopen(topic)
    agent.delete(topic)
    gone = bot.send_message(GROUP, "x", message_thread_id=thread)
    await refused(gone, BadRequest, "message thread not found")
    await refused(bot.close_forum_topic(GROUP, thread), BadRequest, "TOPIC_ID_INVALID")
    assert topic.visible == []
    second = await bot.create_forum_topic(GROUP, "Case 2")
    await bot.delete_forum_topic(GROUP, second.message_thread_id)
    assert forum.topics[second.message_thread_id].deleted
    assert forum.open_topics == []
    assert double.violations == []


async def test_the_rights_of_the_bot_in_a_group(
    double: TelegramDouble, bot: Bot, forum: Forum
) -> None:
    double.group(-55, "No topics")
    await refused(bot.create_forum_topic(-55, "x"), BadRequest, "not a forum")
    await refused(
        bot.send_message(-55, "x", message_thread_id=3), BadRequest, "message thread not found"
    )
    agent = forum.member(EVE)
    theirs = agent.send(None, "hello")
    forum.set_bot_rights()
    await refused(bot.create_forum_topic(GROUP, "x"), BadRequest, "not enough rights")
    await refused(bot.delete_message(GROUP, theirs.id), BadRequest, "can't be deleted")
    await refused(bot.pin_chat_message(GROUP, theirs.id), BadRequest, "not enough rights")
    forum.remove_bot()
    await refused(bot.send_message(GROUP, "x"), Forbidden, "bot was kicked")
    *_, removal = await all_updates(bot)
    assert removal.my_chat_member
    assert removal.my_chat_member.new_chat_member.status == "kicked"
    assert double.violations == []


async def test_an_upgraded_group_is_refused_with_its_new_id(
    double: TelegramDouble, bot: Bot, forum: Forum
) -> None:
    topic = await bot.create_forum_topic(GROUP, "Case")
    agent = forum.member(EVE)
    moved = forum.migrate()
    with pytest.raises(AssertionError, match="has moved"):
        agent.send(None, "to the old group")
    moved.member(EVE).send(None, "to the new group")
    with pytest.raises(ChatMigrated) as caught:
        await bot.send_message(GROUP, "x")
    assert caught.value.new_chat_id == moved.id
    thread = topic.message_thread_id
    await bot.send_message(caught.value.new_chat_id, "found", message_thread_id=thread)
    assert [message.text for message in moved.topics[thread].messages] == ["found"]
    updates = [update.message for update in await all_updates(bot)]
    assert updates[1] and updates[1].migrate_to_chat_id == moved.id
    assert updates[2] and updates[2].migrate_from_chat_id == GROUP
    assert double.violations == []


# -- faults -----------------------------------------------------------------------------------


async def test_faults_of_calls(double: TelegramDouble, bot: Bot, ann: Person) -> None:
    def written() -> list[str | None]:
        return [message.text for message in double.private(ann).messages[1:]]

    double.faults.add("sendMessage", "before_commit", nth=2)
    await bot.send_message(ANN, "1")
    await refused(bot.send_message(ANN, "2"), NetworkError, "bad gateway")
    assert written() == ["1"]

    double.faults.add("sendMessage", "drop_before_commit")
    await refused(bot.send_message(ANN, "3"), NetworkError, "disconnected")
    assert written() == ["1"]

    double.faults.add("sendMessage", "commit_then_drop")
    await refused(bot.send_message(ANN, "4"), NetworkError, "disconnected")
    assert written() == ["1", "4"]

    double.faults.add("sendMessage", "commit_then_5xx", where={"text": "6"}, status=500)
    await bot.send_message(ANN, "5")
    await refused(bot.send_message(ANN, "6"), NetworkError, "internal server error")
    assert written() == ["1", "4", "5", "6"]

    limited = double.faults.add("*", "rate_limited", retry_after=17, times=2)
    for _ in range(2):
        with pytest.raises(RetryAfter) as caught:
            await bot.send_message(ANN, "7")
        assert "17 seconds" in str(caught.value)
    await bot.send_message(ANN, "8")
    assert limited.struck == 2
    assert written() == ["1", "4", "5", "6", "8"]
    sent = [params["text"] for params in double.calls_of("sendMessage")]
    assert sent == ["1", "2", "3", "4", "5", "6", "7", "7", "8"]
    assert double.violations == []


async def test_a_held_call_goes_on_when_the_test_says_so(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    held = double.faults.add("sendMessage", "delay", where=lambda params: params["text"] == "a")
    sending = asyncio.create_task(bot.send_message(ANN, "a"))
    await held.reached.wait()
    await bot.send_message(ANN, "b")
    assert [message.text for message in ann.messages] == ["/start", "b"]
    held.release()
    await sending
    assert [message.text for message in ann.messages] == ["/start", "b", "a"]

    held = double.faults.add("sendMessage", "delay")
    with pytest.raises(TimedOut):
        await bot.send_message(ANN, "late", read_timeout=0.2)
    assert ann.messages[-1].text == "a"
    held.release()
    await double.until(lambda: ann.messages[-1].text == "late")

    held = double.faults.add("sendMessage", "commit_then_delay")
    with pytest.raises(TimedOut):
        await bot.send_message(ANN, "c", read_timeout=0.2)
    assert ann.messages[-1].text == "c"
    held.release()
    assert double.violations == []


async def test_updates_come_twice_or_out_of_order(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    (start,) = await bot.get_updates()
    double.faults.add("getUpdates", "commit_then_drop")
    await refused(bot.get_updates(), NetworkError, "disconnected")
    assert await bot.get_updates() == (start,)

    double.faults.add_update("duplicate", update_type="message")
    ann.send("again")
    (first,) = await bot.get_updates(offset=start.update_id + 1)
    (second,) = await bot.get_updates(offset=first.update_id + 1)
    assert first == second
    assert await bot.get_updates(offset=first.update_id + 1) == ()

    double.faults.add_update("reorder", where=lambda message: message["text"] == "early")
    ann.send("early")
    assert await bot.get_updates(offset=first.update_id + 1) == ()
    ann.send("late")
    late, early = await bot.get_updates(offset=first.update_id + 1)
    assert late.message and late.message.text == "late"
    assert early.message and early.message.text == "early"
    assert early.update_id < late.update_id
    assert await bot.get_updates(offset=late.update_id + 1) == ()
    assert double.violations == []


async def test_an_outage_is_a_network_error(double: TelegramDouble, bot: Bot, ann: Person) -> None:
    await double.stop()
    await refused(bot.send_message(ANN, "x"), NetworkError, "ConnectError")
    await double.start()
    await bot.send_message(ANN, "back")
    assert [message.text for message in ann.messages] == ["/start", "back"]


# -- what breaks the description --------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "form", "words", "answer"),
    [
        ("sendMessage", {"chat_id": "7001"}, "text: is required", "message text is empty"),
        ("sendMessage", {"chat_id": "7001", "text": "x" * 4097}, "4097", "message is too long"),
        ("sendMessage", {"chat_id": "7001", "text": "😀" * 2049}, "4098", "message is too long"),
        ("sendMessage", {"chat_id": "7001", "text": ""}, "0 is outside", "message text is empty"),
        ("sendMessage", {"chat_id": "7001", "text": "x", "txt": "y"}, "is no field", "is no field"),
        ("sendMessage", {"chat_id": "7001", "text": "x", "entities": "[{"}, "cannot be read", ""),
        (
            "sendMessage",
            {
                "chat_id": "7001",
                "text": "x",
                "entities": '[{"type": "bold", "offset": 0, "length": 2}]',
            },
            "outside of a text of 1",
            "",
        ),
        (
            "sendMessage",
            {
                "chat_id": "7001",
                "text": "x",
                "reply_markup": '{"inline_keyboard": [[{"text": "b", "callback_data": "%s"}]]}'
                % ("y" * 65),
            },
            "65 is outside 1-64 (bytes)",
            "BUTTON_DATA_INVALID",
        ),
        (
            "sendMessage",
            {
                "chat_id": "7001",
                "text": "x",
                "reply_markup": '{"inline_keyboard": [[{"text": "does nothing"}]]}',
            },
            "exactly one thing",
            "",
        ),
        (
            "sendMessage",
            {"chat_id": "7001", "text": "<b>%s</b>" % ("x" * 4097), "parse_mode": "HTML"},
            "4097 is outside",
            "message is too long",
        ),
        (
            "sendMessage",
            {"chat_id": "7001", "text": "x", "message_thread_id": "one"},
            "message_thread_id",
            "",
        ),
        (
            "sendDocument",
            {"chat_id": "7001", "document": "attach://missing"},
            "no such part",
            "",
        ),
        (
            "sendPhoto",
            {"chat_id": "7001", "photo": "x", "caption": "x" * 1025},
            "1025",
            "message caption is too long",
        ),
        ("createForumTopic", {"chat_id": "7001", "name": "x" * 129}, "129 is outside 1-128", ""),
        ("sendChatAction", {"chat_id": "7001", "action": "dancing"}, "no chat action", ""),
        ("getUpdates", {"limit": "101"}, "101 is outside 1-100", ""),
        ("getUpdates", {"allowed_updates": '["messages"]'}, "no type of update", ""),
        ("sendPoll", {"chat_id": "7001"}, "does not know", "method not found"),
        ("sendMassage", {"chat_id": "7001"}, "does not know", "method not found"),
    ],
)
async def test_requests_that_break_the_description_fail_loudly(
    double: TelegramDouble,
    ann: Person,
    method: str,
    form: dict[str, str],
    words: str,
    answer: str,
) -> None:
    url = f"{double.api_base}{double.token}/{method}"
    async with ClientSession() as session, session.post(url, data=form) as response:
        body = await response.json()
    assert not body["ok"]
    assert body["error_code"] == response.status
    assert answer in body["description"]
    assert any(words in str(violation) for violation in double.violations), double.violations
    assert len(ann.messages) == 1


async def test_answers_that_break_the_description_fail_loudly(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    ann.account.first_name = 5  # type: ignore[assignment]
    await refused(bot.send_message(ANN, "x"), NetworkError, "5 is no String")
    assert "answer sendMessage: sendMessage().chat.first_name" in str(double.violations[0])


async def test_a_method_that_crashes_fails_loudly(
    double: TelegramDouble, bot: Bot, ann: Person
) -> None:
    ann.chat.account = None  # type: ignore[assignment]
    await refused(bot.send_message(ANN, "x"), NetworkError, "the double failed")
    assert "AttributeError" in str(double.violations[0])


async def test_updates_that_break_the_description_fail_loudly(
    double: TelegramDouble, ann: Person
) -> None:
    ann.world.on_update("message", {"message_id": "7", "colour": "blue"})
    told = "\n".join(str(violation) for violation in double.violations)
    assert "'7' is no Integer" in told
    assert "colour: is no field of Message" in told
    assert "update.message.chat: is required" in told
    with pytest.raises(AssertionError, match="violation"):
        planted = asyncio.create_task(double.until(lambda: False))
        await asyncio.sleep(0)
        double.violate("request x", "planted", None)
        await planted


def test_every_method_of_the_double_is_described() -> None:
    assert set(METHODS) <= set(TelegramSpec().methods)


async def test_until_tells_the_story_when_it_gives_up(double: TelegramDouble, ann: Person) -> None:
    with pytest.raises(AssertionError, match="/start"):
        await double.until(lambda: ann.messages[5], timeout=0.05)


# -- as a process of its own ------------------------------------------------------------------


async def test_a_double_in_a_process_of_its_own() -> None:
    async with TelegramProcess() as telegram, bot_of(telegram) as bot:
        ann = await telegram.user(ANN, "Ann")
        forum = await telegram.forum(GROUP)
        eve = await forum.member(EVE, "Eve")
        hello = await ann.send("hello")
        await ann.send_file("photo", b"\xff\xd8JPEG", "look")
        (update, _) = await bot.get_updates()
        assert update.message and update.message.message_id == hello.id
        asked = await bot.send_message(ANN, "sure?", reply_markup=YES_NO)
        press = await ann.press(asked.message_id, "Yes")
        with pytest.raises(RefusedAct, match="no button"):
            await ann.press(asked.message_id, "Maybe")
        await bot.answer_callback_query(press.id, "ok")
        created = await bot.create_forum_topic(GROUP, "Case")
        thread = created.message_thread_id
        await eve.at(thread).send("inside")
        await eve.close(thread)

        state = await telegram.state()
        assert state.private[ANN][1].file_bytes == b"\xff\xd8JPEG"
        assert state.private[ANN][2].buttons == [["Yes", "No"]]
        assert state.presses[press.id].answer_text == "ok"
        topic = state.groups[GROUP].topics[thread]
        assert topic.closed and [message.text for message in topic.messages] == ["inside"]

        held = await telegram.add_fault("sendMessage", "delay", where={"text": "held"})
        sending = asyncio.create_task(bot.send_message(ANN, "held"))
        await telegram.until(lambda state: state.faults[held].struck)
        await telegram.release(held)
        await sending
        moved = await forum.migrate()
        with pytest.raises(ChatMigrated):
            await bot.send_message(GROUP, "x")
        await telegram.until(lambda state: state.groups[GROUP].migrated_to == moved.id)
        await ann.block()
        await refused(bot.send_message(ANN, "hi"), Forbidden, "blocked")
        assert (await telegram.state()).violations == []
