"""The commands about the people of the press office: who they are, and how they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import By, current_actor, opened
from mailer.model.team.permission import ROLE_NAMES
from mailer.model.team.person import Role
from mailer.wording import _

if TYPE_CHECKING:
    from mailer.operations.team.people import Member
    from mailer.wiring.app import App

Who = Annotated[str, typer.Argument(help=N_("The person's name or id."))]


def list_(context: typer.Context, by: By = "", as_json: AsJson = False) -> None:
    from mailer.operations.team.people import members

    with opened(context) as app:
        found = members(actor=current_actor(app, by), ledger=app.ledger)
    if as_json:
        show.as_json([_as_json(member) for member in found])
        return
    show.table(
        (_("Id"), _("Name"), _("Roles"), _("Lists"), _("Address"), _("Account")),
        [
            (
                each.person.id,
                each.person.name,
                ", ".join(show.translated(ROLE_NAMES[role]) for role in sorted(each.person.roles)),
                ", ".join(sorted(each.person.lists)) or _("every list"),
                each.person.address or "",
                _account(each),
            )
            for each in found
        ],
    )


def invite(
    context: typer.Context,
    who: Who,
    address: Annotated[
        str, typer.Option(help=N_("Of somebody new: their e-mail address."), show_default=False)
    ] = "",
    role: Annotated[
        list[Role] | None,
        typer.Option(help=N_("Of somebody new: what they do here; may be repeated.")),
    ] = None,
    by: By = "",
) -> None:
    from mailer.operations.team.people import invite_called

    with opened(context) as app:
        if not role:  # whom config.toml names is not somebody new
            app.roster.take_in(now=app.clock.now())
        invitation = invite_called(
            who,
            address=address,
            roles=role or (),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
        show.print_line(
            _(
                "Give {name} this address; it works once, until {at}:",
                name=invitation.person.name,
                at=show.wall_time(invitation.until),
            )
        )
        show.print_line(f"{_base(app)}/bienvenue/{invitation.token}")


def limit(
    context: typer.Context,
    who: Who,
    list_name: Annotated[
        list[str] | None,
        typer.Option(
            "--list",
            help=N_("A list that this person keeps; may be repeated. Without one: every list."),
            show_default=False,
        ),
    ] = None,
    by: By = "",
) -> None:
    from mailer.operations.team.list_limits import limit_to_lists
    from mailer.operations.team.people import member_called

    with opened(context) as app:
        person = limit_to_lists(
            member_called(who, ledger=app.ledger).id,
            list_name or (),
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    if not person.lists:
        show.print_line(_("{name} sees the people of every list.", name=person.name))
        return
    show.print_line(
        _(
            "{name} sees only the people of: {lists}.",
            name=person.name,
            lists=", ".join(sorted(person.lists)),
        )
    )


def disable(
    context: typer.Context,
    who: Who,
    why: Annotated[str, typer.Option(help=N_("The reason, for the journal."))] = "",
    by: By = "",
) -> None:
    from mailer.operations.team.people import disable_person, member_called

    with opened(context) as app:
        person = disable_person(
            member_called(who, ledger=app.ledger).id,
            why=why,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(
        _("The account of {name} is closed: its sessions have ended.", name=person.name)
    )


def enable(context: typer.Context, who: Who, by: By = "") -> None:
    from mailer.operations.team.people import enable_person, member_called

    with opened(context) as app:
        person = enable_person(
            member_called(who, ledger=app.ledger).id,
            actor=current_actor(app, by),
            ledger=app.ledger,
            now=app.clock.now(),
        )
    show.print_line(_("The account of {name} is open again.", name=person.name))


def _account(member: Member) -> str:
    if not member.person.is_enabled:
        return show.translated(_("closed"))
    if member.password_since is None:
        return show.translated(_("no password yet"))
    return show.translated(_("open"))


def _as_json(member: Member) -> dict[str, object]:
    person = member.person
    return {
        "id": person.id,
        "name": person.name,
        "roles": sorted(person.roles),
        "lists": sorted(person.lists),
        "address": str(person.address) if person.address else None,
        "is_enabled": person.is_enabled,
        "has_password": member.password_since is not None,
    }


def _base(app: App) -> str:
    """Return the beginning of the desk's addresses, as its configuration says."""
    web = app.settings.web
    return web.public_url or f"http://127.0.0.1:{web.port}"
