"""A relay that answers at random, within SMTP and outside it, and knows what it has taken."""

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from email import message_from_bytes, policy

from tests.counterparts.scripted_smtp import (
    DROP,
    REFUSE_AND_DROP,
    STALL,
    TAKE_AND_DROP,
    ScriptedServer,
)

SLOW = "slow"
"""Answer as is usual, after a while."""
FOREVER = "250 " + "x" * 300_000
"""A line without end, as far as anybody will read."""

_STALL_S = 10.0

_OUTSIDE = [
    "250",
    "999 what",
    "1",
    "abc",
    " ",
    "250-one\r\n550 other",
    "250-first",
    "25O ok",
    "\x00\xff",
    FOREVER,
]
_TEMPORARY = [
    "421 4.3.2 closing",
    "451 4.3.0 later",
    "452 4.3.1 no room",
    "450-4.2.0 a\r\n450 4.2.0 b",
]
_ABOUT_US = ["550 5.7.1 Sender denied", "530 5.7.0 Authentication required", "552 5.3.4 too large"]
_ABOUT_THEM = ["550 5.1.1 User unknown", "550-5.1.1 No\r\n550 5.1.1 such user", "552 5.2.2 full"]
_BREAKS = [DROP, STALL, SLOW]

MOODS = {
    "connect": ["554 5.3.2 not today", "421 4.3.2 busy", "200 hello", "ESMTP", *_BREAKS, *_OUTSIDE],
    "EHLO": ["250 no.extensions.example", "502 5.5.1 no", *_BREAKS, *_OUTSIDE],
    "STARTTLS": ["454 4.7.0 not now", "502 5.5.1 no", *_BREAKS, *_OUTSIDE],
    "AUTH": ["454 4.7.0 later", "421 4.3.2 closing", *_BREAKS, *_OUTSIDE],
    "MAIL": [*_TEMPORARY, *_ABOUT_US, *_BREAKS, *_OUTSIDE],
    "RCPT": [*_TEMPORARY, *_ABOUT_THEM, *_ABOUT_THEM, *_BREAKS, *_OUTSIDE],
    "DATA": [*_TEMPORARY, "554 5.5.1 no", *_BREAKS, *_OUTSIDE],
    "content": [DROP],
    "dot": [
        *_TEMPORARY,
        "554 5.7.1 looks like spam",
        "550 5.7.1 rejected by policy",
        TAKE_AND_DROP,
        REFUSE_AND_DROP,
        STALL,
        SLOW,
        "250 2.0.0\r\n250 2.0.0 twice",
        *_OUTSIDE,
    ],
    "RSET": [*_TEMPORARY, *_BREAKS, *_OUTSIDE],
}


@dataclass(frozen=True)
class Mail:
    """What is remembered of a message that was taken."""

    delivery: str
    """Its id; "" for a notice to the team."""
    recipient: str
    subject: str
    text: str
    """Of a notice; a message's is not kept."""


class _Takings(list):
    """Messages as they are taken, without their weight."""

    def append(self, taken):
        mail = message_from_bytes(taken.content, policy=policy.SMTP)
        subject = str(mail["Subject"])
        is_notice = subject.startswith("[mailer]")
        text = mail.get_body(("plain",)).get_content() if is_notice else ""
        recipient = taken.rcpts[0].partition("<")[2].partition(">")[0]
        delivery = "" if is_notice else str(mail["X-Mailer-Delivery"])
        super().append(Mail(delivery, recipient, subject, text))


class MoodyRelay(ScriptedServer):
    """At each phase it is in a mood `share` of the time, for as long as it is not `good`."""

    def __post_init__(self):
        super().__post_init__()
        self.taken, self.batches = _Takings(), deque(maxlen=10)
        self.commands = deque(maxlen=1000)
        self.good, self.share, self.storm = False, 0.04, None
        self.chance = None
        self.moods, self.blamed = Counter(), set()
        self.storm_met = 0
        """How many answers the present storm has given."""
        self._chance_lock = threading.Lock()

    def action_at(self, phase, words):
        if self.good or phase not in MOODS:
            return None
        with self._chance_lock:
            in_a_storm = self.storm is not None and self.storm[0] == phase
            share = self.share if self.storm is None else 0
            if not in_a_storm and self.chance.random() >= share:
                return None
            self.storm_met += in_a_storm
            mood = self.storm[1] if in_a_storm else self.chance.choice(MOODS[phase])
            self.moods[phase] += 1
            if phase in {"RCPT", "DATA", "dot"} and mood.startswith("5"):
                self.blamed.add(words.partition("<")[2].partition(">")[0])
        if mood == SLOW:
            time.sleep(0.5)
            return None
        return mood

    def stall(self):
        """Longer than anybody here waits, and not for ever: each of them is a thread of ours."""
        self._closing.wait(_STALL_S)

    def begins_a_storm(self):
        """One answer to everybody, until it is over."""
        phase = self.chance.choice(["connect", "MAIL", "RCPT", "dot"])
        self.storm_met = 0
        self.storm = phase, self.chance.choice(MOODS[phase])

    def ends_the_storm(self):
        self.storm = None

    @property
    def messages(self):
        return [each for each in list(self.taken) if each.delivery]

    @property
    def notices(self):
        return [each for each in list(self.taken) if not each.delivery]
