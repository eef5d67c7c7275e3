"""`python -m bot.gateway`: serves the front door until it is told to stop."""

from __future__ import annotations

import logging
import sys

import uvicorn

from actions.settings import SettingsError, load_settings
from bot.gateway.app import create_app

STOP_SECONDS = 3  # open streams are cut after so long; clients resume by number


def main() -> int:
    """0 after an orderly end, 2 where the settings can't be used."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s gateway %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    logging.getLogger("alembic").setLevel(logging.WARNING)
    try:
        settings = load_settings()
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    proxies = settings.trusted_proxies
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_config=None,
        log_level="warning",
        access_log=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies or None,
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
        timeout_keep_alive=30,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
