"""Links that work once: to become the first administrator, to set a password, to sign in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.team.sign_in import LinkPurpose, OneTimeLink
from mailer.operations.team.tokens import hash_of, new_token

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

LASTS: Mapping[LinkPurpose, timedelta] = {
    LinkPurpose.FIRST_ADMINISTRATOR: timedelta(hours=1),
    LinkPurpose.INVITATION: timedelta(days=3),
    LinkPurpose.SIGN_IN: timedelta(minutes=15),
}


def make_link(
    purpose: LinkPurpose, *, person: str = "", by: Actor, ledger: Ledger, now: datetime
) -> str:
    """Store a link and return its token. An earlier link of the same purpose and person ends."""
    token = new_token()
    link = OneTimeLink(hash_of(token), purpose, person, now, now + LASTS[purpose])
    ledger.sign_ins.add_link(link, actor=by)
    return token


def link_of(token: str, *, ledger: Ledger, now: datetime) -> OneTimeLink | None:
    """Return the link of a token; None when it is unknown, was used or has ended."""
    link = ledger.sign_ins.link(hash_of(token))
    return link if link is not None and link.is_open(now=now) else None
