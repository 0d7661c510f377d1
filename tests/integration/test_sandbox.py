"""The children that may die instead of us."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from mailer.errors import Busy, ContentError, Place
from mailer.sandbox.children import Sandbox

HERE = Place("body.mjml.j2")
MEMORY = 1_500_000_000


def crash():
    os.kill(os.getpid(), signal.SIGSEGV)


def loop_for_ever():
    while True:
        pass


def use_processor_s(seconds):
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return os.getpid()


def stop_unless(path):
    """Stops as a process that gets no processor time, the first time only."""
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGSTOP)
    return "done"


def stop():
    os.kill(os.getpid(), signal.SIGSTOP)


def eat():
    return len(b"x" * 3_000_000_000)


def nest():
    return nest()


def double(number):
    return number * 2


def whoami():
    return os.getpid()


def refuse():
    raise ValueError("its own error")


def count(end):
    yield from range(end)


def count_and_refuse():
    yield 1
    refuse()


def count_for_ever():
    while True:
        yield 1


@pytest.fixture
def sandbox():
    with Sandbox(cpu_s=1, wall_s=600, memory_bytes=MEMORY) as sandbox:
        yield sandbox


@contextmanager
def busy_loops(count):
    """Processes that want the whole processor, beside the block."""
    loops = [
        subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _number in range(count)
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()


def test_a_result_comes_back(sandbox):
    assert sandbox.run(double, 21, where=HERE) == 42


@pytest.mark.parametrize("end", [0, 1, 3])
def test_the_values_of_a_generator_come_back_as_a_list(sandbox, end):
    assert sandbox.run(count, end, where=HERE) == list(range(end))
    assert sandbox.run(double, 21, where=HERE) == 42


def test_an_error_in_a_generator_leaves_nothing_for_the_next_call(sandbox):
    with pytest.raises(ValueError, match="its own error"):
        sandbox.run(count_and_refuse, where=HERE)

    assert sandbox.run(double, 21, where=HERE) == 42


def test_an_endless_generator_meets_the_limit_of_processor_time(sandbox):
    with pytest.raises(ContentError, match="more than 1 seconds of computing"):
        sandbox.run(count_for_ever, where=HERE)


def test_one_child_serves_calls_that_follow_each_other(sandbox):
    assert len({sandbox.run(whoami, where=HERE) for _call in range(3)}) == 1


def test_a_crash_of_native_code_is_a_problem_of_the_file_and_the_next_call_works(sandbox):
    with pytest.raises(ContentError, match="crash"):
        sandbox.run(crash, where=HERE)

    assert sandbox.run(double, 2, where=HERE) == 4


def test_an_endless_loop_meets_the_limit_of_processor_time(sandbox):
    with pytest.raises(ContentError, match="more than 1 seconds of computing"):
        sandbox.run(loop_for_ever, where=HERE)

    assert sandbox.run(double, 3, where=HERE) == 6


def test_each_call_has_its_processor_time_for_itself(sandbox):
    children = {sandbox.run(use_processor_s, 0.6, where=HERE) for _call in range(3)}

    assert len(children) == 1


def test_a_glutton_meets_its_limit(sandbox):
    with pytest.raises(ContentError, match="memory"):
        sandbox.run(eat, where=HERE)

    assert sandbox.run(double, 4, where=HERE) == 8


def test_what_is_nested_too_deeply_is_a_problem_of_the_file(sandbox):
    with pytest.raises(ContentError, match="nested too deeply"):
        sandbox.run(nest, where=HERE)


def test_the_function_s_own_error_passes_through_with_its_place_in_the_child(sandbox):
    with pytest.raises(ValueError, match="its own error") as caught:
        sandbox.run(refuse, where=HERE)

    assert "in refuse" in caught.value.__notes__[0]


def test_a_call_that_gets_no_processor_time_is_tried_again(tmp_path):
    with Sandbox(cpu_s=1, wall_s=0.2, memory_bytes=MEMORY) as sandbox:
        assert sandbox.run(stop_unless, tmp_path / "tried", where=HERE) == "done"


def test_a_machine_without_processor_time_is_said_to_be_busy_and_the_text_is_not_blamed():
    with (
        Sandbox(cpu_s=1, wall_s=0.05, memory_bytes=MEMORY) as sandbox,
        pytest.raises(Busy, match="too busy"),
    ):
        sandbox.run(stop, where=HERE)


def test_a_child_that_died_between_two_calls_is_replaced(sandbox):
    child = sandbox.run(whoami, where=HERE)
    os.kill(child, signal.SIGKILL)

    assert sandbox.run(whoami, where=HERE) != child


def test_calls_from_many_threads_each_get_their_own_answer(sandbox):
    with ThreadPoolExecutor(12) as threads:
        answers = threads.map(lambda n: sandbox.run(double, n, where=HERE), range(40))

    assert list(answers) == [2 * n for n in range(40)]


def test_closing_ends_a_call_at_work_and_does_not_blame_its_text(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    sandbox = Sandbox(cpu_s=60, memory_bytes=MEMORY)
    with ThreadPoolExecutor(1) as threads:
        call = threads.submit(sandbox.run, say_and_loop, tmp_path / "pipe", where=HERE)
        assert (tmp_path / "pipe").read_text() == "at work"

        sandbox.close()

        with pytest.raises(Busy):
            call.result()


def say_and_loop(path):
    path.write_text("at work")
    loop_for_ever()


def test_good_calls_on_a_busy_machine_all_return_and_the_endless_one_is_named():
    """Ten good calls wait for two children, one of which an endless call keeps for a while."""
    endless = Place("endless.md")
    begin = threading.Barrier(11)

    def good(number):
        begin.wait()
        return sandbox.run(use_processor_s, 0.2, where=Place(f"{number}.md"))

    def bad():
        begin.wait()
        with pytest.raises(ContentError) as caught:
            sandbox.run(loop_for_ever, where=endless)
        return caught.value.problems[0].where

    with (
        busy_loops(4),
        Sandbox(cpu_s=1, wall_s=600, memory_bytes=MEMORY, children=2) as sandbox,
        ThreadPoolExecutor(11) as threads,
    ):
        named = threads.submit(bad)
        children = list(threads.map(good, range(10)))

    assert named.result() == endless
    assert len(children) == 10


def test_the_same_call_is_made_once_where_its_result_may_be_remembered(sandbox, tmp_path):
    calls = tmp_path / "calls"

    results = [
        sandbox.run_remembered(note_and_add, calls, number, where=HERE) for number in (1, 1, 2, 1)
    ]

    assert results == [2, 2, 3, 2]
    assert calls.read_text() == "12"


def test_a_refusal_is_not_remembered(sandbox):
    for _try in range(2):
        with pytest.raises(ContentError):
            sandbox.run_remembered(crash, where=HERE)


def note_and_add(calls, number):
    with calls.open("a") as file:
        file.write(str(number))
    return number + 1


WITHOUT_DESCRIPTORS = """
import os, resource
from mailer.errors import Busy, Place
from mailer.sandbox.children import Sandbox

resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))
with Sandbox(cpu_s=10, memory_bytes=600_000_000, children=2) as sandbox:
    taken = []
    try:
        while True:
            taken.append(os.open("/dev/null", os.O_RDONLY))
    except OSError:
        pass
    try:
        sandbox.run(len, "text", where=Place("mail.eml"))
    except Busy as busy:
        print(busy.problems[0].in_short)
    for each in taken:
        os.close(each)
    print(sandbox.run(len, "text", where=Place("mail.eml")))
"""


# Windows limits no descriptors of a process, so that there is nothing to run out of.
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of descriptors to set")
def test_a_machine_that_can_start_no_child_is_busy_and_the_next_call_works():
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_DESCRIPTORS], capture_output=True, text=True, check=True
    )

    busy, answer = done.stdout.splitlines()
    assert "too busy" in busy
    assert answer == "4"


# On Windows each child is started by itself and imports for itself: no server that could be killed,
# or that a collector could look through.
needs_fork_server = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork server")

FORK_SERVER_KILLED = """
import os, signal
from multiprocessing import forkserver
from mailer.errors import Place
from mailer.sandbox.children import Sandbox

with Sandbox(cpu_s=10, memory_bytes=600_000_000) as sandbox:
    child = sandbox.run(os.getpid, where=Place(""))
    os.kill(forkserver._forkserver._forkserver_pid, signal.SIGKILL)
    os.kill(child, signal.SIGKILL)
    print(sandbox.run(len, "text", where=Place("")))
