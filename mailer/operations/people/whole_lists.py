"""A list as a whole: where it comes from and who writes to it; rename it, merge it, remove it."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.labels import step_title
from mailer.model.contacts.list_move import ListMove
from mailer.model.journal.line import JournalFilter
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.overviews.board import title_of
from mailer.operations.people.edit_contacts import contact_lists
from mailer.operations.people.list_names import require_list_name
from mailer.wording import _, _n, as_note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from mailer.model.contacts.contact import ContactList
    from mailer.model.journal.line import JournalEntry
    from mailer.model.mailings.mailing import AudienceRule
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.ports import Ledger

_SHOWN = 50
"""How many imports of a list its page tells, and how many mailings of the past are looked at."""


@dataclass(frozen=True, slots=True)
class ListUse:
    """A step of a campaign that writes to a list, or leaves its people out.

    `at` is when it began or leaves, None before a launch. `binds` says that the list cannot change
    its name any more: the step is launched or signed off, and has not left.
    """

    campaign: str
    title: str
    step: str
    at: datetime | None = None
    has_left: bool = False
    binds: bool = False


@dataclass(frozen=True, slots=True)
class WholeList:
    """A list with the lines of the journal about it, the newest first, and the steps that name it."""

    name: str
    size: int
    lines: tuple[JournalEntry, ...]
    uses: tuple[ListUse, ...]
    others: tuple[ContactList, ...]

    @property
    def last_use(self) -> ListUse | None:
        """The mailing that left for it last."""
        left = [(each.at, each) for each in self.uses if each.has_left and each.at]
        return max(left, key=itemgetter(0))[1] if left else None

    @property
    def binding(self) -> tuple[ListUse, ...]:
        """The steps for whose sake the list must stay as it is."""
        return tuple(each for each in self.uses if each.binds)

    @property
    def planned(self) -> tuple[ListUse, ...]:
        """The steps that have not left; those of a draft have to be changed with the list."""
        return tuple(each for each in self.uses if not each.has_left)


def whole_list(
    name: str, *, campaigns: Sequence[str], actor: Actor, drafts: Drafts, ledger: Ledger
) -> WholeList:
    """Return a list that the actor sees by name. `campaigns` names the folders."""
    lists = contact_lists(actor=actor, ledger=ledger)
    found = next((each for each in lists if each.name == name), None)
    if found is None:
        raise RuleError(_unknown(name, lists))
    return WholeList(
        name,
        found.size,
        tuple(sorted(_lines(name, ledger), key=attrgetter("at"), reverse=True)),
        (*_launched(name, drafts, ledger), *_in_preparation(name, campaigns, drafts, ledger)),
        tuple(each for each in lists if each.name != name),
    )


def rename_list(shown: WholeList, to: str, *, actor: Actor, ledger: Ledger, now: datetime) -> str:
    """Give a list another name, for its people, for those who are limited to it and for files that
    wait. Journalled. Returns the new name.

    Campaigns that are in preparation keep the old name until somebody changes them. Raises
    RuleError when a step that is signed off or launched names the list, and for a known name.
    """
    _require_free(shown, actor)
    new = require_list_name(to, ledger=ledger)
    if new in {shown.name, *(each.name for each in shown.others)}:
        what = _("there is a list called “{list}” already", list=new)
        raise RuleError(
            Problem(Place("", key="name"), what, _("To put both together, merge them."))
        )
    detail = _("“{list}” is called so now", list=shown.name)
    _move(ListMove(shown.name, new, shown.size, "rename-list", as_note(detail)), actor, ledger, now)
    return new


def merge_list(shown: WholeList, into: str, *, actor: Actor, ledger: Ledger, now: datetime) -> None:
    """Put all people of a list on another one, and end the first. Journalled."""
    _require_free(shown, actor)
    if into not in {each.name for each in shown.others}:
        raise RuleError(_unknown(into, shown.others, key="into"))
    detail = _n(
        "{count} person of “{list}”",
        "{count} people of “{list}”",
        count=shown.size,
        list=shown.name,
    )
    _move(ListMove(shown.name, into, shown.size, "merge-list", as_note(detail)), actor, ledger, now)


def remove_list(shown: WholeList, *, actor: Actor, ledger: Ledger, now: datetime) -> None:
    """End a list: its people stay in the directory. Journalled.

    Who is limited to it stays limited to it, and sees nobody: without any list they would see all.
    """
    _require_free(shown, actor)
    detail = _n("{count} person was on it", "{count} people were on it", count=shown.size)
    _move(ListMove(shown.name, "", shown.size, "remove-list", as_note(detail)), actor, ledger, now)


def _move(move: ListMove, actor: Actor, ledger: Ledger, now: datetime) -> None:
    if not ledger.contacts.move_list(move, actor=actor, at=now):
        raise RuleError(
            Problem(
                Place("", key="list"),
                _("The list has changed meanwhile."),
                _("Look at it again, then decide."),
            )
        )


def _require_free(shown: WholeList, actor: Actor) -> None:
    """Raise RuleError unless the actor may change a list as a whole, and no step holds it."""
    require(actor, Act.EDIT_CONTACTS)
    require(actor, Act.SEE_EVERYBODY)
    if shown.binding:
        raise RuleError(*map(_bound, shown.binding))


def _bound(use: ListUse) -> Problem:
    return Problem(
        Place("", key="list"),
        _(
            "“{step}” of {campaign} is signed off or launched, and names this list",
            step=step_title(use.step),
            campaign=use.title,
        ),
        _("Wait until it has left; or have the campaign write to another list first."),
    )


def _unknown(name: str, lists: Sequence[ContactList], key: str = "list") -> Problem:
    known = ", ".join(each.name for each in lists) or "–"
    return Problem(
        Place("", key=key),
        _("there is no list called “{list}”", list=name),
        _("Choose one of these: {lists}.", lists=known),
    )


def _lines(name: str, ledger: Ledger) -> Iterator[JournalEntry]:
    """Yield who brought people to the list; not the decisions about rows, which name people."""
    for action in ("import", "rename-list", "merge-list"):
        yield from ledger.journal.page(JournalFilter(subject=name, action=action), limit=_SHOWN)


def _launched(name: str, drafts: Drafts, ledger: Ledger) -> Iterator[ListUse]:
    for each in ledger.history.newest_and_coming(newest=_SHOWN):
        if _names(each.rule, name):
            at = each.started_at or each.due_at
            left = each.has_started
            title = title_of(each.campaign, drafts=drafts)
            yield ListUse(each.campaign, title, each.step, at, has_left=left, binds=not left)


def _in_preparation(
    name: str, campaigns: Sequence[str], drafts: Drafts, ledger: Ledger
) -> Iterator[ListUse]:
    launched = {each.campaign for each in ledger.progress.of_campaigns()}
    folders = [each for each in campaigns if each not in launched]
    decided, edits = ledger.mailings.sign_offs_of(folders), ledger.revisions.last_edits(folders)
    for folder in folders:
        try:
            campaign, _problems = drafts.survey(folder)
        except ContentError:
            continue
        edit = edits[folder].number if folder in edits else 0
        is_signed = any(
            not each.refused_because and (each.revision or edit) >= edit
            for each in decided.get(folder, ())
        )
        if campaign is None:
            continue
        for step in campaign.steps:
            if name in (*step.to, *step.target.exclude):
                yield ListUse(folder, campaign.title, step.id, binds=is_signed)


def _names(rule: AudienceRule, name: str) -> bool:
    return name in (*rule.to, *rule.target.exclude)
