"""Commands as processes that need not load the program again.

Starting Python and loading the program costs a second of processor time, the fork server of a
sandbox costs another, and the suite runs hundreds of commands. One process loads the program,
starts one fork server, and is forked for each command: a command still has a process, an
environment, a working directory, an exit code and children of the sandbox of its own. What is
about starting itself (`--help`, the documentation, signals) is tested with real starts.
"""

import atexit
import gc
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from pkgutil import walk_packages

ROOT = Path(__file__).resolve().parents[2]
_NOT_OF_COMMANDS = ("mailer.ledger.storage.migrations", "mailer.sandbox.preloaded")


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
    import mailer.__main__

    _load_program()
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if not child:
            _become(**request)
            return mailer.__main__.main()
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)
    return None


def _load_program():
    """Import every module of the program, and start a fork server for all sandboxes.

    Nothing is done on import, and which command imports what is tested with real starts.
    """
    import mailer
    from tests.counterparts.fork_server import start_fork_server

    for module in walk_packages(mailer.__path__, "mailer."):
        if not module.name.startswith(_NOT_OF_COMMANDS):
            import_module(module.name)
    gc.freeze()  # or every command would copy what the collector looks through
    start_fork_server()


def _become(arguments, environment, folder, files):
    # It runs, but it is no child of the command, which would wait for it to see that.
    forkserver._forkserver.ensure_running = lambda: None
    for target, path in enumerate(["/dev/null", *files]):
        source = os.open(path, os.O_RDWR)
        os.dup2(source, target)
        os.close(source)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["mailer", *arguments]
