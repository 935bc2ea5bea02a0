"""The SDK's store contract, on SQLite and on PostgreSQL where one was named."""

import asyncio
from datetime import datetime

import pytest
from chatkit.store import NotFoundError
from chatkit.types import (
    AssistantMessageContent,
    AssistantMessageItem,
    FileAttachment,
    HiddenContextItem,
    InferenceOptions,
    LockedStatus,
    Page,
    SDKHiddenContextItem,
    Thread,
    ThreadItem,
    ThreadMetadata,
    UserMessageItem,
    UserMessageTextContent,
)

from demo_server.context import RequestContext
from demo_server.store import DatabaseStore, UnknownCursorError

ANNE = RequestContext("ses_anne", "")
BERT = RequestContext("ses_bert", "")
NOON = datetime(2026, 1, 1, 12)


def thread(name: str = "t") -> ThreadMetadata:
    return ThreadMetadata(id=name, created_at=NOON)


def message(name: str, text: str = "hello") -> UserMessageItem:
    return UserMessageItem(
        id=name,
        thread_id="t",
        created_at=NOON,
        content=[UserMessageTextContent(text=text)],
        inference_options=InferenceOptions(),
    )


async def walk(store: DatabaseStore, order: str, limit: int) -> list[str]:
    """Ids of all items, page by page."""
    found: list[str] = []
    after = None
    while True:
        page = await store.load_thread_items("t", after, limit, order, ANNE)
        found += [item.id for item in page.data]
        if not page.has_more:
            assert page.after is None
            return found
        assert page.after == page.data[-1].id
        assert len(found) < 100, "the pages go round in circles"
        after = page.after


async def test_a_thread_comes_back_as_it_was_saved(store: DatabaseStore) -> None:
    saved = ThreadMetadata(
        id="t",
        title="Ünïcode 🤖 \0 title",
        created_at=NOON,
        status=LockedStatus(reason="because"),
        allowed_image_domains=["example.org"],
        metadata={"a": [1, None]},
    )
    await store.save_thread(saved, ANNE)
    assert await store.load_thread("t", ANNE) == saved


async def test_saving_a_thread_again_changes_it_in_place(store: DatabaseStore) -> None:
    for name in ("a", "b"):
        await store.save_thread(thread(name), ANNE)
    await store.save_thread(thread("a").model_copy(update={"title": "new"}), ANNE)
    page = await store.load_threads(10, None, "asc", ANNE)
    assert [(t.id, t.title) for t in page.data] == [("a", "new"), ("b", None)]


async def test_a_whole_thread_is_saved_without_its_items(store: DatabaseStore) -> None:
    whole = Thread(id="t", created_at=NOON, items=Page[ThreadItem](data=[message("m")]))
    await store.save_thread(whole, ANNE)
    assert await walk(store, "asc", 10) == []
    assert not isinstance(await store.load_thread("t", ANNE), Thread)


@pytest.mark.parametrize("order", ["asc", "desc"])
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 8])
async def test_pages_hold_every_item_once_though_all_were_written_at_one_moment(
    store: DatabaseStore, order: str, limit: int
) -> None:
    await store.save_thread(thread(), ANNE)
    names = [f"m{n}" for n in range(7)]
    for name in names:
        await store.add_thread_item("t", message(name), ANNE)
    expected = names if order == "asc" else names[::-1]
    assert await walk(store, order, limit) == expected


