"""Does something again and again on a thread of its own, beside the sending."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING

from mailer.errors import MailerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE_S = 10.0
"""How long a round may go on when the service ends; what it does must bear being cut off."""


@contextmanager
def run_periodically(
    do: Callable[[], None], *, name: str, every_s: float, failed: Callable[[MailerError], None]
) -> Iterator[None]:
    """Does it while the block runs; what goes wrong is told and tried again."""
    over = Event()

    def rounds() -> None:
        while not over.is_set():
            try:
                do()
            except MailerError as error:
                failed(error)
            over.wait(every_s)

    thread = Thread(target=rounds, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(_PATIENCE_S)
