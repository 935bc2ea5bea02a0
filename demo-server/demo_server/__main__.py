"""`python -m demo_server --host 127.0.0.1 --port 8000`"""

import argparse
import logging
import sys

import uvicorn

from .app import create_app
from .config import ConfigError, Settings

LOG_LEVELS = ("debug", "info", "warning", "error")


def main() -> int:
    arguments = argparse.ArgumentParser(
        prog="python -m demo_server",
        description="A ChatKit server that answers from a textbook.",
    )
    arguments.add_argument("--host", default="127.0.0.1", help="address to listen on")
    arguments.add_argument("--port", type=int, default=8000, help="port to listen on")
    arguments.add_argument("--log-level", default="info", choices=LOG_LEVELS)
    options = arguments.parse_args()

    logging.basicConfig(
        level=options.log_level.upper(), format="%(levelname)s %(name)s: %(message)s"
    )
    try:
        app = create_app(Settings.from_env())
    except ConfigError as error:
        print(f"demo_server: {error}", file=sys.stderr)
        return 2
    uvicorn.run(
        app,
        host=options.host,
        port=options.port,
        log_level=options.log_level,
        # Answers that still stream must not keep Ctrl-C waiting; what they wrote so far is stored.
        timeout_graceful_shutdown=2,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
