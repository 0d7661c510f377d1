"""Late and still useful is sent and marked late; too late is reported and never sent."""

from datetime import timedelta

import pytest

from mailer.labels import state_of
from mailer.model.mailings.mailing import MailingState
from mailer.operations.campaigns.results.report import report
from mailer.operations.sending.start import Missed, Started, start_due
from tests.counterparts.builders import ACTOR, NOON, a_contact, a_mailing, after


@pytest.fixture
def launched(ledger):
    ledger.contacts.save([a_contact(lists=frozenset({"press"}))], at=NOON, actor=ACTOR)
    ledger.mailings.launch([a_mailing()], actor=ACTOR, at=after(hours=-1))
    return ledger


@pytest.mark.parametrize(
    ("late", "said"),
    [
        (timedelta(), "being sent"),
        (timedelta(minutes=9), "being sent"),
        (timedelta(minutes=40), "being sent, late by 40\N{NO-BREAK SPACE}min"),
        (
            timedelta(hours=26, minutes=5),
            "being sent, late by 26\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05",
        ),
    ],
)
def test_a_step_that_leaves_late_is_marked_late_everywhere(launched, late, said):
    (result,) = start_due(launched, now=NOON + late)

    (mailing,) = launched.mailings.summaries()
    (reported,) = report("meeting", title="Meeting", ledger=launched, now=after(days=2)).mailings
    assert isinstance(result, Started)
    assert str(state_of(mailing)) == str(state_of(reported)) == said


def test_past_its_validity_it_is_not_sent_and_says_so(launched):
    (result,) = start_due(launched, now=after(days=5))

    (mailing,) = launched.mailings.summaries()
    assert isinstance(result, Missed)
    assert mailing.state is MailingState.MISSED
    assert mailing.late_by is None
    assert list(launched.deliveries.of_mailing(mailing.id)) == []
