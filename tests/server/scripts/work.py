"""What the server does before it answers: workflows, tasks, pictures."""

from chatkit.types import (
    CustomSummary,
    CustomTask,
    DurationSummary,
    FileSource,
    FileTask,
    GeneratedImage,
    GeneratedImageItem,
    GeneratedImageUpdated,
    ImageTask,
    SearchTask,
    TaskItem,
    ThoughtTask,
    ThreadItemAddedEvent,
    ThreadItemDoneEvent,
    ThreadItemUpdatedEvent,
    URLSource,
    Workflow,
    WorkflowItem,
    WorkflowTaskAdded,
    WorkflowTaskUpdated,
)

from scripts.registry import Events, word
from stage import Stage

PIXEL = "data:image/gif;base64,R0lGODlhAQABAAAAACw="


@word("A workflow with tasks of four kinds")
async def workflow(stage: Stage) -> Events:
    found = SearchTask(
        title="Web", title_query="q", queries=["a", "b"],
        sources=[URLSource(title="Ex", url="https://example.com")],
    )  # fmt: skip
    chain = Workflow(
        type="custom",
        tasks=[CustomTask(status_indicator="loading", title="Look up", icon="search", content="searching")],
    )
    item = WorkflowItem(workflow=chain, **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    complete = CustomTask(status_indicator="complete", title="Look up", icon="search", content="found 3")
    for update in (
        WorkflowTaskUpdated(task_index=0, task=complete),
        WorkflowTaskAdded(task_index=1, task=found),
        WorkflowTaskAdded(
            task_index=2, task=FileTask(title="Files", sources=[FileSource(title="Q1", filename="q1.pdf")])
        ),
        WorkflowTaskAdded(task_index=3, task=ImageTask(title="Picture")),
    ):
        yield ThreadItemUpdatedEvent(item_id=item.id, update=update)
    final = Workflow(
        type="custom", tasks=[complete, found], summary=CustomSummary(title="Looked it up", icon="check"), expanded=True
    )
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))


@word("A thought, with the seconds it took")
async def reasoning(stage: Stage) -> Events:
    chain = Workflow(type="reasoning", tasks=[])
    item = WorkflowItem(workflow=chain, **stage.base("workflow"))
    yield ThreadItemAddedEvent(item=item)
    thought = ThoughtTask(title="Thinking", content="First *this*, then that.")
    yield ThreadItemUpdatedEvent(item_id=item.id, update=WorkflowTaskAdded(task_index=0, task=thought))
    final = Workflow(type="reasoning", tasks=[thought], summary=DurationSummary(duration=7))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"workflow": final}))


@word("A task by itself")
async def task(stage: Stage) -> Events:
    saved = CustomTask(title="Saved", icon="check", content="a **note**")
    yield ThreadItemDoneEvent(item=TaskItem(task=saved, **stage.base("task")))


@word("A picture that arrives in two steps")
async def image(stage: Stage) -> Events:
    item = GeneratedImageItem(**stage.base())
    picture = GeneratedImage(id="ig_1", url=PIXEL)
    yield ThreadItemAddedEvent(item=item)
    yield ThreadItemUpdatedEvent(item_id=item.id, update=GeneratedImageUpdated(image=picture, progress=0.5))
    yield ThreadItemUpdatedEvent(item_id=item.id, update=GeneratedImageUpdated(image=picture))
    yield ThreadItemDoneEvent(item=item.model_copy(update={"image": picture}))
