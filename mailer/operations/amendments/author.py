"""Who wrote last what an amendment tells: they are never the only one who signs it off either."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from mailer.model.drafts.revision import NOTHING, Revision

if TYPE_CHECKING:
    from mailer.model.drafts.draft import Draft
    from mailer.model.mailings.amendment import Amendment
    from mailer.ports import Ledger


def with_author(draft: Draft, amendment: Amendment, *, ledger: Ledger) -> Draft:
    """Return the draft of an amendment with its last change, and the sign-offs of it.

    Those of before it was drafted were of another message: nobody has seen this one by them.
    """
    return replace(
        draft,
        last_edit=_last_change(amendment, ledger),
        sign_offs=tuple(
            each
            for each in draft.sign_offs
            if each.fingerprint == draft.fingerprint or each.at > amendment.drafted_at
        ),
    )


def _last_change(amendment: Amendment, ledger: Ledger) -> Revision | None:
    """Return what was saved after the drafting, or the drafting itself: its note, and the choice to
    tell the facts as they are. It has no number, as it changes no file.
    """
    saved = ledger.revisions.last_edit(amendment.campaign)
    if saved and saved.at > amendment.drafted_at:
        return saved
    lines = ledger.journal.entries(amendment.campaign, action=f"draft-{amendment.kind}")
    return next(
        (
            Revision(each.subject, NOTHING, each.person, each.name, each.via, each.at, files={})
            for each in reversed(lines)
            if each.name and each.at == amendment.drafted_at
        ),
        saved,
    )
