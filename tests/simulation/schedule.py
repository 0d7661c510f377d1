"""One schedule: a world made from a seed, what happens in it, and what must hold after it."""

import random
import secrets
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from mailer.errors import LedgerError
from mailer.ledger import open_ledger
from mailer.model.accreditations.accreditation import AccreditationState
from mailer.model.feedback.event import EventKind
from mailer.model.mailings.amendment import AmendmentKind
from mailer.model.mailings.mailing import AudienceRule, MailingState
from mailer.model.mailings.rate_limit import RatePolicy
from mailer.operations.people.accreditations import Ruling, register_accreditation
from tests.counterparts.builders import ACTOR, NOON, a_bar, a_contact, a_mailing, after, an_event
from tests.counterparts.gathering import SLUG, Gathering
from tests.simulation.disk import Disk
from tests.simulation.judge import Broken, Judge
from tests.simulation.machine import Machine
from tests.simulation.processes import Clerk, Process, Service
from tests.simulation.restoring import Restoring
from tests.simulation.threads import in_charge

PATIENCE = 20_000
TOLD = (*[AmendmentKind.CORRECTION] * 4, AmendmentKind.MOVE, AmendmentKind.CANCELLATION)
"""What is told of the campaign that is amended, and how often."""
RESUMED = (MailingState.ACTIVE, MailingState.SCHEDULED)
"""A mailing that had started goes on when it is resumed; one that had not waits for its hour."""


