"""One run of pytest in a child, with one module replaced by a changed one."""

import ast
import gc
import importlib
import math
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest

from tests.mutation.mutants import Mutant
from tests.mutation.reach import Reach, Recorder, instrumented, run_recorded

ROOT = Path(__file__).resolve().parents[2]
OURS = ("mailer", "tests.counterparts")
_MOST_CPU_S = 40
"""A mutant that never ends is seen by its processor time: the kernel ends what never looks up."""
_SPARE_CPU_S, _TIMES = 6, 10
"""One test may use so much, and so many times what it used without a mutant. One that asks again
and again for what never comes sleeps in between, and would take minutes to use up the above."""
_WAITING_S, _LOOKS, _IDLE_CPU_S = 0.25, 24, 0.1
"""One that waits for ever: by how little it does between so many looks."""


def file_of(module: str) -> Path:
    path = ROOT / (module.replace(".", "/") + ".py")
    return path if path.exists() else path.with_suffix("") / "__init__.py"


class _Replaced(MetaPathFinder, Loader):
    """Loads some modules in a way of ours, and all others as they are."""

    def __init__(self, load_by_module: Mapping[str, Callable[[dict[str, Any]], None]]) -> None:
        self._load_by_module = load_by_module

    def find_spec(self, fullname, path=None, target=None):  # noqa: ARG002 - the signature is importlib.abc.MetaPathFinder's
        if fullname not in self._load_by_module:
            return None
        return ModuleSpec(fullname, self, origin=str(file_of(fullname)))

    def exec_module(self, module):
        module.__file__ = str(file_of(module.__name__))
        self._load_by_module[module.__name__](module.__dict__)


class Trials:
    """A plugin of pytest that starts once, and collects and runs its tests in children.

    `over` is called instead of the collection; it calls `killer` for each mutant. `seconds` is what
    each test uses without one.
    """

    def __init__(self, over: Callable[["Trials"], None], seconds: Mapping[str, float]) -> None:
        self._over, self._tests, self._failed = over, list[str](), ""
        self._seconds, self._end_s = seconds, math.inf
        self._end: SystemExit | None = None

    def start(self) -> None:
        gc.collect()
        gc.freeze()  # a child that never touches these objects never copies them
        # The conftest files of the tests import what is mutated: the children collect them.
        # It collects nothing itself: a second -q spares the line that no tests ran.
        pytest.main([*_OPTIONS, "-q", "-s", str(ROOT / "tests" / "mutation")], plugins=[self])
        gc.unfreeze()
        if self._end is not None:
            raise self._end

    def killer(self, mutant: Mutant | None, tests: Sequence[str]) -> str | None:
        """Return the id of the first test that fails with this mutant; None when it survives all.

        "?" is a mutant that cannot even be imported, or never ends.
        """
        return _in_child(lambda: self._run(mutant, tests), default="?")

    def _run(self, mutant: Mutant | None, tests: Sequence[str]) -> str | None:
        self._tests = list(tests)
        self._session.config.args = sorted({test.partition("::")[0] for test in tests})
        self._session.config.option.maxfail = 1
        if mutant is not None:
            tree, file = mutant.tree(), str(file_of(mutant.module))
            _replace(
                {mutant.module: lambda namespace: exec(compile(tree, file, "exec"), namespace)}
            )
        threading.Thread(target=self._end_when_stuck, daemon=True).start()
        try:
            self._session.perform_collect()
            _bind_to_packages()
            self._session.config.hook.pytest_runtestloop(session=self._session)
        except (pytest.Session.Failed, pytest.Session.Interrupted):
            return self._failed or "?"
        return self._failed or None

    def _end_when_stuck(self) -> None:
        while time.process_time() < self._end_s:
            time.sleep(_WAITING_S)
        os._exit(1)

    def pytest_runtest_logstart(self, nodeid):
        self._end_s = time.process_time() + _SPARE_CPU_S + _TIMES * self._seconds[nodeid]

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection(self, session):
        self._session = session
        try:
            self._over(self)
        except SystemExit as end:  # pytest would report it and go on
            self._end = end
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items):
        found = {item.nodeid: item for item in items}
        items[:] = [found[test] for test in self._tests]

    def pytest_runtest_logreport(self, report):
        if report.failed:
            self._failed = report.nodeid


