"""An SMTP server on loopback that refuses, drops, stalls or lies at any phase, as told.

It writes down each message it takes before it answers, and so knows the truth.
"""

import base64
import socket
import threading
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

DROP = "drop"
"""Close the line without a word."""
STALL = "stall"
"""Say nothing, for as long as the server lives."""
TAKE_AND_DROP = "take and drop"
"""At the dot: take the message, and close without a word."""
REFUSE_AND_DROP = "refuse and drop"
"""At the dot: do not take the message, and close without a word."""

HESITATE = "hesitate"
"""Wait a moment, and do then what another rule says, or what is usual."""
HESITATION_S = 0.3
LISTEN_FIRST = "listen first"
"""At the dot: take the message, and answer only when the next MAIL has arrived."""


@dataclass
class Rule:
    """At `phase`, do `action` (one of the above, or a reply) instead of what is usual.

    `of` is a word that the command, or the connection's last RCPT, must contain; `times`
    how often (None: always); `after` how many times the phase passes in peace first.
    """

    phase: str
    action: str
    of: str = ""
    times: int | None = None
    after: int = 0


@dataclass
class Taken:
    """A message taken: its envelope and content, dots unstuffed."""

    mail: str
    rcpts: tuple[str, ...]
    content: bytes
    connection: int
    secured: bool
    user: str


@dataclass
class ScriptedServer:
    """Used as a context manager; `port` is where it listens."""

    rules: list[Rule] = field(default_factory=list)
    extensions: tuple[str, ...] = ()
    tls: object = None
    implicit_tls: bool = False
    password: str = ""

    def __post_init__(self):
        self.taken = []
        self.commands = []
        self.batches = []
        self.connections = 0
        self.passed = Counter()
        self._lock = threading.Lock()
        self._closing = threading.Event()
        self._sockets = []
        self._threads = []

    def __enter__(self):
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()
        return self

    def __exit__(self, *_):
        self._closing.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._acceptor.join()
        for connection in self._sockets:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join()

    @property
    def received(self):
        """How often each delivery id (or, without one, recipient) was taken."""
        return Counter(_delivery_id(taken) for taken in self.taken)

    def action_at(self, phase, words):
        action = self._action_at(phase, words)
        if action == HESITATE:
            self._closing.wait(HESITATION_S)
            action = self._action_at(phase, words, besides=HESITATE)
        return action

    def _action_at(self, phase, words, *, besides=""):
        with self._lock:
            for rule in self.rules:
                if rule.phase != phase or rule.of not in words or rule.times == 0:
                    continue
                if rule.action == besides:
                    continue
                if rule.after:
                    rule.after -= 1
                    continue
                if rule.times is not None:
                    rule.times -= 1
                return rule.action
        return None

    def stall(self):
        self._closing.wait()

    def _accept(self):
        while not self._closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            self._sockets.append(connection)
            thread = threading.Thread(target=_Talk(self, connection, self.connections).run)
            self._threads.append(thread)
            thread.start()


class _Closed(Exception):
    pass


