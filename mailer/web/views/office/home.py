"""The start page: what needs somebody, and what leaves next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone
from mailer.model.team.permission import Act
from mailer.operations.alerts.reply_alerts import replies_that_wait
from mailer.operations.alerts.watch import alerts
from mailer.operations.campaigns.overviews.overview import CampaignState, overview
from mailer.operations.campaigns.overviews.waiting import waiting_for
from mailer.operations.jobs import jobs_to_see
from mailer.operations.people.call_back import tally_calls
from mailer.operations.people.unknown_mails import mails_that_wait
from mailer.web.labels import STATES
from mailer.web.views.job import NAMES
from mailer.web.views.job import STATES as STATES_OF_JOBS
from mailer.web.views.office import demonstration
from mailer.wiring.office_identity import office_identity
from mailer.wording import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.responses import Response

    from mailer.operations.people.call_back import CallTally
    from mailer.web.visit import Visit

_SOON = timedelta(days=7)


def show(visit: Visit) -> Response:
    """Show the alerts, the mailings of the next seven days and the campaigns in preparation."""
    app, now = visit.app, visit.now
    lines = overview(app.campaigns.names(), ledger=app.ledger)
    replies = replies_that_wait(ledger=app.ledger)
    drafts = [line for line in lines if line.state is CampaignState.DRAFT]
    return visit.page(
        "home.html.j2",
        alerts=[
            replace(alert, what=_with_title(alert.what, app.drafts.title))
            for alert in alerts(
                ledger=app.ledger,
                now=now,
                zone=app.settings.office.time_zone,
                reporter=app.reporter,
                fresh_for=app.settings.answers.fresh_for,
                reply_within=app.settings.answers.reply_within,
                provider=app.settings.provider.name,
                replies=replies,
            )
        ],
        soon=[line for line in lines if line.next_at is not None and line.next_at < now + _SOON],
        drafts=drafts,
        waiting=waiting_for(visit.actor, [line.slug for line in drafts], ledger=app.ledger),
        count=len(lines),
        replies=len(replies) if visit.may(Act.SEE_EVERYBODY) else 0,
        calls=_calls(visit) if visit.may(Act.CALL_BACK) else None,
        mails=mails_that_wait(ledger=app.ledger).count if visit.may(Act.SEE_EVERYBODY) else 0,
        jobs=jobs_to_see(person=visit.person.id, ledger=app.ledger, now=now),
        job_names=NAMES,
        job_states=STATES_OF_JOBS,
        states=STATES,
        title_of=app.drafts.title,
        demonstration=demonstration.shown(visit),
        borrowed=[visit.say(each) for each in office_identity(app).borrowed()],
    )


def _calls(visit: Visit) -> CallTally:
    """Count whom the person has to call on this day of the office."""
    app = visit.app
    return tally_calls(
        app.page_drafts.directory(visit.now).suppressions,
        actor=visit.actor,
        ledger=app.ledger,
        now=visit.now,
        today=in_zone(visit.now, app.settings.office.time_zone).date(),
    )


def _with_title(text: Text, title_of: Callable[[str], str]) -> Text:
    """Return a sentence in which a campaign has its title, as on the cards below it."""

    def titled(name: str, value: object) -> object:
        if isinstance(value, Text):
            return _with_title(value, title_of)
        return (
            (title_of(value) or value) if name == "campaign" and isinstance(value, str) else value
        )

    return replace(text, values={name: titled(name, each) for name, each in text.values.items()})
