"""Runs a callback periodically in a background thread."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from mailer.errors import MailerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHUTDOWN_TIMEOUT_S = 10.0
"""How long to wait for a running round when the service ends; a round must
tolerate being cut off.
"""


@contextmanager
def run_periodically(
    callback: Callable[[], None],
    *,
    name: str,
    every_s: float,
    failed: Callable[[MailerError], None],
) -> Iterator[None]:
    """Call `callback` every `every_s` seconds while the block runs.

    A MailerError goes to `failed`, and the next round tries again.
    """
    stopped = Event()

    def run_rounds() -> None:
        while not stopped.is_set():
            try:
                callback()
            except MailerError as error:
                failed(error)
            stopped.wait(every_s)

    thread = Thread(target=run_rounds, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(_SHUTDOWN_TIMEOUT_S)
