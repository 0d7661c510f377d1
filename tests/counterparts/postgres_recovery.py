"""A PostgreSQL that archives its log, and is recovered to an earlier point in time."""

import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.counterparts.postgres import postgres_binaries


@contextmanager
def archiving_server():
    """Yields a server of one's own; None where there is no PostgreSQL."""
    if (binaries := postgres_binaries()) is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="mailer-recovery-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    server = _Archiving(binaries, folder)
    try:
        server.make()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


class _Archiving:
    def __init__(self, binaries, folder):
        self._binaries, self._folder = binaries, folder
        self._data, self._base = folder / "data", folder / "base"
        self.url = f"postgresql://postgres@/postgres?host={folder}"

    def run(self, program, *arguments):
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(self._binaries / program), *map(str, arguments)]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd="/").stdout

    def make(self):
        self.run("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "--no-sync")
        archive = self._folder / "archive"
        archive.mkdir()
        if os.geteuid() == 0:
            shutil.chown(archive, "postgres")
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"listen_addresses = ''\nunix_socket_directories = '{self._folder}'\nfsync = off\n"
                f"archive_mode = on\narchive_command = 'cp %p {archive}/%f'\n"
                f"restore_command = 'cp {archive}/%f %p'\nrecovery_target_action = promote\n"
            )
        self._start()

    def _start(self):
        self.run("pg_ctl", "start", "-w", "-D", self._data, "-l", self._folder / "log")

    def stop(self):
        self.run("pg_ctl", "stop", "-m", "fast", "-D", self._data)

    def back_up(self):
        """Copy the whole server while it runs."""
        self.run("pg_basebackup", "-h", self._folder, "-U", "postgres", "-D", self._base)

    def note_point(self, name):
        """Give this moment a name to which one can recover."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_create_restore_point(%s)", [name])

    def recover_to(self, name):
        """Put the copy in the place of the server, brought forward to that moment."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_switch_wal()")
        self.stop()
        shutil.rmtree(self._data)
        self._base.rename(self._data)
        with (self._data / "postgresql.conf").open("a") as settings:
            settings.write(f"recovery_target_name = '{name}'\n")
        (self._data / "recovery.signal").touch()
        if os.geteuid() == 0:
            shutil.chown(self._data / "recovery.signal", "postgres")
        self._start()

    def wait_for_promotion(self):
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("SELECT pg_promote(true, 60) WHERE pg_is_in_recovery()")
