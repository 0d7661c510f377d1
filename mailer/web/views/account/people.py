"""The people of the team: who they are, what they may do, and their invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from mailer.errors import ContentError, Place, Problem
from mailer.model.team.identity import ProviderIdentity
from mailer.model.team.permission import ROLE_NAMES
from mailer.model.team.person import Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.team import identities, people
from mailer.operations.team.links import LASTS
from mailer.operations.team.list_limits import known_lists, limit_to_lists
from mailer.operations.team.second_factor import has_generator, reset_second_factor
from mailer.web.labels import METHODS
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.responses import Response

    from mailer.operations.team.people import Member
    from mailer.web.forms import Form
    from mailer.web.visit import Visit

ROLES: Mapping[Role, Text] = {
    Role.READER: _("sees campaigns and figures, and may pause what is wrong"),
    Role.EDITOR: _("writes campaigns, keeps the lists, and launches what is signed"),
    Role.SIGNATORY: _("does the same, and signs off, resumes and cancels"),
    Role.ADMINISTRATOR: _("manages the team, lifts bars and erases people; does not sign"),
    Role.PARTNER: _(
        "belongs to another institution: sees only the campaigns that name them, and no list"
    ),
}
"""What each role does, in one line."""
_LIST = "/reglages/personnes"


def show(visit: Visit) -> Response:
    """Show everybody of the team, who waits to be recognised, and the form to add somebody."""
    actor, ledger = visit.actor, visit.app.ledger
    members = people.members(actor=actor, ledger=ledger)
    return visit.page(
        "team/people.html.j2",
        members=members,
        names={each.person.id: each.person.name for each in members},
        waiting=identities.waiting_identities(actor=actor, ledger=ledger),
        roles=ROLES,
        role_names=ROLE_NAMES,
        chosen=chosen_roles(visit.typed),
    )


def add(visit: Visit, form: Form) -> Response:
    """Add somebody to the team."""
    person = people.add_person(
        form.text("name"),
        form.text("address"),
        chosen_roles(form),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_page_of(person.id), "person-added")


def person(visit: Visit) -> Response:
    """Show one person: roles, account and invitation."""
    member, ledger = _member(visit), visit.app.ledger
    person_id = member.person.id
    return visit.page(
        "team/person.html.j2",
        member=member,
        methods=METHODS,
        has_generator=has_generator(member.person, ledger=ledger),
        identities=identities.identities_of(person_id, actor=visit.actor, ledger=ledger),
        sessions=people.sessions_of(person_id, actor=visit.actor, ledger=ledger, now=visit.now),
        roles=ROLES,
        role_names=ROLE_NAMES,
        chosen=chosen_roles(visit.typed) or member.person.roles,
        lists=sorted({*known_lists(ledger=ledger), *member.person.lists}),
    )


def change_roles(visit: Visit, form: Form) -> Response:
    """Give a person other roles than those that the page showed."""
    person_id = visit.path("person")
    before = [role for role in Role if role in form.text("before").split()]
    people.change_roles(
        person_id,
        chosen_roles(form),
        before=before,
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_page_of(person_id), "roles")


def limit(visit: Visit, form: Form) -> Response:
    """Limit a person to the ticked lists, or give them every list."""
    person_id = visit.path("person")
    limit_to_lists(
        person_id,
        form.all("lists"),
        before=form.all("before-lists"),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_page_of(person_id), "lists-limited")


def disable(visit: Visit, form: Form) -> Response:
    """Close a person's account."""
    person_id = visit.path("person")
    people.disable_person(
        person_id, why=form.text("why"), actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    return visit.done(_page_of(person_id), "account-closed")


def enable(visit: Visit, form: Form) -> Response:
    """Open a closed account again."""
    del form
    person_id = visit.path("person")
    people.enable_person(person_id, actor=visit.actor, ledger=visit.app.ledger, now=visit.now)
    return visit.done(_page_of(person_id), "account-opened")


def end_sessions(visit: Visit, form: Form) -> Response:
    """End one session of a person, or all."""
    person_id = visit.path("person")
    people.end_sessions_of(
        person_id,
        only=form.text("session"),
        actor=visit.actor,
        ledger=visit.app.ledger,
        now=visit.now,
    )
    return visit.done(_page_of(person_id), "session-ended")


def reset_factor(visit: Visit, form: Form) -> Response:
    """Remove the second factor of somebody who has lost the telephone."""
    del form
    person_id, ledger = visit.path("person"), visit.app.ledger
    reset_second_factor(person_id, actor=visit.actor, ledger=ledger, now=visit.now)
    return visit.done(_page_of(person_id), "second-factor-removed")


def unlink(visit: Visit, form: Form) -> Response:
    """Take an identity at the provider away from a person."""
    person_id = visit.path("person")
    identities.unlink(
        _identity(form), person_id, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    return visit.done(_page_of(person_id), "identity-unlinked")


def recognise(visit: Visit, form: Form) -> Response:
    """Say who somebody is who waits, or that they are nobody of the team."""
    actor, ledger, identity = visit.actor, visit.app.ledger, _identity(form)
    if form.text("decision") != "recognise":
        identities.dismiss(identity, actor=actor, ledger=ledger, now=visit.now)
        return visit.done(_LIST, "identity-dismissed")
    person_id = form.text("person")
    identities.recognise(identity, person_id, actor=actor, ledger=ledger, now=visit.now)
    return visit.done(_page_of(person_id), "identity-linked")


def _identity(form: Form) -> ProviderIdentity:
    return ProviderIdentity(form.text("issuer"), form.text("subject"))


def invite(visit: Visit, form: Form) -> Response:
    """Make an invitation, and show its address: this once, because nothing keeps it."""
    del form
    member = _member(visit)
    token = people.invite(
        member.person.id, actor=visit.actor, ledger=visit.app.ledger, now=visit.now
    )
    return visit.page(
        "team/invitation.html.j2",
        member=member,
        address=f"{visit.base}/bienvenue/{token}",
        until=visit.now + LASTS[LinkPurpose.INVITATION],
    )


def chosen_roles(form: Form) -> set[Role]:
    """Return the roles whose boxes were ticked."""
    return {role for role in Role if role in form.all("roles")}


def _member(visit: Visit) -> Member:
    found = people.members(actor=visit.actor, ledger=visit.app.ledger)
    for member in found:
        if member.person.id == visit.path("person"):
            return member
    what = _("nobody of the team has this id")
    raise ContentError(Problem(Place(""), what, _("Choose somebody of the list.")))


def _page_of(person_id: str) -> str:
    return f"{_LIST}/{quote(person_id, safe='')}"