def memory():
    """A disk in memory where there is one: a hundred thousand commits need no platter."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None


@contextmanager
def empty_ledger(folder):
    """A migrated ledger to copy, for many schedules: yields its path."""
    path = folder / "empty.db"
    open_ledger(f"sqlite:///{path}").close()
    yield path


def play(seed, empty, folder):
    """Plays one schedule; raises Broken. Returns what happened, counted."""
    place = folder / str(seed)
    place.mkdir()
    shutil.copy(empty, place / "ledger.db")
    world = World(seed, place)
    # Where delivery ids come from: the system's entropy, like its clock, is outside.
    entropy = patch.object(secrets, "token_bytes", world.dice.randbytes)
    with in_charge(world.machine), world.disk.in_place(), entropy:
        try:
            world.begin()
            world.happen()
            world.come_to_rest()
            return world.end()
        finally:
            world.close()
            shutil.rmtree(place)


class World:
    """The dice, and what they decide."""

    def __init__(self, seed, folder):
        self.dice, self._folder = random.Random(seed), folder
        self.machine = Machine(self.dice, after(minutes=-5))
        self.counts = Counter()
        self.judge = Judge(folder / "ledger.db", self.counts)
        self.is_calm = True
        choose = self.dice.choice
        self.depth = choose((1, 1, 2, 4, 8))
        self.has_requests = choose((False, True))
        self.roughness = choose((0.0, 0.02, 0.1, 0.3))
        self.deaths = choose((0.0, 0.0, 0.003, 0.02))
        self.disk = Disk(
            self, share=choose((0.0, 0.0, 0.003, 0.02)), slowness=choose((0, 1, 5, 20))
        )
        self.pace = choose(
            (*[RatePolicy()] * 4, RatePolicy(per_minute=60), RatePolicy(per_domain_per_minute=60))
        )
        self.services, self.clerks = [], []
        self.is_amended = seed % 2 == 1
        """Whether one campaign is corrected, moved and cancelled; the others are as they were."""
        self.restoring = Restoring(self, folder) if seed % 4 == 0 else None
        """Of some worlds a backup is restored; never where a campaign is amended."""
        self.storm_until_s = 0.0
        self._followed_s, self._latest_at = 0.0, self.machine.now()
        self.judge.latest_at = self._latest
        self.desk = Process(self, "desk", folder=folder)

    def happens(self, share):
        return not self.is_calm and self.dice.random() < share

    def is_stormy(self):
        return not self.is_calm and self.machine.now_s < self.storm_until_s

    def _latest(self):
        """The latest that the clock has said, without jumps that were to be confirmed."""
        self._latest_at = max(self._latest_at, self.machine.at(self._followed_s))
        return self._latest_at

    def begin(self):
        with self.machine.acting_for(self.desk):
            self.desk.open()
            self._launch()
        self.start_services()
        self.is_calm = False
        if self.dice.random() < 0.2:
            self._storm()

    def _launch(self):
        numbers = range(self.dice.randint(1, 12))
        self.keys = [f"reader{number}@press.example" for number in numbers]
        people = [a_contact(key, lists=frozenset({"press"}), language="fr") for key in self.keys]
        self.desk.ledger.contacts.save(people, at=self.machine.now(), actor=ACTOR)
        useful = timedelta(hours=self.dice.choice((1, 5, 48)))
        mailings = [
            a_mailing(campaign=f"meeting{number}", expires_at=NOON + useful)
            for number in range(self.dice.randint(1, 6))
        ]
        if self.dice.random() < 0.5:
            mailings.append(
                a_mailing(
                    "reminder",
                    campaign="meeting0",
                    rule=AudienceRule(to=("press",), unless=("accredited", "declined")),
                    due_at=after(minutes=30),
                    expires_at=after(minutes=30) + useful,
                )
            )
        if self.dice.random() < 0.5:
            mailings += [
                a_mailing(
                    state,
                    campaign="meeting0",
                    rule=AudienceRule(to=("press",), only=(state,), on=state),
                    expires_at=after(days=60),
                )
                for state in ("asked", "declined")
            ]
        if self.is_amended:
            mailings += self._gathering(self.desk.ledger).mailings()
        assert self.desk.ledger.mailings.launch(mailings, actor=ACTOR, at=self.machine.now())
        self.judge.mailings = {mailing.id: mailing for mailing in mailings}

    def _gathering(self, ledger):
        return Gathering(ledger, self.machine, leaves_at=NOON)

    def _born(self):
        self.counts["processes"] += 1
        connections = self.dice.randint(1, 4)
        self.judge.most_doubts += 1  # so few people are one chunk, and one connection has it
        self.judge.most_doubts_of_triggered += connections
        self.services.append(
            Service(
                self,
                f"p{self.counts['processes']}",
                folder=self._folder,
                deaths=self.deaths,
                connections=connections,
            )
        )

    # What happens.

    def happen(self):
        deeds = (
            (self._jump, 20),
            (self._ring, 20),
            (self._kill, 6),
            (self._freeze, 12),
            (self._fill_the_disk, 3),
            (self._set_clock, 4),
            (self._confirm_clock, 4),
            (self._storm, 3),
            (self._pause, 6),
            (self._resume, 12),
            (self._cancel, 0.3),
            (self._bar, 8),
            (self._answer, 16),
            (self._hear, 8),
            (self._resolve, 4),
        )
        if self.is_amended:
            deeds += ((self._amend, 50), (self._accept, 50))
        if self.restoring is not None:
            deeds += ((self.restoring.back_up, 30), (self.restoring.restore, 40))
        names, weights = zip(*deeds, strict=True)
        for _round in range(self.dice.randint(50, 600)):
            if self.dice.random() < 0.03:
                deed = self.dice.choices(names, weights)[0]
                self.counts[deed.__name__.strip("_")] += 1
                deed()
            elif not self.machine.run_one() and not self.machine.pass_time():
                self._jump()
                self._ring()
            self._bury()

    def come_to_rest(self):
        """Faults end, people resume what is paused: then everything must come to its end."""
        self.is_calm, self.disk.full_until_s = True, 0.0
        for process in (*self.services, *self.clerks):
            process.frozen_until_s = 0.0
        has_rung = False
        for _round in range(PATIENCE):
            if self.machine.run_one():
                continue
            with self.machine.acting_for(self.desk):
                self._confirmed()
                paused = self._resume_all()
            if not paused and self.machine.pass_time():
                continue
            if has_rung and not paused:
                return
            # The wall clock's service takes a turn now and then, whatever it expects.
            self._ring()
            has_rung = not paused
        raise Broken("never comes to rest")

    def _resume_all(self):
        paused = self.judge.paused()
        for mailing_id in paused:
            self._move(mailing_id, *RESUMED)
        return paused

    def _ring(self):
        for service in self.services:
            service.ring()

    def _jump(self):
        """Time passes, whoever stands where."""
        self.machine.now_s += self.dice.choice((1, 5, 10, 31, 600))

    def _freeze(self):
        service = self.dice.choice([*self.services, *self.clerks])
        service.frozen_until_s = self.machine.now_s + self.dice.choice((5, 31, 100))

    def _fill_the_disk(self):
        self.disk.full_until_s = self.machine.now_s + self.dice.choice((3, 20, 300))

    def _set_clock(self):
        """Somebody sets the clock of the machine; a tick comes soon by another clock."""
        self._latest()
        self.machine.set_by_s += self.dice.choice(
            (-90_000, -7_200, -600, -30, 30, 590, 1_200, 7_200, 90_000)
        )
        look = self.judge.last_look_at_the_clock()
        if look is None:  # before anybody has looked at a clock, nobody can know that it was set
            self._followed_s = self.machine.set_by_s
        else:
            at, steady_s, unasked_s = look
            followed_s = self.machine.set_by_at(at, steady_s)
            if abs(followed_s - self._followed_s) > 60:
                self._followed_s = followed_s  # of settings between two looks one sees the sum
            by_s = self.machine.set_by_s - self._followed_s
            if by_s <= 600 or abs(by_s - unasked_s) < 60:
                self._followed_s = self.machine.set_by_s
        self._ring()

    def _confirm_clock(self):
        self._at_the_desk(lambda _ledger, _now: self._confirmed())

    def _confirmed(self):
        self.desk.ledger.trusted_time.confirm(actor=ACTOR, at=self.machine.now())
        # Confirmed is what the ledger has seen, perhaps before the clock was set once more.
        self._followed_s = max(self._followed_s, self.machine.set_by_s)

    def _storm(self):
        """For a while, no request gets a certain answer."""
        self.storm_until_s = self.machine.now_s + self.dice.choice((600, 3_600, 7_200))

    def _kill(self):
        self.dice.choice([*self.services, *self.clerks]).is_dead = True

    def _bury(self):
        for service in [each for each in self.services if each.is_dead]:
            self.counts["deaths"] += 1
            self.services.remove(service)
            service.bury()
            self.judge.buries(service)
            self._born()
        for clerk in [each for each in self.clerks if each.is_dead]:
            self.clerks.remove(clerk)
            clerk.bury()

    def stop_all(self):
        """Nothing of the program runs any more; what was under way is as after a death."""
        for service in self.services:
            service.bury()
            self.judge.buries(service)
        for process in (*self.clerks, self.desk):
            process.bury()
        for process in (*self.services, *self.clerks, self.desk):
            process.ledger = None
        self.services, self.clerks = [], []

    def start_services(self):
        for _number in range(self.dice.choice((1, 2, 2))):
            self._born()

    # What people do, each as a thread of its own among the others.

    def _at_the_desk(self, deed):
        def done():
            with suppress(LedgerError):  # not done, and told so
                deed(self.desk.ledger, self.machine.now())

        self.machine.spawn(self.desk, done)

    def _pause(self):
        self._ask_for(MailingState.PAUSED)

    def _cancel(self):
        self._ask_for(MailingState.CANCELLED)

    def _resume(self):
        self._ask_for(*RESUMED)

    def _ask_for(self, *states):
        mailing_id = self.dice.choice(list(self.judge.mailings))
        self._at_the_desk(lambda _ledger, _now: self._move(mailing_id, *states))

    def _move(self, mailing_id, *states):
        """Change to the first of these states that is allowed, if one is."""
        at = self.machine.now()
        change = self.desk.ledger.mailings.change_state
        if not any(change(mailing_id, to=to, actor=ACTOR, why="", at=at) for to in states):
            return
        if states == RESUMED:
            self.judge.is_well(mailing_id)
            self.judge.stopped.discard(mailing_id)
        else:
            self.judge.stopped.add(mailing_id)

    def _bar(self):
        key = self.dice.choice(self.keys)

        def deed(ledger, _now):
            ledger.suppressions.add(a_bar(key), actor=ACTOR)
            self.judge.barred.add(key)

        self._at_the_desk(deed)

    def _answer(self):
        self._answers("meeting0", AccreditationState.ASKED, AccreditationState.DECLINED)

    def _accept(self):
        self._answers(SLUG, AccreditationState.ACCEPTED, AccreditationState.DECLINED)

    def _answers(self, campaign, *states):
        key, state = self.dice.choice(self.keys), self.dice.choice(states)

        def deed(ledger, now):
            address, ruling = a_contact(key).address, Ruling(state)
            register_accreditation(
                campaign, address, ruling=ruling, actor=ACTOR, ledger=ledger, now=now
            )
            self.judge.answered.add((campaign, key))

        self._at_the_desk(deed)

    def _amend(self):
        """Something is told of the campaign that has left, or is leaving."""
        kind = self.dice.choice(TOLD)
        self.counts["clerks"] += 1
        name = f"c{self.counts['clerks']}"

        def work(ledger):
            is_launched = self._gathering(ledger).amend(
                kind, name, about_to_launch=self._about_to_launch
            )
            self.counts[f"{kind} launched"] += is_launched

        self.clerks.append(Clerk(self, name, folder=self._folder, deaths=self.deaths, work=work))

    def _about_to_launch(self, mailings):
        self.judge.mailings |= {each.id: each for each in mailings}

    def _hear(self):
        """The peer reports about something it took."""
        if not self.judge.taken:
            return
        delivery_id, _time = self.dice.choice(sorted(self.judge.taken))
        kind = self.dice.choice((EventKind.ACCEPTED, EventKind.DELIVERED, EventKind.BOUNCED))
        event = an_event(kind, key=f"{kind}/{delivery_id}", delivery_id=delivery_id)
        self._at_the_desk(lambda ledger, _now: ledger.events.record(event))

    def _resolve(self):
        """A person decides about one doubt, or about several at once."""
        doubts = self.judge.doubts()
        if not doubts:
            return
        named = self.dice.sample(doubts, self.dice.randint(1, len(doubts)))
        resend = self.happens(0.5)

        def deed(ledger, now):
            self.judge.sent_again.update(dict.fromkeys(named, int(resend)))
            done = frozenset()
            try:
                done = ledger.uncertain.resolve(named, resend=resend, actor=ACTOR, why="", at=now)
            finally:
                if resend:
                    self.judge.sent_again.subtract(set(named) - done)
            if not resend:
                self.judge.said_sent.update(done)

        self._at_the_desk(deed)

    def end(self):
        with self.machine.acting_for(self.desk):
            self.judge.settles_accounts(self.desk.ledger, self.keys)
        return self.counts

    def close(self):
        for process in (*self.services, *self.clerks, self.desk):
            process.bury()
        self.judge.close()
