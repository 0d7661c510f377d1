"""Every verb in any order; after each, nobody is written to twice or against their will.

A step that the program refuses with an error of its own is as good as one that it does. Any other
exception is a fault.
"""

import random
import secrets
import shutil
import tempfile
from collections import defaultdict
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from mailer.errors import BackendUnavailable, ContentError, RuleError
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.address import Address
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.delivery import NOT_DELIVERED, UNSENT, DeliveryStatus
from mailer.operations.sending.resend import ResendTo
from tests.counterparts.ledgers import emptied
from tests.statemachine.office import CAMPAIGNS, EVERY_LIST, STEPS, Office
from tests.statemachine.truth import EVERYWHERE, Truth

REFUSED = (RuleError, ContentError)
"""How the program says that it does not do something."""
SENT = {
    DeliveryStatus.ACCEPTED,
    DeliveryStatus.DELIVERED,
    DeliveryStatus.BOUNCED,
    DeliveryStatus.COMPLAINED,
}
WITHOUT_MAIL = {*UNSENT, DeliveryStatus.REJECTED, DeliveryStatus.SUPPRESSED}

PEOPLE = range(2)
"""So few that verbs meet the same person again and again."""
WORK = [f"p{n}@press.example" for n in PEOPLE]
LATER = [f"p{n}@lab.example" for n in PEOPLE]
HOME = [f"p{n}@home.example" for n in PEOPLE]
ADDRESSES = st.sampled_from([*WORK, *LATER, *HOME])
MAIN_ADDRESSES = st.sampled_from([*WORK, *LATER])
LISTS = st.sampled_from(["press", "associations"])
SLUGS = st.sampled_from([CAMPAIGNS[0], CAMPAIGNS[0], *CAMPAIGNS])
RARELY = st.sampled_from([False, False, False, True])
ROWS = st.lists(
    st.tuples(
        st.one_of(
            st.sampled_from([*WORK, *LATER, *HOME]).map(lambda each: (each,)),
            st.sampled_from(list(zip(WORK, HOME, strict=True))),
        ),
        st.integers(0, 9).map(lambda number: number == 0),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[0][0],
)


def _memory():
    """A disk in memory where there is one: nothing here is to survive a power cut."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


class Verbs(RuleBasedStateMachine):
    """The verbs of the office. `ledger_url` is empty for the SQLite file of the workspace."""

    ledger_url = ""

    def __init__(self):
        super().__init__()
        # Ids decide which of two mailings comes first: a sequence that is tried again gets the same.
        self._entropy = patch.object(secrets, "token_bytes", random.Random(0).randbytes)
        self._entropy.start()
        self.parent = Path(tempfile.mkdtemp(prefix="mailer-verbs-", dir=_memory()))
        self.office = Office(self.parent / "bureau", ledger_url=self.ledger_url)
        self.truth = Truth()
        self.backups = {}
        """What the ledger knew at each backup, by its path."""
        self.is_restored = False

    def teardown(self):
        self.office.close()
        self._entropy.stop()
        shutil.rmtree(self.parent, ignore_errors=True)

    @initialize(slugs=st.sampled_from([CAMPAIGNS[:1], CAMPAIGNS, ()]))
    def two_lists_and_campaigns(self, slugs):
        rows = [(pair, False) for pair in zip(WORK, HOME, strict=True)]
        self.import_list(rows=rows, list_name="press")
        self.import_list(rows=[(("q@ngo.example",), False)], list_name="associations")
        for slug in slugs:
            self.launch(slug)

    # People

    @rule(rows=ROWS, list_name=LISTS)
    def import_list(self, rows, list_name):
        self._later()
        with suppress(*REFUSED):
            self.office.import_list(rows, list_name)
            for (main, *others), barred in rows:
                known = self._known_as(main)
                for other in others:
                    if other in known:
                        self.truth.persons.unite(main, other)
                if barred:
                    for each in (main, *others):
                        self.truth.refuse(each)

    @rule(old=MAIN_ADDRESSES, new=MAIN_ADDRESSES)
    def correct(self, old, new):
        self._correct(old, new)

    @rule(number=st.sampled_from(PEOPLE), back=st.booleans())
    def correct_own(self, number, back):
        pair = (WORK[number], LATER[number])
        self._correct(*(reversed(pair) if back else pair))

    def _correct(self, old, new):
        self._later()
        with suppress(*REFUSED):
            self.office.correct(old, new)
            self.truth.correct(old, new)

    @rule(address=ADDRESSES, scope=st.sampled_from([EVERYWHERE, EVERYWHERE, "press"]))
    def suppress(self, address, scope):
        self._later()
        with suppress(*REFUSED):
            self.office.suppress(address, scope)
            self.truth.refuse(address, scope)

    @rule(address=ADDRESSES, scope=st.sampled_from([EVERYWHERE, EVERYWHERE, "press"]))
    def lift(self, address, scope):
        self._later()
        with suppress(*REFUSED):
            self.office.lift(address, scope)
            self.truth.lift(address, scope)

    @rule(address=ADDRESSES)
    def forget(self, address):
        self._later()
        with suppress(*REFUSED):
            self.office.forget(address)
            theirs = self.truth.persons.addresses(address)
            is_forgotten = self.office.ledger.erasure.is_forgotten
            self.truth.forget(
                address, {each for each in theirs if is_forgotten(Address.parse(each))}
            )

    @rule(slug=SLUGS, address=ADDRESSES, state=st.sampled_from(AccreditationState))
    def register(self, slug, address, state):
        self._later()
        with suppress(*REFUSED):
            self.office.register(slug, address, state)
            self.truth.answer(slug, address, state.value)

    @rule(
        data=st.data(),
        kind=st.sampled_from([EventKind.BOUNCED, EventKind.COMPLAINED, EventKind.OPTED_OUT]),
    )
    def comes_back(self, data, kind):
        mails = sorted(self.office.mails())
        if not mails:
            return
        self.comes_back_for(data.draw(st.sampled_from(mails)), kind)

    def comes_back_for(self, mail, kind):
        self._later()
        delivery = self.office.ledger.deliveries.find(mail.delivery_id)
        if delivery is None or str(delivery.address) != mail.address:
            return  # lost by a restored backup, or erased
        self.office.comes_back(mail, kind)
        if kind is EventKind.BOUNCED:
            self.truth.dead.add(mail.address)
        else:
            for bar in self.office.ledger.suppressions.all():
                if str(bar.address) == mail.address and bar.since == self.office.clock.now():
                    self.truth.refuse(mail.address, bar.scope)

    # Campaigns

    @rule(slug=SLUGS)
    def edit(self, slug):
        self._later()
        self.office.edit(slug)

    @rule(slug=SLUGS)
    def launch(self, slug):
        self._later()
        if self.is_restored and self._has_mails(slug):
            return  # what was launched since the backup is not to be launched again, as restore says
        with suppress(*REFUSED):
            self.office.approve(slug)
        with suppress(*REFUSED):
            self.office.launch(slug)

    @rule(breaks_after=st.sampled_from([None, None, 0, 1, 2]))
    def run(self, breaks_after):
        self._later()
        self._watch(breaks_after)

    @rule(breaks_after=st.sampled_from([None, None, 0, 1, 2]))
    def run_when_due(self, breaks_after):
        """Wait for the next step, or the next try, as the service does."""
        due_at = self.office.ledger.mailings.next_due_at()
        if due_at is not None:
            self.office.clock.wait_until(due_at)
            self._watch(breaks_after)

    @rule(hours=st.sampled_from([1, 7, 26, 74]))
    def pass_time(self, hours):
        self.office.pass_time(hours=hours)

    @rule(hours=st.sampled_from([1, 26]))
    def set_the_clock_back(self, hours):
        self.office.clock.set_back(timedelta(hours=hours))

    @rule(address=MAIN_ADDRESSES, mood=st.sampled_from(["", "defer", "reject", "lose"]))
    def the_relay_dislikes(self, address, mood):
        self.office.moods[address] = mood

    @rule(slug=SLUGS)
    def pause(self, slug):
        self._later()
        with suppress(*REFUSED):
            self.office.pause(slug)

    @rule(slug=SLUGS)
    def resume(self, slug):
        self._later()
        with suppress(*REFUSED):
            self.office.resume(slug)

    @rule(slug=SLUGS)
    def cancel(self, slug):
        self._later()
        with suppress(*REFUSED):
            self.office.cancel(slug)

    @rule(is_lifted=st.sampled_from([True, True, False]))
    def suspend_everything(self, is_lifted):
        self._later()
        self.office.suspend_everything()
        self.run_when_due(breaks_after=None)
        if is_lifted:
            self.lift_suspension()

    @rule()
    def lift_suspension(self):
        self._later()
        self.office.lift_suspension()

    @rule(slug=SLUGS, sent_again=st.booleans())
    def resolve(self, slug, sent_again):
        self._later()
        with suppress(*REFUSED):
            doubts = self.office.resolve(slug, sent_again=sent_again)
            self.truth.sent_again.update(doubts if sent_again else ())
            self.truth.let_go_again.update(doubts if sent_again else ())
            self.truth.said_sent.update(() if sent_again else doubts)

    @rule(data=st.data(), to=st.sampled_from(ResendTo))
    def resend(self, data, to):
        self._later()
        begun = [
            (each.campaign, each.step)
            for each in self.office.ledger.mailings.summaries()
            if each.has_started
        ]
        if begun and not self.is_restored:  # who has had it since a backup, only people can know
            with suppress(*REFUSED):
                self.office.resend(*data.draw(st.sampled_from(begun)), to)

    @rule(
        slug=SLUGS,
        kind=st.sampled_from(sorted({*AmendmentKind} - {AmendmentKind.MOVE})),
    )
    def tell(self, slug, kind):
        self._later()
        if not self.is_restored:
            with suppress(*REFUSED):
                self.office.tell(slug, AmendmentKind(kind))

    @rule(slug=SLUGS, day=st.sampled_from(["2017-12-08", "2017-12-12", "2018-01-20"]))
    def move(self, slug, day):
        self._later()
        if not self.is_restored:
            with suppress(*REFUSED):
                self.office.move(slug, day)
                self.truth.move(slug)

    # Bad days

    @rule()
    def back_up(self):
        self._later()
        self.office.back_up()

    @rule(is_needed=RARELY)
    def restore(self, is_needed):
        self._later()
        if not (is_needed and self.backups):
            return
        with suppress(*REFUSED):
            restored = self.office.restore()
            self.truth.go_back_to(self.backups[restored.backup])
            self.is_restored = True

    @rule(is_made=RARELY, is_adopted=st.booleans())
    def copy(self, is_made, is_adopted):
        """Copy the workspace, and look what leaves from the copy: nothing, until it is adopted."""
        self._later()
        if self.ledger_url or not is_made:
            return  # the copy of a folder is no copy of its database
        folder = self.parent / f"bureau{len(list(self.parent.iterdir()))}"
        copied = self.office.copy(folder)
        with suppress(*REFUSED):
            copied.run()
        assert not copied.taken, f"{copied.taken} left from a copy"
        if is_adopted:
            self.office.close()
            copied.adopt(self.office)
            self.office = copied
        else:
            copied.close()

    # What must hold

    def _has_mails(self, slug):
        return any(
            mails for (campaign, _step), mails in self.truth.mails.items() if campaign == slug
        )

    def _later(self):
        """No two acts at the same instant, so that the newest answer is certain."""
        self.office.pass_time(seconds=1)

    def _known_as(self, address):
        found = self.office.ledger.contacts.addresses_of_person(Address.parse(address))
        return {str(each) for each in found}

    def _watch(self, breaks_after):
        """Run, and hold every mail that leaves against what the office knows."""
        halted = {
            (each.campaign, each.step)
            for each in self.office.ledger.mailings.summaries()
            if each.state.value in {"paused", "cancelled", "done", "missed"}
        }
        failed = self._failed()
        before = len(self.office.taken)
        with suppress(BackendUnavailable):
            self.office.run(breaks_after)
        is_suspended = self.office.ledger.suspensions.present() is not None
        for mail in self.office.taken_since(before):
            assert not is_suspended, f"{mail} was sent, and everything is suspended"
            objection = self.truth.objection(mail, STEPS.get(mail.base_step, EVERY_LIST))
            assert objection is None, f"{mail} was sent, who {objection}"
            earlier = self.truth.twice(mail, failed)
            assert earlier is None, f"{mail} was sent after {earlier}"
            assert (mail.campaign, mail.step) not in halted, f"{mail} left a halted mailing"
            self.truth.leaves(mail)

    def _failed(self):
        """The ids of deliveries that are known not to have arrived."""
        return {
            delivery.id
            for mailing in self.office.ledger.mailings.summaries()
            for delivery in self.office.ledger.deliveries.of_mailing(mailing.id)
            if delivery.status in NOT_DELIVERED
        }

    @invariant()
    def each_backup_is_remembered(self):
        for path in self.office.backups():
            if path not in self.backups:
                self.backups[path] = self.truth.as_of_backup()

    @invariant()
    def rows_are_the_audience_the_report_and_the_mails(self):
        ledger = self.office.ledger
        mails = defaultdict(dict)
        for mail in self.office.mails():
            mails[mail.campaign, mail.step][mail.delivery_id] = mail
        reports = {
            (slug, each.step): each
            for slug in CAMPAIGNS
            for each in self.office.report(slug).mailings
        }
        for mailing in ledger.mailings.summaries():
            key = mailing.campaign, mailing.step
            rows = {each.id: each for each in ledger.deliveries.of_mailing(mailing.id)}
            assert len(rows) == (mailing.audience or 0), f"{key}: rows and audience differ"
            assert reports[key].audience == len(rows), f"{key}: rows and report differ"
            for delivery_id, row in rows.items():
                mail = mails[key].get(delivery_id)
                if row.status in SENT and delivery_id not in self.truth.said_sent:
                    assert mail is not None, f"{row} has no .eml"
                if row.status in WITHOUT_MAIL and delivery_id not in self.truth.let_go_again:
                    assert mail is None, f"{mail} was sent, and its row is {row.status}"
            if not self.is_restored:
                assert mails[key].keys() <= rows.keys(), f"{key}: a mail without a row"


def on_postgres(url):
    """The same machine on this PostgreSQL database, emptied before each sequence."""

    class OnPostgres(Verbs):
        ledger_url = url

        def __init__(self):
            emptied(url)
            super().__init__()

    return OnPostgres
