"""Make and read the tokens that lead a signatory to the page of one version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.operations.team.tokens import new_token
from mailer.signed_links.sign_off import LASTS, SignOffLink, SignOffTokens

if TYPE_CHECKING:
    from datetime import datetime

    from mailer.model.drafts.draft import Draft
    from mailer.model.team.person import Person
    from mailer.ports import Ledger

_PURPOSE = "sign-off"


def token_for(
    person: Person, draft: Draft, *, revision: int, ledger: Ledger, now: datetime, version: str = ""
) -> str:
    """Return the token with which this person reaches the page of what they sign.

    `version` is the fingerprint of that, if it is not the whole. `revision` is the number of the
    campaign's files, or 0. The first token makes the key of all.
    """
    keys = ledger.sign_ins
    key = keys.link_key(_PURPOSE) or keys.make_link_key(_PURPOSE, new_token(), at=now)
    ends_at = now.replace(microsecond=0) + LASTS
    link = SignOffLink(
        person.id, draft.campaign.slug, version or draft.fingerprint, revision, ends_at
    )
    return SignOffTokens(key).sign(link)


def link_of(token: str, *, ledger: Ledger) -> SignOffLink | None:
    """Return what a link was made for, ended or not; None when we did not make it."""
    key = ledger.sign_ins.link_key(_PURPOSE)
    return SignOffTokens(key).read(token) if key else None
