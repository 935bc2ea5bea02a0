"""Starts the scripted server on a port, for the demo page `features.html` and for the browser tests.

Prints `ready on <address>` when it can be asked.
"""

import argparse
import logging
from typing import Any

import uvicorn

from app import create_app


class Announced(uvicorn.Server):
    """Says when it can be asked, and where."""

    async def startup(self, sockets: list[Any] | None = None) -> None:
        await super().startup(sockets)
        print(f"ready on http://{self.config.host}:{self.config.port}", flush=True)


def main() -> None:
    """Serves until it is told to end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    given = parser.parse_args()
    # The SDK logs each error it turns into an event; here they are asked for.
    logging.getLogger("chatkit").setLevel(logging.CRITICAL)
    app = create_app(f"http://{given.host}:{given.port}")
    Announced(uvicorn.Config(app, host=given.host, port=given.port, log_level="error")).run()


if __name__ == "__main__":
    main()
