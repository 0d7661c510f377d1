"""Whom the office wrote to lately, over all campaigns, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.model.team.permission import Act, require, require_recent
from mailer.wording import _, _n, as_note

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mailer.model.mailings.history import WrittenTo
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

OFTEN_HEADINGS = (
    *(_("E-mail"), _("Name"), _("Outlet or association")),
    *(_("Mails"), _("Last one")),
)
_ALL = 2**31 - 1


def often_written(
    *, days: int, at_least: int, after: str = "", limit: int, ledger: Ledger, now: datetime
) -> Sequence[WrittenTo]:
    """Return at most `limit` of those to whom `at_least` so many mails left in the last `days`.

    Those with the most come first; `after` is the mark of the last of the page before.
    """
    since = now - timedelta(days=days)
    return ledger.history.written_to(since=since, at_least=at_least, after=after, limit=limit)


def export_often_written(
    *, days: int, at_least: int, actor: Actor, ledger: Ledger, now: datetime
) -> Sequence[WrittenTo]:
    """Return all of them for a file. Journalled.

    Raises RuleError when the actor may not export people, and ProofNeeded when their password was
    typed too long ago.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    require_recent(actor, now=now)
    found = often_written(days=days, at_least=at_least, limit=_ALL, ledger=ledger, now=now)
    told = _n("{count} person", "{count} people", count=len(found))
    ledger.journal.add(
        at=now, actor=actor, action="export", subject="contacts", detail=as_note(told)
    )
    return found


def often_table(found: Iterable[WrittenTo], *, zone: ZoneInfo) -> Iterator[tuple[Text | str, ...]]:
    """Yield the rows of a table, the headings first."""
    yield OFTEN_HEADINGS
    for each in found:
        yield (
            str(each.address),
            each.name,
            each.organisation,
            str(each.mails),
            f"{each.last_at.astimezone(zone):%Y-%m-%d %H:%M}",
        )
