"""One schedule: a world made from a seed, what happens in it, and what must hold after it."""

import random
import shutil
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from mailer.clock import SimulatedClock
from mailer.ledger import open_ledger
from mailer.model.accreditation import Accreditation, AccreditationState
from mailer.model.delivery import DeliveryStatus as Status
from mailer.model.event import EventKind
from mailer.model.mailing import AudienceRule, MailingState
from mailer.model.pace import Pace
from mailer.operations import start
from tests.counterparts.builders import NOON, a_bar, a_contact, a_mailing, after, an_event
from tests.simulation.processes import Process, a_ledger

PATIENCE = 4_000
WAITING = {Status.PENDING, Status.DEFERRED}
NOT_TAKEN = {*WAITING, Status.REJECTED, Status.CANCELLED, Status.SUPPRESSED}
ENDED = {MailingState.DONE, MailingState.CANCELLED, MailingState.MISSED}


class Broken(AssertionError):
    """A promise that did not hold."""


def must(holds, *told):
    if not holds:
        raise Broken(*map(str, told))


@contextmanager
def empty_ledger(folder):
    """A migrated ledger to copy, for many schedules: yields its path."""
    path = folder / "empty.db"
    open_ledger(f"sqlite:///{path}").close()
    yield path


def play(seed, empty, folder):
    """Plays one schedule; raises Broken. Returns what happened, counted."""
    path = folder / f"{seed}.db"
    shutil.copy(empty, path)
    world = World(seed, path)
    # Where delivery ids come from: the system's entropy, like its clock, is outside.
    with patch.object(start.secrets, "token_bytes", world.dice.randbytes):
        try:
            world.happen()
            world.come_to_rest()
            world.check()
        finally:
            world.end()
            for file in folder.glob(f"{seed}.db*"):
                file.unlink()
    return world.counts


