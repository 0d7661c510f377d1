"""Go on with a backup or a copy of the ledger, on a person's request.

What was sent after it was made is not in it. So nothing that was due by now leaves by itself: it
is uncertain, until events or a person resolve it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mailer.errors import RuleError
from mailer.model.team.permission import Act, require
from mailer.operations.sending.start import audience_and_deliveries, untold_answers
from mailer.wording import _, as_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime
    from pathlib import Path

    from mailer.model.mailings.mailing import Mailing
    from mailer.model.service.ledger_home import HeldMailing, Restored
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger


class RestoreBackup(Protocol):
    """Puts a backup in the place of a workspace's ledger, which is closed: `ledger.restore`."""

    def __call__(
        self,
        copy: Path | None,
        *,
        complete: Callable[[Ledger, Sequence[HeldMailing]], object],
        actor: Actor,
        at: datetime,
    ) -> Restored:
        """Replace the ledger by `copy`, or by the newest intact one.

        `complete` gets the restored ledger and the mailings it holds, before it takes its place.
        """


@dataclass(frozen=True, slots=True)
class UncertainMailing:
    """A mailing that may have been sent, and how many people may have received it."""

    mailing: Mailing
    people: int


@dataclass(frozen=True, slots=True)
class RestoredLedger:
    """The backup that was used, and the mailings that may have been sent since it was made."""

    backup: str
    uncertain: tuple[UncertainMailing, ...]


def restore_ledger(
    backup: Path | None,
    *,
    restore: RestoreBackup,
    open_ledger: Callable[[], Ledger],
    actor: Actor,
    now: datetime,
) -> RestoredLedger:
    """Replace the ledger by `backup`, or by the newest intact one.

    `restore` works on the closed ledger of the workspace, which cannot be opened when it is
    damaged; `open_ledger` opens it afterwards. Journalled in the restored ledger. A restore that
    was interrupted goes on where it stopped. Raises RuleError, changing nothing, when the actor
    may not do this.
    """
    require(actor, Act.RESTORE_LEDGER)
    told: list[UncertainMailing] = []

    def complete(ledger: Ledger, held: Sequence[HeldMailing]) -> None:
        told.extend(_make_uncertain(ledger, held, actor=actor, now=now))

    restored = restore(backup, complete=complete, actor=actor, at=now)
    ledger = open_ledger()
    # One that was interrupted has nothing to complete any more, and knows whom it held.
    uncertain = tuple(told) or tuple(
        UncertainMailing(ledger.mailings.get(held), ledger.deliveries.tally(held).audience)
        for held in restored.held
    )
    return RestoredLedger(restored.backup, uncertain)


def adopt_ledger(
    *, nothing_sent_since: bool, actor: Actor, ledger: Ledger, now: datetime
) -> tuple[UncertainMailing, ...] | None:
    """Make this place the one from which the ledger sends; the other one is gone.

    Unless `nothing_sent_since` the copy was made, what was due by now may have been sent there:
    those mailings are returned. Returns None when the ledger is in its place already. Journalled.
    The place is moved last: after an interruption nothing is sent, and all of it is done again.
    Raises RuleError when the actor may not do this.
    """
    require(actor, Act.ADOPT_LEDGER)
    if ledger.home.elsewhere() is None:
        return None
    uncertain: tuple[UncertainMailing, ...] = ()
    if not nothing_sent_since:
        held = ledger.home.hold_what_may_have_left(actor=actor, at=now)
        uncertain = _make_uncertain(ledger, held, actor=actor, now=now)
    ledger.home.adopt(actor=actor, at=now)
    return uncertain


def require_in_place(ledger: Ledger) -> None:
    """Raise RuleError when this is a copy of a ledger that is used elsewhere."""
    if (found := ledger.home.elsewhere()) is not None:
        raise RuleError(found.problem)


def _make_uncertain(
    ledger: Ledger, held: Iterable[HeldMailing], *, actor: Actor, now: datetime
) -> tuple[UncertainMailing, ...]:
    """Write the audience of each held mailing, and who is missing from those that answers trigger:
    every delivery of them is uncertain. What somebody had paused stays so.

    The audience is that of the ledger as it was when the copy was made.
    """
    uncertain = []
    for mailing_id, was_paused in held:
        mailing = ledger.mailings.get(mailing_id)
        audience, deliveries = audience_and_deliveries(mailing, ledger=ledger, now=now)
        if ledger.mailings.start_uncertain(
            mailing_id,
            deliveries=deliveries,
            exclusions=audience.exclusions,
            actor=actor,
            why=mailing.note,
            at=now,
            stays_paused=was_paused,
        ):
            uncertain.append(UncertainMailing(mailing, len(deliveries)))
    # An answer that was in the ledger already may have had its mail since.
    why = as_note(_("restored or copied after this answer had come"))
    for mailing, deliveries in untold_answers(ledger, now=now):
        if ledger.deliveries.add_uncertain(mailing.id, deliveries, why=why, at=now):
            uncertain.append(UncertainMailing(mailing, len(deliveries)))
    return tuple(uncertain)
