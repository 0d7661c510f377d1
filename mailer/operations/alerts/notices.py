"""Mail alerts to the team, each one once, independently of the sending."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING, NamedTuple

from mailer.errors import BackendUnavailable, LedgerError, MailerError, Place, Problem
from mailer.model.address import Mailbox
from mailer.model.mailings.delivery import Deferred, Rejected
from mailer.model.mailings.message import CompiledMessage
from mailer.model.mailings.progress import Notice, Task
from mailer.operations.alerts.service_alerts import (
    IDLE_FOR,
    downtime,
    failing_key,
    is_about,
    is_of_silence,
    kind_of,
)
from mailer.operations.alerts.watch import alerts
from mailer.operations.sending.start import new_delivery_id
from mailer.render.fingerprint import content_hash
from mailer.render.personalise import Personaliser
from mailer.wording import Text, _, _n, to_administrator

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.model.address import Address
    from mailer.model.feedback.inbox import FilingTrouble
    from mailer.model.mailings.delivery import Outcome
    from mailer.model.mailings.message import Letterhead, Message
    from mailer.operations.alerts.alert import Alert
    from mailer.ports import Backend, Clock, Ledger
    from mailer.remedies import Remedy

LEDGER_BROKEN_FOR = timedelta(minutes=1)
"""Another program may lock a ledger for half a minute, which is not worth a notice."""
_CLAIMED_FOR = timedelta(minutes=30)
"""How long a notice stays claimed by one service. It is longer than a provider may take to
answer, so that no other service sends the same notice meanwhile."""
_SOONEST, _LATEST = timedelta(minutes=1), timedelta(hours=1)
_MAX_SUBJECT_LENGTH = 120
_LINES = re.compile(r"[\r\n\t ]+")


class _MailResult(NamedTuple):
    """Whether at least one mail left, and the error if there was one."""

    is_sent: bool
    error: MailerError | None


class _LedgerFailure(NamedTuple):
    """The error of a ledger that cannot be used, and since when."""

    error: LedgerError
    since: datetime


@dataclass(slots=True)
class Notifier:
    """Finds alerts in the ledger and mails them to the team. Each service has one.

    The ledger stores which notices were sent, so that only one of many services sends each and a
    restart does not repeat it. A notice that cannot be sent is kept for later. If a service dies
    while sending one, it is sent again: for notices, twice is better than never.
    """

    ledger: Callable[[], Ledger]
    backend: Callable[[], Backend]
    clock: Clock
    team: Sequence[Address]
    letterhead: Letterhead
    language: str
    zone: str
    say: Callable[[Text], str]
    reporter: str = ""
    """The name, for users, of the provider whose events reach us."""
    fresh_for: timedelta = timedelta()
    """For how long reminders may rely on the register after somebody has looked."""
    reply_within: timedelta = timedelta()
    """How many working hours a reply may wait for somebody."""
    provider: str = ""
    """The provider by which this service sends."""
    instruct: Callable[[Remedy], str] = lambda _remedy: ""
    """Write a remedy in the way of the interface that runs the service, such as a command."""
    _has_reported_downtime: bool = False
    _awake_at: datetime | None = None
    _ledger_failure: _LedgerFailure | None = None
    _is_failure_reported: bool = False
    _told_without_ledger: set[str] = field(default_factory=set)
    """The keys of what was mailed while the ledger could not keep it."""

    def report_downtime(self) -> Iterator[Alert]:
        """On service start, yield an alert if something was due while no service ran."""
        if not self._has_reported_downtime:
            found = downtime(self.ledger(), now=self.clock.now(), zone=self.zone)
            yield from self._insert_new(list(found))
            self._has_reported_downtime = True

    def wake(self) -> None:
        """Tell of no silence for a while: the service has just come, or its machine has slept, and
        what was due meanwhile leaves now. An absence that made something late was told as one.
        """
        self._awake_at = self.clock.now()

    def record_tick(self, failure: LedgerError | None = None) -> None:
        """Record the end of a tick, with the `failure` if the ledger could not be used."""
        if failure is None:
            self._ledger_failure, self._is_failure_reported = None, False
        elif self._ledger_failure is None:
            self._ledger_failure = _LedgerFailure(failure, self.clock.now())

    def report_filing_trouble(self, trouble: FilingTrouble) -> None:
        """Keep a notice of mails that could not be filed: one a month for each folder."""
        key = f"filing {trouble.mailbox} {trouble.folder} {self.clock.now():%Y-%m}"
        remedy = to_administrator(
            _("put it right, or leave done_folder and unknown_folder empty in config.toml")
        )
        self.ledger().notices.insert([self._notice(key, trouble.what, remedy, None)])

    def report_new_alerts(self) -> Iterator[Alert]:
        """Yield the new alerts and mail them to the team. Raises MailerError if that fails."""
        now = self.clock.now()
        try:
            found = self._found(now)
            new = list(self._insert_new(found))
        except LedgerError:
            self._report_ledger_failure()
            raise
        self._report_ledger_failure(kept=[alert.key for alert in found])
        yield from new
        if not self.team:
            return
        claimed = self.ledger().notices.take(now=now, until=now + _CLAIMED_FOR)
        if not claimed:
            return
        keys = [notice.key for notice in claimed]
        result = self._mail(claimed)
        if result.is_sent:
            self.ledger().notices.record_sent(keys, at=self.clock.now())
        else:
            # The longer it has failed, the longer the wait until the next attempt.
            wait = min(max(now - claimed[0].found_at, _SOONEST), _LATEST)
            self.ledger().notices.postpone(keys, until=self.clock.now() + wait)
        if result.error:
            raise result.error

    def _found(self, now: datetime) -> Sequence[Alert]:
        found = alerts(
            self.ledger(),
            now=now,
            zone=self.zone,
            reporter=self.reporter,
            fresh_for=self.fresh_for,
            reply_within=self.reply_within,
            provider=self.provider,
        )
        awake_at = self._awake_at
        # One further off was set before the clock was set back.
        is_early = awake_at is not None and timedelta() <= now - awake_at <= IDLE_FOR
        is_quiet = is_of_silence if is_early else _is_of_ourselves
        return [alert for alert in found if alert.by_mail and not is_quiet(alert.key)]

    def _insert_new(self, found: Sequence[Alert]) -> Iterator[Alert]:
        new = self.ledger().notices.insert(
            [self._notice(alert.key, alert.what, alert.remedy, alert.act) for alert in found]
        )
        if told := list(new & self._told_without_ledger):
            self.ledger().notices.record_sent(told, at=self.clock.now())
        yield from (alert for alert in found if alert.key in new)

    def _report_ledger_failure(self, kept: Sequence[str] = ()) -> None:
        """Mail a lasting ledger failure to the team, once, unless it is among the `kept` alerts: a
        disk that is nearly full may have room for them.

        This process remembers that it was sent, because the ledger cannot be written.
        """
        if self._ledger_failure is None or self._is_failure_reported or not self.team:
            return
        error, since = self._ledger_failure
        if self.clock.now() < since:  # the clock was set back
            self._ledger_failure = _LedgerFailure(error, self.clock.now())
        if self.clock.now() - since < LEDGER_BROKEN_FOR:
            return
        trouble = kind_of(error.problems[0].what)
        if any(is_about(key, trouble) for key in kept):
            return
        result = self._mail(
            [
                self._notice(str(problem.where), problem.what, problem.remedy, problem.act)
                for problem in error.problems
            ]
        )
        self._is_failure_reported = result.is_sent
        if result.is_sent:
            self._told_without_ledger.add(failing_key(since, trouble))
        if result.error:
            raise result.error

    def _notice(self, key: str, what: Text, remedy: Text, act: Remedy | None) -> Notice:
        # A server's reply may have several lines. A no-break space must stay as it is.
        what_text, remedy_text = (_LINES.sub(" ", self.say(text)) for text in (what, remedy))
        command = self.instruct(act) if act else ""
        if command:
            advice = remedy_text.removesuffix(".")
            remedy_text = self.say(_("{advice}: {command}", advice=advice, command=command))
        return Notice(key, what_text, remedy_text, self.clock.now())

    def _mail(self, notices: Sequence[Notice]) -> _MailResult:
        """Mail the notices to each team member."""
        compiled = compiled_notice(notices, language=self.language, say=self.say)
        outcomes: list[Outcome] = []
        failure: MailerError | None = None
        try:
            with closing(self.backend().connect()) as connection:
                for _id, outcome in connection.deliver(self._messages(compiled)):
                    outcomes.append(outcome)
        except MailerError as error:
            failure = error
        refused = [each for each in outcomes if isinstance(each, Deferred | Rejected)]
        if refused and failure is None:
            failure = _refused(refused[0].reply)
        return _MailResult(is_sent=len(outcomes) > len(refused), error=failure)

    def _messages(self, compiled: CompiledMessage) -> Iterator[Message]:
        # A notice has no unsubscribe header, because the team cannot opt out of notices.
        letterhead = replace(self.letterhead, unsubscribe_mailto=None, unsubscribe_url="")
        writer = Personaliser(compiled, letterhead, campaign="mailer", step="notice")
        for address in self.team:
            yield writer.message(
                delivery_id=new_delivery_id(),
                recipient=Mailbox(address),
                fields={},
                sent_at=self.clock.now(),
            )


def _is_of_ourselves(key: str) -> bool:
    """Return whether an alert says that the notices are idle: whoever tells it is not."""
    return key.startswith(f"idle {Task.NOTICES} ")


def compiled_notice(
    notices: Sequence[Notice], *, language: str, say: Callable[[Text], str]
) -> CompiledMessage:
    """Compile the mail of some notices. Its HTML is the same text, for providers that want one."""
    first = notices[0].what
    subject = (
        first
        if len(notices) == 1
        else say(
            _n(
                "{what} (and {count} more)",
                "{what} (and {count} more)",
                count=len(notices) - 1,
                what=first,
            )
        )
    )
    paragraphs = [f"{notice.what}.\n→ {notice.remedy}." for notice in notices]
    paragraphs.append(say(_("Written by mailer, once; the status shows how things stand now.")))
    return compiled_lines(subject, paragraphs, language=language)


def compiled_lines(subject: str, paragraphs: Sequence[str], *, language: str) -> CompiledMessage:
    """Compile a mail of the program itself, to somebody of the team."""
    text = "\n\n".join(paragraphs) + "\n"
    compiled = CompiledMessage(
        language=language,
        subject=(f"[mailer] {subject}"[:_MAX_SUBJECT_LENGTH],),
        preheader=(),
        html=(f'<pre style="white-space: pre-wrap; font-family: inherit">{escape(text)}</pre>\n',),
        text=(text,),
    )
    return replace(compiled, content_hash=content_hash(compiled))


def _refused(reply: str) -> BackendUnavailable:
    return BackendUnavailable(
        Problem(
            Place("config.toml", key="team.notices"),
            _("The notice to the team was not accepted: {reply}", reply=reply),
            _("Check these addresses; it is tried again."),
        )
    )
