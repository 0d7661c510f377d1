"""Collects feedback in a background thread while the service sends."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TypeVar

from mailer.engine.repeating import run_periodically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from mailer.errors import MailerError

Heard = TypeVar("Heard")
Heard_co = TypeVar("Heard_co", covariant=True)


class Listen(Protocol[Heard_co]):
    """One round of collecting. `mailbox` is true when the mailbox's own,
    longer interval has passed.
    """

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
    """Collect feedback periodically while the block runs.

    Each result goes to `heard`. An error goes to `failed`, and the next round tries again.
    """
    until_mailbox_s = 0.0

    def listen_once() -> None:
        nonlocal until_mailbox_s
        is_time = until_mailbox_s <= 0
        until_mailbox_s = mailbox_every_s if is_time else until_mailbox_s - every_s
        for each in listen(mailbox=is_time):
            heard(each)

    with run_periodically(listen_once, name="listening", every_s=every_s, failed=failed):
        yield
