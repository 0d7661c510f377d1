"""`mailer contacts`: add, edit and remove one person, and show the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.contacts.people import AddressText
from mailer.cli.terminal import show
from mailer.cli.terminal.asking import confirmed
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.remedies import command_line
from mailer.cli.terminal.workspace import By, current_actor, onlooker, opened
from mailer.errors import ContentError, Place, Problem
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.model.contacts.contact import Contact

NameText = Annotated[
    str, typer.Option("--name", help=N_("The name, with the title: Mme Ana Petit."))
]
OutletText = Annotated[str, typer.Option("--outlet", help=N_("Outlet or association."))]
SetText = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        help=N_(
            "Another field and its value: role=Editor, language=en, phone=…, email 2=…; may be repeated."
        ),
        show_default=False,
    ),
]


def add(
    context: typer.Context,
    address: AddressText,
    list_name: Annotated[
        str, typer.Option("--list", help=N_("The list this person joins, e.g. press."))
    ],
    name: NameText = "",
    outlet: OutletText = "",
    values: SetText = None,
    by: By = "",
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.edit_contacts import add_contact

    known, typed = require_address(address), _typed(name, outlet, values)
    with opened(context) as app:
        added = add_contact(
            known,
            typed,
            list_name=list_name,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    if added.is_new:
        show.print_line(_("{address}: added to the directory.", address=known))
    else:
        show.print_line(_("{address}: was in the directory already.", address=known))
    if added.kept:
        kept = ", ".join(added.kept)
        edited = f"mailer contacts edit {known}"
        show.warn(
            _("Kept as it was: {values}. Change it with: {command}", values=kept, command=edited)
        )
    _print_contact(added.contact)


def edit(
    context: typer.Context,
    address: AddressText,
    name: NameText = "",
    outlet: OutletText = "",
    values: SetText = None,
    by: By = "",
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.edit_contacts import edit_contact

    known, typed = require_address(address), _typed(name, outlet, values)
    with opened(context) as app:
        edited = edit_contact(
            known,
            typed,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    if not edited.changed:
        show.print_line(_("{address}: nothing changed.", address=known))
    else:
        show.print_line(_("{address}: changed.", address=known))
    _print_contact(edited.contact)


def remove(
    context: typer.Context,
    address: AddressText,
    list_name: Annotated[
        str,
        typer.Option(
            "--list",
            help=N_("Only from this list; default: from the directory."),
            show_default=False,
        ),
    ] = "",
    by: By = "",
    yes: Annotated[bool, typer.Option("--yes", help=N_("Do not ask."))] = False,
) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.edit_contacts import leave_list, remove_contact

    known = require_address(address)
    if not list_name and not yes:
        question = _("Remove {address} from the directory and all its lists?", address=known)
        if not confirmed(question):
            raise typer.Abort
    with opened(context) as app:
        actor, now = current_actor(app, by), app.clock.now()
        if list_name:
            contact = leave_list(known, list_name, actor=actor, ledger=app.ledger, now=now)
        else:
            remove_contact(known, actor=actor, ledger=app.ledger, now=now)
    if list_name:
        show.print_line(_("{address}: no longer on “{list}”.", address=known, list=list_name))
        _print_contact(contact)
        return
    show.print_line(_("{address}: removed from the directory.", address=known))
    show.print_line(
        _(
            "An import of the same list brings them back. A refusal is: {command}",
            command=command_line(Remedy(RemedyAct.SUPPRESS, {"address": str(known)})),
        )
    )


def lists(context: typer.Context, json: AsJson = False) -> None:
    from mailer.operations.people.edit_contacts import contact_lists

    with opened(context) as app:
        found = contact_lists(actor=onlooker(app), ledger=app.ledger)
    if json:
        for each in found:
            show.as_json({"list": each.name, "people": each.size})
        return
    show.table((_("List"), _("People")), ((each.name, each.size) for each in found))


def _typed(name: str, outlet: str, values: list[str] | None) -> dict[str, str]:
    """Return what was typed by the name of the field. Raises ContentError for a value without."""
    typed = {"nom complet": name} if name else {}
    typed |= {"organisation": outlet} if outlet else {}
    for each in values or ():
        field, sign, value = each.partition("=")
        if not (field.strip() and sign):
            raise ContentError(
                Problem(
                    Place(each),
                    _("this sets no field"),
                    _(
                        "Write --set, the field, = and the value, for instance {example}",
                        example="role=Editor",
                    ),
                )
            )
        typed[field.strip()] = value.strip()
    return typed


def _print_contact(contact: Contact) -> None:
    fields = (
        (_("Name"), f"{contact.civility} {contact.name}".strip()),
        (_("Outlet"), contact.organisation),
        (_("Role"), contact.role),
        (_("Beat"), contact.beat),
        (_("Region"), contact.region),
        (_("Kind of media"), contact.media),
        (_("Language"), contact.language),
        (_("Telephone"), contact.phone),
        (_("Other addresses"), ", ".join(map(str, contact.alternates))),
        (_("Lists"), ", ".join(sorted(contact.lists))),
    )
    for label, value in fields:
        if value:
            show.print_line(_("  {field}: {value}", field=label, value=value))
