"""Puts small faults into the hearts of the program and says which of them no quick test sees.

    python -m tests.mutation                         all of them: about an hour of one core
    python -m tests.mutation --sample 30 --seed 7    some
    python -m tests.mutation mailer.pacing           those of one module

Each mutant is tried in a child of its own, which starts with the libraries loaded. Ends with 1
when more than one in twenty survives (`--at-most`) that `docs/why/mutants.md` does not argue.
"""

import argparse
import importlib
import os
import random
import re
import resource
import signal
import sys
import time
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).resolve().parents[2]
ARGUED = ROOT / "docs" / "why" / "mutants.md"
_SENDING = (
    "tests/contract/test_ledger_sending.py",
    "tests/contract/test_ledger_fences.py",
    "tests/contract/test_ledger_pace.py",
    "tests/contract/test_ledger_doubts.py",
)
_DELIVERING = ("tests/integration/test_run_chunk.py", "tests/integration/test_deliver.py")
TESTS: dict[str, tuple[str, ...]] = {
    "mailer.selection.audience": ("tests/unit/test_selection.py",),
    "mailer.selection.people": ("tests/unit/test_selection.py",),
    "mailer.selection.rules": ("tests/unit/test_selection.py",),
    "mailer.pacing": ("tests/unit/test_pacing.py", *_DELIVERING[:1]),
    "mailer.feedback.policy": ("tests/unit/feedback/test_policy.py",),
    "mailer.operations.sending.deliver": _DELIVERING,
    "mailer.operations.sending.message_source": _DELIVERING,
    "mailer.operations.sending.circuit_breaker": _DELIVERING[:1],
    "mailer.operations.campaigns.launch": ("tests/integration/test_launch.py",),
    "mailer.ledger.sending.chunks": _SENDING,
    "mailer.ledger.sending.eligibility": _SENDING,
    "mailer.ledger.sending.group_commit": _SENDING,
    "mailer.ledger.sending.rate_limits": _SENDING,
    "mailer.ledger.sending.statements": _SENDING,
    "mailer.ledger.sending.refusals": _SENDING,
    "mailer.ledger.sending.uncertain": _SENDING,
    "mailer.ledger.sending.writer": _SENDING,
}
"""The hearts, and the quick tests that should see a fault of each."""
LIBRARIES = ("hypothesis", "sqlalchemy", "pydantic", "jinja2", "babel", "alembic.command", "lxml")
_MOST_CPU_S, _MOST_S = 120, 600
"""A mutant that never ends is seen: by its processor time, or when it waits for ever."""
SURVIVE_AT_MOST = 0.05


class Mutated(MetaPathFinder, Loader):
    """Loads one module as its mutant, and all others as they are."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(self, fullname, path=None, target=None):  # noqa: ARG002
        if fullname != self._mutant.module:
            return None
        return ModuleSpec(fullname, self, origin=str(file_of(fullname)))

    def exec_module(self, module):
        module.__file__ = str(file_of(self._mutant.module))
        exec(compile(self._mutant.tree, module.__file__, "exec"), module.__dict__)


def file_of(module: str) -> Path:
    return ROOT / (module.replace(".", "/") + ".py")


def survives(mutant: Mutant | None, tests: Sequence[str]) -> bool:
    """Whether all the tests pass with this mutant; without one, whether they pass at all."""
    child = os.fork()
    if child == 0:
        os._exit(_run(mutant, tests))
    deadline = time.monotonic() + _MOST_S
    while (ended := os.waitpid(child, os.WNOHANG))[0] == 0:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
        time.sleep(0.02)
    return os.waitstatus_to_exitcode(ended[1]) == 0


def _run(mutant: Mutant | None, tests: Sequence[str]) -> int:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_S, _MOST_CPU_S))
    if mutant is not None:
        sys.meta_path.insert(0, Mutated(mutant))
    return int(
        pytest.main(["-x", "-q", "--assert=plain", "-n", "0", "-k", "not postgresql", *tests])
    )


def chosen(modules: Sequence[str], sample: int, seed: int) -> list[Mutant]:
    found = [
        mutant
        for module in modules
        for mutant in mutants(file_of(module).read_text(encoding="utf-8"), module)
    ]
    if sample and sample < len(found):
        found = random.Random(seed).sample(found, sample)
    return sorted(found, key=lambda mutant: (mutant.module, mutant.line))


def argued() -> set[tuple[str, str]]:
    """The survivors that the page names: module and mutant."""
    rows = re.findall(r"^\| `([\w.]+)` \| `(.+?)` \|", ARGUED.read_text("utf-8"), re.MULTILINE)
    return {(f"mailer.{module}", name) for module, name in rows}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--at-most", type=float, default=SURVIVE_AT_MOST, metavar="SHARE")
    options = parser.parse_args()
    os.chdir(ROOT)
    for library in LIBRARIES:
        importlib.import_module(library)
    for tests in {TESTS[module] for module in options.modules}:
        if not survives(None, tests):
            print(f"These tests fail without a mutant: {' '.join(tests)}")
            return 1
    known, unseen = argued(), 0
    tried = chosen(options.modules, options.sample, options.seed)
    for number, mutant in enumerate(tried, 1):
        if survives(mutant, TESTS[mutant.module]):
            is_argued = (mutant.module, mutant.name) in known
            unseen += not is_argued
            word = "argued  " if is_argued else "SURVIVES"
            print(f"{number}/{len(tried)} {word} {mutant.module}:{mutant.line} {mutant.name}")
        elif number % 50 == 0:
            print(f"{number}/{len(tried)} …", flush=True)
    print(f"{len(tried)} mutants, {unseen} unseen and not argued")
    return int(unseen > options.at_most * len(tried))


if __name__ == "__main__":
    sys.exit(main())
