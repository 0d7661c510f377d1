"""Puts small faults into the hearts of the program and says which of them no quick test sees.

    python -m tests.mutation                         all of them
    python -m tests.mutation --sample 30 --seed 7    some
    python -m tests.mutation mailer.pacing           those of one module
    python -m tests.mutation --unargued              without the survivors that the page argues

Each mutant meets only the tests that execute its statement, those that killed its neighbours
first, in a child that starts with everything loaded but what the mutant touches. Ends with 1
when more than one in twenty survives (`--at-most`) that `docs/why/mutants.md` does not argue.
"""

import argparse
import importlib
import os
import re
import sys
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import attrgetter, itemgetter

from tests.counterparts.empty_ledger import migrated
from tests.mutation.mutants import Mutant, mutants
from tests.mutation.reach import Reach
from tests.mutation.trial import ROOT, Trials, file_of, preload, reach, unload

ARGUED = ROOT / "docs" / "why" / "mutants.md"
_SENDING = (
    "tests/contract/test_ledger_sending.py",
    "tests/contract/test_ledger_fences.py",
    "tests/contract/test_ledger_claims.py",
    "tests/contract/test_ledger_eligibility.py",
    "tests/contract/test_ledger_writer.py",
    "tests/contract/test_ledger_rate_limits.py",
    "tests/contract/test_ledger_uncertain.py",
    "tests/contract/test_ledger_persons.py",
    "tests/contract/test_ledger_statements.py",
)
_CHUNKS = ("tests/integration/test_run_chunk.py",)
_SELECTING = (
    "tests/unit/test_selection.py",
    "tests/unit/test_targeting.py",
    "tests/unit/test_readers.py",
    "tests/unit/test_likely.py",
)
_DELIVERING = (
    *_CHUNKS,
    "tests/integration/test_run_chunk_waits.py",
    "tests/integration/test_deliver.py",
    "tests/integration/test_brake.py",
)
TESTS: dict[str, tuple[str, ...]] = {
    "mailer.ledger.sending.chunks": _SENDING,
    "mailer.ledger.sending.statements": _SENDING,
    "mailer.ledger.sending.group_commit": _SENDING,
    "mailer.ledger.sending.eligibility": _SENDING,
    "mailer.ledger.sending.writer": _SENDING,
    "mailer.ledger.sending.uncertain": _SENDING,
    "mailer.ledger.sending.rate_limits": _SENDING,
    "mailer.ledger.sending.refusals": _SENDING,
    "mailer.operations.sending.deliver": _DELIVERING,
    "mailer.operations.sending.message_source": _DELIVERING,
    "mailer.operations.sending.circuit_breaker": _CHUNKS,
    "mailer.operations.campaigns.approval.approval": ("tests/integration/test_launch.py",),
    "mailer.operations.campaigns.launching.launch": ("tests/integration/test_launch.py",),
    "mailer.feedback.policy": ("tests/unit/feedback/test_policy.py",),
    "mailer.pacing": ("tests/unit/test_pacing.py",),
    "mailer.selection.audience": _SELECTING,
    "mailer.selection.candidates": _SELECTING,
    "mailer.selection.people": ("tests/unit/test_selection.py",),
    "mailer.selection.rules": ("tests/unit/test_selection.py",),
}
"""The hearts, and the quick tests that should see a fault of each."""
LIBRARIES = ("hypothesis", "sqlalchemy", "pydantic", "jinja2", "babel", "alembic.command", "lxml")
SURVIVE_AT_MOST = 0.05
_FIRST_TESTS = 10
"""So many pass without a mutant before mutants are tried: what is preloaded fits together."""


def chosen(
    modules: Sequence[str], sample: int, seed: int, left_out: Collection[tuple[str, str]] = ()
) -> list[Mutant]:
    """Return the mutants of these modules, or so many of them as this seed chooses; 0 means all.

    Those of `left_out` (module and mutant) are not among them.
    """
    found = [
        mutant
        for module in modules
        for mutant in mutants(file_of(module).read_text(encoding="utf-8"), module)
        if (mutant.module, mutant.name) not in left_out
    ]
    drawn = sorted(zip(_lots(found, seed), found, strict=True), key=itemgetter(0))
    found = [mutant for _lot, mutant in drawn[: sample or None]]
    return sorted(found, key=lambda mutant: (modules.index(mutant.module), mutant.line))


