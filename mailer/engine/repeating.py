"""Runs a callback periodically in a background thread."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

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
    failed: Callable[[BaseException], None],
) -> Iterator[None]:
    """Call `callback` every `every_s` seconds while the block runs.

    Whatever it raises goes to `failed`, and the next round tries again: no exception ends the
    thread. The seconds are counted by a clock that nobody can set.
    """
    stopped = Event()

    def run_rounds() -> None:
        while not stopped.is_set():
            try:
                callback()
            # Not Exception alone: a panic in a library written in Rust is a BaseException.
            except BaseException as error:  # noqa: BLE001 — a thread that ended would be silent
                with suppress(BaseException):  # such as a terminal that is gone
                    failed(error)
            stopped.wait(every_s)

    thread = Thread(target=run_rounds, name=name, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopped.set()
        thread.join(_SHUTDOWN_TIMEOUT_S)
