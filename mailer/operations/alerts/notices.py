"""Notices: what worries is mailed to the team, each thing once, beside the sending."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from html import escape
from typing import TYPE_CHECKING

from mailer.errors import BackendUnavailable, MailerError, Place, Problem
from mailer.model.address import Mailbox
from mailer.model.delivery import Deferred, Rejected
from mailer.model.message import CompiledMessage
from mailer.model.progress import Notice
from mailer.operations.alerts.watch import alerts, downtime
from mailer.operations.sending.start import new_delivery_id
from mailer.render.fingerprint import content_hash
from mailer.render.personalise import Personaliser
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from mailer.errors import LedgerError
    from mailer.model.address import Address
    from mailer.model.delivery import Outcome
    from mailer.model.message import Letterhead, Message
    from mailer.operations.alerts.watch import Alert
    from mailer.ports import Backend, Clock, Ledger
    from mailer.remedies import Remedy

LEDGER_BROKEN_FOR = timedelta(minutes=1)
"""Somebody else may hold a ledger for half a minute: that is no news."""
_OURS_FOR = timedelta(minutes=30)
"""Longer than a peer may take to answer: until then nobody else sends the same notice."""
_SOONEST, _LATEST = timedelta(minutes=1), timedelta(hours=1)
_LONGEST_SUBJECT = 120
_LINES = re.compile(r"[\r\n\t ]+")


@dataclass(slots=True)
class Notifier:
    """Looks at the ledger and tells the team; one for each service.

    What was told is in the ledger, so that of many services one tells it, and a restart does
    not repeat it. A mail that cannot leave is owed; a service that dies while one is under
    way leaves it to be sent again: better twice than never, for once.
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
    """The provider whose events reach us, as sentences call it."""
    instruct: Callable[[Remedy], str] = lambda _remedy: ""
    """How the door that runs the service writes an act: the command line, as its command."""
    _was_here: bool = False
    _trouble: tuple[LedgerError, datetime] | None = None
    _trouble_is_told: bool = False

    def comes_back(self) -> Iterator[Alert]:
        """Before the first turn of a service: that nobody was there, if it mattered."""
        if not self._was_here:
            found = downtime(self.ledger(), now=self.clock.now(), zone=self.zone)
            yield from self._owe(list(found))
            self._was_here = True

    def turned(self, trouble: LedgerError | None = None) -> None:
        """A turn has ended, well or for want of a ledger."""
        if trouble is None:
            self._trouble, self._trouble_is_told = None, False
        elif self._trouble is None:
            self._trouble = trouble, self.clock.now()

    def look(self) -> Iterator[Alert]:
        """What newly worries; the team is told, or a MailerError raised that says why not."""
        self._tell_trouble()
        now = self.clock.now()
        found = alerts(self.ledger(), now=now, zone=self.zone, reporter=self.reporter)
        yield from self._owe([worry for worry in found if worry.by_mail])
        if not self.team:
            return
        owed = self.ledger().notices.take(now=now, until=now + _OURS_FOR)
        if not owed:
            return
        keys = [notice.key for notice in owed]
        is_told, failure = self._mail(owed)
        if is_told:
            self.ledger().notices.mark_told(keys, at=self.clock.now())
        else:
            # The longer it was in vain, the longer until the next try.
            wait = min(max(now - owed[0].found_at, _SOONEST), _LATEST)
            self.ledger().notices.postpone(keys, until=self.clock.now() + wait)
        if failure:
            raise failure

    def _owe(self, found: Sequence[Alert]) -> Iterator[Alert]:
        new = self.ledger().notices.insert(
            [self._notice(worry.key, worry.what, worry.remedy, worry.act) for worry in found]
        )
        yield from (worry for worry in found if worry.key in new)

    def _tell_trouble(self) -> None:
        """A ledger that cannot be written cannot remember what was told: this process does."""
        if self._trouble is None or self._trouble_is_told or not self.team:
            return
        error, since = self._trouble
        if self.clock.now() - since < LEDGER_BROKEN_FOR:
            return
        self._trouble_is_told, failure = self._mail(
            [
                self._notice(str(problem.where), problem.what, problem.remedy, problem.act)
                for problem in error.problems
            ]
        )
        if failure:
            raise failure

    def _notice(self, key: str, what: Text, remedy: Text, act: Remedy | None) -> Notice:
        # A reply may have many lines; a no-break space is no such place.
        said, advised = (_LINES.sub(" ", self.say(text)) for text in (what, remedy))
        way = self.instruct(act) if act else ""
        return Notice(key, said, f"{advised}: {way}" if way else advised, self.clock.now())

    def _mail(self, notices: Sequence[Notice]) -> tuple[bool, MailerError | None]:
        """One mail to each of the team: whether it left for anybody, and what went wrong."""
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
        return len(outcomes) > len(refused), failure

    def _messages(self, compiled: CompiledMessage) -> Iterator[Message]:
        # The team cannot opt out of being told.
        letterhead = replace(self.letterhead, unsubscribe_mailto=None, unsubscribe_url="")
        writer = Personaliser(compiled, letterhead, campaign="mailer", step="notice")
        for address in self.team:
            yield writer.message(
                delivery_id=new_delivery_id(),
                recipient=Mailbox(address),
                fields={},
                sent_at=self.clock.now(),
            )


def compiled_notice(
    notices: Sequence[Notice], *, language: str, say: Callable[[Text], str]
) -> CompiledMessage:
    """The text of a notice; its HTML is the same text, for the providers that want one."""
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
    text = "\n\n".join(paragraphs) + "\n"
    compiled = CompiledMessage(
        language=language,
        subject=(f"[mailer] {subject}"[:_LONGEST_SUBJECT],),
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
