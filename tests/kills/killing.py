"""Long sends, killed again and again, and restarted until nothing is left to do."""

import random
import signal
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import cycle

from mailer.ledger import open_ledger
from mailer.model.mailings.delivery import DeliveryStatus as Status
from mailer.model.mailings.mailing import MailingState
from mailer.operations.campaigns.results.report import report
from tests.counterparts.builders import ACTOR, started
from tests.counterparts.sender import WAITS
from tests.kills.peers import START, Aim

MESSAGES = 2_000
KILLED = -signal.SIGKILL


def kill_again_and_again(url, kind, *, kills, seed, mishaps=None):
    """Sends 2,000 messages through up to `kills` SIGKILLs, then to the end; checks the promise
    after each. Returns how many kills fell into the send, and how many people are in doubt
    and named in the report. `mishaps` is what happens beside the kills.
    """
    chance = random.Random(seed)
    peer = kind(chance.choice(kind.depths))
    ledger = open_ledger(url)
    expires_at = datetime.now(UTC) + timedelta(days=100)
    mailing, _ = started(ledger, count=MESSAGES, expires_at=expires_at)
    most, killed, in_doubt = peer.connections * peer.depth, 0, 0
    with peer.running():
        for drawn in _aims(peer, kills, chance):
            aim = mishaps.happen(peer, drawn, chance) if mishaps else drawn
            # A death explains what was under way; a storm the same, and the probe after it.
            explained = most + (most + 1 if peer.storm_lasts else 0)
            told = f"kill {killed + 1} of seed {seed}, depth {peer.depth}: {aim}"
            ended = _run(peer, url, mishaps, aim)
            assert ended in {KILLED, 0}, told
            was_paused = _resume(ledger, mailing)
            if mishaps:
                mishaps.pass_over(peer, was_paused=was_paused)
            found = _check(ledger, mailing, peer.received, told)
            doubts = found[Status.SENDING] + found[Status.UNCERTAIN]
            assert doubts - in_doubt <= explained, told
            in_doubt = doubts
            if ended == 0 and was_paused:
                continue
            if ended == 0:
                break
            killed += 1
        if mishaps:
            mishaps.end(peer)
        assert _run(peer, url, mishaps) == 0
        while _resume(ledger, mailing):
            assert _run(peer, url, mishaps) == 0
    told = f"seed {seed}"
    found = _check(ledger, mailing, peer.received, told)
    assert set(found) <= {Status.ACCEPTED, Status.UNCERTAIN}, told
    stormy = mishaps.doubts(most) if mishaps else 0
    assert found[Status.UNCERTAIN] <= killed * most + stormy, told
    assert ledger.mailings.get(mailing.id).state is MailingState.DONE, told
    named = _named(ledger, mailing)
    assert len(named) == found[Status.UNCERTAIN], told
    ledger.close()
    return killed, len(named)


def _run(peer, url, mishaps, aim=None):
    """Run a sender until it is killed or has ended; return its exit code.

    No hold is waited for: it passes, and the kill comes at the next message instead.
    """
    while (ended := peer.run(url, aim)) == WAITS:
        mishaps.let_a_hold_pass()
        aim = aim and Aim(peer.counted)
    return ended


def _resume(ledger, mailing):
    """Let a mailing go on that the program paused, because it was killed twice in a row before
    anybody had an answer; returns whether it had.
    """
    return ledger.mailings.change_state(
        mailing.id,
        to=MailingState.ACTIVE,
        actor=ACTOR,
        why="the kills are ours",
        at=datetime.now(UTC),
    )


def _aims(peer, kills, chance):
    """Labelled points and random instants in turn: when to kill, in random order."""
    # No kill waits for more than its share, so that all of them fall into the sending.
    share = max(MESSAGES // peer.at_once // (kills + 1), 2)
    aims, points = [], cycle(peer.points)
    for number in range(kills):
        if number % 2:
            aims.append(Aim(next(points), chance.randint(1, share)))
        elif number % 8:
            aims.append(Aim(peer.counted, chance.randint(1, share), chance.uniform(0, 0.01)))
        else:  # while the ledger is opened, or chunks are claimed
            aims.append(Aim(START, delay_s=chance.uniform(0, 0.15)))
    chance.shuffle(aims)
    return aims


def _check(ledger, mailing, received, told):
    """Nobody twice, nobody lost, and whoever is said to have it has it; rows by status."""
    deliveries = {each.id: each for each in ledger.deliveries.of_mailing(mailing.id)}
    assert len(deliveries) == MESSAGES, told
    assert set(received.values()) <= {1}, told
    assert set(received) <= set(deliveries), told
    for each in deliveries.values():
        if each.status is Status.ACCEPTED:
            assert received[each.id] == 1, f"{each.id}, {told}"
        elif each.status in {Status.PENDING, Status.DEFERRED}:
            assert received[each.id] == 0, f"{each.id}, {told}"
    return Counter(each.status for each in deliveries.values())


def _named(ledger, mailing):
    """Whom the report tells to be in doubt."""
    told = report(mailing.campaign, title="", ledger=ledger, now=datetime.now(UTC))
    assert all(each.address and each.name for each in told.uncertain)
    return {each.delivery_id for each in told.uncertain}
