"""What running, rehearsing and reporting look like on a terminal."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from mailer.cli import show
from mailer.cli.remedies import command_line
from mailer.labels import label_of
from mailer.wording import _, _n

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mailer.model.message import DeliveryId
    from mailer.model.report import Report
    from mailer.operations.alerts.watch import Alert
    from mailer.operations.feedback.record import EventOutcome
    from mailer.operations.sending.reschedule import Rescheduled
    from mailer.operations.sending.serve import Tick
    from mailer.rehearsal import Rehearsal


def tell_turn(turn: Tick) -> None:
    """What one turn of the service did, if anything."""
    for missed in turn.missed:
        show.warn(
            _(
                "{campaign}, {step}: too late to be useful; not sent.",
                campaign=missed.mailing.campaign,
                step=missed.mailing.step,
            )
        )
    for started in turn.started:
        show.tell(
            _n(
                "{campaign}, {step}: {count} recipient.",
                "{campaign}, {step}: {count} recipients.",
                campaign=started.mailing.campaign,
                step=started.mailing.step,
                count=len(started.audience.recipients),
            )
        )


def tell_worry(worry: Alert) -> None:
    """What should worry, and what to do."""
    show.warn(alert_in_short(worry))


def alert_in_short(alert: Alert) -> str:
    """What is wrong and what to do, the command included, on one line."""
    said = show.words(alert.in_short)
    return f"{said}: {command_line(alert.act)}" if alert.act else said


def tell_recomputed(moved: Rescheduled) -> None:
    """A mailing that leaves at its hour, which is another instant than it was."""
    show.warn(
        _(
            "{campaign}, {step}: the rules of {zone} have changed; it still leaves on {at}, which is"
            " {utc} and was {before}.",
            campaign=moved.mailing.campaign,
            step=moved.mailing.step,
            zone=moved.mailing.time_zone,
            at=show.wall_time(datetime.fromisoformat(moved.mailing.local_time)),
            utc=moved.mailing.due_at.strftime("%H:%M UTC"),
            before=moved.was_due_at.strftime("%H:%M UTC"),
        )
    )


def tell_judged(judged: EventOutcome) -> None:
    """What a fact that came back calls for, if it needs a person's eye."""
    from mailer.feedback.explain import explain

    for alarm in judged.alarms:
        show.warn(
            _(
                "Alarm, {name}: {count} refusals aimed at us. {why} Look before going on.",
                name=alarm.name,
                count=alarm.refused,
                why=explain(alarm.reason),
            )
        )


def tell_rehearsal(played: Rehearsal) -> None:
    """Where a rehearsal left its files."""
    show.tell(
        _n(
            "{count} message written, nothing sent: {folder}",
            "{count} messages written, nothing sent: {folder}",
            count=sum(mailing.audience for mailing in played.report.mailings),
            folder=played.messages,
        )
    )
    show.tell(_("Preview: {page}", page=played.preview))
    show.tell(_("Report: {page}", page=played.page))


def tell_report(made: Report) -> None:
    """A campaign in one screen."""
    from mailer.feedback.explain import explain

    show.tell(made.title)
    show.table(
        (_("Step"), _("Leaves"), _("State"), _("Receive"), _("Do not receive")),
        (
            (
                mailing.step,
                show.wall_time(mailing.local_time),
                label_of(mailing.state),
                show.counts(mailing.by_status),
                show.counts(Counter(line.reason for line in mailing.not_mailed)),
            )
            for mailing in made.mailings
        ),
    )
    if made.accreditations:
        show.tell(_("Accreditations: {counts}.", counts=show.counts(made.accreditations)))
    for person in made.to_call_back:
        show.tell(
            _(
                "To call back: {name}, {organisation} ({phone}): {why}",
                name=person.name or person.address,
                organisation=person.organisation or "–",
                phone=person.phone or "–",
                why=explain(person.reason) if person.reason else person.quote,
            )
        )
    tell_doubts(
        made.campaign,
        [(person.delivery_id, person.name or person.address) for person in made.uncertain],
    )


def tell_doubts(campaign: str, doubts: Sequence[tuple[DeliveryId, str]]) -> None:
    """The uncertain deliveries of a campaign, each with its person's name; how to settle them."""
    for delivery_id, name in doubts:
        show.tell(
            _(
                "Uncertain: {delivery} ({name}). Settle it with: mailer resolve {delivery}",
                delivery=delivery_id,
                name=name,
            )
        )
    if len(doubts) > 1:
        show.tell(
            _(
                "All {count} at once: mailer resolve --campaign {campaign}",
                count=len(doubts),
                campaign=campaign,
            )
        )


def report_as_json(made: Report) -> dict[str, object]:
    """The figures and the people, for another program."""
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
        "to_call_back": [person.address for person in made.to_call_back],
        "uncertain": [person.delivery_id for person in made.uncertain],
    }
