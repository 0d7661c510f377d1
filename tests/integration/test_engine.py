"""Threads that run chunks."""

import threading
import time

import pytest

from mailer.engine.threads import ThreadEngine


def test_every_chunk_is_run_and_counted():
    left = iter(range(20))
    lock = threading.Lock()

    def run_chunk():
        with lock:
            return next(left, None) is not None

    assert ThreadEngine(4).drain(run_chunk) == 20


def test_chunks_run_side_by_side():
    together = threading.Barrier(3)
    left = iter(range(3))
    lock = threading.Lock()

    def run_chunk():
        with lock:
            chunk = next(left, None)
        if chunk is None:
            return False
        together.wait()  # breaks unless three are here at once
        return True

    assert ThreadEngine(3).drain(run_chunk) == 3


def test_the_first_error_is_raised_after_the_others_have_ended_their_chunks():
    both = threading.Barrier(2)
    ended = []

    def run_chunk():
        if both.wait() == 0:
            message = "broken chunk"
            raise ValueError(message)
        time.sleep(0.05)  # long enough for the other one's error to be known
        ended.append(True)
        return True

    with pytest.raises(ValueError, match="broken chunk"):
        ThreadEngine(2).drain(run_chunk)
    assert ended == [True]
