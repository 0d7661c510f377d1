"""The last look before a launch: counts by list, first and last send, reminders, samples."""

from dataclasses import replace

import pytest

from mailer.operations.campaigns.launching.launch_summary import launch_summary
from mailer.operations.sending.compose import Composer
from mailer.pages.received import read_back
from tests.counterparts.builders import ACTOR, a_bar
from tests.integration.test_plan_by_person import ADA, REMINDER, Workspace


@pytest.fixture
def workspace(ledger):
    made = Workspace(ledger)
    made.with_step(to=("press", "associations"))
    made.add(ADA, "bea@press.example", first_name="Bea", last_name="Petit")
    made.add("cal@asso.example", lists=frozenset({"associations"}), last_name="Cal")
    made.add("dan@asso.example", lists=frozenset({"associations", "press"}), last_name="Dan")
    made.ledger.suppressions.add(a_bar("bea@press.example"), actor=ACTOR)
    return made


def summary(workspace):
    composer = Composer(
        link_for=lambda _purpose, _id: "", contacts_of=workspace.ledger.contacts.of_ids
    )
    return launch_summary("rencontre", actor=ACTOR, drafts=workspace.drafts, composer=composer)


def test_each_list_has_its_count_after_all_exclusions(workspace):
    announcement, reminder = summary(workspace).steps

    assert announcement.by_list == {"press": 2, "associations": 1}
    assert (announcement.recipients, announcement.left_out) == (3, 1)
    assert reminder.by_list == {"press": 2}


def test_the_first_and_the_last_send_have_their_zone_and_the_reminders_are_named(workspace):
    found = summary(workspace)

    assert f"{found.first:%F %H:%M %z}" == "2017-12-04 09:30 +0100"
    assert f"{found.last:%F %H:%M %z}" == "2017-12-07 09:30 +0100"
    assert found.time_zone == "Europe/Paris"
    assert [each.planned.step.id for each in found.reminders] == ["reminder"]


def test_the_number_is_that_of_the_first_step(workspace):
    found = summary(workspace)
    assert found.number == 3

    workspace.sign()
    workspace.launch(found.number)
    assert len(workspace.ledger.mailings.summaries()) == 2


def test_three_filled_samples_are_those_of_real_people(workspace):
    samples = summary(workspace).samples

    people = {str(each.message.recipient.address) for each in samples}
    assert people == {"ada@press.example", "cal@asso.example", "dan@asso.example"}
    assert all("{{" not in read_back(each.message.raw).text for each in samples)


def test_a_campaign_that_nobody_receives_has_counts_of_nothing(workspace):
    workspace.campaign = replace(workspace.campaign, steps=(replace(REMINDER, to=("absent",)),))

    found = summary(workspace)

    assert found.steps[0].by_list == {"absent": 0}
    assert found.number == 0
    assert len(found.samples) == 1  # an invented reader
