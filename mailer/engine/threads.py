"""Runs chunks in threads of this process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class ThreadEngine:
    """`ports.Engine`: each worker is a plain loop; claims in the ledger keep the workers apart.

    `workers` is how many chunks are delivered at once, each over its own connection.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers

    def drain(self, run_chunk: Callable[[], bool]) -> int:
        """Run chunks until none is left; returns how many ran.

        After an error in one worker the others finish their chunks, then the error is raised.
        """
        failed = Event()
        with ThreadPoolExecutor(self._workers, thread_name_prefix="worker") as pool:
            loops = [pool.submit(_loop, run_chunk, failed) for _ in range(self._workers)]
        return sum(loop.result() for loop in loops)


def _loop(run_chunk: Callable[[], bool], failed: Event) -> int:
    count = 0
    try:
        while not failed.is_set() and run_chunk():
            count += 1
    except BaseException:
        failed.set()
        raise
    return count
