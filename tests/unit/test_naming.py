"""Every state and reason has a name for people."""

import pytest

from mailer.labels import label_of, step_title
from mailer.model.accreditations import accreditation
from mailer.model.campaigns import audience, campaign
from mailer.model.contacts import suppression
from mailer.model.drafts import finding
from mailer.model.mailings import delivery, mailing

SHOWN = (
    accreditation.AccreditationState,
    audience.ExclusionReason,
    campaign.CampaignKind,
    delivery.DeliveryStatus,
    finding.Severity,
    mailing.MailingState,
    suppression.SuppressionReason,
)


def test_every_state_and_reason_has_a_name_of_its_own_kind():
    for kind in SHOWN:
        names = [str(label_of(value)) for value in kind]

        assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("step", "title"),
    [
        ("reminder", "Reminder mailing"),
        ("reminder-v3", "Reminder mailing (version 3)"),
        ("correction-3", "Correction (version 3)"),
        ("invitation-1", "Invitation 1"),
        ("relance_presse", "Relance presse"),
        ("j-30", "J-30"),
    ],
)
def test_a_step_has_a_name_for_people(step, title):
    assert str(step_title(step)) == title


def test_two_states_that_share_a_word_keep_their_own_names():
    accredited = label_of(accreditation.AccreditationState.ACCEPTED)
    handed_over = label_of(delivery.DeliveryStatus.ACCEPTED)

    assert (str(accredited), str(handed_over)) == ("accredited", "handed over")
