"""What a line of the log is about: the request or the claim that the present thread works on.

The operations say what they do with `log_event`; nothing is written unless a handler was set up
(`monitoring.logs`). Only ids and numbers are told, never an address, a name or a text.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOGGER = logging.getLogger("mailer")
LOGGER.addHandler(logging.NullHandler())
LOGGER.propagate = False

_NOTHING: Mapping[str, str] = MappingProxyType({})
_context: ContextVar[Mapping[str, str]] = ContextVar("log context", default=_NOTHING)


@contextmanager
def logged_as(**ids: str) -> Iterator[None]:
    """Give every line that is logged in the block these ids."""
    token = _context.set({**_context.get(), **ids})
    try:
        yield
    finally:
        _context.reset(token)


def context() -> Mapping[str, str]:
    """Return the ids of the present block."""
    return _context.get()


def log_event(event: str, **facts: str | float | None) -> None:
    """Log one act. `facts` are ids, states and numbers."""
    if LOGGER.isEnabledFor(logging.INFO):
        LOGGER.info(event, extra={"facts": facts})
