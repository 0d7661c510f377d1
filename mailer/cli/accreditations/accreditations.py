"""`mailer accreditations`: record and list accreditations."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mailer.cli.campaigns.campaigns import AsJson, Campaign
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import At, By, current_actor, opened
from mailer.labels import label_of
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.wording import _, _n, said_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.accreditations.accreditation import Accreditation
    from mailer.model.address import Address as MailAddress
    from mailer.model.contacts.contact import Contact
    from mailer.model.team.actor import Actor
    from mailer.operations.people.accreditations import RegisterEntry, Respondent, Ruling
    from mailer.operations.people.registers import RegisterPlaces
    from mailer.wiring.app import App

Address = Annotated[str, typer.Argument(help=N_("The person's e-mail address."))]
Name = Annotated[str, typer.Option(help=N_("Name, as on the identity card."))]
Organisation = Annotated[str, typer.Option(help=N_("Outlet or association."))]
NEWCOMER = "new"
"""What `--for` says of somebody who is not in the directory."""
BelongsTo = Annotated[
    str,
    typer.Option(
        "--for",
        help=N_(
            "If they answered from another address: the one they have in the directory; or “new” "
            "for somebody who is not there."
        ),
        show_default=False,
    ),
]


Reason = Annotated[str, typer.Option(help=N_("Why the office refuses; the person is told."))]
Force = Annotated[
    str,
    typer.Option(help=N_("Accept after the deadline or above a quota, and say why; journalled.")),
]
Seats = Annotated[int, typer.Option(min=0, help=N_("How many people come."), show_default=False)]
Freelance = Annotated[bool, typer.Option("--freelance", help=N_("Works for several outlets."))]
CardKind = Annotated[str, typer.Option(help=N_("Kind of press card, e.g. CCIJP."))]
CardNumber = Annotated[
    str, typer.Option(help=N_("Number of the press card; erased some days after the event."))
]
InPlaceOf = Annotated[
    str, typer.Option(help=N_("The address of the person whose place this one takes."))
]


def add(
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    name: Name = "",
    organisation: Organisation = "",
    *,
    state: Annotated[
        AccreditationState, typer.Option(help=N_("What was asked or decided."))
    ] = AccreditationState.ACCEPTED,
    reason: Reason = "",
    force: Force = "",
    seats: Seats = 0,
    freelance: Freelance = False,
    card_kind: CardKind = "",
    card_number: CardNumber = "",
    in_place_of: InPlaceOf = "",
    belongs_to: BelongsTo = "",
    by: By = "",
) -> None:
    from mailer.operations.people.accreditations import Respondent, Ruling

    who = Respondent(
        name,
        organisation,
        seats=seats,
        is_freelance=freelance,
        card_kind=card_kind,
        card_number=card_number,
    )
    ruling = Ruling(state, reason=reason, force_why=force)
    _save(context, _TypedAnswer(campaign, address, ruling, who, belongs_to, in_place_of), by=by)


def decline(
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    name: Name = "",
    organisation: Organisation = "",
    belongs_to: BelongsTo = "",
    by: By = "",
) -> None:
    from mailer.operations.people.accreditations import Respondent, Ruling

    ruling, who = Ruling(AccreditationState.DECLINED), Respondent(name, organisation)
    _save(context, _TypedAnswer(campaign, address, ruling, who, belongs_to), by=by)


class _TypedAnswer(NamedTuple):
    """An answer as it was typed."""

    campaign: str
    address: str
    ruling: Ruling
    who: Respondent
    belongs_to: str
    in_place_of: str = ""


def _save(context: typer.Context, typed: _TypedAnswer, *, by: str) -> None:
    with opened(context) as app:
        entry = _registered(app, typed, actor=current_actor(app, by))
    _print_decision(entry.accreditation)
    for promoted in entry.promoted:
        _print_decision(promoted)
    if not entry.is_known and not entry.accreditation.is_newcomer:
        print_unknown(entry)


def _registered(app: App, typed: _TypedAnswer, *, actor: Actor) -> RegisterEntry:
    from mailer.addresses import require_address
    from mailer.operations.people.accreditations import register_accreditation, register_substitute

    address = require_address(typed.address)
    campaign, terms = app.campaigns.slug(typed.campaign), app.drafts.terms(typed.campaign)
    identity = _identity(app, address, typed)
    if typed.in_place_of:
        return register_substitute(
            campaign,
            address,
            leaving=require_address(typed.in_place_of),
            identity=identity,
            terms=terms,
            actor=actor,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    return register_accreditation(
        campaign,
        address,
        ruling=typed.ruling,
        identity=identity,
        terms=terms,
        actor=actor,
        ledger=app.ledger,
        now=app.clock.now(),
    )


def _print_decision(entry: Accreditation) -> None:
    state = label_of(entry.state)
    show.print_line(_("{address}: {state}.", address=entry.address, state=state))


def _identity(app: App, address: MailAddress, typed: _TypedAnswer) -> Respondent:
    """Return who answered, as the command line says or, on a terminal, as the person decides."""
    from mailer.addresses import require_address
    from mailer.operations.people.accreditations import likely_owners

    typed_name = typed.who
    if typed.belongs_to == NEWCOMER:
        return replace(typed_name, is_newcomer=True)
    if typed.belongs_to:
        return replace(typed_name, contact=require_address(typed.belongs_to))
    if not sys.stdin.isatty():
        return typed_name
    likely = likely_owners(address, identity=typed_name, ledger=app.ledger)
    for contact in likely:
        who = _who(contact)
        question = _("{address} is unknown. Is it {contact}?", address=address, contact=who)
        if confirmed(question):
            return replace(typed_name, contact=contact.address)
    return replace(typed_name, is_newcomer=bool(likely))


def print_unknown(entry: RegisterEntry) -> None:
    """Say that nobody has this address, and whose it may be."""
    answer = entry.accreditation
    show.warn(_("Nobody in the directory has the address {address}.", address=answer.address))
    for contact in entry.likely:
        who = _who(contact)
        show.warn(
            _("  Is it {contact}? Until you decide, this person gets no reminder.", contact=who)
        )
        command = f"mailer accreditations add {answer.campaign} {answer.address}"
        command = f"{command} --state {answer.state} --for"
        show.warn(_("  If so: {command}", command=f"{command} {contact.address}"))
        show.warn(_("  If not: {command}", command=f"{command} {NEWCOMER}"))


def _who(contact: Contact) -> str:
    outlet = f" ({contact.organisation})" if contact.organisation else ""
    return f"{contact.name}{outlet} {contact.address}".strip()


def list_(context: typer.Context, campaign: Campaign, json: AsJson = False) -> None:
    from mailer.operations.people.accreditations import accreditations_of
    from mailer.operations.people.registers import places

    with opened(context) as app:
        register = accreditations_of(app.campaigns.slug(campaign), ledger=app.ledger)
        terms, now = app.drafts.terms(campaign), app.clock.now()
    if json:
        for entry in register:
            show.as_json(_as_json(entry))
        return
    _print_register(register)
    _print_places(places([each.accreditation for each in register], terms=terms, now=now))


def confirm(context: typer.Context, campaign: Campaign, by: By = "", at: At = "") -> None:
    from mailer.operations.people.registers import confirm_answers

    with opened(context, at=at) as app:
        slug, now = app.campaigns.slug(campaign), app.clock.now()
        confirm_answers(slug, actor=current_actor(app, by), ledger=app.ledger, now=now)
    show.print_line(_("Confirmed: the register has every answer that came in."))


def _print_places(found: RegisterPlaces) -> None:
    """Say how full the event is, why people wait, and by how many it is over."""
    if found.total is not None:
        show.print_line(
            _n(
                "{count} of {total} places is taken.",
                "{count} of {total} places are taken.",
                count=found.taken,
                total=found.total,
            )
        )
    for each in found.waiting:
        who, why = each.entry.address, label_of(each.reason)
        show.print_line(_("{address} waits: {why}.", address=who, why=why))
    if found.over.total:
        show.warn(_("{count} more than the event has places for.", count=found.over.total))
    for outlet, count in sorted(found.over.by_outlet.items()):
        show.warn(_("{count} more than {outlet} may send.", count=count, outlet=outlet))


def door(
    context: typer.Context,
    campaign: Campaign,
    out: Annotated[Path, typer.Option(help=N_("The file to write: .xlsx or .csv."))],
    by: By = "",
) -> None:
    from mailer.cli.contacts.people import refuse_foreign, table_writer
    from mailer.host.atomic_write import make_private_folder, write_atomically
    from mailer.operations.people.door import DOOR_HEADINGS, door_list, door_table

    table_bytes = table_writer(out, title=_("List for the door"))
    refuse_foreign(out, DOOR_HEADINGS)
    with opened(context) as app:
        found = door_list(
            app.campaigns.slug(campaign),
            terms_for=app.drafts.terms,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    make_private_folder(out.parent)
    rows = (said_row(row, show.translated) for row in door_table(found.lines))
    write_atomically(out, table_bytes(rows))
    show.print_line(
        _n("{count} person: {file}", "{count} people: {file}", count=len(found.lines), file=out)
    )
    show.print_line(
        _(
            "Destroy the list by {day}, then say so: mailer retention destroyed NUMBER;"
            " its number: mailer retention list",
            day=show.wall_time(found.destroy_by),
        )
    )


def _as_json(entry: RegisterEntry) -> dict[str, object]:
    answer = entry.accreditation
    return {
        "address": str(answer.address),
        "state": answer.state,
        "seats": answer.seats,
        "reason": answer.reason,
        "forced": f"{answer.forced.by}: {answer.forced.why}" if answer.forced else "",
        "in_place_of": answer.in_place_of,
        "name": answer.name,
        "organisation": answer.organisation,
        "at": answer.at.isoformat(),
        "known": entry.is_known,
        "perhaps": [str(contact.address) for contact in entry.likely],
    }


def _print_register(register: Sequence[RegisterEntry]) -> None:
    show.table(
        (_("Name"), _("Outlet"), _("Address"), _("State"), _("Since")),
        (
            (
                entry.accreditation.name,
                entry.accreditation.organisation,
                entry.accreditation.address,
                label_of(entry.accreditation.state),
                show.wall_time(entry.accreditation.at),
            )
            for entry in register
        ),
    )
    show.print_line(_n("{count} answer.", "{count} answers.", count=len(register)))
    for entry in register:
        if entry.likely:
            print_unknown(entry)
