"""What must be true at the end, held against what the relay, the readers and the files know."""

from collections import Counter
from itertools import pairwise

from mailer.model.mailings.delivery import DeliveryStatus
from mailer.model.mailings.mailing import HAS_ENDED
from tests.endurance.disk import NOT_FILLED
from tests.endurance.troubles import Fault
from tests.endurance.world import WORKERS
from tests.simulation.judge import NOT_TAKEN, TAKEN, must

_HAD = TAKEN | {DeliveryStatus.COMPLAINED}
_FAULT_OF_THE_PROGRAM = 70
_JUMPS = frozenset(["a clock set back", "a clock set forward"])
_SILENT = ("absent ", "idle service ")
_MOST_A_DAY = 24
"""How many things of one kind may be told on one day: some tasks, each with some reasons."""
_PAUSES = "SELECT subject, action, person FROM journal ORDER BY subject, id"
_LINES_OF_A_ROUND, _LINES_OF_AN_ATTEMPT = 20, 4


def verdict(disk):
    """What a run has shown that the judge lets pass, and what it could not show."""
    shown = "alive, nobody doubled, nobody lost, nobody barred without a token"
    return shown if disk.is_real else f"{shown}; {NOT_FILLED}"


class Judge:
    """Reads the ledger once everything has ended; `found` are the figures."""

    def __init__(self, world, *, people):
        self._world, self._people = world, people
        self.found, self.kinds, self.keys = Counter(), Counter(), []

    def judges(self):
        self._is_alive()
        ledger = self._world.office.open_ledger()
        try:
            self._rows = {}
            for mailing in ledger.mailings.all():
                self._accounts_for_everybody(ledger, mailing)
            self._barred = {str(bar.address) for bar in ledger.suppressions.all()}
            self._reported = {each.delivery_id for each in ledger.events.all()}
        finally:
            ledger.close()
        self._nobody_is_doubled()
        self._nobody_is_barred_without_a_token()
        self._what_was_promised_is_kept()
        self._notices_are_mailed_once()
        self._faults_are_told_once()
        self._logs_are_bounded()
        return self.found

    def _is_alive(self):
        world = self._world
        must(not world.office.dead(), "ended:", world.office.dead())
        must(world.health() == 200, "the service is not ready")
        faults = [each for each in world.deaths if each[1] == _FAULT_OF_THE_PROGRAM]
        must(not faults, "faults of the program:", faults)
        self.found["started again"] = world.deaths.total()

    def _accounts_for_everybody(self, ledger, mailing):
        told = f"{mailing.campaign}, {mailing.step}"
        must(mailing.state in HAS_ENDED, told, "is still", mailing.state)
        self.found[f"mailings {mailing.state.value}"] += 1
        rows = list(ledger.deliveries.of_mailing(mailing.id))
        left_out = ledger.deliveries.exclusions(mailing.id)
        written = [str(row.address) for row in rows]
        written += [str(each.contact.address) for each in left_out]
        if mailing.started_at is not None:
            must(len(written) == len(set(written)), told, "names somebody twice")
            must(len(written) == self._people, told, "accounts for", len(written))
        for row in rows:
            self._rows[row.id] = mailing, row
            self.found[row.status.value] += 1
        self.found["left out"] += len(left_out)

    def _nobody_is_doubled(self):
        taken = Counter(each.delivery for each in self._world.relay.messages)
        twice = {each: count for each, count in taken.items() if count > 1}
        must(not twice, "twice:", twice)
        must(set(taken) <= set(self._rows), "sent, and not in the ledger")
        for delivery, (_mailing, row) in self._rows.items():
            must(row.status in NOT_TAKEN | _HAD, delivery, "is", row.status)
            if row.status in _HAD:
                must(taken[delivery], delivery, "is", row.status, "and the relay has not taken it")
            if row.status in NOT_TAKEN:
                must(not taken[delivery], delivery, "is", row.status, "and was taken")
                must(row.reply or row.status.value == "suppressed", delivery, "has no reason")
        doubts = self._world.counts["settled as sent"] + self._world.counts["settled as not sent"]
        counts, moods = self._world.counts, self._world.relay.moods
        blows = counts["is_killed"] + counts["is_restarted"] + self._world.deaths.total()
        # A content cut short may have been written to its dot before the client learns of it.
        most = moods["dot"] + moods["content"] + WORKERS * blows
        must(doubts <= most, doubts, "in doubt, and", most, "explained")
        self.found["in doubt"], self.found["doubts explained"] = doubts, most
        self.found["messages"] = taken.total()

    def _nobody_is_barred_without_a_token(self):
        outside, relay = self._world.outside, self._world.relay
        allowed = outside.may_be_barred | relay.blamed
        must(self._barred <= allowed, "barred without a token:", self._barred - allowed)
        self.found["barred"] = len(self._barred)

    def _what_was_promised_is_kept(self):
        outside = self._world.outside
        lost = outside.must_be_barred - self._barred
        must(not lost, "opted out, was told so, and is not barred:", lost)
        unread = outside.told - self._reported
        must(not unread, "reported with a token, and not recorded:", unread)
        for address, begun in outside.opted_out:
            self._gets_nothing_more(address, begun, "had opted out", lambda _mailing: True)
        for delivery, address, begun in outside.answered:
            campaign = self._rows[delivery][0].campaign
            self._gets_nothing_more(
                address,
                begun,
                "had answered",
                lambda mailing, campaign=campaign: (
                    mailing.campaign == campaign and mailing.step == "reminder"
                ),
            )
        self.found["opted out"], self.found["answered"] = (
            len(outside.opted_out),
            len(outside.answered),
        )

    def _gets_nothing_more(self, address, begun, why, is_meant):
        for mail in self._world.relay.messages:
            if mail.recipient == address and mail.delivery not in begun:
                must(
                    not is_meant(self._rows[mail.delivery][0]), address, "was written to, and", why
                )

    def _faults_are_told_once(self):
        """Each fault of the list: what the service had the time to tell stands in the journal, and
        nothing stands there twice.
        """
        world = self._world
        for fault in world.played:
            must(fault.told or not fault.is_awaited, "never told:", fault)
            must(fault.told <= 1 or fault.kind in _JUMPS, "told again:", fault)
        # One that was played at the heels of another may be where the line of that one is found.
        jumps = [fault for fault in world.played if fault.kind in _JUMPS]
        first_of_two = [Fault("nothing", None, is_awaited=True), *jumps]
        for before, fault in pairwise(first_of_two):
            must(fault.told <= 1 + (not before.is_awaited), "told again:", fault)
        played, told = len(jumps), sum(fault.told for fault in jumps)
        must(told <= played, told, "told, and", played, "played")
        lines = world.office.asks(_PAUSES)
        for (subject, action, by), (after, again, by_whom) in pairwise(lines):
            is_twice = (subject, action, by) == (after, again, by_whom) == (subject, "paused", "")
            must(not is_twice, subject, "is told to be paused while it is")
        self.found["pauses told"] = sum(action == "paused" for _subject, action, _by in lines)
        for kind in {fault.kind for fault in world.played}:
            its = [fault for fault in world.played if fault.kind == kind]
            self.found[f"{kind}: played"] = len(its)
            self.found[f"{kind}: awaited"] = sum(fault.is_awaited for fault in its)
            self.found[f"{kind}: told"] = sum(fault.told for fault in its)
            self.found[f"{kind}: told again"] = sum(
                max(0, fault.told - 1) for fault in its if kind not in _JUMPS
            )
            self.found[f"{kind}: covered by a notice of before"] = world.troubles.covered[kind]

    def _notices_are_mailed_once(self):
        """Each notice was mailed, and again only when the service was killed while it mailed it."""
        world = self._world
        rows = world.office.asks("SELECT key, what, told_at FROM notice")
        self.keys = [key for key, _what, _told_at in rows]
        days = Counter(
            (key.partition(" ")[0], told_at[:10]) for key, _what, told_at in rows if told_at
        )
        often = {each: count for each, count in days.items() if count > _MOST_A_DAY}
        must(not often, "told again and again:", often)
        silences = Counter(
            key.rpartition(" ")[2] for key, _what, _at in rows if key.startswith(_SILENT)
        )
        must(silences == Counter(set(silences)), "one silence told in two ways:", silences)
        untold = [key for key, _what, told_at in rows if told_at is None]
        must(not untold, "never told:", untold)
        written = Counter(what for _key, what, _told_at in rows)
        mailed = Counter(
            paragraph.partition(".\n→ ")[0]
            for notice in world.relay.notices
            for paragraph in notice.text.replace("\r", "").split("\n\n")
            if "\n→ " in paragraph
        )
        again = {what: count for what, count in (mailed - written).items() if what in written}
        blows = world.counts["is_killed"] + world.deaths.total()
        must(sum(again.values()) <= blows, "told again:", again)
        self.kinds = Counter(key.partition(" ")[0] for key, _what, _told_at in rows)
        self.found["mails to the team"] = len(world.relay.notices)
        self.found["told"], self.found["told again"] = len(rows), sum(again.values())

    def _logs_are_bounded(self):
        """A line for each attempt, and at most so many for each round of whatever fails."""
        world = self._world
        attempts = len(world.relay.taken) + world.relay.moods.total()
        most = _LINES_OF_A_ROUND * world.mailbox.sessions + _LINES_OF_AN_ATTEMPT * attempts
        for log in world.office.logs.iterdir():
            text = log.read_text("utf-8", "replace")
            _before, found, its = text.partition("Traceback")
            must(not found, log.name, "has a traceback:", its[:3000])
            lines = self.found[f"lines of {log.name}"] = text.count("\n")
            must(lines <= most, log.name, "has", lines, "lines, and at most", most, "are explained")
