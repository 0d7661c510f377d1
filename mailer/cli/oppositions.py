"""Whom we no longer write to, and addresses put right: a person's acts, each with a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli import show
from mailer.cli.language import N_
from mailer.cli.opening import By, acting, opened
from mailer.labels import label_of
from mailer.model.permission import Act
from mailer.model.suppression import EVERYWHERE, Suppression, SuppressionReason
from mailer.wording import _, _n

if TYPE_CHECKING:
    from mailer.model.address import Address

AddressText = Annotated[str, typer.Argument(help=N_("The person's e-mail address."))]
OnlyList = Annotated[
    str, typer.Option("--list", help=N_("Only this list; default: all."), show_default=False)
]


def _address(text: str) -> Address:
    from mailer.addresses import NotAnAddress, read_address
    from mailer.errors import ContentError, Place, Problem

    try:
        return read_address(text)
    except NotAnAddress as error:
        remedy = _("Correct the address and try again.")
        raise ContentError(Problem(Place(text), error.reason, remedy)) from error


def suppress(
    context: typer.Context,
    address: AddressText,
    why: Annotated[str, typer.Option(help=N_("How you know: call, letter, mail …"))],
    by: By = "",
    list_name: OnlyList = EVERYWHERE,
    reason: Annotated[
        SuppressionReason, typer.Option(help=N_("What it is."))
    ] = SuppressionReason.OPT_OUT,
) -> None:
    known = _address(address)
    with opened(context) as app:
        actor = acting(app, by, Act.SUPPRESS)
        now = app.clock.now()
        bar = Suppression(known, reason, now, list_name, evidence=why, by=actor.name)
        is_new = app.ledger.suppressions.add(bar, actor=actor)
    show.tell(
        _("{address}: no longer written to ({reason}).", address=known, reason=label_of(reason))
        if is_new
        else _("{address}: was not written to already.", address=known)
    )


def lift(
    context: typer.Context,
    address: AddressText,
    why: Annotated[str, typer.Option(help=N_("On whose word, and why."))],
    by: By = "",
    list_name: OnlyList = EVERYWHERE,
) -> None:
    from mailer.operations.feedback.reconcile import lift as lift_bars

    known = _address(address)
    with opened(context) as app:
        lifted = lift_bars(
            known,
            scope=list_name,
            actor=acting(app, by),
            why=why,
            ledger=app.ledger,
            provider=app.provider_lists,
            now=app.clock.now(),
        )
    show.tell(
        _n("{count} bar lifted.", "{count} bars lifted.", count=lifted)
        if lifted
        else _("No such bar stands; nothing changed.")
    )


def forget(
    context: typer.Context,
    address: AddressText,
    by: By = "",
    why: Annotated[str, typer.Option(help=N_("The request, e.g. letter of 3 May."))] = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))] = False,
) -> None:
    known = _address(address)
    if not yes:
        question = _("Erase everything about {address}? This cannot be undone.", address=known)
        typer.confirm(show.words(question), abort=True)
    with opened(context) as app:
        actor = acting(app, by, Act.FORGET)
        was_known = app.ledger.erasure.forget(known, actor=actor, why=why, at=app.clock.now())
    show.tell(
        _("Forgotten. Figures of past campaigns stay; no import brings this address back.")
        if was_known
        else _("Nothing was known; no import will bring this address in.")
    )
    show.tell(_("Copies made by others, and .eml files already written, are yours to clear."))


def correct(
    context: typer.Context,
    old: Annotated[str, typer.Argument(help=N_("The address that is wrong."))],
    new: Annotated[str, typer.Argument(help=N_("The right one."))],
    by: By = "",
    why: Annotated[str, typer.Option(help=N_("How you know."))] = "",
) -> None:
    from mailer.operations.people.correct import correct_address

    wrong, right = _address(old), _address(new)
    with opened(context) as app:
        corrected = correct_address(
            wrong,
            right,
            actor=acting(app, by),
            why=why,
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.tell(
        _(
            "{name}: {old} is now {new}.",
            name=corrected.contact.name or corrected.contact.organisation or wrong,
            old=wrong,
            new=right,
        )
    )
    if corrected.resent is None:
        show.tell(_("No missed step is still useful; nothing is sent again."))
    else:
        show.tell(
            _(
                "{campaign}, {step}: leaves for this person alone, with the next mailer run.",
                campaign=corrected.resent.campaign,
                step=corrected.resent.step,
            )
        )


def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help=N_("The CSV file to write."))],
    list_name: OnlyList = EVERYWHERE,
    by: By = "",
) -> None:
    from mailer.atomic_write import write_atomically
    from mailer.excel_csv import excel_csv

    with opened(context) as app:
        actor = acting(app, by, Act.EXPORT_PEOPLE)
        contacts = app.ledger.contacts.all((list_name,) if list_name else ())
        barred = app.ledger.suppressions.all()
        now = app.clock.now()
        app.ledger.journal.add(
            at=now,
            actor=actor,
            action="export",
            subject=list_name or "contacts",
            detail=f"{len(contacts)} people",
        )
    reasons = {
        bar.address.key: show.words(label_of(bar.reason)) for bar in barred if bar.is_in_force(now)
    }
    headings = (
        *(_("Address"), _("Title"), _("First name"), _("Last name"), _("Outlet"), _("Role")),
        *(_("Beat"), _("Region"), _("Language"), _("Telephone"), _("Lists"), _("Source")),
        _("Not written to"),
    )
    rows = [
        (
            contact.address,
            contact.civility,
            contact.first_name,
            contact.last_name,
            contact.organisation,
            contact.role,
            contact.beat,
            contact.region,
            contact.language,
            contact.phone,
            ", ".join(sorted(contact.lists)),
            contact.source,
            reasons.get(contact.address.key, ""),
        )
        for contact in contacts
    ]
    out.parent.mkdir(parents=True, exist_ok=True)
    table = excel_csv([[show.words(each) for each in headings], *rows])
    write_atomically(out, table, mode=0o600)
    show.tell(_n("{count} contact: {file}", "{count} contacts: {file}", count=len(rows), file=out))


CONTACTS = (
    ("export", export, N_("Write the directory as a table for Excel.")),
    ("suppress", suppress, N_("Note that somebody is not to be written to.")),
    ("lift", lift, N_("Write to somebody again, on their word.")),
    ("forget", forget, N_("Erase a person, and never bring them back by an import.")),
    ("correct", correct, N_("Put an address right; the step that was missed leaves for it.")),
)
"""Belong to `mailer contacts`."""
