"""Writes the JSON Schemas of what the SDK sends and takes to `tests/fixtures/schema.json`, or compares (`--check`).

They are those of the SDK's own pydantic types, changed in two ways, because of how the SDK writes JSON: a field that is
`None` is left out and never `null`, and `type`, which tells the members of a union apart, is always there.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from chatkit.types import (
    Attachment,
    ChatKitReq,
    Page,
    SyncCustomActionResponse,
    Thread,
    ThreadItem,
    ThreadStreamEvent,
    TranscriptionResult,
)
from pydantic import TypeAdapter

SCHEMAS: dict[str, Any] = {
    "event": ThreadStreamEvent,
    "item": ThreadItem,
    "thread": Thread,
    "items": Page[ThreadItem],
    "threads": Page[Thread],
    "attachment": Attachment,
    "sync_action": SyncCustomActionResponse,
    "transcription": TranscriptionResult,
    "request": ChatKitReq,
}
FILE = Path(__file__).parent.parent / "fixtures" / "schema.json"
#: Said to people, and not about the shape of anything.
WORDS = ("title", "description", "deprecated")


def as_written(schema: Any) -> Any:
    """The schema of the JSON that the SDK writes."""
    if isinstance(schema, list):
        return [as_written(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    properties = schema.get("properties", {})
    found = {
        key: as_written(value)
        for key, value in schema.items()
        if key not in (*WORDS, "properties", "$defs", "default", "discriminator")
    }
    if "$defs" in schema:
        found["$defs"] = {name: as_written(part) for name, part in schema["$defs"].items()}
    if properties:
        found["properties"] = {name: as_written(without_null(part)) for name, part in properties.items()}
        required = {*schema.get("required", []), *(["type"] if "type" in properties else [])}
        found["required"] = sorted(name for name in required if name in properties)
    return found


def without_null(schema: Any) -> Any:
    """The schema of a field that is left out where it has nothing to say."""
    if "anyOf" not in schema:
        return schema
    parts = [part for part in schema["anyOf"] if part != {"type": "null"}]
    rest = {key: value for key, value in schema.items() if key != "anyOf"}
    return {**rest, **(parts[0] if len(parts) == 1 else {"anyOf": parts})}


def schema() -> str:
    """All of them in one document: each by its name in `SCHEMAS`, and what they share under `$defs`."""
    adapters = [(name, "validation", TypeAdapter(kind)) for name, kind in SCHEMAS.items()]
    roots, shared = TypeAdapter.json_schemas(adapters)  # type: ignore[arg-type]
    named = {name: as_written(root) for (name, _), root in roots.items()}
    return json.dumps({**as_written(shared), **named}, indent=1, sort_keys=True) + "\n"


def main() -> int:
    """Writes the schemas, or compares with what is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    text = schema()
    same = FILE.exists() and FILE.read_text(encoding="utf-8") == text
    if check and not same:
        print("tests/fixtures/schema.json differs from the SDK's types")
        return 1
    if not check:
        FILE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