class World:
    """The truth, and the dice."""

    def __init__(self, seed, path):
        self.dice, self.path = random.Random(seed), path
        self.clock = SimulatedClock(after(minutes=-5))
        self.taken, self.sent_again, self.counts = Counter(), Counter(), Counter()
        self.explained, self.barred, self.answered = set(), set(), set()
        self.is_calm = False
        choose = self.dice.choice
        self.depth = choose((1, 1, 2, 4))
        self.roughness = choose((0.0, 0.02, 0.1, 0.3))
        self.ledger_faults = choose((0.0, 0.01, 0.05))
        self.deaths = choose((0.0, 0.003, 0.02))
        self.pace = choose((Pace(), Pace(), Pace(per_minute=30), Pace(per_domain_per_minute=20)))
        self.observer = a_ledger(path)
        self._people(self.dice.randint(1, 60))
        self.processes, self.born = [], 0
        for _number in range(choose((1, 2))):
            self._born()

    def happens(self, share):
        return not self.is_calm and self.dice.random() < share

    def _people(self, count):
        self.keys = [f"reader{number}@press.example" for number in range(count)]
        people = [a_contact(key, lists=frozenset({"press"}), language="fr") for key in self.keys]
        self.observer.save_contacts(people, at=self.clock.now())
        useful = timedelta(hours=self.dice.choice((1, 5, 48)))
        self.mailings = [
            a_mailing(expires_at=NOON + useful),
            a_mailing(
                "reminder",
                rule=AudienceRule(to=("press",), unless=("accredited", "declined")),
                due_at=after(minutes=30),
                expires_at=after(minutes=30) + useful,
            ),
        ]
        must(self.observer.launch(self.mailings, by="Ada", at=self.clock.now()), "launch")

    def _born(self):
        self.born += 1
        workers = self.dice.choice((1, 2))
        self.processes.append(Process(self, f"p{self.born}", workers=workers))

    # What happens.

    def happen(self):
        deeds = (
            (self._pass_time, 30),
            (self._ring, 20),
            (self._kill, 6),
            (self._freeze, 5),
            (self._pause, 6),
            (self._resume, 12),
            (self._cancel, 0.3),
            (self._bar, 8),
            (self._answer, 8),
            (self._hear, 8),
            (self._resolve, 4),
        )
        names, weights = zip(*deeds, strict=True)
        for _round in range(self.dice.randint(50, 500)):
            if self.dice.random() < 0.94:
                self._work()
            else:
                deed = self.dice.choices(names, weights)[0]
                self.counts[deed.__name__.strip("_")] += 1
                deed()
                self._wake()
            self._bury()

    def come_to_rest(self):
        """Faults end, people resume what is paused: then everything must come to its end."""
        self.is_calm = True
        idle_rounds = 0
        for _round in range(PATIENCE):
            if self._work():
                continue
            for mailing in self.mailings:
                self._move(mailing, MailingState.ACTIVE)
            idle_rounds = 0 if self.observer.next_due_at() else idle_rounds + 1
            if idle_rounds == 2:
                return
            self._pass_time()
            self._ring()
            self._wake()
        raise Broken("never comes to rest")

    def _work(self):
        """One step of one worker that has something to do; False when there is none."""
        busy = [w for process in self.processes for w in process.workers if not w.is_idle]
        if not busy:
            if not self.is_calm:
                self._pass_time()
                self._ring()
                self._wake()
            return False
        self.dice.choice(busy).resume()
        self._bury()
        return True

    def _wake(self):
        for process in self.processes:
            for worker in process.workers:
                worker.is_idle = False

    def _pass_time(self):
        due_at = self.observer.next_due_at() or self.clock.now()
        self.clock.wait_until(max(due_at, self.clock.now() + timedelta(seconds=2)))

    def _freeze(self):
        """Longer than a lease, while all stand still."""
        self.clock.wait_until(self.clock.now() + timedelta(seconds=31))

    def _ring(self):
        for process in list(self.processes):
            process.rings()
        self._bury()

    def _kill(self):
        if not self.is_calm:
            self.dice.choice(self.processes).is_dead = True

    def _bury(self):
        for process in [each for each in self.processes if each.is_dead]:
            self.counts["deaths"] += 1
            self.processes.remove(process)
            process.bury()
            doubted = {
                each.id
                for each in self._deliveries()
                if each.id in process.asked and each.status in {Status.SENDING, Status.UNCERTAIN}
            }
            new = doubted - self.explained
            most = self.depth * len(process.workers) * (1 + process.faults)
            must(len(new) <= most, "a death left", len(new), "in doubt, more than", most)
            self.explained |= doubted
            self._born()

    def _move(self, mailing, to):
        self.observer.move(mailing.id, to=to, by="Ada", why="", at=self.clock.now())

    def _pause(self):
        self._move(self.dice.choice(self.mailings), MailingState.PAUSED)

    def _resume(self):
        self._move(self.dice.choice(self.mailings), MailingState.ACTIVE)

    def _cancel(self):
        self._move(self.dice.choice(self.mailings), MailingState.CANCELLED)

    def _bar(self):
        key = self.dice.choice(self.keys)
        self.observer.suppress(a_bar(key))
        self.barred.add(key)

    def _answer(self):
        key = self.dice.choice(self.keys)
        state = self.dice.choice((AccreditationState.ASKED, AccreditationState.DECLINED))
        address = a_contact(key).address
        self.observer.save_accreditation(Accreditation("meeting", address, state, self.clock.now()))
        self.answered.add(key)

    def _hear(self):
        """The peer reports about something it took."""
        if not self.taken:
            return
        delivery_id = self.dice.choice(sorted(self.taken))
        kind = self.dice.choice((EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.BOUNCED))
        self.observer.record(an_event(kind, key=f"{kind}/{delivery_id}", delivery_id=delivery_id))

    def _resolve(self):
        """A person decides about a doubt."""
        doubts = [each.id for each in self._deliveries() if each.status is Status.UNCERTAIN]
        if not doubts:
            return
        delivery_id, resend = self.dice.choice(doubts), self.happens(0.5)
        resolved = self.observer.resolve(
            delivery_id, resend=resend, by="Ada", why="", at=self.clock.now()
        )
        if resolved and resend:
            self.sent_again[delivery_id] += 1
        elif resolved:
            self.explained.add(delivery_id)

    # What must hold.

    def grants(self, claim, granted, now):
        """At each mark: its time, its mailing and its people."""
        if not granted:
            return
        mailing = self.observer.mailing(claim.mailing_id)
        must(mailing.state is MailingState.ACTIVE, "marked while", mailing.state)
        must(mailing.due_at <= now < mailing.expires_at, "marked at", now)
        for delivery_id in granted:
            row = self.observer.find_delivery(delivery_id)
            must(row.status is Status.SENDING, delivery_id, "granted and", row.status)
            key = row.address.key
            must(key not in self.barred, key, "barred, and marked")
            must(not mailing.rule.unless or key not in self.answered, key, "answered, and marked")

    def takes(self, delivery_id, worker):
        """At each handing over: marked by this worker, in the ledger for all to see."""
        must(delivery_id in worker.held, delivery_id, "handed over without a mark")
        row = self.observer.find_delivery(delivery_id)
        must(
            row.status not in WAITING or self.sent_again[delivery_id],
            delivery_id,
            "handed over and",
            row.status,
        )
        self.taken[delivery_id] += 1
        must(self.taken[delivery_id] <= 1 + self.sent_again[delivery_id], delivery_id, "twice")

    def check(self):
        """At the end: nobody lost, nobody twice, every word in the ledger true."""
        for launched in self.mailings:
            mailing = self.observer.mailing(launched.id)
            must(mailing.state in ENDED, mailing.step, "is still", mailing.state)
            rows = list(self.observer.deliveries(mailing.id))
            left_out = self.observer.exclusions(mailing.id)
            if mailing.started_at is not None:
                written = sorted(
                    [row.address.key for row in rows]
                    + [each.contact.address.key for each in left_out]
                )
                must(written == sorted(self.keys), mailing.step, "somebody is lost, or there twice")
                tally = self.observer.tally(mailing.id)
                must(tally.audience == len(rows), mailing.step, "the tally is", tally)
            for row in rows:
                self._check(row)
        known = {row.id for row in self._deliveries()}
        must(known.issuperset(self.taken), "handed over and not in the ledger")
        self.counts["taken"] = self.taken.total()

    def _check(self, row):
        taken = self.taken[row.id]
        self.counts[row.status.value] += 1
        must(row.status not in {*WAITING, Status.SENDING}, row.id, "is still", row.status)
        must(taken <= 1 + self.sent_again[row.id], row.id, "was handed over", taken, "times")
        if row.status in NOT_TAKEN:
            must(taken <= self.sent_again[row.id], row.id, "was handed over and is", row.status)
        if row.status in {Status.ACCEPTED, Status.DELIVERED, Status.BOUNCED}:
            must(taken or row.id in self.explained, row.id, "is", row.status, "and nobody took it")
        if row.status is Status.UNCERTAIN:
            must(row.id in self.explained, row.id, "is in doubt for no reason")

    def _deliveries(self):
        return [row for mailing in self.mailings for row in self.observer.deliveries(mailing.id)]

    def end(self):
        for process in self.processes:
            process.bury()
        self.observer.close()
