"""Debian's PgBouncer in transaction mode, before a PostgreSQL on a private socket."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.engine import make_url

from tests.counterparts.waiting import wait_for_port

PGBOUNCER = shutil.which("pgbouncer", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
MISSING = "no pooler to test against: install Debian's pgbouncer package"
SETTINGS = """\
[databases]
{database} = host={host} dbname={database} user=postgres pool_size=4
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
max_client_conn = 200
"""


@contextmanager
def pooler(url):
    """Yields the URL of the same database through a pool of four connections."""
    address = make_url(url)
    folder = Path(tempfile.mkdtemp(prefix="mailer-pooler-"))
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(database=address.database, host=address.query["host"], port=port)
    )
    as_user = []
    if os.geteuid() == 0:  # PgBouncer refuses to run as root
        shutil.chown(folder, "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    process = subprocess.Popen(
        [*as_user, PGBOUNCER, str(settings)], stderr=subprocess.DEVNULL, cwd=folder
    )
    try:
        wait_for_port(port, process)
        yield f"postgresql://postgres@127.0.0.1:{port}/{address.database}"
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder)