"""


@needs_fork_server
def test_a_fork_server_that_was_killed_is_replaced():
    """The system kills whoever takes most memory when it has none left."""
    done = subprocess.run(
        [sys.executable, "-c", FORK_SERVER_KILLED], capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["4"]


FROZEN_IN_A_CHILD = """
import gc
from mailer.errors import Place
from mailer.sandbox.children import Sandbox

with Sandbox(cpu_s=10, memory_bytes=600_000_000, imports=("mailer.render.compile",)) as sandbox:
    print(gc.get_freeze_count(), sandbox.run(gc.get_freeze_count, where=Place("")))
"""


@needs_fork_server
def test_no_collector_looks_through_what_the_fork_server_has_imported():
    done = subprocess.run(
        [sys.executable, "-c", FROZEN_IN_A_CHILD], capture_output=True, text=True, check=True
    )

    here, in_a_child = map(int, done.stdout.split())
    assert here == 0
    assert in_a_child > 10_000


needs_forks = pytest.mark.skipif(
    sys.platform != "linux", reason="Sandbox.fork does nothing elsewhere: macOS does not bear it"
)

FORKED = """
import os, signal, sys, threading, colorsys
from functools import partial
from multiprocessing import forkserver
from mailer.errors import ContentError, Place
from mailer.sandbox.children import Sandbox
from tests.integration.test_sandbox import eat, forked_from, loop_for_ever, whoami

sandbox = Sandbox(cpu_s=1, wall_s=600, memory_bytes=1_500_000_000)
run = partial(sandbox.run, where=Place("text"))
"""


def forked_from():
    """Return the parent of this process, and whether it has what only the parent imported."""
    return os.getppid(), "colorsys" in sys.modules


def says(code, **how):
    done = subprocess.run(
        [sys.executable, "-c", FORKED + code], capture_output=True, text=True, check=False, **how
    )
    assert not done.stderr
    return done.stdout.splitlines()


@needs_forks
def test_a_fork_has_the_imports_of_its_parent_and_serves_all_calls():
    parent, shared, first, second, server = says(
        "sandbox.fork()\nprint(os.getpid(), run(forked_from), run(whoami), run(whoami), "
        "forkserver._forkserver._forkserver_pid, sep='\\n')"
    )

    assert shared == f"({parent}, True)"
    assert first == second
    assert server == "None"


@needs_forks
@pytest.mark.parametrize("hungry", ["loop_for_ever", "eat"])
def test_a_fork_meets_the_limits_and_a_child_of_the_server_follows_it(hungry):
    refusal, answer, server = says(
        f"sandbox.fork()\ntry:\n    run({hungry})\nexcept ContentError as error:\n    print(error.problems[0].what)\n"
        "print(run(len, 'text'), forkserver._forkserver._forkserver_pid, sep='\\n')"
    )

    assert "more than" in refusal
    assert (answer, server.isdigit()) == ("4", True)


@needs_forks
def test_a_fork_ends_when_its_parent_is_killed():
    # It has the output of its parent, so that this would wait for it.
    says(
        "sandbox.fork()\nrun(whoami)\nsys.stdout.flush()\nos.kill(os.getpid(), signal.SIGKILL)",
        timeout=600,
    )


@needs_forks
def test_a_process_with_several_threads_is_not_forked():
    shared, server = says(
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\nsandbox.fork()\n"
        "print(run(forked_from)[1], forkserver._forkserver._forkserver_pid, sep='\\n')"
    )

    assert (shared, server.isdigit()) == ("False", True)
