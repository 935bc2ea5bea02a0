"""What can be known to fail before an answer streams.

The SDK finds out inside the stream, when the status 200 is sent already: the connection then just
breaks off, and an unknown thread looks like a bad network. Asking first gives it its own status.
"""

from chatkit.store import NotFoundError
from chatkit.types import (
    AttachmentsCreateReq,
    AttachmentsDeleteReq,
    ChatKitReq,
    ClientToolCallItem,
    InputTranscribeReq,
    ItemsFeedbackReq,
    StructuredInputItem,
    ThreadItem,
    ThreadsAddClientToolOutputReq,
    ThreadsAddStructuredInputReq,
    ThreadsAddUserMessageReq,
    ThreadsCreateReq,
    ThreadsCustomActionReq,
    ThreadsRetryAfterItemReq,
    ThreadsSyncCustomActionReq,
    UserMessageItem,
)
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .context import RequestContext
from .errors import ApiError, not_found
from .store import DatabaseStore

MOST_ITEMS = 1000
"""Items that feedback may be about at once: far more than a turn has, few enough for one query."""

_request = TypeAdapter[ChatKitReq](ChatKitReq)


def parse(body: bytes) -> ChatKitReq:
    """The request in `body`. Raises `ApiError` that names the path of what is wrong."""
    try:
        return _request.validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ApiError(400, _code(first), _explain(first)) from None


async def check(request: ChatKitReq, store: DatabaseStore, context: RequestContext) -> None:
    """Raises `ApiError` if the request cannot be answered."""
    match request:
        case (
            AttachmentsCreateReq()
            | AttachmentsDeleteReq()
            | InputTranscribeReq()
            | ThreadsCustomActionReq()
            | ThreadsSyncCustomActionReq()
        ):
            raise ApiError(400, "not_supported", f'This server does not offer "{request.type}".')
        case ThreadsCreateReq():
            # Answered by the database rather than assumed: a stream that cannot store breaks off.
            await store.ping()
            await _check_attachments(request.params.input.attachments, store, context)
        case ThreadsAddUserMessageReq():
            await _check_thread(request.params.thread_id, store, context)
            await _check_attachments(request.params.input.attachments, store, context)
        case ThreadsRetryAfterItemReq():
            item = await _load_item(
                request.params.thread_id, request.params.item_id, store, context
            )
            if not isinstance(item, UserMessageItem):
                raise ApiError(400, "not_a_user_message", "params.item_id is not a user message.")
        case ItemsFeedbackReq():
            await _check_items(request.params.thread_id, request.params.item_ids, store, context)
        case ThreadsAddClientToolOutputReq():
            await _check_thread(request.params.thread_id, store, context)
            newest = await store.load_thread_items(
                request.params.thread_id, None, 1, "desc", context
            )
            call = newest.data[0] if newest.data else None
            if not isinstance(call, ClientToolCallItem) or call.status != "pending":
                raise ApiError(409, "no_pending_tool_call", "The thread waits for no tool output.")
        case ThreadsAddStructuredInputReq():
            item = await _load_item(
                request.params.thread_id, request.params.item_id, store, context
            )
            if not isinstance(item, StructuredInputItem) or item.status != "pending":
                raise ApiError(409, "no_pending_input", "params.item_id waits for no answers.")


async def _check_thread(thread_id: str, store: DatabaseStore, context: RequestContext) -> None:
    try:
        await store.load_thread(thread_id, context)
    except NotFoundError:
        raise not_found("thread") from None


async def _check_items(
    thread_id: str, item_ids: list[str], store: DatabaseStore, context: RequestContext
) -> None:
    if len(item_ids) > MOST_ITEMS:
        raise ApiError(
            400,
            "too_many_items",
            f"params.item_ids has {len(item_ids)} entries; send {MOST_ITEMS} at most.",
        )
    try:
        known = await store.known_items(thread_id, item_ids, context)
    except NotFoundError:
        raise not_found("thread") from None
    if not known.issuperset(item_ids):
        raise not_found("item")


async def _check_attachments(ids: list[str], store: DatabaseStore, context: RequestContext) -> None:
    for attachment_id in ids:
        try:
            await store.load_attachment(attachment_id, context)
        except NotFoundError:
            raise not_found("attachment") from None


async def _load_item(
    thread_id: str, item_id: str, store: DatabaseStore, context: RequestContext
) -> ThreadItem:
    await _check_thread(thread_id, store, context)
    try:
        return await store.load_item(thread_id, item_id, context)
    except NotFoundError:
        raise not_found("item") from None


def _code(error: ErrorDetails) -> str:
    match error["type"]:
        case "json_invalid":
            return "invalid_json"
        case "union_tag_invalid":
            return "unknown_operation"
        case _:
            return "invalid_request"


def _explain(error: ErrorDetails) -> str:
    match error["type"]:
        case "json_invalid":
            return f"The body is not JSON: {error['ctx']['error']}."
        case "union_tag_invalid":
            return "type names no operation of the ChatKit protocol."
        case "union_tag_not_found":
            return 'type is missing; write an operation such as "threads.create".'
    # The first part is the operation, by which pydantic chose the schema.
    path = ".".join(str(part) for part in error["loc"][1:]) or "The body"
    return f"{path}: {error['msg']}."
