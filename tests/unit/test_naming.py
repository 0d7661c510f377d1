"""Every state and reason has a name for people."""

from mailer.labels import label_of
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


def test_two_states_that_share_a_word_keep_their_own_names():
    accredited = label_of(accreditation.AccreditationState.ACCEPTED)
    handed_over = label_of(delivery.DeliveryStatus.ACCEPTED)

    assert (str(accredited), str(handed_over)) == ("accredited", "handed over")
