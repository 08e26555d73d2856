"""Logs: one line an event, with its ids; never a token, a prompt's bytes or a link that opens a file."""

from __future__ import annotations

import logging
import re
import sys
from typing import Any

import structlog

SECRET = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xoxe\.[\w.-]+|AIza[\w-]{20,}|(?<=[?&]ticket=)[\w-]+|(?<=Bearer )\S+"
    r"|(?<=hooks\.slack\.com/)[\w/.%-]+"
)
# Postgres says there what a row that it did not take contains: whatever somebody wrote, over any number of lines.
ROW = re.compile(r"(?<=DETAIL:).*?(?=(?:\n|\\n){2}The above exception was the direct cause of|\Z)", re.DOTALL)
QUIET = ("slack_bolt", "slack_sdk", "aiohttp.access", "httpx2", "httpcore2", "google_genai", "alembic", "dbos", "PIL")


def redact(text: str) -> str:
    """The text without what looks like a credential, and without the rows that a database complains of."""
    return SECRET.sub("•••", ROW.sub(" •••", text))


def _without_secrets(_logger: Any, _name: str, line: Any) -> str:
    return redact(line)


class _Redacted(logging.Formatter):
    """The libraries' own lines, with the same blotting, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


def set_up(level: str) -> None:
    """Send our events and the libraries' warnings to standard error.

    Bolt logs the signature and the whole body of a request that fails verification at INFO, so the libraries are held
    at WARNING whatever the level is.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Redacted("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("slack_bolt").setLevel(logging.ERROR)  # its warnings are about options we chose
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["timestamp", "level", "event"]),
            _without_secrets,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level.lower()),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
    )
