"""Whom a statement in a reply is about, and about whom it is deadly."""

from __future__ import annotations

from enum import Enum, auto


class Whom(Enum):
    """Whom a statement is about."""

    MAILBOX = auto()
    DOMAIN = auto()
    UNREGISTERED = auto()
    """The domain's registration has ended."""
    NO_MAIL_DOMAIN = auto()
    """The domain exists and takes no mail (RFC 7505)."""
    US = auto()
    OUR_MESSAGE = auto()
    OUR_LIST = auto()
    """"Too many unknown recipients": we wrote to many, and not this one is unknown."""
    UNDECIDED = auto()
    """Two things are named and one of them leaves the address alive."""
    NAME_SERVER = auto()
    """A name could not be looked up, now or here."""


DEADLY = frozenset({Whom.MAILBOX, Whom.DOMAIN, Whom.UNREGISTERED, Whom.NO_MAIL_DOMAIN})
