"""The child that may die instead of us."""

import os
import signal
import time

import pytest

from mailer.errors import ContentError, Place
from mailer.sandbox import Sandbox

HERE = Place("body.mjml.j2")


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def hang():
    while True:
        pass


def eat():
    return len(b"x" * 3_000_000_000)


def double(number):
    return number * 2


def refuse():
    raise ValueError("its own error")


@pytest.fixture
def sandbox():
    with Sandbox(seconds=1.5, memory_bytes=1_500_000_000) as sandbox:
        yield sandbox


def test_a_result_comes_back(sandbox):
    assert sandbox.run(double, 21, where=HERE) == 42


def test_a_crash_of_native_code_is_a_problem_of_the_file_and_the_next_call_works(sandbox):
    with pytest.raises(ContentError, match="crash"):
        sandbox.run(crash, where=HERE)

    assert sandbox.run(double, 2, where=HERE) == 4


def test_an_endless_loop_ends_at_its_deadline(sandbox):
    sandbox.run(double, 1, where=HERE)
    started = time.monotonic()

    with pytest.raises(ContentError, match="longer than"):
        sandbox.run(hang, where=HERE)

    assert time.monotonic() - started < 10
    assert sandbox.run(double, 3, where=HERE) == 6


def test_a_glutton_meets_its_limit(sandbox):
    with pytest.raises(ContentError, match="memory"):
        sandbox.run(eat, where=HERE)


def test_the_function_s_own_error_passes_through(sandbox):
    with pytest.raises(ValueError, match="its own error"):
        sandbox.run(refuse, where=HERE)
