"""Write the log as JSON, one line for each act, without anything about anybody."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mailer.log_context import LOGGER, context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

_OTHERS = ("uvicorn", "uvicorn.error", "apscheduler", "asyncio", "sqlalchemy", "alembic")
"""Loggers of libraries whose warnings are written too: their level and name, not their words."""


class JsonLines(logging.Formatter):
    """One JSON object a line. Of a library's message only its place is told.

    What a library says may hold whatever it was given: an address, a link, a parameter.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "thread": record.threadName,
        }
        if record.name == LOGGER.name:
            line |= {"event": record.getMessage(), **context(), **getattr(record, "facts", {})}
        else:
            line |= {"event": "library", "logger": record.name, "line": _place_of(record)}
        return json.dumps(line, ensure_ascii=False)


def _place_of(record: logging.LogRecord) -> str:
    error = f" {record.exc_info[0].__name__}" if record.exc_info and record.exc_info[0] else ""
    return f"{record.filename}:{record.lineno}{error}"


@contextmanager
def json_log(stream: TextIO) -> Iterator[None]:
    """Write the log to `stream` while the block runs."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    loggers = [LOGGER, *map(logging.getLogger, _OTHERS)]
    before = LOGGER.level
    LOGGER.setLevel(logging.INFO)
    for logger in loggers:
        logger.addHandler(handler)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(handler)
        LOGGER.setLevel(before)