async def test_an_item_written_between_two_pages_is_not_skipped(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    for name in ("a", "b"):
        await store.add_thread_item("t", message(name), ANNE)
    first = await store.load_thread_items("t", None, 1, "asc", ANNE)
    await store.add_thread_item("t", message("c"), ANNE)
    rest = await store.load_thread_items("t", first.after, 10, "asc", ANNE)
    assert [item.id for item in rest.data] == ["b", "c"]


async def test_threads_are_paged_in_both_orders(store: DatabaseStore) -> None:
    for name in "abcde":
        await store.save_thread(thread(name), ANNE)
    await store.save_thread(thread("foreign"), BERT)
    first = await store.load_threads(2, None, "desc", ANNE)
    assert [t.id for t in first.data] == ["e", "d"]
    assert first.has_more
    second = await store.load_threads(2, first.after, "desc", ANNE)
    last = await store.load_threads(2, second.after, "desc", ANNE)
    assert [t.id for t in second.data + last.data] == ["c", "b", "a"]
    assert not last.has_more
    everything = await store.load_threads(9999, None, "asc", ANNE)
    assert [t.id for t in everything.data] == list("abcde")


@pytest.mark.parametrize("limit", [-1, 0, 10**30])
async def test_an_absurd_limit_breaks_nothing(store: DatabaseStore, limit: int) -> None:
    await store.save_thread(thread(), ANNE)
    assert len((await store.load_threads(limit, None, "asc", ANNE)).data) == 1


async def test_an_unknown_cursor_is_named_as_such(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    with pytest.raises(UnknownCursorError):
        await store.load_thread_items("t", "gone", 10, "asc", ANNE)
    with pytest.raises(UnknownCursorError):
        await store.load_threads(10, "gone", "desc", ANNE)


async def test_hidden_items_are_kept_for_the_model(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    hidden = [
        HiddenContextItem(id="h", thread_id="t", created_at=NOON, content={"any": ["thing"]}),
        SDKHiddenContextItem(id="s", thread_id="t", created_at=NOON, content="cancelled"),
    ]
    for item in hidden:
        await store.add_thread_item("t", item, ANNE)
    assert (await store.load_thread_items("t", None, 10, "asc", ANNE)).data == hidden


async def test_an_item_added_again_keeps_its_place(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    for name in ("a", "b"):
        await store.add_thread_item("t", message(name), ANNE)
    await store.add_thread_item("t", message("a", "changed"), ANNE)
    await store.save_item("t", message("b", "changed too"), ANNE)
    page = await store.load_thread_items("t", None, 10, "asc", ANNE)
    assert page.data == [message("a", "changed"), message("b", "changed too")]


async def test_saving_an_unknown_item_appends_it(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    await store.save_item("t", message("m"), ANNE)
    assert await store.load_item("t", "m", ANNE) == message("m")


async def test_the_newest_items_number_is_not_given_again(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    for name in ("a", "b"):
        await store.add_thread_item("t", message(name), ANNE)
    first = await store.load_thread_items("t", None, 1, "asc", ANNE)
    await store.delete_thread_item("t", "b", ANNE)
    await store.add_thread_item("t", message("c"), ANNE)
    rest = await store.load_thread_items("t", first.after, 10, "asc", ANNE)
    assert [item.id for item in rest.data] == ["c"]


async def test_two_threads_may_hold_the_same_item_id(store: DatabaseStore) -> None:
    for name in ("t", "u"):
        await store.save_thread(thread(name), ANNE)
        await store.add_thread_item(name, message("__fake_id__", name), ANNE)
    assert await store.load_item("u", "__fake_id__", ANNE) == message("__fake_id__", "u")


async def test_a_deleted_thread_takes_everything_with_it(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    await store.add_thread_item("t", message("m"), ANNE)
    file = FileAttachment(id="f", name="a.txt", mime_type="text/plain", thread_id="t")
    await store.save_attachment(file, ANNE)
    await store.delete_thread("t", ANNE)
    await store.delete_thread("t", ANNE)
    with pytest.raises(NotFoundError):
        await store.load_thread("t", ANNE)
    with pytest.raises(NotFoundError):
        await store.load_attachment("f", ANNE)
    await store.save_thread(thread(), ANNE)
    assert await walk(store, "asc", 10) == []


async def test_nothing_is_written_into_a_deleted_thread(store: DatabaseStore) -> None:
    with pytest.raises(NotFoundError):
        await store.add_thread_item("t", message("m"), ANNE)
    with pytest.raises(NotFoundError):
        await store.load_thread_items("t", None, 10, "asc", ANNE)


async def test_attachments_are_saved_changed_and_deleted(store: DatabaseStore) -> None:
    file = FileAttachment(id="f", name="a.txt", mime_type="text/plain", metadata={"path": "/x"})
    await store.save_attachment(file, ANNE)
    await store.save_thread(thread(), ANNE)
    sent = file.model_copy(update={"thread_id": "t"})
    await store.save_attachment(sent, ANNE)
    assert await store.load_attachment("f", ANNE) == sent
    await store.delete_attachment("f", ANNE)
    await store.delete_attachment("f", ANNE)
    with pytest.raises(NotFoundError):
        await store.load_attachment("f", ANNE)


async def test_another_session_reaches_nothing(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    await store.add_thread_item("t", message("m"), ANNE)
    file = FileAttachment(id="f", name="a.txt", mime_type="text/plain")
    await store.save_attachment(file, ANNE)

    for reading in (
        store.load_thread("t", BERT),
        store.load_thread_items("t", None, 10, "asc", BERT),
        store.load_item("t", "m", BERT),
        store.load_attachment("f", BERT),
        store.add_thread_item("t", message("n"), BERT),
        store.save_item("t", message("m", "forged"), BERT),
    ):
        with pytest.raises(NotFoundError):
            await reading
    await store.delete_thread_item("t", "m", BERT)
    await store.delete_attachment("f", BERT)
    await store.delete_thread("t", BERT)
    # The same id in another session is another thread.
    await store.save_thread(thread().model_copy(update={"title": "Bert's"}), BERT)

    assert await store.load_thread("t", ANNE) == thread()
    assert await store.load_item("t", "m", ANNE) == message("m")
    assert await store.load_attachment("f", ANNE) == file
    assert (await store.load_thread_items("t", None, 10, "asc", BERT)).data == []


@pytest.mark.parametrize("name", ["", "\0", "a\0b", "' OR 1=1 --", "%", "x" * 5000, "🤖"])
async def test_an_odd_id_is_merely_unknown(store: DatabaseStore, name: str) -> None:
    await store.save_thread(thread(), ANNE)
    for reading in (
        store.load_thread(name, ANNE),
        store.load_item("t", name, ANNE),
        store.load_thread_items("t", name, 10, "desc", ANNE),
        store.load_attachment(name, ANNE),
    ):
        with pytest.raises(NotFoundError):
            await reading
    await store.delete_thread(name, ANNE)
    assert await store.load_thread("t", ANNE) == thread()


async def test_many_readers_write_at_once(store: DatabaseStore) -> None:
    async def converse(number: int) -> list[str]:
        context = RequestContext(f"ses_{number}", "")
        await store.save_thread(thread(), context)
        for turn in range(5):
            await store.add_thread_item("t", message(f"m{turn}"), context)
        page = await store.load_thread_items("t", None, 10, "asc", context)
        return [item.id for item in page.data]

    answers = await asyncio.gather(*(converse(number) for number in range(20)))
    assert answers == [[f"m{turn}" for turn in range(5)]] * 20


async def test_a_message_survives_with_every_character(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    text = 'a\0b 🤖 "quotes" \\ </script> \u2028 ' + "long " * 20_000
    item = AssistantMessageItem(
        id="m", thread_id="t", created_at=NOON, content=[AssistantMessageContent(text=text)]
    )
    await store.add_thread_item("t", item, ANNE)
    assert await store.load_item("t", "m", ANNE) == item


async def test_generated_ids_are_too_many_to_guess(store: DatabaseStore) -> None:
    one, two = store.generate_thread_id(ANNE), store.generate_item_id("message", thread(), ANNE)
    assert one.startswith("thr_")
    assert two.startswith("msg_")
    assert len(one) == len(two) == 4 + 32


async def test_which_items_a_thread_has_is_one_question(store: DatabaseStore) -> None:
    await store.save_thread(thread(), ANNE)
    for name in ("a", "b"):
        await store.add_thread_item("t", message(name), ANNE)
    assert await store.known_items("t", ["a", "x", "\0", "a"], ANNE) == {"a"}
    assert await store.known_items("t", [], ANNE) == set()
    for unknown in (store.known_items("u", ["a"], ANNE), store.known_items("t", ["a"], BERT)):
        with pytest.raises(NotFoundError):
            await unknown
