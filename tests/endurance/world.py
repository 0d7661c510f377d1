"""Everything that befalls the office: turn after turn something at random, until it is let be."""

import random
import time
import urllib.request
from collections import Counter
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mailer.model.mailings.mailing import HAS_ENDED
from mailer.model.service.trusted_time import SMALLEST_JUMP_S
from tests.counterparts.certificates import server_context
from tests.counterparts.waiting import wait_for_port
from tests.endurance.clock import MachineClock
from tests.endurance.disk import small_disk
from tests.endurance.mailbox import LyingMailbox
from tests.endurance.office import PASSWORD, Office
from tests.endurance.outside import Outside
from tests.endurance.relay import MoodyRelay
from tests.endurance.troubles import Fault, Troubles

WORKERS = 2
YEARS = (-60, 800)
_MINUTE, _HOUR = 60, 3600
_HANGS_S = 600.0
"""A service that has asked its mailbox nothing for so long hangs, however busy the machine."""
_HALF_AN_HOUR = 1800
_WAITS = timedelta(minutes=1)
_MOST_ROUNDS = 1000
"""Of the service, each with as much as half an hour: what has not ended by then never does."""
_LIVE = "SELECT campaign, step, state FROM mailing WHERE state IN ('scheduled', 'active', 'paused')"
_ACTIVE = "SELECT 1 FROM mailing WHERE state = 'active'"
_PAUSED = "SELECT 1 FROM mailing WHERE state = 'paused'"
_NEXT = "SELECT min(due_at) FROM mailing WHERE state = 'scheduled'"
_UNCERTAIN = "SELECT 1 FROM delivery WHERE status = 'uncertain'"
_HELD_CLOCK = "SELECT 1 FROM trusted_time WHERE is_held"
_TRUSTED = "SELECT at, steady_s, is_held, jump_s FROM trusted_time"
_ON_CLOCKS = "SELECT count(*) FROM journal WHERE action IN ('clock-held', 'clock-jumped')"
_A_JUMP_S = SMALLEST_JUMP_S + 1
"""One less a second is none; this one may be read a moment later."""
_NOTHING = {"mailings": [], "uncertain": []}
_UNJUDGED = "SELECT 1 FROM event WHERE judged_at IS NULL"
_UNTOLD = "SELECT 1 FROM notice WHERE told_at IS NULL", "SELECT 1 FROM post"
PROGRAMS = ("run", "receive")


class Hangs(AssertionError):
    """The service does nothing any more."""


