"""An IMAP server on loopback that keeps mails in memory, and refuses, lies or kills, as told.

It speaks enough of RFC 3501, 2342 and 6851 for our reader. `rules` is asked first at each command.
"""

import re
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field

from mailer.mailbox import ImapSettings
from mailer.model.team.secret import Secret
from tests.counterparts.certificates import server_context

DROP = object()
"""Close the connection without a word."""


@dataclass
class ScriptedImap:
    """Used as a context manager; `settings` is how it is reached.

    A rule is called with the command's words and returns None (do the usual), the lines to answer
    (`{tag}` stands for the tag), an iterator of octets without end, or DROP.
    """

    folder: object
    """Where its certificate is written."""
    mails: dict = field(default_factory=dict)
    """The mails of INBOX by UID."""
    is_read_only: bool = False
    delimiter: str = "/"
    prefix: str = ""
    capabilities: str = "IMAP4rev1 NAMESPACE MOVE UIDPLUS"
    keywords: str = r"\Seen \*"
    greeting: object = (b"* OK ready\r\n",)
    """The octets it begins with, as they come."""
    rule: object = lambda _words: None
    after: object = lambda _words: None
    """Called with the command's words when its answer has been sent."""
    valid_days: tuple = (-1, 1)
    """From when until when its certificate is valid."""

    def __post_init__(self):
        self.folders = {"INBOX": self.mails}
        self.flags = {}
        self.commands = []
        self._closing = False
        self._sockets, self._threads = [], []

    def __enter__(self):
        self._context, authority = server_context(self.folder, valid_days=self.valid_days)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.settings = ImapSettings(
            host="localhost",
            port=self._listener.getsockname()[1],
            username="bounces",
            password=Secret("on-loopback-only"),
            ca_file=authority,
        )
        self._acceptor = threading.Thread(target=self._accept)
        self._acceptor.start()
        return self

    def __exit__(self, *_error):
        self._closing = True
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._acceptor.join()
        for thread in self._threads:
            thread.join()

    def _accept(self):
        while not self._closing:
            try:
                plain, _peer = self._listener.accept()
                self._sockets.append(plain)
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(plain,))
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain):
        with suppress(OSError), self._context.wrap_socket(plain, server_side=True) as line:
            self._sockets.append(line)
            words = line.makefile("rb")
            for part in self.greeting:
                line.sendall(part)
            while command := words.readline():
                if self._answer(line, command.decode("utf-8", "replace").strip()) is DROP:
                    return

    def _answer(self, line, command):
        tag, _space, rest = command.partition(" ")
        name = rest.split(" ")[0].upper()
        if name == "UID":
            name = rest.split(" ")[1].upper()
        self.commands.append(rest)
        answer = self.rule(rest)
        if answer is DROP:
            return DROP
        if answer is None:
            answer = getattr(self, f"_{name.lower()}", self._unknown)(rest)
        if not isinstance(answer, (list, tuple)):
            for part in answer:
                line.sendall(part)
            return None
        for each in answer:
            octets = each if isinstance(each, bytes) else each.encode("utf-8")
            line.sendall(octets.replace(b"{tag}", tag.encode()) + b"\r\n")
        self.after(rest)
        return DROP if name == "LOGOUT" else None

    def _unknown(self, _rest):
        return ["{tag} BAD unknown"]

    def _capability(self, _rest):
        return [f"* CAPABILITY {self.capabilities}", "{tag} OK done"]

    def _login(self, _rest):
        return ["{tag} OK done"]

    def _logout(self, _rest):
        return ["* BYE", "{tag} OK done"]

    def _namespace(self, _rest):
        return [f'* NAMESPACE (("{self.prefix}" "{self.delimiter}")) NIL NIL', "{tag} OK done"]

    def _list(self, rest):
        pattern = _unquoted(rest.split(" ", 2)[2])
        if not pattern:
            return [f'* LIST (\\Noselect) "{self.delimiter}" ""', "{tag} OK done"]
        found = [pattern] if pattern in self.folders else []
        return [*(f'* LIST () "{self.delimiter}" "{name}"' for name in found), "{tag} OK done"]

    def _create(self, rest):
        name = _unquoted(rest.split(" ", 1)[1])
        if self.delimiter != "/" and "/" in name:
            return ["{tag} NO Character not allowed in mailbox name: '/'"]
        if not name.startswith(self.prefix):
            return ["{tag} NO Invalid namespace"]
        self.folders[name] = {}
        return ["{tag} OK done"]

    def _subscribe(self, _rest):
        return ["{tag} OK done"]

    def _select(self, rest):
        name = _unquoted(rest.split(" ", 1)[1])
        if name not in self.folders:
            return ["{tag} NO no such mailbox"]
        self.selected = self.folders[name]
        access = "READ-ONLY" if self.is_read_only else "READ-WRITE"
        kept = "" if self.is_read_only else self.keywords
        return [
            f"* {len(self.selected)} EXISTS",
            "* 0 RECENT",
            r"* FLAGS (\Seen)",
            f"* OK [PERMANENTFLAGS ({kept})] kept",
            "* OK [UIDVALIDITY 7] valid",
            f"{{tag}} OK [{access}] selected",
        ]

    def _examine(self, rest):
        *lines, last = self._select(rest)
        return [*lines, last.replace("READ-WRITE", "READ-ONLY")]

    def _search(self, rest):
        uids = self._uids(re.search(r"UID (\S+)", rest.split("SEARCH ")[1]).group(1))
        if "UNKEYWORD" in rest:
            uids = [uid for uid in uids if "MailerRead" not in self.flags.get(uid, ())]
        return [f"* SEARCH {' '.join(map(str, uids))}".rstrip(), "{tag} OK done"]

    def _fetch(self, rest):
        lines = []
        for at, uid in enumerate(self._uids(rest.split(" ")[2]), 1):
            raw = self.selected[uid][:1_000_000]
            head = f"* {at} FETCH (UID {uid} BODY[]<0> {{{len(raw)}}}\r\n".encode()
            lines.append(head + raw + b")")
        return [*lines, "{tag} OK done"]

    def _store(self, rest):
        if self.is_read_only:
            return ["{tag} NO [READ-ONLY] mailbox"]
        for uid in self._uids(rest.split(" ")[2]):
            self.flags.setdefault(uid, set()).add("MailerRead")
        return ["{tag} OK done"]

    def _move(self, rest):
        answer = self._copy(rest)
        if answer == ["{tag} OK done"]:
            for uid in self._uids(rest.split(" ")[2]):
                del self.selected[uid]
        return answer

    def _copy(self, rest):
        name = _unquoted(rest.split(" ", 3)[3])
        if self.is_read_only or name not in self.folders:
            return ["{tag} NO [TRYCREATE] no such mailbox"]
        for uid in self._uids(rest.split(" ")[2]):
            self.folders[name][uid] = self.selected[uid]
        return ["{tag} OK done"]

    def _uids(self, uid_set):
        newest = max(self.selected, default=0)
        found = set()
        for part in uid_set.split(","):
            first, _colon, last = part.partition(":")
            ends = sorted(newest if end == "*" else int(end) for end in (first, last or first))
            found |= {uid for uid in list(self.selected) if ends[0] <= uid <= ends[1]}
        return sorted(found)


def _unquoted(text):
    return text.strip().removeprefix('"').removesuffix('"')
