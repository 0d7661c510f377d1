"""What a link that works once opens: the first account, an invitation, or the desk itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, RuleError
from mailer.model.team.actor import PROGRAM
from mailer.model.team.identity import SignInMethod
from mailer.model.team.person import Person, Role
from mailer.model.team.sign_in import LinkPurpose
from mailer.operations.team.links import link_of, make_link
from mailer.operations.team.people import new_person
from mailer.operations.team.sign_in import new_session, problems_of_password
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from mailer.model.team.sign_in import OneTimeLink
    from mailer.operations.team.visitors import Gate, SignedIn
    from mailer.ports import Ledger


@dataclass(frozen=True, slots=True)
class NewAccount:
    """What the first administrator types. The password is typed twice."""

    name: str
    address: str
    roles: frozenset[Role]
    password: str = field(repr=False)
    again: str = field(repr=False)


def start_link(*, ledger: Ledger, now: datetime) -> str:
    """Make the link that the start of the desk prints; returns its token. Journalled.

    It creates the first administrator where nobody could manage the team. Otherwise readers
    choose who they are: who can start the desk on this machine can act as anybody on the command
    line too.
    """
    has_administrator = any(each.is_administrator for each in ledger.team.people())
    purpose = LinkPurpose.SIGN_IN if has_administrator else LinkPurpose.FIRST_ADMINISTRATOR
    return make_link(purpose, by=PROGRAM, ledger=ledger, now=now)


def choices_of(link: OneTimeLink, *, ledger: Ledger) -> Sequence[Person]:
    """Return who may come in by this link: its person, or everybody who is enabled."""
    people = ledger.team.people()
    return [each for each in people if each.is_enabled and link.person in {"", each.id}]


def become_first_administrator(
    token: str, account: NewAccount, *, agent: str = "", gate: Gate, now: datetime
) -> SignedIn:
    """Create the first administrator and sign them in, in one transaction. Journalled.

    Raises RuleError with every problem of the fields, or when the link does not work any more.
    """
    link = _open_link(token, LinkPurpose.FIRST_ADMINISTRATOR, ledger=gate.ledger, now=now)
    if any(each.is_administrator for each in gate.ledger.team.people()):
        raise RuleError(_NO_LINK)
    return _added(link, account, agent=agent, gate=gate, now=now)


def enter_as_newcomer(
    token: str, account: NewAccount, *, agent: str = "", gate: Gate, now: datetime
) -> SignedIn:
    """Add whoever started the desk on this machine, and sign them in. Journalled.

    They become an administrator, as whom they could enter anyway. Raises RuleError like
    `become_first_administrator`.
    """
    link = _open_link(token, LinkPurpose.SIGN_IN, ledger=gate.ledger, now=now)
    if link.person:
        raise RuleError(_NO_LINK)
    return _added(link, account, agent=agent, gate=gate, now=now)


def _added(
    link: OneTimeLink, account: NewAccount, *, agent: str, gate: Gate, now: datetime
) -> SignedIn:
    """Add the person of an account by a link, and sign them in, in one transaction."""
    person = _read_account(account, known=gate.ledger.team.people())
    signed_in = new_session(person, method=SignInMethod.PASSWORD, agent=agent, now=now)
    if not gate.ledger.sign_ins.welcome(
        link.token_hash,
        signed_in.session,
        newcomer=person,
        password_hash=gate.passwords.hash(account.password),
        actor=signed_in.actor,
    ):
        raise RuleError(_NO_LINK)
    return signed_in


def accept_invitation(
    token: str, *, password: str, again: str, agent: str = "", gate: Gate, now: datetime
) -> SignedIn:
    """Set the password of the person who was invited, and sign them in. Journalled.

    Raises RuleError when the password cannot be used or the link does not work any more.
    """
    link = _open_link(token, LinkPurpose.INVITATION, ledger=gate.ledger, now=now)
    person = _chosen(link, link.person, gate.ledger)
    if problems := problems_of_password(password, again, person=person):
        raise RuleError(*problems)
    signed_in = new_session(person, method=SignInMethod.PASSWORD, agent=agent, now=now)
    if not gate.ledger.sign_ins.welcome(
        link.token_hash,
        signed_in.session,
        password_hash=gate.passwords.hash(password),
        actor=signed_in.actor,
    ):
        raise RuleError(_NO_LINK)
    return signed_in


def enter_by_link(
    token: str, person_id: str, *, agent: str = "", ledger: Ledger, now: datetime
) -> SignedIn:
    """Sign in the person whom the reader chooses. Journalled.

    Raises RuleError when nobody is chosen or the link does not work any more.
    """
    link = _open_link(token, LinkPurpose.SIGN_IN, ledger=ledger, now=now)
    person = _chosen(link, person_id, ledger)
    signed_in = new_session(person, method=SignInMethod.LINK, agent=agent, now=now)
    if not ledger.sign_ins.welcome(link.token_hash, signed_in.session, actor=signed_in.actor):
        raise RuleError(_NO_LINK)
    return signed_in


def _read_account(account: NewAccount, *, known: Sequence[Person]) -> Person:
    """Return the person of an account. Raises RuleError with every problem of the fields."""
    problems: list[Problem] = []
    person = Person("", account.name, account.roles)
    try:
        roles = account.roles | {Role.ADMINISTRATOR}
        person = new_person(account.name, account.address, roles, known=known)
    except RuleError as error:
        problems += error.problems
    problems += problems_of_password(account.password, account.again, person=person)
    if problems:
        raise RuleError(*problems)
    return person


def _open_link(token: str, purpose: LinkPurpose, *, ledger: Ledger, now: datetime) -> OneTimeLink:
    link = link_of(token, ledger=ledger, now=now)
    if link is None or link.purpose is not purpose:
        raise RuleError(_NO_LINK)
    return link


def _chosen(link: OneTimeLink, person_id: str, ledger: Ledger) -> Person:
    found = [each for each in choices_of(link, ledger=ledger) if each.id == person_id]
    if not found:
        what, remedy = _("Nobody was chosen."), _("Choose who you are.")
        raise RuleError(Problem(Place("desk", key="person"), what, remedy))
    return found[0]


_NO_LINK = Problem(
    Place("desk", key="link"),
    _("This link was used already, or its time is over."),
    _("Ask an administrator for a new one, or start the desk again."),
)
