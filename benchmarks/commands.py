"""What short commands cost: CPU time of each with all its children, beside `python -c pass`.

    python benchmarks/commands.py [ROUNDS]

The least of several rounds, which take turns. The ratio holds on a busy machine, the seconds
are this machine's. Linux only: this process adopts the children that a command leaves behind, so
that their time is counted too.
"""

from __future__ import annotations

import ctypes
import os
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROUNDS = 5
ADOPT_ORPHANS = 36
"""PR_SET_CHILD_SUBREAPER, prctl(2)."""


def main() -> None:
    rounds = int(sys.argv[1]) if sys.argv[1:] else ROUNDS
    adopt_orphans()
    with TemporaryDirectory() as folder:
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
        least = dict.fromkeys(commands, float("inf"))
        for _round in range(rounds + 1):  # the first one makes the ledger
            for name, arguments in commands.items():
                least[name] = min(least[name], cpu_seconds(*arguments))
    for name, seconds in least.items():
        ratio = seconds / least["python -c pass"]
        print(f"{name:30}{seconds:6.2f} s of CPU {ratio:6.1f} times nothing")


def cpu_seconds(*arguments: str) -> float:
    """What one run of Python uses, with everything that it starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.DEVNULL,
        check=False,  # a check that finds something says so with its code
    )
    wait_for_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


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