class _Talk:
    """One connection."""

    def __init__(self, server, connection, number):
        self.server, self.socket, self.number = server, connection, number
        self.received = b""
        self.secured, self.user = False, ""
        self.mail, self.rcpts = None, []

    def run(self):
        with suppress(_Closed, OSError):
            if self.server.implicit_tls:
                self.secure()
            self.answer("connect", "220 scripted.example ESMTP")
            while True:
                # A client that takes our refusal of STARTTLS for a yes says hello in TLS.
                self.obey(self.line().decode(errors="replace"))
        with suppress(OSError):
            self.socket.close()

    def secure(self):
        self.socket = self.server.tls.wrap_socket(self.socket, server_side=True)
        self.secured = True

    def obey(self, command):
        self.server.commands.append(command)
        verb, _, rest = command.partition(" ")
        verb = verb.upper()
        known = getattr(self, f"do_{verb.lower()}", None)
        if known is None:
            self.say("500 what?")
        else:
            known(rest)

    def do_ehlo(self, _):
        offered = list(self.server.extensions)
        if self.server.tls and not self.secured:
            offered.append("STARTTLS")
        if self.server.password:
            offered.append("AUTH PLAIN LOGIN")
        lines = ["scripted.example", *offered]
        usual = "\r\n".join(f"250{' ' if line is lines[-1] else '-'}{line}" for line in lines)
        self.answer("EHLO", usual)

    def do_starttls(self, _):
        if self.answer("STARTTLS", "220 go ahead"):
            self.secure()

    def do_auth(self, rest):
        mechanism, _, initial = rest.partition(" ")
        if mechanism == "XOAUTH2":
            self.do_xoauth2(initial)
            return
        if mechanism == "PLAIN":
            _, user, password = base64.b64decode(initial).decode().split("\0")
        else:
            self.say("334 VXNlcm5hbWU6")
            user = base64.b64decode(self.line()).decode()
            self.say("334 UGFzc3dvcmQ6")
            password = base64.b64decode(self.line()).decode()
        right = password == self.server.password
        if self.answer("AUTH", "235 welcome" if right else "535 5.7.8 wrong"):
            self.user = user

    def do_xoauth2(self, initial):
        """As Google and Microsoft do: the reason of a refusal first, 535 after an empty line."""
        user, bearer, *end = base64.b64decode(initial).decode().split("\x01")
        assert end == ["", ""], initial
        right = bearer == f"auth=Bearer {self.server.password}"
        if not right:
            reason = base64.b64encode(b'{"status":"401","schemes":"bearer"}').decode()
            self.say(f"334 {reason}")
            assert self.line() == b""
        if self.answer("AUTH", "235 welcome" if right else "535 5.7.8 token expired"):
            self.user = user.removeprefix("user=")

    def do_mail(self, rest):
        if self.mail is not None:
            self.say("503 nested MAIL")
        elif self.answer("MAIL", "250 ok", rest):
            self.mail = rest

    def do_rcpt(self, rest):
        if self.mail is None:
            self.say("503 MAIL first")
        elif self.answer("RCPT", "250 ok", rest):
            self.rcpts.append(rest)

    def do_data(self, _):
        if not self.rcpts:
            self.answer("DATA without RCPT", "503 RCPT first")
        elif not self.answer("DATA", "354 go on", self.rcpts[-1]):
            return
        if self.rcpts or self.server.action_at("DATA without RCPT", ""):
            self.content()

    def content(self):
        words = self.rcpts[-1] if self.rcpts else ""
        action = self.server.action_at("content", words)
        if action == DROP:
            self.drop_within()
        content = bytearray()
        while (line := self.line()) != b".":
            content += (line[1:] if line.startswith(b".") else line) + b"\r\n"
        self.take(bytes(content))

    def do_bdat(self, rest):
        size = int(rest.split()[0])
        if self.server.action_at("content", self.rcpts[-1] if self.rcpts else "") == DROP:
            self.drop_within()
        while len(self.received) < size:
            self.read()
        content, self.received = self.received[:size], self.received[size:]
        self.take(content)

    def drop_within(self):
        """Closes the line once something of a content is here; it may have come with its command."""
        if not self.received:
            self.read()
        self.close()

    def take(self, content):
        """The end of a content: its dot, or the last byte of its last chunk."""
        action = self.server.action_at("dot", self.rcpts[-1] if self.rcpts else "")
        if action == LISTEN_FIRST:
            while b"MAIL" not in self.received:
                self.read()
            action = None
        if self.rcpts and (action in {None, STALL, TAKE_AND_DROP} or action.startswith("2")):
            self.server.taken.append(
                Taken(
                    self.mail,
                    tuple(self.rcpts),
                    content,
                    self.number,
                    self.secured,
                    self.user,
                )
            )
        queue_id = f"Q{len(self.server.taken)}"
        usual = f"250 2.0.0 Ok: queued as {queue_id}" if self.rcpts else "554 5.5.1 nobody"
        self.mail, self.rcpts = None, []
        self.act(action, usual)

    def do_rset(self, _):
        self.mail, self.rcpts = None, []
        self.answer("RSET", "250 ok")

    def do_quit(self, _):
        self.say("221 bye")
        self.close()

    def answer(self, phase, usual, words=""):
        """Says what is usual or what a rule wants; whether that was positive."""
        self.server.passed[phase] += 1
        return self.act(self.server.action_at(phase, words), usual)

    def act(self, action, usual):
        if action in {DROP, TAKE_AND_DROP, REFUSE_AND_DROP}:
            self.close()
        if action == STALL:
            self.server.stall()
            self.close()
        reply = action or usual
        self.say(reply)
        if reply.startswith("421"):
            self.close()
        return reply[0] in "23"

    def say(self, reply):
        self.socket.sendall(f"{reply}\r\n".encode())

    def line(self):
        while b"\r\n" not in self.received:
            self.read()
        line, _, self.received = self.received.partition(b"\r\n")
        return line

    def read(self):
        received = self.socket.recv(65_536)
        if not received:
            self.close()
        self.server.batches.append(received)
        self.received += received

    def close(self):
        raise _Closed


def _delivery_id(taken):
    for line in taken.content.split(b"\r\n"):
        if line.lower().startswith(b"x-mailer-delivery:"):
            return line.partition(b":")[2].strip().decode()
    return taken.rcpts[0]
