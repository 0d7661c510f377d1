"""Listens on a thread of its own while the service sends."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol, TypeVar

from mailer.errors import MailerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Heard = TypeVar("Heard")
Heard_co = TypeVar("Heard_co", covariant=True)


class Listen(Protocol[Heard_co]):
    """One round; `mailbox` when the mailbox's own, longer interval has passed."""

    def __call__(self, *, mailbox: bool) -> Iterable[Heard_co]: ...


@contextmanager
def listening(
    listen: Listen[Heard],
    *,
    heard: Callable[[Heard], None],
    failed: Callable[[MailerError], None],
    every_s: float,
    mailbox_every_s: float,
) -> Iterator[None]:
    """Listens again and again while the block runs; what goes wrong is told and tried again."""
    over = Event()

    def rounds() -> None:
        until_mailbox_s = 0.0
        while not over.is_set():
            is_time = until_mailbox_s <= 0
            until_mailbox_s = mailbox_every_s if is_time else until_mailbox_s - every_s
            try:
                for each in listen(mailbox=is_time):
                    heard(each)
            except MailerError as error:
                failed(error)
            over.wait(every_s)

    thread = Thread(target=rounds, name="listening", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
