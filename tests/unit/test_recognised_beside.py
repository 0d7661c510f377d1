"""Facts that stand beside a label, in the next cell or behind a second preposition are read."""

import pytest

from mailer.operations.campaigns.writing.recognising.document import recognise
from tests.unit.test_recognised import values
from tests.unit.test_recognised_wordings import TODAY, facts


def whole(text, language):
    return values(recognise(text, language=language, today=TODAY))


def test_a_line_that_says_when_a_statement_was_issued_is_no_headline_and_no_event():
    found = whole(
        "STATEMENT\n\nStatement from the Dale Rescue Trust on the loss of the Wren\n\n"
        "Issued Wednesday 5 May 2027, 4pm\n\nThe Dale Rescue Trust mourns the crew of the Wren.\n",
        "en",
    )

    assert found["title"] == "Statement from the Dale Rescue Trust on the loss of the Wren"
    assert "event.starts_at" not in found


def test_a_name_with_its_address_behind_a_bar_is_no_headline():
    found = whole(
        "Dale Arc Inc. | 77 Foundry Street, Leeds\n\nPRESS CONFERENCE\n\n"
        "Dale Arc to name the site of its mill\n\nDale Arc will name it on 12 May 2027 at 10 am.\n",
        "en",
    )

    assert found["title"] == "Dale Arc to name the site of its mill"


def test_people_of_two_houses_in_two_cells_are_both_read():
    found = facts(
        "Contacts presse\n\nInstitut du Moulin\nAnne Roy\n02 99 00 12 34\nanne.roy@moulin.example\n"
        "Calcéo\nPaul Low\n02 99 00 56 78\np.low@calceo.example"
    )

    assert found["press_contacts.1.name"] == "Paul Low"
    assert found["press_contacts.1.organisation"] == "Calcéo"
    assert found["press_contacts.1.email"] == "p.low@calceo.example"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("For more information:\nAnn Low, Dale Council\n0113 496 0123\nann.low@dale.example", "en"),
        ("Pour plus d’informations :\nAnn Low, mairie\n02 99 00 12 34\nann.low@dale.example", "fr"),
    ],
)
def test_whom_to_ask_for_more_is_a_contact(text, language):
    assert facts(text, language)["press_contacts.0.email"] == "ann.low@dale.example"


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        (
            "Il est mené en partenariat avec l’École du bois de Rennes et avec l’Institut Low.",
            "fr",
            ["École du bois de Rennes", "Institut Low"],
        ),
        (
            "Il vit avec le soutien de la Région Dale et de la Fondation Low.",
            "fr",
            ["Région Dale", "Fondation Low"],
        ),
        ("It is a joint project with the Dale Energy Office.", "en", ["Dale Energy Office"]),
        ("The show is supported by the Low Bequest.", "en", ["Low Bequest"]),
    ],
)
def test_partners_behind_a_second_preposition_are_read_without_it(text, language, names):
    found = facts(text, language)

    assert [found.get(f"partners.{n}.name") for n in range(len(names))] == names


@pytest.mark.parametrize(
    ("text", "language", "venue", "address"),
    [
        (
            "Le bal a lieu le 12 mai 2027 à 19 h, au château de Dale, 2 chemin des Ormes, à Dale.",
            "fr",
            "château de Dale",
            "2 chemin des Ormes, Dale",
        ),
        (
            "at the Dale Museum, 9 Abbey Lane, Leeds\n\nTuesday 11 May 2027\n9.30am – 12 noon",
            "en",
            "Dale Museum",
            "9 Abbey Lane, Leeds",
        ),
    ],
)
def test_a_venue_behind_a_preposition_is_read(text, language, venue, address):
    found = facts(text, language)

    assert (found["event.venue"], found["event.address"]) == (venue, address)
