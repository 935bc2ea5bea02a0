"""Frames on their way out: cut, or replaced by bytes the SDK would never send, where a word asks for it."""

import base64
import json
from collections.abc import AsyncIterator

from stage import CUT_HERE, INSTEAD


async def on_the_wire(frames: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    """Passes frames through, but for those that a word marked (`stage.CUT_HERE`, `stage.instead`)."""
    async for frame in frames:
        if CUT_HERE.encode() in frame:
            yield frame[: len(frame) // 2]
            raise ConnectionError("cut on purpose")
        if INSTEAD.encode() in frame:
            text = json.loads(frame.removeprefix(b"data: "))["text"]
            yield base64.b64decode(text.removeprefix(INSTEAD))
        else:
            yield frame
