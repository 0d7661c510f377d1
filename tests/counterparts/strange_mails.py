"""Mails that the program does not understand, as they wait at the desk."""

from hashlib import sha256

from mailer.model.address import Address
from mailer.model.feedback.event import EventKind, Match
from mailer.model.feedback.inbox import MAILBOX, MAX_READ_ATTEMPTS, UNREADABLE_RULE
from tests.counterparts.builders import an_event


def strange_mail(ledger, text="Qui sont vos sources ?", *, at, sender="lea@revue.example", **more):
    """A mail of a stranger was read; returns its name."""
    subject = more.get("subject", "Une question")
    kind = more.get("kind", "text/plain")
    raw = (
        f"From: {sender}\nSubject: {subject}\nContent-Type: {kind}; charset=utf-8\n"
        f"MIME-Version: 1.0\nDate: Fri, 2 Mar 2018 10:00:00 +0100\n\n{text}\n"
    ).encode()
    return _stored(ledger, raw, at=at, raw=raw, quote=subject, address=Address.parse(sender))


def unreadable_mail(ledger, raw=b"From: x\n\n<script>alert(1)</script>\xff", *, at):
    """A mail came that ended its reading each time; returns its name."""
    for _attempt in range(MAX_READ_ATTEMPTS):
        ledger.inbox.record_failure(raw, source=MAILBOX, why="ValueError", at=at)
    return _stored(ledger, raw, at=at, raw=b"", rule=UNREADABLE_RULE, address=None)


def mail_without_text(ledger, name, *, at):
    """A mail was read when there was no room for its text."""
    return _stored(ledger, name.encode(), at=at, raw=b"", address=None)


def _stored(ledger, identity, *, at, **event):
    key = f"{MAILBOX}:{sha256(identity).hexdigest()}"
    stored = an_event(
        EventKind.UNKNOWN,
        key=key,
        source=MAILBOX,
        delivery_id=None,
        at=at,
        **{"match": Match.NONE, "rule": "nothing-known"} | event,
    )
    ledger.events.store([stored], at=at)
    assert ledger.events.close(stored, at=at)
    return key.removeprefix(f"{MAILBOX}:")[:12]
