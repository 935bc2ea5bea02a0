"""Functions of the page that the server calls."""

from chatkit.types import ClientToolCallItem, ProgressUpdateEvent, ThreadItemDoneEvent

from scripts.registry import Events, word
from stage import Stage


@word("Calls the page's function get_selection")
async def tool(stage: Stage) -> Events:
    yield ProgressUpdateEvent(icon="search", text="Asking the page...")
    call = ClientToolCallItem(
        call_id="call_1", name="get_selection", arguments={"project": "p1"}, **stage.base("tool_call")
    )
    yield ThreadItemDoneEvent(item=call)
