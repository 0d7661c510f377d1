"""Read the journal, export it, and verify that nobody changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mailer.errors import ContentError, Place, Problem
from mailer.journal.words import ACT_NAMES, WAYS, act_name, detail_of, name_of, subject_of
from mailer.model.journal.chain import BrokenBy
from mailer.model.team.permission import Act, require, require_recent
from mailer.model.team.person import Role
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from mailer.model.journal.chain import Anchor, BrokenLine, Verified
    from mailer.model.journal.line import JournalEntry, JournalFilter
    from mailer.model.team.actor import Actor
    from mailer.ports import Ledger

KEPT_FROM_OTHERS = frozenset({"team", "ledger", "dead-letters"})
"""What lines are about that only administrators see: who signs in, who may do what, the backups."""

JOURNAL_HEADINGS = (
    *(_("Line"), _("When"), _("Who"), _("Id"), _("Through"), _("What"), _("About"), _("Detail")),
)
_ALL = 2**31 - 1


def journal_page(
    wanted: JournalFilter, *, before: int | None, limit: int, actor: Actor, ledger: Ledger
) -> Sequence[JournalEntry]:
    """Return at most `limit` of the wanted lines that the actor may see, the newest first, from
    before the line with the id `before`.
    """
    return ledger.journal.page(_open_to(actor, wanted), after=before, limit=limit)


def newest_lines(wanted: JournalFilter, *, limit: int, ledger: Ledger) -> Sequence[JournalEntry]:
    """Return the newest of the wanted lines, the oldest first, for an operator."""
    return ledger.journal.page(wanted, limit=limit)[::-1]


def _open_to(actor: Actor, wanted: JournalFilter) -> JournalFilter:
    """Leave out what the actor may not see.

    Administrators see every line, readers and people limited to lists their own; those who
    write and sign see all that is not about the team and the ledger.
    """
    if actor.lists:  # the lines of the others name people of other lists
        return replace(wanted, only_own=True, shown_to=actor.person)
    if Role.ADMINISTRATOR in actor.roles:
        return wanted
    if actor.roles & {Role.EDITOR, Role.SIGNATORY}:
        return replace(wanted, hidden=KEPT_FROM_OTHERS, shown_to=actor.person)
    return replace(wanted, only_own=True, shown_to=actor.person)


def export_journal(
    wanted: JournalFilter, *, actor: Actor, ledger: Ledger, now: datetime
) -> Sequence[JournalEntry]:
    """Return the wanted lines that the actor may see, the oldest first, for a file. Journalled.

    Raises RuleError when the actor may not export people, whom the lines name, and ProofNeeded.
    """
    require(actor, Act.EXPORT_PEOPLE)
    require_recent(actor, now=now)
    lines = ledger.journal.page(_open_to(actor, wanted), limit=_ALL)
    ledger.journal.add(
        at=now, actor=actor, action="export", subject="journal", detail=f"{len(lines)} lines"
    )
    return lines[::-1]


def journal_table(lines: Iterable[JournalEntry], *, zone: str) -> Iterator[tuple[Text | str, ...]]:
    """Yield the rows of a table of lines, the headings first."""
    yield JOURNAL_HEADINGS
    for line in lines:
        yield (
            str(line.id),
            f"{line.at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M:%S}",
            *(name_of(line), line.person, WAYS[line.via]),
            act_name(line.action),
            subject_of(line),
            detail_of(line),
        )


def known_act(act: str) -> str:
    """Return the act of the journal that is meant by its code or by its name in English.

    Raises ContentError, with all acts, when there is none. "" stands for every act.
    """
    wanted = act.strip().casefold()
    for code, name in ACT_NAMES.items():
        if wanted in {code, str(name).casefold()}:
            return code
    if not wanted:
        return ""
    what = _("the journal knows no such act")
    remedy = _("Name one of these: {acts}.", acts=", ".join(sorted(ACT_NAMES)))
    raise ContentError(Problem(Place(act), what, remedy))


def begin_of_day(day: str, *, zone: str, days_later: int = 0) -> datetime | None:
    """Return the instant at which a day (2017-12-04) begins, or one some days later; None for "".

    Raises ContentError when it is no day.
    """
    if not day.strip():
        return None
    try:
        on = date.fromisoformat(day.strip()) + timedelta(days=days_later)
        begins = datetime.combine(on, time(), ZoneInfo(zone))
        # The first and the last days of the calendar lie outside it in UTC, which the ledger asks.
        begins.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        what, remedy = _("this is not a day"), _("Write it like this: 2017-12-04.")
        raise ContentError(Problem(Place(day), what, remedy)) from error
    return begins


def verify_journal(anchors: Collection[Anchor] = (), *, ledger: Ledger) -> Verified:
    """Compare every line of the journal with its hash, the line before it, and the anchors."""
    return ledger.journal.verify(anchors)


_WHAT: Mapping[BrokenBy, Text] = {
    BrokenBy.MISSING: _("this line is missing"),
    BrokenBy.CHANGED: _("this line was changed after it was written"),
    BrokenBy.WORDS: _("the words of this line were changed after it was written"),
    BrokenBy.ORDER: _("this line does not follow the one before it"),
    BrokenBy.CUT: _("this line and those after it were cut off: an anchor knows them"),
    BrokenBy.REWRITTEN: _("an anchor knows another line here: the journal was written again"),
}


def problem_of(broken: BrokenLine, verified: Verified) -> Problem:
    """Return what is wrong with the first broken line, and what to do about it."""
    beyond = broken.by in {BrokenBy.CUT, BrokenBy.REWRITTEN}
    if beyond and verified.restores:
        restored = verified.restores[-1]
        remedy = _(
            "{name} restored a backup on {at} (line {line}): anchors that were written down after"
            " the backup and before that day name lines which are gone. Otherwise, call whoever"
            " keeps the machine.",
            name=restored.name,
            at=f"{restored.at:%Y-%m-%d %H:%M} UTC",
            line=restored.id,
        )
    else:
        remedy = _(
            "Touch nothing: copy the ledger and its backups elsewhere, compare this line with the"
            " newest backup that is whole, and ask who has had access to the database."
        )
    return Problem(Place("journal", line=broken.number), _WHAT[broken.by], remedy)
