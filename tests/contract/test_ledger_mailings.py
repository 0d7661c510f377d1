"""Sign-offs and mailings: one suite for both databases."""

import threading
from hashlib import sha256

import pytest

from mailer.ledger import open_ledger
from mailer.model.mailings.mailing import MailingId, MailingState, SignOff
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_delivery,
    a_mailing,
    after,
    an_actor,
    an_entry,
    an_exclusion,
    started,
    statuses,
)


def test_sign_offs_are_kept_in_order(ledger):
    signed = [SignOff("meeting", "a" * 64, "Ada", NOON), SignOff("meeting", "b" * 64, "Bea", NOON)]
    for sign_off in signed:
        ledger.mailings.sign(sign_off, actor=ACTOR)

    assert ledger.mailings.sign_offs("meeting") == signed
    assert ledger.mailings.sign_offs("other") == []


def test_the_sign_offs_of_many_campaigns_are_those_of_each(ledger):
    ada, bea, carl = (
        SignOff(campaign, "a" * 64, name, NOON)
        for campaign, name in (("meeting", "Ada"), ("other", "Bea"), ("meeting", "Carl"))
    )
    for sign_off in (ada, bea, carl):
        ledger.mailings.sign(sign_off, actor=ACTOR)

    found = ledger.mailings.sign_offs_of(["meeting", "other", *map(str, range(1200))])

    assert found == {"meeting": [ada, carl], "other": [bea]}


def test_the_words_that_a_partner_signed_are_kept_under_their_fingerprint(ledger):
    words = "Académie".encode()
    signed = SignOff("meeting", sha256(words).hexdigest(), "Pia", NOON, "pia")

    for _twice in range(2):
        ledger.mailings.sign(signed, actor=ACTOR, words=words)

    assert ledger.mailings.sign_offs("meeting") == [signed, signed]
    assert ledger.revisions.contents([signed.fingerprint]) == {signed.fingerprint: words}


def test_a_mailing_comes_back_as_it_was_launched(ledger):
    mailing = a_mailing()

    assert ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    assert ledger.mailings.get(mailing.id) == mailing
    assert ledger.journal.entries("meeting") == [an_entry("launch", "meeting/announcement")]


def test_an_unknown_mailing_is_a_key_error(ledger):
    with pytest.raises(KeyError):
        ledger.mailings.get("nothing")


def test_two_launches_make_one_mailing(ledger):
    assert ledger.mailings.launch([a_mailing()], actor=ACTOR, at=NOON)

    again = ledger.mailings.launch(
        [a_mailing("reminder"), a_mailing(id="other")], actor=an_actor("Bea"), at=NOON
    )

    assert not again
    assert [mailing.step for mailing in ledger.mailings.all()] == ["announcement"]
    assert len(ledger.journal.entries()) == 1


def test_of_eight_launches_at_once_one_wins(ledger):
    answers = []

    def launch():
        answers.append(ledger.mailings.launch([a_mailing()], actor=ACTOR, at=NOON))

    threads = [threading.Thread(target=launch) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [False] * 7 + [True]


def test_mailings_come_by_due_time(ledger):
    mailings = [a_mailing("late", due_at=after(days=2)), a_mailing("early")]
    ledger.mailings.launch(mailings, actor=ACTOR, at=NOON)
    ledger.mailings.launch([a_mailing(campaign="other")], actor=ACTOR, at=NOON)

    assert [mailing.step for mailing in ledger.mailings.all("meeting")] == ["early", "late"]
    assert len(ledger.mailings.all()) == 3


def test_a_mailing_is_due_when_its_time_has_come_and_not_before(ledger):
    ledger.mailings.launch([a_mailing()], actor=ACTOR, at=after(days=-1))

    assert ledger.mailings.due(after(seconds=-1)) == []
    assert [mailing.step for mailing in ledger.mailings.due(NOON)] == ["announcement"]
    assert ledger.mailings.next_due_at() == NOON


def test_a_start_writes_every_row_and_happens_once(ledger):
    mailing = a_mailing()
    deliveries = [a_delivery(number, mailing=mailing) for number in range(60)]
    exclusion = an_exclusion(detail="opt-out")
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    first = ledger.mailings.start(
        mailing.id, deliveries=deliveries, exclusions=[exclusion], at=NOON
    )
    second = ledger.mailings.start(
        mailing.id, deliveries=deliveries, exclusions=[exclusion], at=NOON
    )

    assert (first, second) == (True, False)
    assert list(ledger.deliveries.of_mailing(mailing.id)) == deliveries
    assert ledger.deliveries.exclusions(mailing.id) == [exclusion]
    assert ledger.mailings.due(NOON) == []
    tally = ledger.deliveries.tally(mailing.id)
    assert (tally.audience, tally.by_status) == (60, {"pending": 60})
    assert tally.by_exclusion == {"suppressed": 1}


def test_a_start_that_fails_half_way_leaves_nothing(ledger):
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)

    def broken():
        yield a_delivery(mailing=mailing)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ledger.mailings.start(mailing.id, deliveries=broken(), exclusions=[], at=NOON)

    assert [due.id for due in ledger.mailings.due(NOON)] == [mailing.id]
    assert list(ledger.deliveries.of_mailing(mailing.id)) == []


