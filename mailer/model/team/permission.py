"""The table of permissions. Operations check it, so that every interface follows it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from mailer.errors import Place, Problem, ProofNeeded, RuleError
from mailer.model.team.actor import Via
from mailer.model.team.person import Role
from mailer.model.team.sign_in import is_recent
from mailer.wording import Text, _

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from mailer.model.team.actor import Actor


class Act(StrEnum):
    """What somebody may ask for. Looking at figures, texts and previews is open to the office."""

    SEE_EVERYBODY = "see-everybody"

    EXPORT_PEOPLE = "export-people"
    IMPORT_CONTACTS = "import-contacts"
    EDIT_CONTACTS = "edit-contacts"
    CORRECT_ADDRESS = "correct-address"
    ACCREDIT = "accredit"
    EDIT_CAMPAIGN = "edit-campaign"
    CALL_BACK = "call-back"
    NOTE_COVERAGE = "note-coverage"
    COMMENT = "comment"
    SEND_PROOF = "send-proof"
    SIGN_OFF = "sign-off"
    LAUNCH = "launch"
    PAUSE = "pause"
    RESUME_OWN_PAUSE = "resume-own-pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RESOLVE = "resolve"
    SUPPRESS = "suppress"
    LIFT = "lift"
    FORGET = "forget"
    RESTORE_LEDGER = "restore-ledger"
    ADOPT_LEDGER = "adopt-ledger"
    MANAGE_PEOPLE = "manage-people"
    CONFIRM_CLOCK = "confirm-clock"
    CHANGE_OFFICE = "change-office"
    SIGN_AS_PARTNER = "sign-as-partner"
    REQUEST_PLACES = "request-places"


_EVERYBODY = frozenset({Act.PAUSE})
"""Anybody of the office who sees something wrong may stop it: a pause costs little and is easily undone."""
_WITH_PEOPLE = frozenset(
    {
        Act.SEE_EVERYBODY,
        Act.EXPORT_PEOPLE,
        Act.IMPORT_CONTACTS,
        Act.EDIT_CONTACTS,
        Act.CORRECT_ADDRESS,
        Act.ACCREDIT,
        Act.CALL_BACK,
        Act.NOTE_COVERAGE,
        Act.SEND_PROOF,
        Act.SUPPRESS,
        Act.RESUME_OWN_PAUSE,
    }
)
_STEERING = frozenset({Act.RESUME, Act.CANCEL, Act.RESOLVE, Act.CONFIRM_CLOCK})
_KEEPING = frozenset(
    {
        Act.LIFT,
        Act.FORGET,
        Act.RESTORE_LEDGER,
        Act.ADOPT_LEDGER,
        Act.MANAGE_PEOPLE,
        Act.CHANGE_OFFICE,
    }
)
_WRITING = frozenset({Act.EDIT_CAMPAIGN, Act.COMMENT, Act.LAUNCH})

PERMISSIONS: Mapping[Role, frozenset[Act]] = {
    Role.READER: _EVERYBODY,
    Role.EDITOR: _EVERYBODY | _WITH_PEOPLE | _WRITING,
    Role.SIGNATORY: _EVERYBODY | _WITH_PEOPLE | _STEERING | _WRITING | {Act.SIGN_OFF},
    # Who holds the keys does not sign, writes no campaign and launches none.
    Role.ADMINISTRATOR: _EVERYBODY | _WITH_PEOPLE | _STEERING | _KEEPING,
    # Nothing of the office: not even a pause, which anybody of the office may order.
    Role.PARTNER: frozenset({Act.SIGN_AS_PARTNER, Act.REQUEST_PLACES}),
}
"""What each role may do. A person with several roles may do what any of them may."""

BEYOND_LISTS = _KEEPING | {Act.SEE_EVERYBODY, Act.ACCREDIT, Act.RESOLVE} | PERMISSIONS[Role.PARTNER]
"""What nobody may do who is limited to some contact lists: it shows or changes people of any list.

