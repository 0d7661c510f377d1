"""A PostgreSQL with a synchronous standby: it is killed, and the standby promoted in its place."""

import os
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.counterparts.postgres import postgres_binaries
from tests.counterparts.waiting import wait_until

_SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '{folder}'
fsync = off
max_connections = 200
cluster_name = '{name}'
"""
_SYNCHRONOUS = "synchronous_standby_names = 'standby'\n"


@contextmanager
def replicated_server():
    """Yields a server and its standby; None where there is no PostgreSQL."""
    if (binaries := postgres_binaries()) is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="mailer-standby-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    pair = _Pair(binaries, folder)
    try:
        pair.make()
        yield pair
    finally:
        pair.stop()
        shutil.rmtree(folder)


class _Pair:
    """Each has a data folder and the folder of its socket. `url` leads to the one that writes."""

    def __init__(self, binaries, folder):
        self._binaries, self._primary, self._standby = (
            binaries,
            folder / "primary",
            folder / "standby",
        )
        hosts = f"{self._primary}.socket,{self._standby}.socket"
        self.url = f"postgresql://postgres@/postgres?host={hosts}&target_session_attrs=read-write"

    def make(self):
        self._run("initdb", "-D", self._primary, "-U", "postgres", "-A", "trust", "--no-sync")
        self._start(self._primary, _SYNCHRONOUS)
        self._run(
            *("pg_basebackup", "-h", f"{self._primary}.socket", "-U", "postgres"),
            *("-D", self._standby, "-R", "--checkpoint=fast"),
        )
        self._start(self._standby, "synchronous_standby_names = ''\n")
        with psycopg.connect(self.url, autocommit=True) as connection:
            query = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
            wait_until(lambda: connection.execute(query).fetchone() == (1,))

    def kill_primary(self):
        """SIGKILL to every process of the server, as when its machine loses its power."""
        postmaster = int((self._primary / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        for pid in [postmaster, *map(int, children)]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        (self._primary / "postmaster.pid").unlink()

    def promote(self):
        self._run("pg_ctl", "promote", "-w", "-D", self._standby)

    def stop(self):
        for data in (self._primary, self._standby):
            if (data / "postmaster.pid").exists():
                self._run("pg_ctl", "stop", "-m", "immediate", "-D", data)

    def _start(self, data, settings):
        socket = Path(f"{data}.socket")
        self._run("mkdir", socket)
        text = _SETTINGS.format(folder=socket, name=data.name) + settings
        with (data / "postgresql.conf").open("a") as written:
            written.write(text)
        self._run("pg_ctl", "start", "-w", "-D", data, "-l", f"{data}.log")

    def _run(self, program, *arguments):
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        found = self._binaries / program
        command = [*as_user, str(found if found.exists() else program), *map(str, arguments)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")
