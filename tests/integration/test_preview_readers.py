"""For whom a mail is shown: the next reader, anybody, and those for whom it is hardest."""

from dataclasses import replace

import pytest

from mailer.model.address import Address
from mailer.model.campaigns.audience import Audience, Recipient
from mailer.model.campaigns.campaign import VariantKey
from mailer.model.contacts.contact import contact_id
from mailer.operations.campaigns.previews.preview_readers import WorstCase, place_of, tally
from mailer.operations.campaigns.previews.samples import SAMPLE_READER
from mailer.wiring.app import App
from tests.counterparts.workspaces import workspace_with_ledger

SLUG = "2017-12-09-recherche-associations"
STEP = "announcement"


def a_reader(number, **named):
    address = Address(f"r{number}", "lecteur.example")
    return replace(SAMPLE_READER, id=contact_id(address), address=address, **named)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    with App(workspace_with_ledger(tmp_path_factory.mktemp("office"))) as app:
        yield app


@pytest.fixture(scope="module")
def draft(app):
    """A draft whose announcement goes to ten thousand invented readers, four of them special."""
    readers = [a_reader(number) for number in range(10_000)]
    readers[5] = a_reader(5, last_name="Exemple-de-Saint-Exemple-sur-Exemple")
    readers[6] = a_reader(6, first_name="")
    readers[7] = a_reader(7, first_name="", is_generic=True)
    readers[8] = a_reader(8, language="de")
    french = tuple(Recipient(each, VariantKey("", "fr")) for each in readers)
    found = app.drafts.draft(SLUG)
    return replace(found, audiences={**found.audiences, STEP: Audience(french, ())})


def test_every_mail_of_ten_thousand_is_filled_in_and_the_worst_cases_are_found(app, draft):
    counted = tally(draft, STEP, composer=app.composer)

    assert (counted.complete, counted.missing) == (10_000, 0)
    assert counted.without_first_name == 2
    assert {case: contact.key for case, contact in counted.worst.items()} == {
        WorstCase.LONGEST_NAME: "r5@lecteur.example",
        WorstCase.NO_FIRST_NAME: "r6@lecteur.example",
        WorstCase.ROLE_ADDRESS: "r7@lecteur.example",
        WorstCase.OTHER_LANGUAGE: "r8@lecteur.example",
    }


def test_going_to_the_next_reader_comes_round_to_the_first(draft):
    last = place_of(draft, STEP, "r9999@lecteur.example", chance=10_007)

    assert (last.number, last.count) == (10_000, 10_000)
    assert last.next == "r0@lecteur.example"
    assert last.previous == "r9998@lecteur.example"
    assert last.some == "r7@lecteur.example"
    assert place_of(draft, STEP, "nobody@lecteur.example", chance=1) is None
