"""What statements of the sending protocol promise by themselves: one suite for both databases.

SQLite has one writer at a time and locks no rows: how PostgreSQL locks them is read in its SQL.
"""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, update
from sqlalchemy.dialects import postgresql

from mailer.ledger.sending import statements
from mailer.ledger.storage.definitions import tables
from mailer.model.accreditations.accreditation import Accreditation, AccreditationState
from mailer.model.address import Address
from mailer.model.mailings.delivery import Accepted, Deferred
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_bar,
    a_contact,
    a_delivery,
    a_mailing,
    after,
    started,
    statuses,
)

SOON = after(seconds=1)


def claimed(ledger, *, now=NOON):
    return ledger.sending.claim(worker="w", now=now)


def ids(deliveries):
    return [delivery.id for delivery in deliveries]


def on_postgresql(query):
    return str(query._statement.compile(dialect=postgresql.dialect()))


@contextmanager
def executed(ledger):
    """Gives the list of the statements that the ledger executes in the block."""
    said = []

    def write_down(_connection, _cursor, statement, *_more):
        said.append(" ".join(statement.split()))

    engine = ledger._database.engine
    event.listen(engine, "before_cursor_execute", write_down)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", write_down)


def place_of(pattern, said):
    """Where in this list the first statement of this form is."""
    return next(place for place, statement in enumerate(said) if re.search(pattern, statement))


A_CHUNK_CHANGES = r"^UPDATE chunk SET"


# Locks


@pytest.mark.parametrize("name", ["NEXT_CHUNK", "NEXT_PROBE", "EXPIRED_CHUNKS", "CLAIMED_CHUNKS"])
def test_a_chunk_that_another_transaction_is_changing_is_not_waited_for(name):
    assert "SKIP LOCKED" in on_postgresql(getattr(statements, name))


@pytest.mark.parametrize("name", ["FENCE", "FENCE_BY_DATABASE_CLOCK"])
def test_groups_lock_mailings_and_chunks_in_one_order_and_wait_for_no_other_group(name):
    assert "ORDER BY mailing.id, chunk.id FOR SHARE" in on_postgresql(getattr(statements, name))


def test_a_mailing_that_is_held_back_is_locked_before_its_chunk(ledger):
    started(ledger)
    claim = claimed(ledger)

    with executed(ledger) as said:
        ledger.sending.release(claim, now=NOON, hold_until=after(hours=1))

    its_mailing = place_of(r"^SELECT mailing.id FROM mailing WHERE mailing.id = ", said)
    assert its_mailing < place_of(A_CHUNK_CHANGES, said)


def test_the_end_of_a_lease_is_reckoned_when_its_chunk_is_locked(ledger):
    started(ledger)
    claim = claimed(ledger)

    with executed(ledger) as said:
        assert ledger.sending.renew(claim, now=SOON)

    its_chunk = place_of(r"^SELECT chunk.id FROM chunk WHERE chunk.id = ", said)
    assert its_chunk < place_of(A_CHUNK_CHANGES, said)


# Rows


def test_only_what_is_uncertain_is_resolved_whoever_asks(ledger):
    mailing, (delivery,) = started(ledger, count=1)
    claim = claimed(ledger)
    ledger.sending.mark(claim, [delivery.id], now=NOON)
    ledger.sending.settle(claim, delivery.id, Accepted("250"), now=NOON)
    ledger.sending.release(claim, now=NOON)

    with ledger._database.writing() as connection:
        statements.RESOLVE.run(connection, ids=[delivery.id], to_status="pending", now=SOON)

    assert statuses(ledger, mailing) == ["accepted"]


def test_what_was_accepted_at_its_second_try_waits_for_no_other(ledger):
    _, (delivery,) = started(ledger, count=1)
    for outcome, now in ((Deferred("451", retry_after_s=1), NOON), (Accepted("250"), SOON)):
        claim = claimed(ledger, now=now)
        ledger.sending.mark(claim, [delivery.id], now=now)
        ledger.sending.settle(claim, delivery.id, outcome, now=now)
        ledger.sending.release(claim, now=now)

    with ledger._database.reading() as connection:
        row = connection.execute(select(tables.delivery.c.status, tables.delivery.c.not_before))
        assert row.one() == ("accepted", None)


def test_what_is_sent_again_is_as_it_was_before_it_was_tried(ledger):
    _, (delivery,) = started(ledger, count=1)
    row = tables.delivery.c
    known = (row.reply, row.not_before, row.acceptance, row.stage, row.given_up_after)
    a_past = dict(zip(known, ("550", after(hours=1), "taken", "recipient", 3), strict=True))

    with ledger._database.writing() as connection:
        connection.execute(update(tables.delivery).values({row.status: "rejected", row.attempt: 3}))
        connection.execute(update(tables.delivery).values(a_past))
        statements.SEND_AGAIN.run(connection, ids=[delivery.id], now=SOON)
        found = connection.execute(select(row.status, row.attempt, row.changed_at, *known)).one()

    assert found == ("pending", 0, SOON, "", None, None, None, None)


# Who is found without a recheck, one by one


def passed(ledger, deliveries):
    """Which of these nothing is known against."""
    with ledger._database.writing() as connection:
        rows = statements.STILL_ELIGIBLE.rows(connection, ids=ids(deliveries), now=SOON)
    return {delivery_id for (delivery_id,) in rows}


def answer(ledger, address, *, campaign="meeting"):
    accreditation = Accreditation(campaign, address, AccreditationState.ACCEPTED, NOON)
    ledger.accreditations.save(accreditation, actor=ACTOR)


def test_nobody_is_rechecked_for_a_bar_that_has_ended_or_what_is_known_of_somebody_else(ledger):
    _, deliveries = started(ledger)
    ledger.suppressions.add(a_bar(str(deliveries[0].address), until=NOON), actor=ACTOR)
    answer(ledger, deliveries[1].address, campaign="another")
    answer(ledger, Address.parse("stranger@else.example"))
    ledger.suppressions.add(a_bar("stranger@else.example"), actor=ACTOR)

    assert passed(ledger, deliveries) == {*ids(deliveries)}


def test_nobody_is_rechecked_for_a_further_address_of_which_nothing_is_known(ledger):
    home = Address.parse("ada@home.example")
    ada = a_contact("ada@press.example", alternates=(home,), lists=frozenset({"press"}))
    bea = a_contact("bea@press.example", lists=frozenset({"press"}))
    ledger.contacts.save([ada, bea], actor=ACTOR, at=NOON)
    mailing = a_mailing()
    delivery = a_delivery(0, mailing=mailing, address=ada.address, contact_id=ada.id)
    ledger.mailings.launch([mailing], actor=ACTOR, at=NOON)
    ledger.mailings.start(mailing.id, deliveries=[delivery], exclusions=(), at=NOON)
    ledger.suppressions.add(a_bar(str(home), until=NOON), actor=ACTOR)
    ledger.suppressions.add(a_bar("stranger@else.example"), actor=ACTOR)
    answer(ledger, home, campaign="another")
    answer(ledger, Address.parse("stranger@else.example"))

    assert passed(ledger, [delivery]) == {delivery.id}
