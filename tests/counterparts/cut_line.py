"""A line to PostgreSQL that can be cut around a COMMIT."""

import socket
import threading
from contextlib import suppress
from pathlib import Path

from sqlalchemy.engine import make_url

BEFORE, AFTER = "before", "after"
"""Cut before the COMMIT reaches the server; or after its answer, which never reaches us."""


class CutLine:
    """Passes everything between `url` and its server; a context manager.

    `cuts` says for each COMMIT to come whether the line is cut there (`BEFORE`, `AFTER`, None).
    """

    def __init__(self, server_url):
        self._server = make_url(server_url)
        self.cuts = []
        self.made = 0
        self._lock = threading.Lock()
        self._sockets, self._threads = [], []

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=32)
        self._start(self._accept)
        return self

    def __exit__(self, *_):
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._sockets:
            _close(each)
        for thread in self._threads:
            thread.join()

    @property
    def url(self):
        server, port = self._server, self._listener.getsockname()[1]
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        through = server.set(host="127.0.0.1", port=port, query=plain)
        return through.render_as_string(hide_password=False)

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = self._connect()
            self._sockets += [client, server]
            silenced = threading.Event()
            self._start(self._up, client, server, silenced)
            self._start(self._down, client, server, silenced)

    def _connect(self):
        host = self._server.query.get("host") or self._server.host or "localhost"
        port = self._server.port or 5432
        if host.startswith("/"):
            server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            server.connect(str(Path(host) / f".s.PGSQL.{port}"))
            return server
        return socket.create_connection((host, port))

    def _up(self, client, server, silenced):
        with suppress(OSError):
            while sent := client.recv(65_536):
                cut = self._cut() if b"COMMIT\0" in sent else None
                if cut == BEFORE:
                    break
                if cut == AFTER:
                    silenced.set()
                server.sendall(sent)
        if not silenced.is_set():
            _close(client)
            _close(server)

    def _down(self, client, server, silenced):
        with suppress(OSError):
            while received := server.recv(65_536):
                if silenced.is_set():
                    break
                client.sendall(received)
        _close(client)
        _close(server)

    def _cut(self):
        with self._lock:
            cut = self.cuts.pop(0) if self.cuts else None
            self.made += cut is not None
            return cut


def _close(line):
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
    line.close()
