"""The mailbox where bounces arrive, on a server that keeps every mail and lies at random."""

from collections import Counter, deque
from contextlib import suppress
from itertools import count, repeat

from tests.counterparts.scripted_imap import DROP, ScriptedImap

_DONE = "{tag} OK done"
_REFUSED = ["{tag} BAD what"]
_GIANT = b"* 1 FETCH (UID 1 BODY[]<0> {3000000000}"
_OUTSIDE = [
    DROP,
    _REFUSED,
    ["* BYE"],
    ["other OK done"],
    [b"\xff\x00", _DONE],
    ["*", _DONE],
]

LIES = {
    "LOGIN": [["{tag} NO [UNAVAILABLE] later"], *_OUTSIDE],
    "SELECT": [
        ["* 3 EXISTS", _DONE],
        ["* OK [UIDVALIDITY x] y", _DONE],
        ["{tag} NO no"],
        *_OUTSIDE,
    ],
    "SEARCH": [
        ["* SEARCH -1", _DONE],
        ["* SEARCH 99999999999", _DONE],
        ["* SEARCH a b", _DONE],
        repeat(b"* SEARCH 1 2 3 4 5 6 7 8 9\r\n" * 1000),
        *_OUTSIDE,
    ],
    "FETCH": [[_GIANT, _DONE], ["* 1 FETCH (UID -4 BODY[]<0> NIL)", _DONE], [_DONE], *_OUTSIDE],
    "STORE": [["{tag} NO [READ-ONLY] no"], *_OUTSIDE],
    "MOVE": [["{tag} NO [OVERQUOTA] full"], ["{tag} NO [TRYCREATE] none"], *_OUTSIDE],
    "CREATE": [["{tag} NO [CANNOT] no"], *_OUTSIDE],
}


BREAKDOWNS = {
    "LOGIN": LIES["LOGIN"],
    "SELECT": [
        ["* 3 EXISTS", _DONE],
        ["* OK [UIDVALIDITY x] y", _DONE],
        *(each for each in _OUTSIDE[:4] if each != _REFUSED),
    ],
    "SEARCH": [["* SEARCH a b", _DONE], *_OUTSIDE[:4]],
}
"""The lies that keep every mail from being read, for as long as they last. A folder that may not be
selected is examined instead, and read.
"""


class LyingMailbox(ScriptedImap):
    """Lies to one command in twenty, for as long as it is not `good`."""

    def __post_init__(self):
        super().__post_init__()
        self.commands = deque(maxlen=100)
        self.good, self.share, self.chance = False, 0.05, None
        self.sessions, self.lies = 0, Counter()
        self.broken = None
        """The command that it answers outside the protocol, and how, until that is mended."""
        self.rule = self._lie
        self._uids_to_come = count(1)

    @property
    def port(self):
        return self.settings.port

    @property
    def ca_file(self):
        return self.settings.ca_file

    def receives(self, mail):
        """A mail arrives."""
        self.mails[next(self._uids_to_come)] = mail if isinstance(mail, bytes) else mail.encode()

    def breaks(self):
        """Answer one command of every session so that no mail is read; returns which and how."""
        name = self.chance.choice(list(BREAKDOWNS))
        self.broken = name, self.chance.choice(BREAKDOWNS[name])
        return f"{name} {self.broken[1]}"[:80]

    def _serve(self, plain):
        with suppress(KeyError):  # a mail that the session of a killed process was still moving
            super()._serve(plain)

    def _lie(self, words):
        name = words.removeprefix("UID ").partition(" ")[0].upper()
        if name == "LOGIN":
            self.sessions += 1
        if self.broken is not None and not self.good:
            return self.broken[1] if name == self.broken[0] else None
        if self.good or name not in LIES or self.chance.random() >= self.share:
            return None
        self.lies[name] += 1
        return self.chance.choice(LIES[name])
