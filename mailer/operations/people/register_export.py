"""The register as a table, for a partner or for the office's own use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.labels import label_of
from mailer.model.team.permission import Act, require, require_recent
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger
    from mailer.wording import Text

REGISTER_HEADINGS = (
    *(_("E-mail"), _("Name"), _("Outlet"), _("State"), _("People"), _("Since")),
    *(_("Reason"), _("Freelance"), _("In place of"), _("Press card")),
)
"""The columns of an exported register. It has no number of a press card, which must be erased."""


def export_register(
    campaign: str, *, actor: Actor, ledger: Ledger, now: datetime
) -> Sequence[Accreditation]:
    """Return the register of a campaign for an export to a file. Journalled.

    Raises RuleError when the actor may not export people.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    require_recent(actor, now=now)
    register = ledger.accreditations.of_campaign(campaign)
    ledger.journal.add(
        at=now,
        actor=actor,
        action="register-export",
        subject=campaign,
        detail=str(len(register)),
    )
    return register


def register_table(
    register: Iterable[Accreditation], *, zone: ZoneInfo
) -> Iterator[tuple[Text | str | int, ...]]:
    """Yield the rows of the table, the headings first. A list of requests is read back from it."""
    yield REGISTER_HEADINGS
    for entry in register:
        yield (
            str(entry.address),
            entry.name,
            entry.organisation,
            label_of(entry.state),
            entry.seats,
            f"{entry.at.astimezone(zone):%Y-%m-%d %H:%M}",
            entry.reason,
            _("yes") if entry.is_freelance else "",
            entry.in_place_of,
            entry.card.kind,
        )
