"""Read the journal: who did what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.journal import JournalEntry
    from mailer.ports import Ledger


def journal_page(
    subject: str = "", *, before: int | None, limit: int, ledger: Ledger
) -> Sequence[JournalEntry]:
    """Return at most `limit` lines about a subject, or all, the newest first, from before the
    line with the id `before`.
    """
    return ledger.journal.page(subject, after=before, limit=limit)
