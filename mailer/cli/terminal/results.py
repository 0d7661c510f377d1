"""Print the results of running, rehearsing and reporting."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.cli.terminal import show
from mailer.cli.terminal.remedies import command_line, filled_in
from mailer.labels import state_of, step_title
from mailer.own_diagnoses import BROKEN_OFF, why_uncertain
from mailer.remedies import Remedy, RemedyAct
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.mailings.message import DeliveryId
    from mailer.model.reports.report import Report
    from mailer.operations.alerts.alert import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.reschedule import Rescheduled
    from mailer.operations.sending.serve import Tick
    from mailer.wiring.rehearsal import Rehearsal


def print_tick(tick: Tick) -> None:
    """Print what one tick of the service did, if anything."""
    for missed in tick.missed:
        show.warn(
            _(
                "{campaign}, {step}: too late to be useful; not sent.",
                campaign=missed.mailing.campaign,
                step=step_title(missed.mailing.step),
            )
        )
    for held in tick.held:
        name = _(
            "{campaign}, {step}", campaign=held.mailing.campaign, step=step_title(held.mailing.step)
        )
        show.warn(_("{mailing}: held, nothing is sent.", mailing=name))
        show.problems([held.problem])
    for started in tick.started:
        show.print_line(
            _n(
                "{campaign}, {step}: {count} recipient.",
                "{campaign}, {step}: {count} recipients.",
                campaign=started.mailing.campaign,
                step=step_title(started.mailing.step),
                count=len(started.audience.recipients),
            )
        )


def print_alert(alert: Alert) -> None:
    """Print an alert and its remedy."""
    show.warn(alert_in_short(alert))


def alert_in_short(alert: Alert) -> str:
    """Return an alert and its remedy on one line, with the command."""
    sentence = show.translated(alert.in_short)
    if not alert.act:
        return sentence
    command = command_line(alert.act)
    return show.translated(
        _("{advice}: {command}", advice=sentence.removesuffix("."), command=command)
    )


def print_rescheduled(rescheduled: Rescheduled) -> None:
    """Print a mailing whose local time now falls on another instant."""
    show.warn(
        _(
            "{campaign}, {step}: the rules of {zone} have changed; it still leaves on {at}, which is"
            " {utc} and was {before}.",
            campaign=rescheduled.mailing.campaign,
            step=step_title(rescheduled.mailing.step),
            zone=rescheduled.mailing.time_zone,
            at=show.wall_time(datetime.fromisoformat(rescheduled.mailing.local_time)),
            utc=f"{rescheduled.mailing.due_at:%H:%M} UTC",
            before=f"{rescheduled.was_due_at:%H:%M} UTC",
        )
    )


def print_outcome(outcome: EventOutcome) -> None:
    """Print the alarms that a delivery event has raised."""
    from mailer.feedback.explain import explain

    for alarm in outcome.alarms:
        show.warn(
            _(
                "Alarm, {name}: {count} refusals aimed at us. {why} Look before going on.",
                name=alarm.name,
                count=alarm.refused,
                why=explain(alarm.reason),
            )
        )


def print_rehearsal(played: Rehearsal) -> None:
    """Print what was played in a rehearsal, and where its files are."""
    from mailer.operations.campaigns.launching.rehearsed import rehearsed_in_words

    show.print_line(
        _n(
            "{count} message written, nothing sent: {folder}",
            "{count} messages written, nothing sent: {folder}",
            count=played.played.written,
            folder=played.messages,
        )
    )
    for sentence in rehearsed_in_words(played.played):
        show.print_line(sentence)
    show.print_line(_("Preview: {page}", page=played.preview))
    show.print_line(_("Report: {page}", page=played.page))


def print_report(made: Report) -> None:
    """Print the report of a campaign on one screen."""
    from mailer.feedback.explain import explain
    from mailer.pages.report import call_in_words

    show.print_line(made.title)
    show.table(
        (_("Step"), _("Leaves"), _("State"), _("Receive"), _("Do not receive")),
        (
            (
                step_title(mailing.step),
                show.wall_time(mailing.local_time),
                state_of(mailing),
                show.counts(mailing.by_status),
                show.counts(Counter(line.reason for line in mailing.not_mailed)),
            )
            for mailing in made.mailings
        ),
    )
    if made.accreditations:
        show.print_line(_("Accreditations: {counts}.", counts=show.counts(made.accreditations)))
    _print_presence(made)
    for person in made.to_call_back:
        show.print_line(
            _(
                "To call back: {name}, {organisation} ({phone}): {why}",
                name=person.name or person.address,
                organisation=person.organisation or "–",
                phone=person.phone or "–",
                why=explain(person.reason) if person.reason else person.quote,
            )
        )
        if (call := made.calls.get(person.address)) is not None:
            show.print_line(_("  Called: {outcome}", outcome=call_in_words(call)))
    for each in made.coverage:
        show.print_line(
            _(
                "Press coverage: {outlet}, {day}, “{title}” {link}",
                outlet=each.outlet,
                day=each.published_on.isoformat(),
                title=each.title,
                link=each.link,
            )
        )
    print_uncertain(
        made.campaign,
        [(person.delivery_id, person.name or person.address) for person in made.uncertain],
        reasons=[person.quote for person in made.uncertain],
    )


def _print_presence(made: Report) -> None:
    """Print who answered and who came, by kind of media."""
    from mailer.pages.report import presence_headings, presence_table

    _headings, *rows = presence_table(made)
    show.table(presence_headings(made), rows)


_RESOLVE_ONE = "mailer resolve {delivery} --as-sent --by {name} --why {why}"
INSTEAD = _("If they never left: --resend in the place of --as-sent; they are sent again.")
_NAMED_SINGLY = 3
"""More uncertain deliveries than this are folded into one line."""


def print_uncertain(
    campaign: str, deliveries: Sequence[tuple[DeliveryId, str]], *, reasons: Sequence[str] = ()
) -> None:
    """Print the uncertain deliveries of a campaign with their names, and how to resolve them.

    Of many, it prints their number, and what was answered (`reasons`): the report names them.
    """
    if len(deliveries) > _NAMED_SINGLY:
        known = tuple(map(why_uncertain, list(dict.fromkeys(reasons))[:_NAMED_SINGLY]))
        show.print_line(
            _(
                "Uncertain: {count} messages of {campaign} ({reasons}). The report names them;"
                " resolve all of them at once with: {command}",
                count=len(deliveries),
                campaign=campaign,
                reasons=known or BROKEN_OFF,
                command=_resolve_all(campaign, len(deliveries)),
            )
        )
        show.print_line(INSTEAD)
        return
    for delivery_id, name in deliveries:
        show.print_line(
            _(
                "Uncertain: {delivery} ({name}). Resolve it with: {command}",
                delivery=delivery_id,
                name=name,
                command=filled_in(_RESOLVE_ONE, {"delivery": delivery_id}),
            )
        )
    if len(deliveries) > 1:
        show.print_line(
            _(
                "All {count} at once: {command}",
                count=len(deliveries),
                command=_resolve_all(campaign, len(deliveries)),
            )
        )
    if deliveries:
        show.print_line(INSTEAD)


def _resolve_all(campaign: str, count: int) -> str:
    values = {"campaign": campaign, "number": str(count)}
    return command_line(Remedy(RemedyAct.RESOLVE_CAMPAIGN, values))


def report_as_json(made: Report) -> dict[str, object]:
    """Return the figures and the people of a report as JSON, for other programs."""
    return {
        "campaign": made.campaign,
        "made_at": made.made_at.isoformat(),
        "mailings": [
            {
                "step": mailing.step,
                "state": mailing.state,
                "local_time": mailing.local_time.isoformat(),
                "audience": mailing.audience,
                "by_status": dict(mailing.by_status),
                "by_exclusion": dict(Counter(line.reason for line in mailing.not_mailed)),
                "people": [
                    {
                        "delivery": p.delivery_id,
                        "address": p.address,
                        "status": p.status,
                        "reason": p.reason,
                    }
                    for p in mailing.people
                ],
            }
            for mailing in made.mailings
        ],
        "accreditations": dict(made.accreditations),
        "presence": [asdict(each) for each in made.presence],
        "to_call_back": [person.address for person in made.to_call_back],
        "calls": {address: call.outcome for address, call in made.calls.items()},
        "coverage": [
            {
                "title": each.title,
                "outlet": each.outlet,
                "day": each.published_on.isoformat(),
                "link": each.link,
            }
            for each in made.coverage
        ],
        "uncertain": [person.delivery_id for person in made.uncertain],
        "journal": str(made.journal_end or ""),
    }
