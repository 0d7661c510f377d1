"""Tell people by mail what waits for them at the desk, once a working day at most.

The mail of a day is about what waited at its hour: a service that starts later sends the same mail.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import TYPE_CHECKING

from mailer.calendar.timetable import in_zone, is_working_day, localise
from mailer.errors import BackendUnavailable, MailerError, Place, Problem
from mailer.labels import label_of, text_title
from mailer.model.address import Mailbox
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import Deferred, Rejected
from mailer.model.team.actor import Via, actor_for
from mailer.operations.alerts.notices import compiled_lines
from mailer.operations.campaigns.overviews.overview import CampaignState, overview
from mailer.operations.campaigns.overviews.waiting import WaitingFor, waiting_for
from mailer.operations.sending.start import new_delivery_id
from mailer.render.personalise import Personaliser
from mailer.wording import Text, _, _n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from mailer.model.address import Address
    from mailer.model.mailings.message import Message
    from mailer.model.team.actor import Actor
    from mailer.model.team.person import Person
    from mailer.operations.campaigns.drafts.drafts import Drafts
    from mailer.operations.campaigns.overviews.waiting import WaitingTask
    from mailer.ports import Backend

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingMails:
    """Writes to each person for whom something new waits since their last such mail.

    `hour` is that of the office. Without a `public_url` of the desk, a mail names the screens.
    `say` returns a text in a language; `language` is that of people who have chosen none.
    """

    people: Callable[[], Sequence[Person]]
    campaigns: Callable[[], Sequence[str]]
    drafts: Drafts
    backend: Callable[[], Backend]
    hour: time
    public_url: str
    say: Callable[[Text, str], str]
    language: str

    def send(self) -> None:
        """Send the mails of today, each of them once. Each is journalled.

        One that is not taken stops no other; the first error is raised at the end.
        """
        now = self.drafts.clock.now()
        today = in_zone(now, self.drafts.office.time_zone).date()
        hour = localise(datetime.combine(today, self.hour), zone=self.drafts.office.time_zone)
        if now < hour or not is_working_day(today):
            return
        lines = overview(self.campaigns(), ledger=self.drafts.ledger)
        drafts = [each.slug for each in lines if each.state is CampaignState.DRAFT]
        failures = [
            error
            for person in self.people()
            if (error := self._tell(person, drafts, hour=hour, today=today))
        ]
        if failures:
            raise failures[0]

    def _tell(
        self, person: Person, drafts: Sequence[str], *, hour: datetime, today: date
    ) -> MailerError | None:
        """Write to a person if something new waited for them at the hour; returns what failed."""
        allows = self.drafts.allows
        if not (person.is_enabled and person.address) or (allows and not allows(person.address)):
            return None
        mails, now = self.drafts.ledger.waiting_mails, self.drafts.clock.now()
        tasks = waiting_for(_as_actor(person), drafts, ledger=self.drafts.ledger)
        told = mails.last_told(person.id)
        if not any(each.at <= hour and each.key not in told for each in tasks):
            return None
        if not mails.claim(person.id, on=today, tasks=[each.key for each in tasks], at=now):
            return None
        try:
            reply = self._deliver(self._message(person, person.address, tasks))
        except MailerError as error:
            mails.release(person.id, on=today)
            return error
        if isinstance(reply, Deferred):
            mails.release(person.id, on=today)
        if reply is not None:  # an address that was rejected is tried again on another day
            return _not_taken(reply.reply)
        mails.record_sent(person.id, on=today, at=now)
        return None

    def _deliver(self, message: Message) -> Deferred | Rejected | None:
        """Send a mail; returns the answer of a relay that did not take it."""
        with closing(self.backend().connect()) as connection:
            outcomes = [outcome for _id, outcome in connection.deliver([message])]
        refused = (each for each in outcomes if isinstance(each, Deferred | Rejected))
        return next(refused, None)

    def _message(self, person: Person, address: Address, tasks: Sequence[WaitingTask]) -> Message:
        language = person.language or self.language
        subject = _n(
            "For you: {count} thing waits at the desk",
            "For you: {count} things wait at the desk",
            count=len(tasks),
        )
        paragraphs = [
            "\n".join(self.say(line, language) for line in self._lines(each)) for each in tasks
        ]
        closing_words = _(
            "Such a mail comes once a working day at most, and only when something new waits."
        )
        compiled = compiled_lines(
            self.say(subject, language),
            (*paragraphs, self.say(closing_words, language)),
            language=language,
        )
        # Like a notice it has no unsubscribe header: nobody of the team opts out of it.
        letterhead = replace(self.drafts.letterhead, unsubscribe_mailto=None, unsubscribe_url="")
        writer = Personaliser(compiled, letterhead, campaign="mailer", step="notice")
        return writer.message(
            delivery_id=new_delivery_id(),
            recipient=Mailbox(address, person.name),
            fields={},
            sent_at=self.drafts.clock.now(),
        )

    def _lines(self, task: WaitingTask) -> Iterator[Text]:
        """Yield what waits, since when and from whom, and where it is done."""
        at = in_zone(task.at, self.drafts.office.time_zone)
        title = self.drafts.title(task.subject) if task.is_of_campaign else ""
        words = _shortened(task.words)
        match task.what:
            case WaitingFor.SIGN:
                yield _("Sign off, or refuse: {title}", title=title)
                yield _("{name} sent a test, {at}", name=task.by, at=at)
                screen = _("the page “Sign-off” of the campaign")
            case WaitingFor.SIGN_AMENDMENT:
                kind = label_of(AmendmentKind(task.words))
                yield _("Sign off what is to be told now: {title}", title=title)
                yield _("{kind}, drafted by {name}, {at}", kind=kind, name=task.by, at=at)
                screen = _("the page “Something is wrong” of the campaign")
            case WaitingFor.CORRECT:
                yield _("Correct: {title}", title=title)
                yield _(
                    "{name} refused your version, {at}: {reason}",
                    name=task.by,
                    at=at,
                    reason=words,
                )
                screen = _("the page “Texts” of the campaign")
            case WaitingFor.ANSWER:
                yield _("Answer a comment: {title}", title=title)
                if task.passage:
                    yield _("About the passage: “{passage}”", passage=_shortened(task.passage))
                yield _("{name}, {at}: {words}", name=task.by, at=at, words=words)
                screen = _("the comments below the text {file}", file=text_title(task.file))
            case WaitingFor.DECIDE_ROWS:
                yield _("Finish taking in a list")
                yield _("{list}, {at}", list=words, at=at)
                screen = _("the page of the list, from the start page")
            case WaitingFor.ACCREDIT:
                yield _("Decide what partners ask for: {title}", title=title)
                yield _("{partner}, {at}", partner=words, at=at)
                screen = _("the page “Accreditations” of the campaign")
        yield (
            Text(f"{self.public_url}{task.path}")
            if self.public_url
            else _("At the desk: {screen}.", screen=screen)
        )


def _shortened(words: str) -> str:
    """Return words in one line, of which only the begin is quoted when there are many."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


def _as_actor(person: Person) -> Actor:
    return actor_for(person, via=Via.PROGRAM)


def _not_taken(reply: str) -> BackendUnavailable:
    return BackendUnavailable(
        Problem(
            Place("config.toml", key="team.people"),
            _("The mail about what waits for somebody was not accepted: {reply}", reply=reply),
            _("Check the addresses of the team; it is tried again."),
        )
    )