@dataclass
class World:
    """The office, its peers, and the chance that moves them."""

    office: Office
    relay: MoodyRelay
    mailbox: LyingMailbox
    outside: Outside
    disk: object
    clock: MachineClock
    chance: random.Random

    def __post_init__(self):
        self.counts, self.deaths, self._doubts = Counter(), Counter(), set()
        self.played: list[Fault] = []
        """Every fault that the service must tell, once."""
        self._jump, self._lines_before = None, 0
        self.troubles = Troubles(self)
        self.starts_of_the_service = 0
        self._acts = {
            self.outside.acts: 30,
            self._sleeps: 12,
            self._clock_is_set: 3,
            self._clock_is_right: 4,
            self._storm_begins: 3,
            self._storm_ends: 5,
            self._mailbox_breaks: 2,
            self._mailbox_is_mended: 5,
            self._floods: 1,
            self._is_killed: 3,
            self._is_restarted: 1,
            self._person_looks: 8,
        }
        if self.disk.is_real:
            self._acts |= {self._disk_fills: 2, self._disk_is_freed: 5}

    def begins(self, people):
        self.office.imports(people)
        assert (told := self.office.launches()) in self.office.campaigns, told
        for name in PROGRAMS:
            self._starts(name)
        self._waits_for_the_ports()

    def turn(self):
        """Something happens, and the service goes once more through what it does."""
        acts, weights = zip(*self._acts.items(), strict=True)
        for act in self.chance.choices(acts, weights, k=self.chance.randint(1, 4)):
            act()
            self.counts[act.__name__.strip("_")] += 1
        self.keeps_running()
        self.goes_once_round()
        self._hears_of_the_jump()
        self.troubles.hears()

    # What may happen.

    def _sleeps(self):
        self.clock.sleeps(self.chance.choice([1, 2, 5, 10, 20, 60]) * _MINUTE)

    def _clock_is_set(self):
        off = [-3 * _HOUR, -30 * _MINUTE, -60, 4 * _MINUTE, 2 * _HOUR, 400 * 24 * _HOUR]
        self._sets_the_clock(self.chance.choice(off))

    def _clock_is_right(self):
        self._sets_the_clock(0)

    def _sets_the_clock(self, off_s):
        """A jump, if the clock is not again where it is trusted or as it is held already."""
        self._ends_the_jump()
        # Both before: the service may have told it a moment later.
        row, lines_before = self._asks(_TRUSTED), self._lines_on_clocks()
        self.clock.is_set(off_s)
        if not row:
            return  # nobody has looked at the clock yet
        ((_at, _steady_s, is_held, held_s),) = row
        trusted_at = self._trusted_at(row)
        jump_s = (self.clock.now() - trusted_at).total_seconds()
        if abs(jump_s) > _A_JUMP_S and not (is_held and abs(jump_s - held_s) <= _A_JUMP_S):
            kind = "a clock set forward" if jump_s > 0 else "a clock set back"
            self._jump = Fault(kind, self.clock.now())
            self._lines_before = lines_before
            self.played.append(self._jump)

    def _trusted_at(self, row):
        """What the clock would say if nobody had set it since it was trusted."""
        ((at, steady_s, _is_held, _held_s),) = row
        return _instant(at) + timedelta(seconds=self.clock.steady_s() - steady_s)

    def possible_times(self):
        """What the service may take for the present time, whether or not it follows the clock."""
        row = self._asks(_TRUSTED)
        return [self.clock.now(), *([self._trusted_at(row)] if row else [])]

    def _hears_of_the_jump(self):
        """Wait until the journal tells it; on a full disk nothing can be written."""
        silent_since = time.monotonic()
        while self._jump is not None and not self._jump.is_awaited and not self.disk.is_full:
            self._jump.is_awaited = self._lines_on_clocks() > self._lines_before
            if time.monotonic() - silent_since > _HANGS_S:
                raise Hangs("never told", self._jump)
            self.keeps_running()
            time.sleep(0.1)

    def _ends_the_jump(self):
        if self._jump is not None:
            self._jump.told = self._lines_on_clocks() - self._lines_before
        self._jump = None

    def _lines_on_clocks(self):
        ((lines,),) = self._asks(_ON_CLOCKS)
        return lines

    def _storm_begins(self):
        self.troubles.storm_begins()

    def _storm_ends(self):
        self.troubles.storm_ends()

    def _mailbox_breaks(self):
        if not self.disk.is_full:  # nothing of it could be kept
            self.troubles.mailbox_breaks()

    def _mailbox_is_mended(self):
        self.troubles.mailbox_is_mended()

    def _floods(self):
        self.troubles.flood()

    def _is_killed(self):
        name = self.chance.choice(PROGRAMS)
        self._kills(name)
        self._starts(name)

    def _is_restarted(self):
        self._restarts(self.chance.choice(PROGRAMS))

    def _restarts(self, name):
        if self.office.stops(name) == 0 and name == "receive":
            self.troubles.receiver_ends(self.office.said_since_its_start(name))
        elif name == "receive":
            self.troubles.receiver_is_killed()
        self._starts(name)

    def _kills(self, name):
        self.office.kills(name)
        if name == "receive":
            self.troubles.receiver_is_killed()

    def _starts(self, name):
        self.office.starts(name)
        self.starts_of_the_service += name == "run"

    def _disk_fills(self):
        self.troubles.disk_fills(self.chance.choice([0, 20_000, 300_000, 8_000_000]))

    def _disk_is_freed(self):
        self.troubles.disk_is_freed()

    def _person_looks(self):
        """Lets go on what was paused, and settles what the relay knows of; never the clock."""
        found = self.office.status()
        if found is None:  # such as on a full disk
            return
        self._lets_go_on_and_settles(found)
        live = [each for each in found["mailings"] if each["state"] not in HAS_ENDED]
        if len(live) <= 1 and not self.disk.is_full and not self.clock.set_s:
            self.counts["launched"] += self.office.launches() in self.office.campaigns

    def _lets_go_on_and_settles(self, found):
        paused = {each["campaign"] for each in found["mailings"] if each["state"] == "paused"}
        for campaign in sorted(paused):
            self.office.lets_go_on(campaign)
            self.counts["campaigns let go on"] += 1
        for campaign in self._overdue():
            self.office.has_looked(campaign)
            self.counts["registers looked at"] += 1
        # Not at the first sight: the relay may still be busy with what it was sent.
        seen_before, self._doubts = self._doubts, set(found["uncertain"])
        for each in sorted(seen_before & self._doubts):
            self._settles(each)

    def _settles(self, delivery):
        """A person asks the relay, whose log knows."""
        arrived = any(each.delivery == delivery for each in self.relay.messages)
        if self.office.resolves(delivery, arrived=arrived):
            self.counts["settled as sent" if arrived else "settled as not sent"] += 1

    # How it goes on.

    def keeps_running(self):
        """As the system does (`Restart=on-failure`): what has ended is started again."""
        for name, code in self.office.dead().items():
            self.deaths[name, code] += 1
            self._kills(name)
            self._starts(name)

    def goes_once_round(self):
        """Wait until the service has asked its mailbox again."""
        before, silent_since = self.mailbox.sessions, time.monotonic()
        while self.mailbox.sessions == before:
            if time.monotonic() - silent_since > _HANGS_S:
                raise Hangs(dict(self.deaths))
            self.keeps_running()
            time.sleep(0.1)

    def _waits_for_the_ports(self):
        for port in (self.office.health, self.office.hook, self.office.page):
            wait_for_port(port, None)

    def clears_up(self):
        """Everything is well from now on, and time passes until every mailing has ended."""
        self.relay.good = self.mailbox.good = True
        self.troubles.disk_is_freed()
        self.troubles.storm_ends()
        self.troubles.mailbox_is_mended()
        self._sets_the_clock(0)
        self._hears_of_the_jump()
        self._ends_the_jump()
        self.outside.close()
        self._restarts("receive")
        for _round in range(_MOST_ROUNDS):
            self.keeps_running()
            self.goes_once_round()
            if self._needs_a_person():
                self.office.confirms_the_clock()
                self._lets_go_on_and_settles(self.office.status() or _NOTHING)
            elif self._asks(_LIVE):
                self._sleeps_until_something_is_due()
            elif self._asks(
                _UNJUDGED
            ):  # a report with an unknown token waits a day for its delivery
                self.clock.sleeps(3 * _HOUR)
            elif not any(map(self._asks, _UNTOLD)):
                return
        raise Hangs("not everything has ended", self._asks(_LIVE))

    def _needs_a_person(self):
        return any(map(self._asks, (_PAUSED, _UNCERTAIN, _HELD_CLOCK))) or self._overdue()

    def _overdue(self):
        """Campaigns with a step that waits although its hour has come: for somebody who looks."""
        due = self._asks("SELECT campaign, due_at FROM mailing WHERE state = 'scheduled'")
        now = self.clock.now()
        return sorted({campaign for campaign, at in due if _instant(at) < now - _WAITS})

    def _asks(self, query):
        return self.office.asks(query)

    def _sleeps_until_something_is_due(self):
        """Half an hour, or until the next mailing begins."""
        ((due,),) = self._asks(_NEXT)
        left_s = _HALF_AN_HOUR
        if due is not None:
            left_s = max((_instant(due) - self.clock.now()).total_seconds(), 0) + _MINUTE
        self.clock.sleeps(round(left_s if not self._asks(_ACTIVE) else min(left_s, _HALF_AN_HOUR)))

    def health(self):
        """What the port for whoever watches says."""
        with urllib.request.urlopen(
            f"http://127.0.0.1:{self.office.health}/healthz/ready"
        ) as answer:
            return answer.status


def _instant(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@contextmanager
def world(folder, *, seed):
    """Build it all on loopback; yields it before anything is launched."""
    chance = random.Random(seed)
    for name in ("relay", "mailbox"):
        (folder / name).mkdir()
    context, authority = server_context(folder / "relay", valid_days=YEARS)
    relay = MoodyRelay(tls=context, password=PASSWORD)
    mailbox = LyingMailbox(folder / "mailbox", valid_days=YEARS)
    relay.chance = random.Random(seed + 1)
    mailbox.chance = random.Random(seed + 2)
    with ExitStack() as stack:
        clock = MachineClock(folder)
        stack.callback(clock.close)
        disk = stack.enter_context(small_disk(folder / "disk"))
        stack.enter_context(relay)
        stack.enter_context(mailbox)
        office = Office(
            disk.folder / "office",
            clock,
            logs=folder / "logs",
            relay=relay,
            relay_authority=authority,
            imap=mailbox,
        )
        stack.callback(office.close)
        outside = Outside(office, relay, mailbox, chance)
        stack.callback(outside.close)
        yield World(office, relay, mailbox, outside, disk, clock, chance)
