"""An IMAP server over TLS that answers outside the protocol where a test says so."""

import socket
import ssl
import threading
from contextlib import suppress

from mailer.mailbox import ImapSettings
from mailer.model.team.secret import Secret
from tests.counterparts.certificates import server_context

MAIL = b"From: someone@press.example\r\nSubject: hello\r\n\r\nA mail.\r\n"

ORDERLY = {
    "CAPABILITY": [b"* CAPABILITY IMAP4rev1"],
    "SELECT": [b"* 1 EXISTS", b"* OK [UIDVALIDITY 7] valid", b"* OK [PERMANENTFLAGS (\\*)] yes"],
    "UID SEARCH": [b"* SEARCH 1"],
    "UID FETCH": [b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n%s)" % (len(MAIL), MAIL)],
    "LOGOUT": [b"* BYE"],
}


class OddImap:
    """Serves one mail; `answers` replaces the lines before the OK of a command, by its name."""

    def __init__(self, folder, answers=None):
        self.answers = {**ORDERLY, **(answers or {})}
        self.sessions = 0
        context, self._authority = server_context(folder)
        listener = socket.create_server(("127.0.0.1", 0))
        self._port = listener.getsockname()[1]
        self._listener = context.wrap_socket(listener, server_side=True)

    @property
    def settings(self):
        return ImapSettings(
            host="localhost",
            port=self._port,
            username="bounces",
            password=Secret("on-loopback-only"),
            done_folder="",
            unknown_folder="",
            ca_file=self._authority,
        )

    def __enter__(self):
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except ssl.SSLError:
                continue
            except OSError:
                return
            self.sessions += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with suppress(OSError, ValueError), connection, connection.makefile("rwb") as line:
            line.write(b"* OK odd server\r\n")
            line.flush()
            for asked in line:
                tag, _, command = asked.strip().partition(b" ")
                words = command.decode().upper().split(" ")
                name = " ".join(words[:2]) if words[0] == "UID" else words[0]
                for answer in self.answers.get(name, []):
                    line.write(answer + b"\r\n")
                line.write(tag + b" OK done\r\n")
                line.flush()
