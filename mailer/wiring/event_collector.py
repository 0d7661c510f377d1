"""Collects the delivery events of a workspace from every source, and processes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mailer.errors import ConfigError, MailerError, Place, Problem, unexpected
from mailer.feedback.policy import FeedbackSettings
from mailer.mailbox import ImapSettings, fetch
from mailer.model.feedback.inbox import InboundMail
from mailer.operations.feedback.collect import read_new_mail, read_webhook_posts
from mailer.operations.feedback.reconcile import reconcile
from mailer.operations.feedback.record import process_stored_events
from mailer.operations.people.replies import take_forms
from mailer.operations.people.unknown_mails import mails_that_wait
from mailer.operations.restore import require_in_place
from mailer.wording import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from mailer.model.feedback.inbox import Cursor, DeadLetter, Filing, FilingTrouble
    from mailer.model.feedback.unknown_mail import UnknownTally
    from mailer.operations.feedback.record import EventOutcome
    from mailer.wiring.app import App


@dataclass(frozen=True, slots=True)
class MailboxReading:
    """How many mails were read, their outcomes, and the mails that could not be read."""

    mails: int
    outcomes: tuple[EventOutcome, ...]
    dead_letters: tuple[DeadLetter, ...]
    waiting: UnknownTally
    """The mails that nobody has understood and decided yet, whenever they came."""
    troubles: tuple[FilingTrouble, ...] = ()
    """Why mails could not be filed. They were read all the same."""


class EventCollector:
    """The posts, the mailbox and the provider's lists of one workspace.

    `on_trouble` gets what could not be filed when the mailbox is read in the background.
    """

    def __init__(self, app: App, *, on_trouble: Callable[[FilingTrouble], None]) -> None:
        self._app, self._on_trouble = app, on_trouble
        self._may_have_forms = True

    def collect(self, *, mailbox: bool) -> Iterator[EventOutcome]:
        """Collect and process the events since the last time. Yields the outcome of each.

        They come from the provider's posts, from refusals while sending and, with `mailbox`, also
        from the mailbox and the provider's lists. A source that fails does not stop the others.
        Its error is raised at the end.
        """
        failed: list[MailerError] = []
        for collect in (
            self.read_posts,
            *((self.read_mails, self.apply_provider_lists) if mailbox else ()),
        ):
            try:
                collect()
            except MailerError as error:
                failed.append(error)
            except Exception as error:  # noqa: BLE001 — one source must not silence the others
                failed.append(unexpected(error, doing=collect.__name__.strip("_")))
        yield from self.process()
        if failed:
            raise failed[0]

    def read_posts(self) -> None:
        """Store the events of the webhook posts that the receiver has stored."""
        read_webhook_posts(
            self._app.post_readers, ledger=self._app.ledger, now=self._app.clock.now()
        )

    def read_mails(self) -> None:
        """Store the events of the mailbox’s new mails, if a mailbox is configured."""
        if self._app.settings.part(ImapSettings).host:
            for _count in self._fetch(self._on_trouble):
                pass

    def apply_provider_lists(self) -> None:
        """Take over what the provider’s own suppression lists say, if they are used."""
        lists = self._app.provider_lists
        if lists is not None:
            settings = self._app.settings.part(FeedbackSettings)
            reconcile(lists, ledger=self._app.ledger, now=self._app.clock.now(), settings=settings)

    def read_mailbox(self, advance: Callable[[int], None]) -> MailboxReading:
        """Read the mailbox and process its events. `advance` gets the size of each batch.

        Raises ConfigError when no mailbox is configured.
        """
        if not self._app.settings.part(ImapSettings).host:
            raise ConfigError(
                Problem(
                    Place("config.toml", key="feedback.imap.host"),
                    _("No mailbox is configured."),
                    _("Write host, username and password under [feedback.imap]."),
                )
            )
        require_in_place(self._app.ledger)
        count = 0
        troubles: list[FilingTrouble] = []
        try:
            for batch in self._fetch(troubles.append):
                count += batch
                advance(batch)
        except MailerError:
            for _outcome in self.process():
                pass  # what was read before counts
            raise
        outcomes = tuple(self.process())
        dead_letters = tuple(self._app.ledger.inbox.dead_letters())
        waiting = mails_that_wait(ledger=self._app.ledger)
        return MailboxReading(count, outcomes, dead_letters, waiting, tuple(troubles))

    def record_mails(self, mails: Sequence[bytes]) -> tuple[EventOutcome, ...]:
        """Store and process the events of these mails as if they came from the mailbox."""
        inbound = [InboundMail(number, raw) for number, raw in enumerate(mails)]
        self._store(inbound, None)
        return tuple(self.process())

    def _fetch(self, on_trouble: Callable[[FilingTrouble], None]) -> Iterator[int]:
        """Read the mailbox in batches. Yields the number of mails of each batch.

        `on_trouble` gets what could not be filed.
        """
        return fetch(
            self._app.settings.part(ImapSettings),
            cursor_of=self._app.ledger.inbox.cursor,
            store=self._store,
            on_trouble=on_trouble,
        )

    def _store(self, mails: Sequence[InboundMail], cursor: Cursor | None) -> tuple[Filing, ...]:
        """Store the events of mails. Returns where each mail is to be filed."""
        return read_new_mail(
            mails,
            cursor,
            read=self._app.children.read_mail,
            ledger=self._app.ledger,
            now=self._app.clock.now(),
            trust=self._app.settings.part(FeedbackSettings).trust,
        )

    def process(self) -> Iterator[EventOutcome]:
        """Process the stored events that were not processed yet. Yields the outcome of each.

        Filled-in replies that need nobody are entered in the registers at the end: after new
        events, and once in any case, for what a crash left.
        """
        for outcome in process_stored_events(
            ledger=self._app.ledger,
            now=self._app.clock.now(),
            settings=self._app.settings.part(FeedbackSettings),
        ):
            self._may_have_forms = True
            yield outcome
        if self._may_have_forms:
            take_forms(
                excerpt=self._app.children.mail_excerpt,
                campaign_of=self._app.drafts.readable_campaign,
                ledger=self._app.ledger,
                now=self._app.clock.now(),
            )
            self._may_have_forms = False
