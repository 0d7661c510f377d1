"""Who knows the truth, and holds the ledger's word against it.

Reads the file by a connection of its own after every commit, and so sees each mark at the
instant when it became true.
"""

import sqlite3
from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import NamedTuple

from mailer.model.mailings.delivery import DeliveryStatus as Status
from mailer.model.mailings.mailing import MailingState
from tests.counterparts.gathering import SLUG, faults

WAITING = {Status.PENDING, Status.DEFERRED}
NOT_TAKEN = {*WAITING, Status.REJECTED, Status.CANCELLED, Status.SUPPRESSED}
TAKEN = {Status.ACCEPTED, Status.DELIVERED, Status.BOUNCED}
ENDED = {MailingState.DONE, MailingState.CANCELLED, MailingState.MISSED}

_SENDING = (
    "SELECT d.id, d.attempt, d.address_key, d.mailing_id, m.state, d.answer "
    "FROM delivery d JOIN mailing m ON m.id = d.mailing_id WHERE d.status = 'sending'"
)
_DOUBTFUL = "SELECT id FROM delivery WHERE status IN ('sending', 'uncertain') ORDER BY id"
_UNCERTAIN = "SELECT id FROM delivery WHERE status = 'uncertain' ORDER BY id"
_ENTRY = "SELECT state, answer FROM accreditation WHERE campaign = ? AND address_key = ?"
_VERSION = (
    "SELECT coalesce(max(version), 1) FROM amendment WHERE campaign = ? AND launched_at IS NOT NULL"
)
_KNOWN = "SELECT id FROM delivery"
_MAY_LEAVE = (
    "SELECT d.id FROM delivery d JOIN mailing m ON m.id = d.mailing_id WHERE m.started_at IS NOT NULL "
    "AND d.status IN ('pending', 'deferred', 'sending')"
)
_LAUNCHED = "SELECT id FROM mailing"
_PAUSED = "SELECT id FROM mailing WHERE state = 'paused' ORDER BY id"


class Broken(BaseException):
    """A promise that did not hold; nothing that the program itself would catch."""


def must(holds, *told):
    if not holds:
        raise Broken(*map(str, told))


class Sending(NamedTuple):
    """A row that is `sending`."""

    id: str
    attempt: int
    key: str
    mailing_id: str
    mailing_state: str
    answer: int


