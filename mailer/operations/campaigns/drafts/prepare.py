"""Turn a campaign into a draft: plan its steps, compile its texts, select its audiences."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from functools import cache, partial
from typing import TYPE_CHECKING

from mailer.calendar.timetable import plan
from mailer.errors import ContentError, Place, Problem
from mailer.model.campaigns.campaign import Content
from mailer.model.drafts.draft import Draft
from mailer.model.mailings.mailing import written_rule
from mailer.model.mailings.message import Lifted
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from mailer.model.campaigns.campaign import Campaign, Step, VariantKey
    from mailer.model.campaigns.office import Office
    from mailer.model.campaigns.template import Template
    from mailer.model.campaigns.theme import WeakContrast
    from mailer.model.drafts.draft import PlannedStep
    from mailer.model.mailings.message import CompiledMessage, Letterhead
    from mailer.operations.sending.audience import Directory

_IF, _ENDIF = "{% if embargo is defined %}", "{% endif %}"
_NO_TEXT = Content(file="", text="")


def prepare(  # noqa: PLR0913 - what a draft is made of, and each by its name
    campaign: Campaign,
    *,
    office: Office,
    letterhead: Letterhead,
    template_for: Callable[[str, str], Template],
    compile_: Callable[..., CompiledMessage],
    directory: Directory,
    now: datetime,
    known: Sequence[Problem] = (),
    steps: tuple[PlannedStep, ...] = (),
    campaign_for: Callable[[Step, VariantKey], Campaign] | None = None,
) -> Draft:
    """Return the draft of `campaign` with its present audiences.

    `compile_` takes the arguments of `render.compile.compile_message` except the catalogue, and
    may run it in another process. `known` holds problems of the folder, for a draft that is
    only checked. The problems of a version that does not compile are kept in the draft, so that
    a check can show them with everything else. `launch` refuses such a draft.

    An amendment gives the `steps` itself, and the facts that each variant tells (`campaign_for`).
    """
    steps = steps or plan(campaign, office=office)
    letterhead = letterhead_for(campaign, letterhead)
    messages: dict[tuple[str, VariantKey], CompiledMessage] = {}
    problems = list(known)
    template_for = cache(template_for)  # all versions have the same one
    weak_contrasts: tuple[WeakContrast, ...] = ()
    template_files: Mapping[str, str] = {}
    for planned in steps:
        step = planned.step
        for variant, content in step.contents.items():
            try:
                template = template_for(campaign.template, campaign.theme)
                weak_contrasts, template_files = template.weak_contrasts, template.files
                told = campaign_for(step, variant) if campaign_for else campaign
                messages[step.id, variant] = _compiled(
                    planned,
                    partial(
                        compile_,
                        step=_step_without_texts(step),
                        content=content,
                        variant=variant,
                        planned_local=planned.local,
                        office=office,
                        template=template,
                    ),
                    campaign=_campaign_without_texts(told),
                    content=content,
                )
            except ContentError as error:
                problems.extend(it for it in error.problems if not _is_told(it, known))
    return Draft(
        campaign=campaign,
        office=office,
        letterhead=letterhead,
        plan=steps,
        messages=messages,
        audiences=directory.audiences(steps, campaign=campaign, now=now),
        now=now,
        fingerprint=fingerprint(steps, messages, letterhead),
        problems=tuple(dict.fromkeys(problems)),
        weak_contrasts=weak_contrasts,
        template_files=template_files,
    )


def _is_told(problem: Problem, known: Sequence[Problem]) -> bool:
    """Return whether the reading of the folder has told of the same file on the same line."""
    return any(
        (each.where.file, each.where.line) == (problem.where.file, problem.where.line)
        and {*map(str, each.what.values.values())} & {*map(str, problem.what.values.values())}
        for each in known
    )


def _compiled(
    planned: PlannedStep,
    compile_: Callable[..., CompiledMessage],
    *,
    campaign: Campaign,
    content: Content,
) -> CompiledMessage:
    """Compile a version, and once more without the embargo if it may leave before and after its end:
    an answer may trigger it then, or a step that was due before may be late.
    """
    message, embargo = compile_(campaign=campaign), campaign.embargo
    if embargo is None or not planned.local < embargo.until < planned.expires_at:
        return message
    try:
        lifted = compile_(campaign=replace(campaign, embargo=None))
    except ContentError as error:
        what = _("this step can leave after the embargo, of which its text speaks")
        remedy = _("Write that part between {start} and {end}.", start=_IF, end=_ENDIF)
        raise ContentError(Problem(Place(content.file, content.line), what, remedy)) from error
    from mailer.render.fingerprint import content_hash  # noqa: PLC0415 — a plan needs no renderer

    both = replace(message, lifted=Lifted(embargo.until, lifted))
    return replace(both, content_hash=content_hash(both))


def _campaign_without_texts(campaign: Campaign) -> Campaign:
    """Return the campaign with no text in its steps, of which a version needs its own alone: after
    a change of one text the others are not compiled again.
    """
    return replace(campaign, steps=tuple(map(_step_without_texts, campaign.steps)))


def _step_without_texts(step: Step) -> Step:
    return replace(step, contents=dict.fromkeys(step.contents, _NO_TEXT))


def letterhead_for(campaign: Campaign, letterhead: Letterhead) -> Letterhead:
    """Return the letterhead of a campaign: without a page to answer on, replies that are filled in
    go to the addresses that take its accreditations.
    """
    if letterhead.unsubscribe_url:
        return letterhead
    return replace(letterhead, answers_to=campaign.accreditation.addresses)


def fingerprint(
    steps: Sequence[PlannedStep],
    messages: Mapping[tuple[str, VariantKey], CompiledMessage],
    letterhead: Letterhead,
) -> str:
    """Return the SHA-256 (hex) of all that a sign-off covers.

    It covers the texts, the timetable, the audience rules and the letterhead.
    """
    described = asdict(letterhead)
    if not letterhead.answers_to:
        # So that what was signed before there were such addresses stays signed.
        del described["answers_to"]
    covered = {
        "letterhead": described,
        "steps": [
            {
                "id": planned.step.id,
                "due_at": planned.due_at.isoformat(),
                "expires_at": planned.expires_at.isoformat(),
                "rule": written_rule(planned.rule),
                "messages": {
                    str(variant): message.content_hash
                    for (step_id, variant), message in sorted(
                        messages.items(), key=lambda entry: (entry[0][0], str(entry[0][1]))
                    )
                    if step_id == planned.step.id
                },
            }
            for planned in steps
        ],
    }
    return hashlib.sha256(json.dumps(covered, sort_keys=True, default=str).encode()).hexdigest()