def test_an_excluded_contact_s_notes_are_not_copied(ledger):
    exclusion = an_exclusion()
    with_notes = type(exclusion)(
        type(exclusion.contact)(
            id=exclusion.contact.id,
            address=exclusion.contact.address,
            notes=(("Maladie", "x"),),
        ),
        exclusion.reason,
    )
    mailing, _ = started(ledger, exclusions=[with_notes])

    assert ledger.deliveries.exclusions(mailing.id)[0].contact.notes == ()


MOVES = {
    (MailingState.SCHEDULED, MailingState.PAUSED),
    (MailingState.SCHEDULED, MailingState.CANCELLED),
    (MailingState.SCHEDULED, MailingState.MISSED),
    (MailingState.ACTIVE, MailingState.PAUSED),
    (MailingState.ACTIVE, MailingState.CANCELLED),
    (MailingState.PAUSED, MailingState.ACTIVE),
    (MailingState.PAUSED, MailingState.CANCELLED),
}
WAYS = {
    MailingState.SCHEDULED: (),
    MailingState.ACTIVE: ("start",),
    MailingState.PAUSED: ("start", MailingState.PAUSED),
    MailingState.DONE: ("start", "finish"),
    MailingState.MISSED: (MailingState.MISSED,),
    MailingState.CANCELLED: (MailingState.CANCELLED,),
}


@pytest.mark.parametrize("state", MailingState)
def test_a_mailing_moves_only_where_its_life_allows(ledger, state):
    for to in MailingState:
        mailing = a_mailing(f"to-{to}")
        ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
        for act in WAYS[state]:
            if act == "start":
                ledger.mailings.start(mailing.id, deliveries=[], exclusions=[], at=NOON)
            elif act == "finish":
                ledger.mailings.finish(NOON)
            else:
                assert ledger.mailings.change_state(
                    mailing.id, to=act, actor=ACTOR, why="", at=NOON
                )

        moved = ledger.mailings.change_state(
            mailing.id, to=to, actor=an_actor("Bea"), why="because", at=after(hours=1)
        )

        assert moved == ((state, to) in MOVES)
        assert ledger.mailings.get(mailing.id).state == (to if moved else state)
        told = ledger.journal.entries(f"meeting/to-{to}")[-1]
        line = an_entry(to, f"meeting/to-{to}", "because", actor=an_actor("Bea"), at=after(hours=1))
        assert (told == line) == moved


def test_several_mailings_change_together_and_those_that_may_not_are_left_out(ledger):
    under_way, _ = started(ledger)
    ahead, over = a_mailing("reminder"), a_mailing("over")
    ledger.mailings.launch([ahead, over], actor=ACTOR, at=NOON)
    ledger.mailings.change_state(
        over.id, to=MailingState.CANCELLED, actor=ACTOR, why="moved", at=NOON
    )

    to = dict.fromkeys([ahead.id, over.id, under_way.id], MailingState.PAUSED)
    paused = ledger.mailings.change_states(to, actor=ACTOR, why="a call", at=after(hours=1))

    assert list(paused) == [ahead.id, under_way.id]
    assert [ledger.mailings.get(each).state for each in to] == ["paused", "cancelled", "paused"]
    lines = [each for each in ledger.journal.entries() if each.action == "paused"]
    assert {each.subject for each in lines} == {"meeting/reminder", f"meeting/{under_way.step}"}


def test_of_several_mailings_none_changes_when_one_cannot_be_written(ledger):
    first, _ = started(ledger)
    second, _ = started(ledger, step="second")
    before = ledger.journal.entries()

    with pytest.raises(KeyError):
        ledger.mailings.change_states(
            {first.id: MailingState.PAUSED, second.id: "no state"}, actor=ACTOR, why="", at=NOON
        )

    assert ledger.mailings.get(first.id).state is MailingState.ACTIVE
    assert ledger.journal.entries() == before


def test_cancelling_leaves_nothing_waiting(ledger):
    mailing, _ = started(ledger)

    ledger.mailings.change_state(
        mailing.id, to=MailingState.CANCELLED, actor=ACTOR, why="moved", at=after(hours=1)
    )

    assert statuses(ledger, mailing) == ["cancelled"] * 3
    assert ledger.mailings.next_due_at() is None


def test_a_mailing_is_done_when_nothing_is_left_to_send(ledger):
    started(ledger, count=0, step="empty")
    mailing, _ = started(ledger)

    assert ledger.mailings.finish(after(minutes=1)) == ["meeting-empty"]
    assert ledger.mailings.get(mailing.id).state is MailingState.ACTIVE


def test_what_still_waits_after_the_mailing_has_expired_is_cancelled(ledger):
    mailing, _ = started(ledger)

    assert ledger.sending.claim(worker="w", now=after(days=5)) is None
    assert ledger.mailings.finish(after(days=5)) == [mailing.id]
    assert statuses(ledger, mailing) == ["cancelled"] * 3
    assert [entry.action for entry in ledger.journal.entries()][-2:] == ["expire", "done"]


def test_what_was_written_is_there_when_the_ledger_is_opened_again(ledger, ledger_url):
    mailing, deliveries = started(ledger)

    other = open_ledger(ledger_url)

    assert other.mailings.get(mailing.id).state is MailingState.ACTIVE
    assert list(other.deliveries.of_mailing(mailing.id)) == deliveries
    other.close()


def test_mailings_are_found_by_their_ids(ledger):
    first, _deliveries = started(ledger, step="first", count=1)
    started(ledger, step="second", count=1)

    found = ledger.mailings.of_ids({first.id, MailingId("unknown")})

    assert {mailing_id: each.step for mailing_id, each in found.items()} == {first.id: "first"}
