"""The key that signs client secrets, when none is configured.

A generated key is kept in a file: with a new one at each start, a restart would end every reader's
session and with it their conversation.
"""

import os
import secrets
from pathlib import Path


def load_or_create(path: Path) -> str:
    """The key in `path`, made on first use and readable by this user only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of two servers starting together one writes and both read the same key.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        key = path.read_text().strip()
        if key:
            return key
        raise OSError(f"{path} is empty; delete it to have a new key made") from None
    key = secrets.token_hex(32)
    with os.fdopen(handle, "w") as file:
        file.write(key + "\n")
    return key
