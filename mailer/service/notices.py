"""What the service tells the team: notices of alerts, and reminders to signatories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from mailer.files.catalogues import translations_for
from mailer.operations.alerts.notices import Notifier
from mailer.operations.alerts.signatory_reminders import SignatoryReminders
from mailer.operations.alerts.waiting_mails import WaitingMails
from mailer.wording import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from mailer.remedies import Remedy
    from mailer.wiring.app import App

_REMIND_EVERY = timedelta(minutes=10)
"""How often campaigns that are not launched are read, to remind their signatories."""


class RemindersOfSignatories:
    """Reminds those who have not signed what leaves within a day."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._next_at = datetime.min.replace(tzinfo=UTC)

    def send_sometimes(self) -> None:
        """Look for somebody to remind, unless that was done less than ten minutes ago."""
        now = self._app.clock.now()
        # A look further off than ten minutes was set before the clock was set back.
        if now < self._next_at <= now + _REMIND_EVERY:
            return
        self._next_at = now + _REMIND_EVERY
        app = self._app
        SignatoryReminders(
            campaigns=app.campaigns.names,
            drafts=app.drafts,
            requests=app.sign_off_requests,
            backend=lambda: app.backend,
            signatures_required=app.settings.team.signatures_required,
        ).send()


class DailyWaitingMails:
    """Tells people what waits for them, if the configuration says so."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._next_at = datetime.min.replace(tzinfo=UTC)

    def send_sometimes(self) -> None:
        """Look for somebody to tell, unless that was done less than ten minutes ago."""
        app, now = self._app, self._app.clock.now()
        # A look further off than ten minutes was set before the clock was set back.
        if app.settings.team.reminders == "off" or now < self._next_at <= now + _REMIND_EVERY:
            return
        self._next_at = now + _REMIND_EVERY
        requests = app.sign_off_requests
        WaitingMails(
            people=app.roster.people,
            campaigns=app.campaigns.names,
            drafts=app.drafts,
            backend=lambda: app.backend,
            hour=app.settings.team.reminders_at,
            public_url=requests.public_url,
            say=requests.say,
            language=requests.language,
        ).send()


def new_notifier(app: App, *, instruct: Callable[[Remedy], str]) -> Notifier:
    """Return what writes notices to the team, in the language of the office."""
    settings = app.settings
    return Notifier(
        ledger=lambda: app.ledger,
        backend=lambda: app.backend,
        clock=app.clock,
        team=settings.team.notices or settings.team.proofs,
        letterhead=settings.letterhead,
        language=settings.office.language,
        zone=settings.office.time_zone,
        say=partial(say, translations=translations_for(settings.office.language)),
        reporter=app.reporter,
        fresh_for=settings.answers.fresh_for,
        reply_within=settings.answers.reply_within,
        provider=settings.provider.name,
        instruct=instruct,
    )
