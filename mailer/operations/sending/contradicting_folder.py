"""A step that waits because the folder says otherwise than what was signed off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mailer.errors import Place, Problem
from mailer.labels import change_in_words
from mailer.model.mailings.mailing import MailingState
from mailer.model.mailings.since_launch import held_changes
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, as_note, from_note

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mailer.model.mailings.mailing import Mailing
    from mailer.model.mailings.since_launch import FactChange
    from mailer.ports import Ledger


def contradiction(mailing: Mailing, present: Mapping[str, str], *, ledger: Ledger) -> str | None:
    """Return a note of how the `present` facts of the folder contradict a mailing; None when they do
    not, or somebody has resumed it despite that.
    """
    changes = held_changes(mailing.facts, present)
    if not changes:
        return None
    told = tuple(map(change_in_words, changes))
    why = as_note(_("the folder says otherwise than what was signed off: {changes}", changes=told))
    known = {why, _of_older_versions(changes)}
    entries = ledger.journal.entries(f"{mailing.campaign}/{mailing.step}")
    was_asked = any(e.action == MailingState.PAUSED and e.detail in known for e in entries)
    return None if was_asked else why


def ask_about_folder(mailing: Mailing, why: str) -> Problem:
    """Return what is wrong, and what the office decides about the paused mailing."""
    return Problem(
        Place(f"{mailing.campaign}/{mailing.step}"),
        from_note(why),
        _(
            "It is paused. If what was signed off is still true, resume it; otherwise cancel it and"
            " tell people by a new campaign."
        ),
        Remedy(RemedyAct.RESUME, {"campaign": mailing.campaign}),
    )


def _of_older_versions(changes: Sequence[FactChange]) -> str:
    """Return what older versions wrote into the journal: the keys of campaign.toml."""
    told = (f"{each.fact} {each.old or '–'} → {each.new or '–'}" for each in changes)
    return "campaign.toml: " + "; ".join(told)
