"""A gateway that is always open: `python -m bench.desk_server`, with settings from the environment."""

from __future__ import annotations

import uvicorn

from actions.settings import load_settings
from bot.gateway.app import create_app


def main() -> None:
    """Serve until told to stop."""
    settings = load_settings()
    app = create_app(settings, open_at=lambda _at: True)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="error", access_log=False)


if __name__ == "__main__":
    main()
