"""Commands as processes that need not load the program again.

Starting Python and loading the program costs a second of processor time, and the suite runs
hundreds of commands. One process loads it and is forked for each command: a command still
has a process, an environment, a working directory and an exit code of its own. What is about
starting itself (`--help`, the documentation, signals) is tested with real starts.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run_command(arguments, environment):
    """Run `mailer` with `arguments`; returns the completed process, its output as text.

    With settings of Python's own in `environment`, which count at its start only, it is
    really started.
    """
    if any(os.environ.get(name) != environment[name] for name in environment if _is_python(name)):
        return _really_started(arguments, environment)
    with tempfile.TemporaryFile("w+b") as out, tempfile.TemporaryFile("w+b") as err:
        code = _loaded_program().ask(arguments, environment, out.fileno(), err.fileno())
        return subprocess.CompletedProcess(arguments, code, _text(out), _text(err))


def _is_python(name):
    return name.startswith("PYTHON") and name not in {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}


def _really_started(arguments, environment):
    return subprocess.run(
        [sys.executable, "-m", "mailer", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
    )


def _text(file):
    file.seek(0)
    return file.read().decode("utf-8")


@cache
def _loaded_program():
    program = _LoadedProgram()
    atexit.register(program.close)
    return program


class _LoadedProgram:
    """Our end of the process that forks."""

    def __init__(self):
        code = "from tests.counterparts.warm_start import serve; serve()"
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    def ask(self, arguments, environment, out, err):
        # The files are opened again by the number they have here, as nothing else is shared.
        here = f"/proc/{os.getpid()}/fd"
        request = {
            "arguments": arguments,
            "environment": environment,
            "folder": str(Path.cwd()),
            "files": [f"{here}/{out}", f"{here}/{err}"],
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self):
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


def serve():
    """Load the program, then fork for each request; a fork returns and becomes the command."""
    from mailer.__main__ import main
    from mailer.app import App  # noqa: F401 - what nearly every command loads
    from mailer.cli.main import run  # noqa: F401 - loaded once, before the first fork

    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _become(**request)
            return main()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


def _become(arguments, environment, folder, files):
    for target, path in enumerate(["/dev/null", *files]):
        source = os.open(path, os.O_RDWR)
        os.dup2(source, target)
        os.close(source)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["mailer", *arguments]
