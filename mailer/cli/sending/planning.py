"""The command `plan`: when each step leaves, who receives it and why the others do not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from mailer.cli.campaigns.campaigns import AsJson
from mailer.cli.sending.status import print_since_launch
from mailer.cli.terminal import show
from mailer.cli.terminal.language import N_
from mailer.cli.terminal.workspace import onlooker, opened
from mailer.labels import TRIGGERS, label_of, mailing_name, step_title, why_left_out
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mailer.model.address import Address
    from mailer.model.mailings.since_launch import SinceLaunch
    from mailer.operations.campaigns.plans.plan import CampaignPlan, StepPlan
    from mailer.operations.campaigns.plans.plan_changes import AudienceChange, ChangedPerson
    from mailer.operations.people.timeline import TimelineEntry
    from mailer.wiring.app import App

_NAMED = 20
"""How many changed people a line names: enough to recognise a wrong list."""


def plan(
    context: typer.Context,
    campaign: Annotated[
        str, typer.Argument(help=N_("The campaign: its folder, or its name."))
    ] = "",
    people: Annotated[
        bool,
        typer.Option("--people", help=N_("Name everybody: who receives, and who does not.")),
    ] = False,
    person: Annotated[
        str,
        typer.Option(help=N_("One address: what this person received and will, and why.")),
    ] = "",
    json: AsJson = False,
) -> None:
    from mailer.operations.campaigns.drafts.accepted_findings import accepted_of
    from mailer.operations.campaigns.plans.plan_for_person import plan_for

    with opened(context, forks_child=True) as app:
        if person:
            _show_timeline(app, person, campaign, is_json=json)
            return
        if not campaign:
            raise typer.BadParameter(show.translated(_("Name a campaign, or --person ADDRESS.")))
        planned = plan_for(onlooker(app), campaign, drafts=app.drafts)
        accepted = accepted_of(campaign, drafts=app.drafts)
    if json:
        show.as_json(_plan_as_json(planned, with_people=people))
        return
    print_plan(planned)
    show.accepted(accepted)
    if people:
        for step in planned.steps:
            _print_people(step)


def _show_timeline(app: App, person: str, campaign: str, *, is_json: bool) -> None:
    from mailer.addresses import require_address
    from mailer.operations.people.timeline import timeline_of

    entries = timeline_of(
        require_address(person),
        campaigns=app.campaigns.names(),
        actor=onlooker(app),
        drafts=app.drafts,
        ledger=app.ledger,
    )
    only = app.campaigns.slug(campaign) if campaign else ""
    shown = [each for each in entries if only in {"", each.campaign}]
    if is_json:
        show.as_json([_entry_as_json(each) for each in shown])
        return
    _print_timeline(shown)


def _print_timeline(entries: Sequence[TimelineEntry]) -> None:
    if not entries:
        show.print_line(_("Nothing was sent to this person, and nothing is planned."))
        return
    show.table(
        (_("Date and hour"), _("Campaign"), _("Step"), _("State"), _("Receives"), _("Why")),
        (
            (
                show.wall_time(each.at),
                each.campaign,
                step_title(each.step),
                each.state,
                _("yes") if each.is_included else _("no"),
                each.why,
            )
            for each in entries
        ),
    )


def _entry_as_json(entry: TimelineEntry) -> dict[str, object]:
    return {
        "at": entry.at.isoformat(),
        "campaign": entry.campaign,
        "step": entry.step,
        "is_past": entry.is_past,
        "receives": entry.is_included,
        "state": show.translated(entry.state),
        "why": show.translated(entry.why),
    }


def _print_people(step: StepPlan) -> None:
    """Print everybody on the lists of a step: who receives it, then who does not."""
    title = step_title(step.planned.step.id)
    show.print_line(_("{step}: who receives it", step=title))
    show.table(
        (_("Address"), _("Name"), _("Version")),
        (
            (str(each.contact.address), each.contact.name, str(each.variant))
            for each in step.audience.recipients
        ),
    )
    show.print_line(_("{step}: who does not", step=title))
    show.table(
        (_("Address"), _("Name"), _("Why")),
        (
            (str(each.contact.address), each.contact.name, why_left_out(each.reason, each.detail))
            for each in step.audience.exclusions
        ),
    )


def print_plan(plan: CampaignPlan) -> None:
    """Print every step with its time, recipients and exclusions, and the sign-off state."""
    show.print_line(plan.campaign.title)
    if plan.since_launch is not None:
        print_since_launch(plan.since_launch)
        _print_launched(plan.since_launch)
    show.table(
        (_("Step"), _("Leaves"), _("Lists"), _("Receive"), _("Do not receive")),
        (
            (
                step_title(each.planned.step.id),
                TRIGGERS.get(each.planned.step.on) or show.wall_time(each.planned.local),
                ", ".join(each.planned.step.to),
                each.recipients,
                show.counts(each.exclusions),
            )
            for each in plan.steps
        ),
    )
    for remark in (
        *_remarks(plan),
        *_comparisons(plan),
        *_since_signed(plan),
        *_open_answers(plan),
    ):
        show.print_line(remark)
    print_not_carried(plan.not_carried)
    show.print_line(_("Time zone: {zone}.", zone=plan.campaign.time_zone))
    show.print_line(_("Who receives a later step is worked out again when it leaves."))
    show.print_line(plan.sign_off_state)
    for each in plan.partners:
        show.print_line(each.state)


def print_not_carried(addresses: Sequence[Address]) -> None:
    """Warn of recipients whose address the provider does not take, or may not take."""
    if addresses:
        show.warn(
            _n(
                "{count} address may not be carried by the relay (letters beyond ASCII before the"
                " @); its message will wait: {addresses}",
                "{count} addresses may not be carried by the relay (letters beyond ASCII before the"
                " @); their messages will wait: {addresses}",
                count=len(addresses),
                addresses=", ".join(map(str, addresses)),
            )
        )


def _print_launched(launch: SinceLaunch) -> None:
    """Print the steps as they were launched, before those of the folder."""
    show.table(
        (_("Step"), _("As launched"), _("State")),
        (
            (step_title(step.step), show.wall_time(step.local_time), label_of(step.state))
            for step in launch.steps
        ),
    )
    if launch.changes:
        show.print_line(_("What the folder says now, and would need a launch of its own:"))


def _remarks(plan: CampaignPlan) -> Iterator[Text]:
    """Yield what there is to say about the hour of each step."""
    for each in plan.steps:
        step = step_title(each.planned.step.id)
        if each.is_past:
            yield _(
                "{step}: its hour is past; it must be given another before a launch.", step=step
            )
        if each.planned.moved_from is not None:
            yield _(
                "{step}: moved from {day}, which is not a working day.",
                step=step,
                day=show.wall_time(each.planned.moved_from),
            )
        if each.look is not None:
            yield _("{step}: {advice}", step=step, advice=each.look)
        for advice in each.advice:
            yield _("{step}: {advice}", step=step, advice=advice)


def _comparisons(plan: CampaignPlan) -> Iterator[Text]:
    for each in plan.steps:
        if each.compared is not None:
            yield _(
                "{step}: {count} people; the same lists had {before} with {mailing}.",
                step=step_title(each.compared.step),
                count=each.compared.count,
                before=each.compared.count_before,
                mailing=mailing_name(each.compared.before),
            )
        if each.since_last is not None:
            title = _("{step}, since the last time", step=step_title(each.planned.step.id))
            yield from _changed_people(each.since_last, title)


def _since_signed(plan: CampaignPlan) -> Iterator[Text]:
    """Yield how the plan differs from what was signed off last."""
    for each in plan.steps:
        change, step = each.since_signed, step_title(each.planned.step.id)
        if change is None:
            continue
        for sentence in change.sentences:
            yield _("{step}: since the sign-off, {change}", step=step, change=sentence)
        yield from _changed_people(change.people, _("{step}, since the sign-off", step=step))
    for name in plan.removed:
        yield _("{step}: signed off, and no longer there.", step=step_title(name))


def _changed_people(change: AudienceChange, title: Text) -> Iterator[Text]:
    if change.gained:
        yield _(
            "{title}: {count} more: {people}",
            title=title,
            count=len(change.gained),
            people=_named(change.gained),
        )
    if change.lost:
        yield _(
            "{title}: {count} fewer: {people}",
            title=title,
            count=len(change.lost),
            people=_named(change.lost),
        )


def _named(people: Sequence[ChangedPerson]) -> str:
    """Return the first of these people with their reasons."""
    shown = [
        f"{each.address or '-'} ({show.translated(each.why)})" if each.why else each.address
        for each in people[:_NAMED]
    ]
    return ", ".join(shown) + (", …" if len(people) > _NAMED else "")


def _open_answers(plan: CampaignPlan) -> Iterator[Text]:
    for each in plan.open_answers:
        yield _(
            "{unknown} has answered, and nobody in the directory has this address. Is it {name}, "
            "{address}? Decide with: {command}",
            unknown=each.unknown,
            name=each.name or each.address,
            address=each.address,
            command=f"mailer accreditations list {plan.campaign.slug}",
        )


def _plan_as_json(plan: CampaignPlan, *, with_people: bool) -> dict[str, object]:
    return {
        "campaign": plan.campaign.slug,
        "fingerprint": plan.fingerprint,
        "time_zone": plan.campaign.time_zone,
        "open_answers": [asdict(each) for each in plan.open_answers],
        "not_carried": [str(each) for each in plan.not_carried],
        "partners": [
            {
                "name": each.name,
                "signs": "passages" if each.words else "version",
                "signed_by": each.signed and each.signed.by,
                "refused_by": each.refused and each.refused.by,
                "asked": [person.id for person in each.people],
            }
            for each in plan.partners
        ],
        "steps": [
            {
                "step": each.planned.step.id,
                "on": each.planned.step.on,
                "local": each.planned.local.isoformat(),
                "due_at": each.planned.due_at.isoformat(),
                "expires_at": each.planned.expires_at.isoformat(),
                "to": each.planned.step.to,
                "recipients": each.recipients,
                "recipients_last_time": each.compared and each.compared.count_before,
                "exclusions": each.exclusions,
                "advice": [show.translated(advice) for advice in each.advice],
                "is_past": each.is_past,
                "look": show.translated(each.look) if each.look else "",
                "since_signed": each.since_signed
                and {
                    "changes": [show.translated(text) for text in each.since_signed.sentences],
                    **_change_as_json(each.since_signed.people),
                },
                "since_last": each.since_last and _change_as_json(each.since_last),
                **(_people_as_json(each) if with_people else {}),
            }
            for each in plan.steps
        ],
    }


def _change_as_json(change: AudienceChange) -> dict[str, object]:
    return {
        "gained": [each.address for each in change.gained],
        "lost": [
            {"address": each.address, "why": show.translated(each.why)} for each in change.lost
        ],
    }


def _people_as_json(step: StepPlan) -> dict[str, object]:
    return {
        "receive": [
            {"address": str(each.contact.address), "version": str(each.variant)}
            for each in step.audience.recipients
        ],
        "left_out": [
            {
                "address": str(each.contact.address),
                "reason": each.reason,
                "detail": each.detail,
            }
            for each in step.audience.exclusions
        ],
    }