def reach(modules: Collection[str], files: Sequence[str]) -> Reach | None:
    """Run the tests of these files without a mutant; None when one of them fails."""

    def run() -> Reach | None:
        recorder = Recorder()
        _replace({module: _recorded(module, recorder) for module in modules})
        if pytest.main(["-x", *_OPTIONS, "-k", "not postgresql", *files], plugins=[recorder]) != 0:
            return None
        return Reach(
            dict(recorder.seconds),
            {test: sorted(lines) for test, lines in recorder.lines.items()},
            sorted(recorder.at_import),
            [name for name in sys.modules if name.startswith(OURS)],
        )

    return _in_child(run, default=None)


_IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
"""Where the children's files lie: a ledger's commits need not wait for a disk here."""
_OPTIONS = ("-q", "--assert=plain", "-n", "0")


def _recorded(module: str, recorder: Recorder) -> Callable[[dict[str, Any]], None]:
    tree = instrumented(file_of(module).read_text(encoding="utf-8"))
    return lambda namespace: run_recorded(tree, namespace, recorder.recorder_of(module))


def _replace(load_by_module: Mapping[str, Callable[[dict[str, Any]], None]]) -> None:
    sys.meta_path.insert(0, _Replaced(load_by_module))


def _in_child(run: Callable[[], Any], *, default: Any) -> Any:
    """Return what `run` returns in a child of this process; `default` when the child is killed."""
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY) as folder:
        said = Path(folder) / "said"
        child = os.fork()
        if child == 0:
            os.environ["TMPDIR"] = tempfile.tempdir = folder
            _be_quiet_and_end()
            with suppress(BaseException):  # an error of pytest itself is a mutant that was seen
                said.write_bytes(repr(_plain(run())).encode())
            os._exit(0)
        os.waitpid(child, 0)
        return _thawed(said.read_text("utf-8")) if said.exists() else default


def _plain(value: Any) -> Any:
    if isinstance(value, Reach):
        return (value.seconds, value.lines, value.at_import, value.loaded)
    return value


def _thawed(text: str) -> Any:
    value = ast.literal_eval(text)
    return Reach(*value) if isinstance(value, tuple) else value


def _be_quiet_and_end() -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    threading.Thread(target=_end_when_idle, daemon=True).start()


def _end_when_idle() -> None:
    """Counts its own looks, not seconds: on a busy machine both get fewer."""
    before_s, looks = time.process_time(), 0
    while looks < _LOOKS:
        time.sleep(_WAITING_S)
        looks += 1
        if (now_s := time.process_time()) - before_s > _IDLE_CPU_S:
            before_s, looks = now_s, 0
    os._exit(1)


def preload(reached: Reach, module: str) -> None:
    """Load what the tests need and this module does not touch, so that each child need not."""
    unload()
    for name in reached.loaded:
        importlib.import_module(name)
    for name in _dependents(module, reached.loaded):
        _forget(name)


def unload() -> None:
    """Forget every module of ours that a mutant could be in."""
    for name in [name for name in sys.modules if name.startswith("mailer")]:
        del sys.modules[name]
    for name in [name for name in sys.modules if name.startswith("tests.counterparts.")]:
        if not name.endswith("empty_ledger"):
            _forget(name)


def _forget(name: str) -> None:
    sys.modules.pop(name, None)
    package, _, own = name.rpartition(".")
    vars(sys.modules[package]).pop(own, None) if package in sys.modules else None


def _bind_to_packages() -> None:
    """Give each package that was loaded anew the modules in it that stayed: a test that names one
    of these by its path would not find it there, and fail with every mutant.
    """
    for name in [name for name in sys.modules if name.startswith("mailer.")]:
        package, _, own = name.rpartition(".")
        if package in sys.modules:
            setattr(sys.modules[package], own, sys.modules[name])


def _dependents(module: str, loaded: Collection[str]) -> set[str]:
    """Return the modules that import this one, at any remove, and itself.

    One that imports by name at run time may import anything.
    """
    imports = {name: _imports(name) for name in loaded if file_of(name).exists()}
    found, previous = {module}, set()
    found |= {name for name, imported in imports.items() if _BY_NAME in imported}
    while found != previous:
        previous = set(found)
        found |= {name for name, imported in imports.items() if imported & found}
    return found


_BY_NAME = "importlib.import_module"


def _imports(module: str) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(file_of(module).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names
