"""The process in which Prefect's own server runs: it ends with whoever started it, also when that one is killed.

Started by :mod:`flows.server` as ``python -m flows.server_child FD short`` (or ``whole``), with a listening socket and
a pipe as its input.
"""

from __future__ import annotations

import os
import sys
import threading


def main() -> None:
    """Serve the API on the inherited socket until standard input closes."""
    import uvicorn
    from prefect.server.api.server import create_app

    app = create_app(ephemeral=sys.argv[2] == "short", final=True)
    server = uvicorn.Server(uvicorn.Config(app, fd=int(sys.argv[1]), log_level="warning", lifespan="on"))

    def stop_with_parent() -> None:
        while os.read(0, 1024):
            pass
        server.should_exit = True

    threading.Thread(target=stop_with_parent, daemon=True).start()
    server.run()


if __name__ == "__main__":
    main()
