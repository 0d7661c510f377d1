"""What is kept of people, until when, and the lists for the door that are still about."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem
from mailer.model.contacts.retention import DoorCopy, Retention
from mailer.model.team.permission import Act, require
from mailer.operations.exports import KEPT_FOR
from mailer.operations.people.door import DOOR_LIST
from mailer.wording import _, from_note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mailer.model.journal.line import JournalEntry
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

DESTROYED = "door-list-destroyed"


def retention(*, ledger: Ledger, now: datetime) -> Retention:
    """Return how much is kept of people, and which lists for the door nobody has destroyed yet."""
    return Retention(
        tuple(ledger.retention.holdings(exports_kept_for=KEPT_FOR, now=now)),
        tuple(_copies(ledger)),
    )


def confirm_destroyed(number: int, *, actor: Actor, ledger: Ledger, now: datetime) -> DoorCopy:
    """Confirm that a list for the door was destroyed, on paper and as a file. Journalled.

    Raises RuleError when the actor may not export people, and ContentError when there is no such
    list, or it was destroyed before.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require(actor, Act.SEE_EVERYBODY)
    found = next((each for each in _copies(ledger) if each.number == number), None)
    if found is None:
        what = _("no list for the door with this number is still to be destroyed")
        remedy = _("Take a number from the list of what is kept.")
        raise ContentError(Problem(Place(str(number)), what, remedy))
    ledger.journal.add(
        at=now, actor=actor, action=DESTROYED, subject=found.campaign, detail=str(number)
    )
    return found


def _copies(ledger: Ledger) -> Iterator[DoorCopy]:
    """Yield the lists for the door that were written and not destroyed, the oldest first."""
    destroyed = {line.detail for line in ledger.journal.entries(action=DESTROYED)}
    for line in ledger.journal.entries(action=DOOR_LIST):
        if str(line.id) not in destroyed:
            yield _copy_of(line)


def _copy_of(line: JournalEntry) -> DoorCopy:
    values = from_note(line.detail).values
    # The line of an older version is the number of people alone.
    people, until = values.get("count", line.detail), values.get("until")
    return DoorCopy(
        number=line.id,
        campaign=line.subject,
        people=int(str(people)) if str(people).isdigit() else 0,
        by=line.name,
        made_at=line.at,
        destroy_by=until if isinstance(until, datetime) else None,
    )
