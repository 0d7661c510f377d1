"""`mailer bounces`: read returned mail, list the people to call back, show dead letters."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mailer.cli.feedback.mails import (
    absence_as_json,
    absence_in_words,
    print_reading,
    reading_as_json,
)
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By
from mailer.labels import label_of, step_title
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.contacts.call import Call
    from mailer.model.feedback.inbox import DeadLetter
    from mailer.operations.people.call_back import CallBack
    from mailer.wiring.event_collector import MailboxReading

KEY_SHOWN = 12
"""How much of the key of a dead letter is shown: enough to find it in a list or a folder."""


def read(
    context: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(help=N_("Returned messages: single files, .mbox files, Maildir folders.")),
    ],
    record: Annotated[
        bool, typer.Option("--record", help=N_("Also enter them in the ledger."))
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help=N_("For other programs: JSON, one line a file."))
    ] = False,
) -> None:
    from mailer.feedback.reader import read_report
    from mailer.files.mails import mails_in

    kept = []
    for path in files:
        for name, raw in mails_in(path):
            reading = read_report(raw)
            if json:
                show.print_line(reading_as_json(name, reading))
            else:
                print_reading(name, reading)
            if record:
                kept.append(raw)
    if record:
        _record(context, kept)


def _record(context: typer.Context, mails: list[bytes]) -> None:
    from mailer.cli.terminal.workspace import opened
    from mailer.service.service import Service

    with opened(context) as app:
        outcomes = Service(app).events.record_mails(mails)
    show.warn(_n("{count} new fact recorded.", "{count} new facts recorded.", count=len(outcomes)))


def fetch(context: typer.Context) -> None:
    from mailer.cli.terminal.results import print_outcome
    from mailer.cli.terminal.workspace import opened
    from mailer.service.service import Service

    with opened(context) as app, show.progress(_("Reading the mailbox"), None) as advance:
        read = Service(app).events.read_mailbox(advance)
    _print_reading(read)
    for trouble in dict.fromkeys(read.troubles):
        show.warn(
            _(
                "{what}. The mails stay where they are; they were read all the same.",
                what=trouble.what,
            )
        )
    for each in read.outcomes:
        print_outcome(each)
    for one in read.dead_letters:
        show.warn(
            _(
                "Could not be read, and set aside: {key} ({why})",
                key=one.key[:KEY_SHOWN],
                why=one.why,
            )
        )
    if read.dead_letters:
        show.warn(_("See them with: mailer bounces dead-letters"))
    if read.waiting.count:
        show.warn(
            _n(
                "{count} mail that was not understood waits at the desk: Mail to decide",
                "{count} mails that were not understood wait at the desk: Mail to decide",
                count=read.waiting.count,
            )
        )
    proposed = {bar.address.key for each in read.outcomes for bar in each.proposed}
    if proposed:
        show.warn(
            _n(
                "{count} address waits for your decision: mailer bounces proposals",
                "{count} addresses wait for your decision: mailer bounces proposals",
                count=len(proposed),
            )
        )


def _print_reading(read: MailboxReading) -> None:
    events = len(read.outcomes)
    show.print_line(_n("{count} message read.", "{count} messages read.", count=read.mails))
    show.print_line(_n("{count} new fact recorded.", "{count} new facts recorded.", count=events))
    show.print_line(
        _n(
            "{count} address no longer written to.",
            "{count} addresses no longer written to.",
            count=len(
                {
                    suppression.address.key
                    for each in read.outcomes
                    for suppression in each.suppressions
                }
            ),
        )
    )


def dead_letters(
    context: typer.Context,
    save: Annotated[
        Path | None,
        typer.Option(
            help=N_("Instead: write each as it came to a file in this folder."),
            show_default=False,
            file_okay=False,
        ),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help=N_("For other programs: JSON."))] = False,
    by: By = "",
) -> None:
    from mailer.cli.terminal.workspace import opened
    from mailer.operations.feedback.dead_letters import dead_letters

    if save:
        _save_dead_letters(context, save, by=by)
        return
    with opened(context) as app:
        letters = dead_letters(ledger=app.ledger)
    if json:
        for letter in letters:
            show.as_json(asdict(letter))
        return
    if not letters:
        show.print_line(_("Everything that came could be read."))
        return
    _print_dead_letters(letters)
    show.print_line(_("Save them to examine them: mailer bounces dead-letters --save FOLDER"))


def _save_dead_letters(context: typer.Context, folder: Path, *, by: str) -> None:
    from mailer.cli.terminal.workspace import current_actor, opened
    from mailer.files.dead_letters import write_dead_letter
    from mailer.operations.feedback.dead_letters import save_dead_letters

    with opened(context) as app:
        files = save_dead_letters(
            write=partial(write_dead_letter, folder),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    for file in files:
        show.print_line(str(file))
    show.print_line(_n("{count} file written.", "{count} files written.", count=len(files)))


def _print_dead_letters(letters: Sequence[DeadLetter]) -> None:
    show.table(
        (_("Since"), _("Source"), _("Octets"), _("Why"), _("Key")),
        (
            (
                show.wall_time(letter.at),
                letter.source,
                letter.size_bytes,
                letter.why,
                letter.key[:KEY_SHOWN],
            )
            for letter in letters
        ),
    )


def list_(
    context: typer.Context,
    campaign: Annotated[str, typer.Option(help=N_("Only this campaign."), show_default=False)] = "",
    everybody: Annotated[
        bool, typer.Option("--all", help=N_("Also those who were reached by telephone since."))
    ] = False,
    json: Annotated[bool, typer.Option("--json", help=N_("For other programs: JSON."))] = False,
) -> None:
    from mailer.cli.terminal.workspace import onlooker, opened
    from mailer.feedback.reader import read_report
    from mailer.operations.people.call_back import call_backs

    with opened(context) as app:
        slug = app.campaigns.slug(campaign) if campaign else ""
        entries = call_backs(
            ledger=app.ledger,
            read=read_report,
            actor=onlooker(app),
            now=app.clock.now(),
            campaign=slug,
        )
    entries = [entry for entry in entries if everybody or not entry.is_done]
    if json:
        for entry in entries:
            show.as_json(_as_json(entry))
        return
    if not entries:
        show.print_line(_("Nobody to call back."))
        return
    _print_call_backs(entries)
    show.print_line(
        _("Note a call with: mailer bounces called ADDRESS --outcome OUTCOME --by NAME")
    )
    show.print_line(_("Put an address right with: mailer contacts correct OLD NEW --by NAME"))


def _print_call_backs(entries: Sequence[CallBack]) -> None:
    from mailer.operations.people.call_back import NEEDS

    show.table(
        (_("Why"), _("Name"), _("Outlet"), _("Telephone"), _("Address"), _("What we know")),
        (
            (
                NEEDS[entry.need],
                entry.name,
                entry.organisation,
                entry.phone,
                entry.address,
                "\n".join(show.translated(text) for text in _known(entry)),
            )
            for entry in entries
        ),
    )


def _known(entry: CallBack) -> list[Text | str]:
    """Return what helps the person who calls: the reason, the step, and who replaces the contact."""
    from mailer.feedback.explain import explain

    known: list[Text | str] = []
    if entry.absence is None and (entry.reason or entry.quote):
        known.append(explain(entry.reason) if entry.reason else entry.quote)
    if entry.absence is not None:
        known += absence_in_words(entry.absence)
    known += [
        _(
            "Nobody in the directory has this address. Is it {name}, {address}?",
            name=contact.name or contact.organisation,
            address=contact.address,
        )
        for contact in entry.likely
    ]
    if entry.is_suspected:
        known.append(_("The notice names no message of ours: not acted upon."))
    if entry.last_call is not None:
        known.append(_last_call(entry.last_call))
    if entry.step:
        known.append(_("{campaign}, {step}", campaign=entry.campaign, step=step_title(entry.step)))
    return known


def _last_call(call: Call) -> Text:
    return _(
        "Called by {name} on {at}: {outcome}. {note}",
        name=call.name,
        at=call.at,
        outcome=label_of(call.outcome),
        note=call.note,
    )


def _as_json(entry: CallBack) -> dict[str, Any]:
    from mailer.feedback.explain import explain

    absence = entry.absence
    return {
        "need": entry.need,
        "address": entry.address,
        "name": entry.name,
        "organisation": entry.organisation,
        "phone": entry.phone,
        "reason": entry.reason,
        "explanation": show.translated(explain(entry.reason)) if entry.reason else "",
        "quote": entry.quote,
        "campaign": entry.campaign,
        "step": entry.step,
        "at": entry.at.isoformat(),
        "suspected": entry.is_suspected,
        "perhaps": [str(contact.address) for contact in entry.likely],
        "absence": absence and absence_as_json(absence),
        "settled": entry.is_done,
        "last_call": entry.last_call and _call_as_json(entry.last_call),
    }


def _call_as_json(call: Call) -> dict[str, Any]:
    return {
        "outcome": call.outcome,
        "at": call.at.isoformat(),
        "by": call.name,
        "phone": call.phone,
        "again_on": call.again_on and call.again_on.isoformat(),
        "note": call.note,
    }
