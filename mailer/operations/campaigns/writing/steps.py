"""Add a step to a campaign that was not launched, with its text, and take one out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mailer.errors import ContentError, Place, Problem, RuleError
from mailer.model.drafts.revision import EditConflict, Revision
from mailer.model.team.permission import Act, require
from mailer.operations.campaigns.revisions.text_names import TEXT_NAME
from mailer.operations.campaigns.writing.editing import FACTS
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import date

    from mailer.model.drafts.new_step import OfferedStep
    from mailer.model.team.actor import Actor
    from mailer.operations.campaigns.revisions.folder_sync import OpenedCampaign
    from mailer.operations.campaigns.writing.editing import CampaignEditing


@dataclass(frozen=True, slots=True)
class StepRemoval:
    """What goes with a step: its texts, by the names of their files. `named_by` are the steps whose
    conditions name it.
    """

    texts: tuple[str, ...]
    named_by: tuple[str, ...]


def offered_steps(
    opened: OpenedCampaign, *, editing: CampaignEditing, today: date
) -> tuple[OfferedStep, ...]:
    """Return the steps that a campaign may get."""
    texts = {name.split(".")[0] for name in opened.files if TEXT_NAME.fullmatch(name)}
    return editing.format.offered_steps(opened.files.get(FACTS, b""), taken=texts, today=today)


def add_step(
    slug: str,
    like: str,
    *,
    send: str = "",
    to: Collection[str],
    base: int,
    editing: CampaignEditing,
    actor: Actor,
    today: date,
) -> OfferedStep:
    """Add a step `like` one of a new campaign, with its text, and return it. Journalled.

    Without `send` it leaves when such a step usually does. Raises ContentError with the problems
    of what was typed, and RuleError when somebody has changed the facts since `base`.
    """
    require(actor, Act.EDIT_CAMPAIGN)
    began = editing.began_with(slug, base)
    offers = offered_steps(began, editing=editing, today=today)
    chosen = next((each for each in offers if each.like == like), None)
    if not offers:
        raise ContentError(*_not_chosen())
    offered = chosen or offers[0]  # to look at the rest of the form as well
    stored = began.files.get(FACTS, b"")
    asked = {"send": send or offered.send, "to": to or ("press",)}
    added = editing.format.with_step(stored, offered, **asked)
    found = editing.added_problems(slug, stored, added.facts)
    typed = [*(_at_field(each, offered.id) for each in found), *_without_list(to)]
    if problems := [*(() if chosen else _not_chosen()), *typed]:
        raise ContentError(*problems)
    changes = {FACTS: added.facts, f"{offered.id}.md": added.text}
    _saved(editing.revisions.save_files(slug, changes, base=base, actor=actor))
    return offered


def _not_chosen() -> Iterator[Problem]:
    what = _("no step was chosen")
    yield Problem(Place("", key="like"), what, _("Choose one from the list."))


def step_removal(
    slug: str, step: str, *, opened: OpenedCampaign, editing: CampaignEditing
) -> StepRemoval:
    """Return what goes with a step. Raises ContentError for a name that no step has."""
    facts = opened.files.get(FACTS, b"")
    if f"steps.{step}.to" not in editing.format.fact_fields(facts):
        what = _("the campaign has no step of this name")
        raise ContentError(Problem(Place(""), what, _("Choose a step of the calendar.")))
    stem = editing.format.texts_of_step(facts, step)
    own = (name for name in opened.files if stem and name.split(".")[0] == stem)
    campaign, _problems = editing.drafts.survey(slug)
    others = campaign.steps if campaign else ()
    return StepRemoval(
        tuple(sorted(name for name in own if TEXT_NAME.fullmatch(name))),
        tuple(
            each.id
            for each in others
            if f"{slug}/{step}" in (*each.target.received, *each.target.not_received)
        ),
    )


def remove_step(
    slug: str, step: str, *, base: int, editing: CampaignEditing, actor: Actor
) -> Revision:
    """Take a step out of a campaign, with its texts. They stay in the history. Journalled.

    Raises ContentError for the only step, and RuleError when somebody has changed the facts or one
    of its texts since `base`.
    """
    require(actor, Act.EDIT_CAMPAIGN)
    began = editing.began_with(slug, base)
    removal = step_removal(slug, step, opened=began, editing=editing)
    stored = began.files.get(FACTS, b"")
    edited = editing.format.without_step(stored, step)
    if problems := editing.added_problems(slug, stored, edited):
        raise ContentError(*problems)
    changes: dict[str, bytes | None] = {FACTS: edited, **dict.fromkeys(removal.texts)}
    return _saved(editing.revisions.save_files(slug, changes, base=base, actor=actor))


def _at_field(problem: Problem, step: str) -> Problem:
    """Return a problem of a new step at the field of the form that adds it."""
    key = problem.where.key.removeprefix(f"steps.{step}.").split(".")[0]
    return replace(problem, where=replace(problem.where, key=key))


def _without_list(to: Collection[str]) -> tuple[Problem, ...]:
    what = _("The step names no list to write to.")
    return () if to else (Problem(Place("", key="to"), what, _("Name at least one list.")),)


def _saved(saved: Revision | EditConflict) -> Revision:
    if isinstance(saved, EditConflict):
        raise RuleError(
            Problem(
                Place(""),
                _("{name} has changed this campaign meanwhile", name=saved.by.name),
                _("This is how it stands now: look at it, then decide."),
            )
        )
    return saved
