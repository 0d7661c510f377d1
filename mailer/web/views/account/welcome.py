"""What a link that works once opens. Looking at the page does not use the link up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.model.team.permission import ROLE_NAMES
from mailer.model.team.person import Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.team.links import link_of
from mailer.operations.team.sign_in import has_password
from mailer.operations.team.welcome import (
    NewAccount,
    accept_invitation,
    become_first_administrator,
    choices_of,
    enter_as_newcomer,
    enter_by_link,
)
from mailer.web.views.account.entrance import agent_of, with_cookie
from mailer.web.views.account.people import ROLES, chosen_roles

if TYPE_CHECKING:
    from starlette.responses import Response

    from mailer.operations.team.visitors import SignedIn
    from mailer.web.forms import Form
    from mailer.web.visit import Visit


def show(visit: Visit) -> Response:
    """Show what the link is for, or that it was used."""
    app = visit.app
    link = link_of(visit.path("token"), ledger=app.ledger, now=visit.now)
    choices = choices_of(link, ledger=app.ledger) if link else ()
    return visit.page(
        "team/welcome.html.j2",
        status=200 if link else 410,
        link=link,
        purpose=LinkPurpose,
        choices=choices,
        me=next((each.id for each in choices if each.is_called(app.settings.team.me)), ""),
        roles=ROLES,
        role_names=ROLE_NAMES,
        chosen=chosen_roles(visit.typed) if visit.typed.fields else {Role.EDITOR},
    )


def come_in(visit: Visit, form: Form) -> Response:
    """Use the link."""
    signed_in = _signed_in(visit, form)
    has_one = has_password(signed_in.person, ledger=visit.app.ledger)
    response = visit.done("/") if has_one else visit.done("/moi", "welcome")
    return with_cookie(visit, response, signed_in)


def _signed_in(visit: Visit, form: Form) -> SignedIn:
    app, token, now = visit.app, visit.path("token"), visit.now
    link = link_of(token, ledger=app.ledger, now=now)
    if link is not None and link.purpose is LinkPurpose.INVITATION:
        return accept_invitation(
            token,
            password=form.text("new"),
            again=form.text("again"),
            agent=agent_of(visit),
            gate=app.gate,
            now=now,
        )
    agent = agent_of(visit)
    if link is not None and link.purpose is LinkPurpose.FIRST_ADMINISTRATOR:
        return become_first_administrator(
            token, _account(form), agent=agent, gate=app.gate, now=now
        )
    if form.text("newcomer"):
        return enter_as_newcomer(token, _account(form), agent=agent, gate=app.gate, now=now)
    return enter_by_link(token, form.text("person"), agent=agent, ledger=app.ledger, now=now)


def _account(form: Form) -> NewAccount:
    return NewAccount(
        name=form.text("name"),
        address=form.text("address"),
        roles=frozenset(chosen_roles(form)),
        password=form.text("new"),
        again=form.text("again"),
    )