class Judge:
    """The invariants."""

    def __init__(self, path, counts):
        self._counts, self._path = counts, path
        self.looks_again()
        self.mailings = {}
        self.asked_at, self.sent_again = {}, Counter()
        """By delivery; how often a person has said that it goes again."""
        self.taken = Counter()
        """By delivery, and how often it had been sent again when it was marked."""
        self.explained, self.said_sent = set(), set()
        """Why somebody may be in doubt; whose doubt a person has ended."""
        self.barred, self.answered, self.stopped = set(), set(), set()
        self._sending, self._marked_by, self._may_go = {}, {}, defaultdict(list)
        self._mailing_of, self._doubts_in_a_row = {}, Counter()
        self._told_of, self._had, self._forgotten = {}, {}, set()
        """What each delivery tells whom; by which delivery they had it; what a restore forgot."""
        self.most_doubts = self.most_doubts_of_triggered = 1
        """How many requests in a row may be in doubt: one of each process, or of each connection,
        and one that asks again after the brake.
        """
        self.latest_at = None
        """The latest that the clock has said, of what had not to be confirmed."""

    def committed(self, process):
        """After each commit: what it marked."""
        if self._file is None:
            return
        latest = self.latest_at()  # a mailing may begin without a mark, and the clock be set back
        before = self._sending
        self._sending = {found[0]: Sending(*found) for found in self._file.execute(_SENDING)}
        new = [
            row
            for row in self._sending.values()
            if row.id not in before or before[row.id].attempt != row.attempt
        ]
        for row in new:
            self._marks(row, process, latest)
        self._counts["marks"] += bool(new)
        self._counts["marks shared"] += len({row.mailing_id for row in new}) > 1
        under_way = sum(self._marked_by[each] is process for each in self._sending)
        must(not under_way or under_way <= process.most, under_way, "under way at once")

    def last_look_at_the_clock(self):
        """What the ledger holds of it: the wall clock's time, the steady seconds, and the jump that
        is followed unasked (0: none): the way back of a clock that was set back, or what a person
        has confirmed and no reading has followed yet. None before anybody has looked.
        """
        found = self._file.execute(
            "SELECT at, steady_s, is_held, is_confirmed, jump_s FROM trusted_time"
        )
        row = found.fetchone()
        if row is None:
            return None
        at, steady_s, is_held, is_confirmed, jump_s = row
        unasked_s = jump_s * is_confirmed if is_held else -jump_s
        return datetime.fromisoformat(at).replace(tzinfo=UTC), steady_s, unasked_s

    def _marks(self, row, process, latest):
        mailing, asked_at = self.mailings[row.mailing_id], self.asked_at[row.id, process.name]
        must(row.mailing_state == MailingState.ACTIVE, row.id, "marked while", row.mailing_state)
        must(row.mailing_id not in self.stopped, row.id, "marked after a pause had returned")
        must(asked_at < mailing.expires_at, row.id, "marked at", asked_at)
        # Once a mailing has begun, a clock that is set back changes nothing.
        must(mailing.due_at <= latest, row.id, "marked before", mailing.due_at)
        self._mailing_of[row.id] = row.mailing_id
        self._told_of[row.id] = row.mailing_id, row.key, row.answer
        has_answered = (mailing.campaign, row.key) in self.answered
        # Who asked to come would travel in vain, and learns that the day is off. The answer may be in
        # the ledger already, and the desk not yet have said so.
        entry = self._file.execute(_ENTRY, (mailing.campaign, row.key)).fetchone()
        is_called_off = mailing.rule.cancels and (has_answered or entry is not None)
        must(row.key not in self.barred or is_called_off, row.key, "marked, and barred before")
        must(
            not mailing.rule.unless or not has_answered,
            row.key,
            "marked, and had answered before",
        )
        if mailing.campaign == SLUG:
            (version,) = self._file.execute(_VERSION, (SLUG,)).fetchone()
            must(mailing.version >= version, mailing.step, "leaves after version", version)
        if mailing.rule.on:
            must(entry == (mailing.rule.on, row.answer), row.key, "is told of", entry)
        self._marked_by[row.id] = process
        self._may_go[row.id, process.name].append(self.sent_again[row.id])

    def takes(self, delivery_id, process):
        """At each handing over: marked durably by this process, and not handed over since."""
        marks = self._may_go[delivery_id, process.name]
        must(marks, delivery_id, "handed over without a mark")
        this_time = delivery_id, marks.pop()
        self.taken[this_time] += 1
        must(self.taken[this_time] == 1, delivery_id, "twice")
        told = self._told_of[delivery_id]
        # After a restore the same may leave under another id: when a person has said so.
        before = self._had.setdefault(told, delivery_id)
        must(before == delivery_id or self.sent_again[delivery_id], *told, "twice, after a restore")
        self._counts["handed over late"] += delivery_id not in self._sending

    def doubts_request(self, delivery_ids):
        """A request, or a line, got no certain answer."""
        for mailing_id in {self._mailing_of[each] for each in delivery_ids}:
            self._doubts_in_a_row[mailing_id] += 1
            in_a_row = self._doubts_in_a_row[mailing_id]
            # Each answer is a chunk of its own, so that every connection may have one of the mailing.
            is_triggered = self.mailings[mailing_id].rule.on
            most = self.most_doubts_of_triggered if is_triggered else self.most_doubts
            must(in_a_row <= most, in_a_row, "requests in a row in doubt")
            self._counts["most doubts in a row"] = max(
                self._counts["most doubts in a row"], in_a_row
            )

    def answers(self, delivery_id):
        self.is_well(self._mailing_of[delivery_id])

    def is_well(self, mailing_id):
        """Somebody has an answer, or a person lets the mailing go on."""
        self._doubts_in_a_row[mailing_id] = 0

    def buries(self, process):
        """A death explains what was under way, and no more of it than was allowed."""
        doubted = {each for each in self._ids(_DOUBTFUL) if self._marked_by.get(each) is process}
        new = doubted - self.explained
        must(len(new) <= process.most, "a death left", len(new), "in doubt of", process.most)
        self.explained |= doubted

    # When a person puts a backup in the ledger's place.

    def knows(self):
        """What people have had recorded: what a backup of this instant brings back."""
        return frozenset(self.barred), frozenset(self.answered), frozenset(self.stopped)

    def looks_away(self):
        """Nobody has the ledger open while it is restored."""
        self._file.close()
        self._file = None

    def looks_again(self):
        self._file = sqlite3.connect(self._path, isolation_level=None)

    def goes_back_to(self, known):
        """What was recorded since is forgotten; what was taken since is in doubt, or known."""
        self.barred, self.answered, self.stopped = map(set, known)
        self._sending, self._may_go = {}, defaultdict(list)
        self.mailings = {each: self.mailings[each] for each in self._ids(_LAUNCHED)}
        may_leave = self._ids(_MAY_LEAVE)
        must(not may_leave, *may_leave, "may leave from a restored ledger, and nobody has said so")
        self.explained.update(self._ids(_DOUBTFUL))
        self._forgotten.update({each for each, _ in self.taken} - {*self._ids(_KNOWN)})
        self._had = {told: had for told, had in self._had.items() if self._is_known(*told)}
        self._doubts_in_a_row.clear()

    def _is_known(self, mailing_id, key, answer):
        """Whether the ledger knows what was told: an answer that it forgot may be given anew."""
        mailing = self.mailings.get(mailing_id)
        if mailing is None or not mailing.rule.on:
            return mailing is not None
        entry = self._file.execute(_ENTRY, (mailing.campaign, key)).fetchone()
        return entry is not None and entry[1] >= answer

    def doubts(self):
        return self._ids(_UNCERTAIN)

    def paused(self):
        return self._ids(_PAUSED)

    def _ids(self, query):
        return [found for (found,) in self._file.execute(query)]

    # At the end.

    def settles_accounts(self, ledger, keys):
        """Nobody lost, nobody twice, every word in the ledger true."""
        known = set()
        for mailing in ledger.mailings.all():
            rows = list(ledger.deliveries.of_mailing(mailing.id))
            if mailing.rule.on:
                self._answers_each_once(mailing, rows, ledger)
            else:
                must(mailing.state in ENDED, mailing.step, "is still", mailing.state)
            if mailing.started_at is not None and not mailing.rule.on:
                left_out = [
                    each.contact.address.key for each in ledger.deliveries.exclusions(mailing.id)
                ]
                written = sorted([row.address.key for row in rows] + left_out)
                if mailing.rule.is_for_readers:
                    must(len(written) == len(set(written)), mailing.step, "somebody is there twice")
                else:
                    must(written == sorted(keys), mailing.step, "somebody is lost, or there twice")
                tally = ledger.deliveries.tally(mailing.id)
                must(tally.audience == len(rows), mailing.step, "the tally is", tally)
            for row in rows:
                self._is_true(row.id, row.status)
                self._counts[row.status.value] += 1
                known.add(row.id)
        known |= self._forgotten
        must(known.issuperset(each for each, _ in self.taken), "handed over and not in the ledger")
        self._counts["handed over"] += self.taken.total()
        found = faults(
            ledger,
            keys=keys,
            took={each for each, _time in self.taken}.__contains__,
            barred=self.barred,
            sent_again={each for each, times in self.sent_again.items() if times},
        )
        must(not (wrong := list(found)), *wrong)

    def _answers_each_once(self, mailing, rows, ledger):
        """A step that answers trigger tells each of them once, and forgets none while it may."""
        told = Counter((row.address.key, row.answer) for row in rows)
        must(max(told.values(), default=1) == 1, mailing.step, "an answer is there twice")
        self._counts["answers"] += len(told)
        if mailing.state is not MailingState.ACTIVE:
            return
        for before in ledger.mailings.all(mailing.campaign):
            if before.rule.on == mailing.rule.on and before.version < mailing.version:
                left = (
                    row
                    for row in ledger.deliveries.of_mailing(before.id)
                    if row.status not in {*WAITING, Status.CANCELLED}
                )
                told.update((row.address.key, row.answer) for row in left)
        for entry in ledger.accreditations.of_campaign(mailing.campaign):
            is_wanted = entry.state == mailing.rule.on and entry.address.key not in self.barred
            known = (entry.address.key, entry.answer) in told
            must(known or not is_wanted, mailing.step, "an answer is lost", entry.address.key)

    def _is_true(self, delivery_id, status):
        times = range(self.sent_again[delivery_id] + 1)
        *before, last = (self.taken[delivery_id, time] for time in times)
        must(status not in {*WAITING, Status.SENDING}, delivery_id, "is still", status)
        if status in NOT_TAKEN:
            must(not last, delivery_id, "was handed over and is", status)
        if status in TAKEN:
            known = last or any(before) or delivery_id in self.said_sent
            must(known, delivery_id, "is", status, "and not taken")
        if status is Status.UNCERTAIN:
            must(delivery_id in self.explained, delivery_id, "is in doubt for no reason")

    def close(self):
        if self._file is not None:
            self._file.close()
