"""Whole conversations with a running server, through the real SDK."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from .support import HTTP, PAGE, Reader, eventually, message_of, request, running, settings

WHAT_IS_A_SERVO = (
    "what-is-a-servo"
    ":~:text=A%20servo%20is%20a%20motor%20that,motor%20until%20the%20difference%20is%20gone."
)
"""The section, and the words of it that the answer quotes."""


def test_an_answer_streams_in_the_order_of_the_protocol(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    kinds = [event["type"] for event in turn.events]
    assert kinds[:5] == [
        "thread.created",
        "thread.item.done",
        "stream_options",
        "progress_update",
        "thread.updated",
    ]
    assert kinds[5] == "thread.item.added"
    assert set(kinds[6:-1]) == {"thread.item.updated"}
    assert kinds[-1] == "thread.item.done"
    (progress,) = turn.of("progress_update")
    assert (progress["text"], progress["icon"]) == ("Looking in the textbook…", "search")


def test_the_deltas_are_many_and_add_up_to_the_answer(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    deltas = [update["delta"] for update in turn.updates("text_delta")]
    assert len(deltas) > 30
    assert "".join(deltas) == turn.text
    (done,) = turn.updates("content_part.done")
    assert done["content"] == turn.answer["content"][0]


def test_streamed_citations_are_those_of_the_stored_answer(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    text, added = "", []
    for event in turn.of("thread.item.updated"):
        update = event["update"]
        text += update.get("delta", "")
        if update["type"].endswith("annotation_added"):
            assert update["annotation_index"] == len(added)
            assert update["annotation"]["index"] <= len(text)
            added.append(update["annotation"])
    assert added == turn.answer["content"][0]["annotations"]
    assert added[0]["source"] == {
        "type": "url",
        "title": "What is a servo?",
        "url": f"{PAGE}/book/servos#{WHAT_IS_A_SERVO}",
        "attribution": "Servos",
    }


def test_nothing_between_server_and_reader_may_hold_the_answer_back(address: str) -> None:
    reader = Reader(address)
    answer = reader.post("threads.create", input=message_of("What is a servo?"))
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["cache-control"] == "no-cache, no-transform"
    assert answer.headers["x-accel-buffering"] == "no"


def test_the_thread_is_titled_by_the_first_question_only(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    (updated,) = turn.of("thread.updated")
    assert updated["thread"]["title"] == "What is a servo?"
    assert reader.ask("What is a stepper?", turn.thread).of("thread.updated") == []
    assert reader.json("threads.list")["data"][0]["title"] == "What is a servo?"


def test_a_follow_up_is_understood(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    follow_up = reader.ask("and how is it controlled?", turn.thread)
    assert "/book/servos#how-is-a-servo-controlled:~:" in follow_up.sources[0]
    more = reader.ask("Tell me more", turn.thread)
    assert more.sources[0] not in turn.sources + follow_up.sources


def test_a_question_about_a_quoted_passage_is_understood(reader: Reader) -> None:
    turn = reader.ask("What does this mean?", quoted_text="it is called quadrature decoding")
    assert turn.question["quoted_text"] == "it is called quadrature decoding"
    assert "/book/steppers#quadrature:~:" in turn.sources[0]


def test_the_conversation_comes_back_in_order(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    for _ in range(12):
        reader.ask("What is a stepper?", turn.thread)
    oldest = reader.json("threads.get_by_id", thread_id=turn.thread)["items"]
    assert (len(oldest["data"]), oldest["has_more"]) == (20, True)
    assert oldest["data"][:2] == [turn.question, turn.answer]

    found: list[str] = []
    after = None
    while True:
        page = reader.json("items.list", thread_id=turn.thread, limit=7, after=after)
        found += [item["id"] for item in page["data"]]
        if not page["has_more"]:
            break
        after = page["after"]
    assert len(found) == len(set(found)) == 26
    assert found[-2:] == [turn.answer["id"], turn.question["id"]]


def test_retrying_answers_again_without_asking_twice(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    reader.ask("and how is it controlled?", turn.thread)
    events = reader.events(
        "threads.retry_after_item", thread_id=turn.thread, item_id=turn.question["id"]
    )
    again = events[-1]["item"]
    assert again["content"] == turn.answer["content"]
    items = reader.json("threads.get_by_id", thread_id=turn.thread)["items"]["data"]
    assert items == [turn.question, again]


@pytest.mark.parametrize(
    "text",
    [
        "🤖👩‍🔬 what is a servo 🇩🇪?",
        "```python\nprint('servo')\n```",
        "<script>alert('servo')</script> & \"quotes\" \\ \u2028 \u0000 \u202e",
        "servo " * 20_000,
        "",
        " \n ",
        "data: servo\n\nevent: x\n\n",
    ],
    ids=["emoji", "code", "markup", "very long", "empty", "blank", "like a frame"],
)
def test_any_text_is_answered_and_kept_as_it_was(reader: Reader, text: str) -> None:
    turn = reader.ask(text)
    assert turn.of("error") == []
    assert turn.text
    assert turn.question["content"] == [{"type": "input_text", "text": text}]
    stored = reader.json("threads.get_by_id", thread_id=turn.thread)["items"]["data"]
    assert stored == [turn.question, turn.answer]


def test_offsets_count_characters_also_beyond_the_basic_plane(tmp_path: Path) -> None:
    (tmp_path / "01-signs.md").write_text(
        "---\ntitle: 🤖 Signs\norder: 1\nsummary: 🚦\n---\n\n## What is a 🚦 gizmo?\n\n"
        "A gizmo is a 🚦 that 👩‍🔬 like.\n"
    )
    with running(settings(tmp_path, book_dir=tmp_path)) as address:
        turn = Reader(address).ask("What is a gizmo?")
    (annotation,) = turn.answer["content"][0]["annotations"]
    assert turn.text[: annotation["index"]].endswith("> A gizmo is a 🚦 that 👩‍🔬 like.")


def test_tags_are_read_by_their_text(reader: Reader) -> None:
    tag = {"type": "input_tag", "id": "1", "text": "servo", "data": {}}
    message = {
        **message_of("What is a"),
        "content": [{"type": "input_text", "text": "What is"}, tag],
    }
    events = reader.events("threads.create", input=message)
    assert events[-1]["item"]["content"][0]["annotations"]


def test_a_renamed_and_a_deleted_thread(reader: Reader) -> None:
    turn = reader.ask("What is a servo?")
    renamed = reader.json("threads.update", thread_id=turn.thread, title="Mine")
    assert renamed["title"] == "Mine"
    assert reader.json("threads.delete", thread_id=turn.thread) == {}
    assert reader.json("threads.delete", thread_id=turn.thread) == {}
    assert reader.post("threads.get_by_id", thread_id=turn.thread).status_code == 404


def test_links_lead_where_the_book_is_said_to_be(tmp_path: Path) -> None:
    with running(settings(tmp_path, book_url="https://docs.example.org/en/")) as address:
        turn = Reader(address).ask("What is a servo?")
        assert turn.sources == [f"https://docs.example.org/en/book/servos#{WHAT_IS_A_SERVO}"]


def test_links_never_lead_to_an_origin_that_merely_asked(address: str) -> None:
    reader = Reader(address)
    answer = HTTP.post(
        f"{address}/chatkit",
        json=request("threads.create", input=message_of("What is a servo?")),
        headers={"Authorization": f"Bearer {reader.secret}", "Origin": "https://evil.example"},
    )
    assert "evil.example" not in answer.text
    assert f'"url":"/book/servos#{WHAT_IS_A_SERVO}"' in answer.text


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that takes a second for ten words."""
    with running(settings(tmp_path_factory.mktemp("slow"), word_delay=0.1)) as address:
        yield address