The rest they may, with the people of their lists. A launch is for those whom the campaign names:
its audience is signed off, and seen by its counts.
"""

ROLE_NAMES: Mapping[Role, Text] = {
    Role.READER: _("reader"),
    Role.EDITOR: _("editor"),
    Role.SIGNATORY: _("signatory"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.PARTNER: _("partner"),
}
_ACT_NAMES: Mapping[Act, Text] = {
    Act.SEE_EVERYBODY: _("see people of every list"),
    Act.EXPORT_PEOPLE: _("export people"),
    Act.IMPORT_CONTACTS: _("import contacts"),
    Act.EDIT_CONTACTS: _("add, change or remove a contact"),
    Act.CORRECT_ADDRESS: _("correct an address"),
    Act.ACCREDIT: _("change an accreditation"),
    Act.EDIT_CAMPAIGN: _("write or change a campaign"),
    Act.CALL_BACK: _("note a telephone call"),
    Act.NOTE_COVERAGE: _("note what the press has published"),
    Act.COMMENT: _("comment on a text"),
    Act.SEND_PROOF: _("send a test to the team"),
    Act.SIGN_OFF: _("sign off a campaign"),
    Act.LAUNCH: _("launch a campaign"),
    Act.PAUSE: _("pause a campaign"),
    Act.RESUME_OWN_PAUSE: _("resume what the same person paused"),
    Act.RESUME: _("resume what somebody else paused"),
    Act.CANCEL: _("cancel a campaign"),
    Act.RESOLVE: _("resolve uncertain deliveries"),
    Act.SUPPRESS: _("bar an address"),
    Act.LIFT: _("lift a bar"),
    Act.FORGET: _("erase a person"),
    Act.RESTORE_LEDGER: _("restore a backup"),
    Act.ADOPT_LEDGER: _("use a copy of the ledger in the place of the other one"),
    Act.MANAGE_PEOPLE: _("manage the people of the team"),
    Act.CONFIRM_CLOCK: _("confirm the clock"),
    Act.CHANGE_OFFICE: _("change the name and the sender of the office"),
    Act.SIGN_AS_PARTNER: _("sign off for a partner"),
    Act.REQUEST_PLACES: _("ask for accreditations for a partner"),
}


def may(actor: Actor, act: Act) -> bool:
    """Return whether one of the actor's roles allows the act, and no limit to lists forbids it."""
    return _has_role_for(actor, act) and not (actor.lists and act in BEYOND_LISTS)


def lists_seen(actor: Actor) -> frozenset[str] | None:
    """Return the lists whose people the actor sees by name and address; None for everybody.

    Who has no role but the reader's sees figures, and the people of the lists that an
    administrator has given them.
    """
    return actor.lists if actor.lists or actor.roles == {Role.READER} else None


def may_see(actor: Actor, lists: Collection[str]) -> bool:
    """Return whether the actor may see somebody who is on these lists."""
    seen = lists_seen(actor)
    return seen is None or not seen.isdisjoint(lists)


def require_names(actor: Actor) -> None:
    """Raise RuleError when the actor sees figures only, and nobody by name."""
    if lists_seen(actor) == frozenset():
        raise RuleError(
            Problem(
                Place("desk", key="role"),
                _("{name} may not see names and addresses: a reader sees figures", name=actor.name),
                _("An administrator gives a further role, or lists whose people a reader sees."),
            )
        )


def require_list(actor: Actor, name: str) -> None:
    """Raise RuleError when the actor is limited to other lists than this one, or sees nobody."""
    require_names(actor)
    if may_see(actor, {name}):
        return
    raise RuleError(
        Problem(
            Place("desk", key="list"),
            _("{name} is limited to other lists than “{list}”", name=actor.name, list=name),
            _("Choose one of these: {lists}.", lists=", ".join(sorted(actor.lists))),
        )
    )


def _has_role_for(actor: Actor, act: Act) -> bool:
    return any(act in PERMISSIONS[role] for role in actor.roles)


def require(actor: Actor, act: Act) -> None:
    """Raise RuleError unless the actor may do this; the error says who may."""
    if may(actor, act):
        return
    if _has_role_for(actor, act):
        raise RuleError(_limited(actor, act))
    raise RuleError(
        Problem(
            Place("config.toml", key="team.people"),
            _("{name} may not {act}", name=actor.name, act=_ACT_NAMES[act]),
            _roles_needed(act),
        )
    )


def require_recent(actor: Actor, *, now: datetime) -> None:
    """Raise ProofNeeded unless the actor at the desk typed their password in the last minutes.

    A link in a mail proves nothing either. On the command line the account of the machine is the
    proof.
    """
    if actor.via not in {Via.DESK, Via.LINK} or (
        actor.proved_at and is_recent(actor.proved_at, now=now)
    ):
        return
    raise ProofNeeded(
        Problem(
            Place("desk", key="password"),
            _("this asks for your password again, because you typed it more than ten minutes ago"),
            _("Type your password. What you have filled in is kept."),
        )
    )


def _limited(actor: Actor, act: Act) -> Problem:
    return Problem(
        Place("desk", key="list"),
        _(
            "{name} may not {act}: that is about people of every list",
            name=actor.name,
            act=_ACT_NAMES[act],
        ),
        _(
            "{name} is limited to the lists: {lists}. Ask somebody who is not limited.",
            name=actor.name,
            lists=", ".join(sorted(actor.lists)),
        ),
    )


def _roles_needed(act: Act) -> Text:
    """Say which roles may do this."""
    first, *others = (ROLE_NAMES[role] for role in Role if act in PERMISSIONS[role])
    for each in others:
        first = _("{role} or {other}", role=first, other=each)
    return _("This takes the role: {roles}. An administrator gives roles.", roles=first)