def _lots(found: Sequence[Mutant], seed: int) -> Iterator[bytes]:
    """Yield a lot for each mutant, which depends on no other: one that is new to the code takes the
    place of one of a sample at most. Of mutants with one name, the first has it first.
    """
    times = Counter[str]()
    for mutant in found:
        named = f"{seed} {mutant.module} {mutant.name}"
        times[named] += 1
        yield sha256(f"{named} {times[named]}".encode()).digest()


def argued() -> set[tuple[str, str]]:
    """The survivors that the page names: module and mutant."""
    rows = re.findall(r"^\| `([\w.]+)` \| `(.+?)` \|", ARGUED.read_text("utf-8"), re.MULTILINE)
    return {(f"mailer.{module}", name.replace(r"\|", "|")) for module, name in rows}


def survivors(tried: Sequence[Mutant]) -> list[Mutant]:
    """Try the mutants, module by module; returns those that no test saw, printed as they come.

    Raises SystemExit when tests fail without a mutant.
    """
    found: list[Mutant] = []
    reached_by_files: dict[tuple[str, ...], Reach] = {}
    for module, each in groupby(tried, key=attrgetter("module")):
        files = TESTS[module]
        if files not in reached_by_files:
            reached_by_files[files] = _reach(files)
        reached = reached_by_files[files]
        preload(reached, module)
        Trials(partial(_try_module, list(each), reached, found), reached.seconds).start()
    return found


def _reach(files: tuple[str, ...]) -> Reach:
    unload()
    modules = [module for module, its_files in TESTS.items() if its_files == files]
    if (found := reach(modules, files)) is None:
        raise SystemExit(f"These tests fail without a mutant: {' '.join(files)}")
    return found


def _try_module(
    tried: Sequence[Mutant], reached: Reach, found: list[Mutant], trials: Trials
) -> None:
    module, killers, before = tried[0].module, list[str](), len(found)
    if failed := trials.killer(None, reached.tests_of(module, None)[:_FIRST_TESTS]):
        raise SystemExit(f"{failed} fails without a mutant of {module}")
    for mutant in tried:
        tests = reached.tests_of(module, mutant.statement)
        known = [test for test in killers if test in tests]
        ordered = [*known, *(test for test in tests if test not in known)]
        killed_by = trials.killer(mutant, ordered) if ordered else None
        if killed_by is None:
            print(f"survives {module}:{mutant.line} {mutant.name}", flush=True)
            found.append(mutant)
        elif killed_by in tests:
            if killed_by not in killers and trials.killer(None, [killed_by]):
                raise SystemExit(f"{killed_by} fails without a mutant of {module}")
            killers = [killed_by, *(test for test in killers if test != killed_by)]
    print(f"{module}: {len(tried)} tried, {len(found) - before} survived", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("modules", nargs="*", default=list(TESTS), metavar="MODULE")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--unargued", action="store_true")
    parser.add_argument("--at-most", type=float, default=SURVIVE_AT_MOST, metavar="SHARE")
    options = parser.parse_args()
    os.chdir(ROOT)
    os.environ["HYPOTHESIS_PROFILE"] = "mutants"
    for library in LIBRARIES:
        importlib.import_module(library)
    migrated()
    known = argued()
    left_out = known if options.unargued else ()
    tried = chosen(options.modules, options.sample, options.seed, left_out)
    unseen = [each for each in survivors(tried) if (each.module, each.name) not in known]
    for mutant in unseen:
        print(f"NOT ARGUED {mutant.module}:{mutant.line} {mutant.name}")
    print(f"{len(tried)} mutants, {len(unseen)} unseen and not argued")
    return int(len(unseen) > options.at_most * len(tried))


if __name__ == "__main__":
    sys.exit(main())