def begin(reader: Reader, op: str, **params: Any) -> tuple[str, str]:
    """Reads an answer until five words are there, then goes away: (thread, words)."""
    thread, words = params.get("thread_id", ""), ""
    deltas = 0
    with (
        httpx.Client(timeout=20) as http,
        http.stream(
            "POST", f"{reader.address}/chatkit", json=request(op, **params), headers=reader.headers
        ) as answer,
    ):
        for line in answer.iter_lines():
            event = json.loads(line[6:]) if line else {}
            if event.get("type") == "thread.created":
                thread = event["thread"]["id"]
            delta = event.get("update", {}).get("delta")
            if delta is not None:
                words += delta
                deltas += 1
            if deltas == 5:
                return thread, words
    raise AssertionError("the answer ended")


def items(reader: Reader, thread: str) -> list[dict[str, Any]]:
    return reader.json("items.list", thread_id=thread, order="asc", limit=100)["data"]


def test_a_stopped_answer_keeps_what_was_there(slow: str) -> None:
    reader = Reader(slow)
    thread, words = begin(reader, "threads.create", input=message_of("What is a servo?"))

    def partial() -> list[dict[str, Any]] | None:
        stored = items(reader, thread)
        return stored if len(stored) == 2 else None

    question, answer = eventually("the partial answer is stored", partial)
    assert question["type"] == "user_message"
    text = answer["content"][0]["text"]
    assert text.startswith(words.rstrip())
    assert "To read on" not in text
    # What the SDK notes for a model about the stop is not for the reader's eyes.
    listed = reader.post("items.list", thread_id=thread, limit=100)
    assert "sdk_hidden_context" not in listed.text


def test_a_stopped_answer_can_be_retried(slow: str) -> None:
    reader = Reader(slow)
    thread, _ = begin(reader, "threads.create", input=message_of("hello"))
    eventually("the partial answer is stored", lambda: len(items(reader, thread)) == 2)
    question = items(reader, thread)[0]["id"]
    events = reader.events("threads.retry_after_item", thread_id=thread, item_id=question)
    assert events[-1]["item"]["content"][0]["text"].startswith("Hello!")
    assert [item["type"] for item in items(reader, thread)] == ["user_message", "assistant_message"]


def test_a_server_that_stops_keeps_what_was_there(tmp_path: Path) -> None:
    configuration = settings(tmp_path, word_delay=0.1)
    with running(configuration) as address:
        reader = Reader(address)
        with HTTP.stream(
            "POST",
            f"{address}/chatkit",
            json=request("threads.create", input=message_of("What is a servo?")),
            headers=reader.headers,
        ) as answer:
            lines = answer.iter_lines()
            while "text_delta" not in next(lines):
                pass
    with running(configuration) as address:
        reader.address = address
        (thread,) = reader.json("threads.list")["data"]
        kinds = [item["type"] for item in items(reader, thread["id"])]
        assert kinds == ["user_message", "assistant_message"]


def test_while_one_answer_streams_others_are_given(slow: str) -> None:
    reader = Reader(slow)
    with HTTP.stream(
        "POST",
        f"{slow}/chatkit",
        json=request("threads.create", input=message_of("What is a servo?")),
        headers=reader.headers,
    ) as answer:
        lines = answer.iter_lines()
        while "text_delta" not in next(lines):
            pass
        assert len(reader.json("threads.list")["data"]) == 1
        assert Reader(slow).ask("hello").text.startswith("Hello!")
