"""`mailer accreditations`: record and list accreditations."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from mailer.cli import show
from mailer.cli.campaigns import AsJson, Campaign
from mailer.cli.language import N_
from mailer.cli.workspace import By, current_actor, opened
from mailer.labels import label_of
from mailer.model.accreditation import AccreditationState
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.app import App
    from mailer.model.address import Address as MailAddress
    from mailer.model.contact import Contact
    from mailer.operations.people.accreditations import Identity, RegisterEntry

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


def add(
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    name: Name = "",
    organisation: Organisation = "",
    state: Annotated[
        AccreditationState, typer.Option(help=N_("What was asked or decided."))
    ] = AccreditationState.ACCEPTED,
    belongs_to: BelongsTo = "",
    by: By = "",
) -> None:
    typed = _TypedAnswer(campaign, address, state, name, organisation, belongs_to)
    _save(context, typed, by=by)


def decline(
    context: typer.Context,
    campaign: Campaign,
    address: Address,
    name: Name = "",
    organisation: Organisation = "",
    belongs_to: BelongsTo = "",
    by: By = "",
) -> None:
    declined = AccreditationState.DECLINED
    typed = _TypedAnswer(campaign, address, declined, name, organisation, belongs_to)
    _save(context, typed, by=by)


class _TypedAnswer(NamedTuple):
    """An answer as it was typed."""

    campaign: str
    address: str
    state: AccreditationState
    name: str
    organisation: str
    belongs_to: str


def _save(context: typer.Context, typed: _TypedAnswer, *, by: str) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.accreditations import register_accreditation

    address = require_address(typed.address)
    with opened(context) as app:
        campaign = app.campaigns.slug(typed.campaign)
        entry = register_accreditation(
            campaign,
            address,
            state=typed.state,
            identity=_identity(app, address, typed),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    stored = entry.accreditation.address
    show.print_line(_("{address}: {state}.", address=stored, state=label_of(typed.state)))
    if not entry.is_known and not entry.accreditation.is_newcomer:
        _print_unknown(entry)


def _identity(app: App, address: MailAddress, typed: _TypedAnswer) -> Identity:
    """Return who answered, as the command line says or, on a terminal, as the person decides."""
    from mailer.addresses import require_address
    from mailer.operations.people.accreditations import Identity, likely_owners

    typed_name = Identity(typed.name, typed.organisation)
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
        if typer.confirm(show.translated(question)):
            return replace(typed_name, contact=contact.address)
    return replace(typed_name, is_newcomer=bool(likely))


def _print_unknown(entry: RegisterEntry) -> None:
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

    with opened(context) as app:
        register = accreditations_of(app.campaigns.slug(campaign), ledger=app.ledger)
    if json:
        for entry in register:
            show.as_json(_as_json(entry))
        return
    _print_register(register)


def _as_json(entry: RegisterEntry) -> dict[str, object]:
    answer = entry.accreditation
    return {
        "address": str(answer.address),
        "state": answer.state,
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
            _print_unknown(entry)
