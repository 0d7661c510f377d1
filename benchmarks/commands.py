"""What short commands cost: CPU time of each with all its children, beside `python -c pass`.

    python benchmarks/commands.py [ROUNDS]

The least of several rounds, which take turns. The ratio holds on a busy machine, the seconds
are this machine's. Python keeps what it compiled, as where the program is installed, whatever the
environment says. Linux only: this process adopts the children that a command leaves behind, so
that their time is counted too.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

ROUNDS = 5
ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER, prctl(2)."""


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    adopt_orphans()
    with TemporaryDirectory() as folder:
        keep_bytecode(Path(folder) / "bytecode")
        workspace = Path(folder) / "office"
        cpu_seconds("-m", "mailer", "init", str(workspace))
        (campaign,) = (path.name for path in (workspace / "campaigns").iterdir())
        inside = ("-m", "mailer", "--workspace", str(workspace))
        commands = {
            "python -c pass": ("-c", "pass"),
            "import sqlalchemy, pydantic": ("-c", "import sqlalchemy, pydantic"),
            "mailer --help": ("-m", "mailer", "--help"),
            "mailer status": (*inside, "status"),
            "mailer check": (*inside, "check", campaign),
            "mailer plan": (*inside, "plan", campaign),
        }
        runs: dict[str, list[float]] = {name: [] for name in commands}
        for _round in range(rounds + 1):  # the first one makes the ledger and the bytecode
            for name, arguments in commands.items():
                runs[name].append(cpu_seconds(*arguments))
    nothing = min(runs["python -c pass"])
    print(f"{'CPU seconds, with children':30}{'least':>6}{'median':>8}{'times nothing':>16}")
    for name, seconds in runs.items():
        least = min(seconds)
        print(f"{name:30}{least:6.2f}{median(seconds):8.2f}{least / nothing:16.1f}")
    print("budgets: --help ≤ 0.3, the other commands ≤ 1.0")


def keep_bytecode(folder: Path) -> None:
    """Let what is started from now on keep its bytecode in `folder`, as an installed program does."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def cpu_seconds(*arguments: str) -> float:
    """Run Python once, and return what it used, with everything that it started."""
    before = _used_by_children()
    # Whatever it returns: a check that finds something says so with its code.
    subprocess.run(
        [sys.executable, *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        check=False,
    )
    wait_for_orphans()
    return _used_by_children() - before


def _used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def adopt_orphans() -> None:
    ctypes.CDLL(None).prctl(ADOPT_ORPHANS, 1, 0, 0, 0)


def wait_for_orphans() -> None:
    while True:
        try:
            os.wait()
        except ChildProcessError:
            return


if __name__ == "__main__":
    main()
