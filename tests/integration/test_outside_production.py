"""Our own rule outside production is not the recipients' refusal: it tries nobody, marks nobody."""

import pytest

from mailer.clock import SimulatedClock
from mailer.errors import BackendMisconfigured
from mailer.model.address import Address
from mailer.model.mailings.mailing import MailingState
from mailer.operations.sending.deliver import run_chunk
from mailer.operations.sending.start import Guards, Held, Missed, Started, start_due
from mailer.providers.allow_list import AllowListBackend
from mailer.providers.file.sending import FileBackend, FileSettings
from tests.counterparts.builders import (
    ACTOR,
    NOON,
    a_contact,
    a_mailing,
    a_message,
    after,
    started,
    statuses,
)

LISTED = Address.parse("ada@institut.example")


def is_listed(address):
    return address == LISTED


def a_launched(ledger, *addresses):
    ledger.contacts.save(
        [a_contact(each, lists=frozenset({"press"})) for each in addresses], actor=ACTOR, at=NOON
    )
    mailing = a_mailing()
    ledger.mailings.launch([mailing], actor=ACTOR, at=after(days=-1))
    return mailing


def test_a_mailing_to_others_than_the_allow_list_is_held_as_it_is(ledger):
    mailing = a_launched(ledger, str(LISTED), "bea@press.example")

    (held,) = start_due(ledger, now=NOON, guards=Guards(is_listed))

    assert isinstance(held, Held)
    assert "1 recipient of 2 is not on the allow-list" in str(held.problem.what)
    assert ledger.mailings.get(mailing.id).state is MailingState.SCHEDULED
    assert list(ledger.deliveries.of_mailing(mailing.id)) == []


@pytest.mark.parametrize(
    ("at", "expected"), [(after(hours=3), Started), (after(days=5), Missed)], ids=["valid", "late"]
)
def test_it_starts_once_production_is_on_within_its_validity(ledger, at, expected):
    a_launched(ledger, "bea@press.example")
    list(start_due(ledger, now=NOON, guards=Guards(is_listed)))

    (result,) = start_due(ledger, now=at)

    assert isinstance(result, expected)


def test_a_mailing_to_the_allow_list_alone_starts(ledger):
    a_launched(ledger, str(LISTED))

    (result,) = start_due(ledger, now=NOON, guards=Guards(is_listed))

    assert isinstance(result, Started)


def test_when_production_is_switched_off_in_mid_send_nobody_is_tried(ledger, tmp_path):
    mailing, _ = started(ledger, count=3)
    backend = AllowListBackend(FileBackend(FileSettings(tmp_path)), allows=is_listed)

    with pytest.raises(BackendMisconfigured, match="3 recipients of 3"):
        run_chunk(
            ledger=ledger,
            backend=backend,
            message_for=lambda mailing, delivery: a_message(delivery, mailing=mailing),
            clock=SimulatedClock(NOON),
            worker="w",
            allows=is_listed,
        )

    deliveries = list(ledger.deliveries.of_mailing(mailing.id))
    assert statuses(ledger, mailing) == ["pending"] * 3
    assert {(each.attempt, each.reply) for each in deliveries} == {(0, "")}
    assert ledger.mailings.get(mailing.id).state is MailingState.PAUSED
    assert list(ledger.events.all()) == []
